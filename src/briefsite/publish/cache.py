"""What took long to make, kept by what it was made from."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from briefsite.cache.folder import write_whole

_SIZE = hashlib.sha256().digest_size


class Cache:
    """A folder of results, each named by the hash of everything that it depends on.

    It holds no truth of its own: deleting it, or any file in it, costs time alone. Each begins with
    the digest of the rest: a disk that lost power may have kept a name and no content. `made`
    counts what was not there. Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.made = 0
        self._used: set[str] = set()

    def get(self, parts: tuple[bytes, ...], make: Callable[[], bytes]) -> bytes:
        """The result for some inputs: the one that is kept, or else a new one, which is kept."""
        digest = hashlib.sha256()
        for part in parts:
            digest.update(b"%d:" % len(part))
            digest.update(part)
        name = digest.hexdigest()
        self._used.add(name)
        path = self.folder / name[:2] / name if self.folder else None
        if path is not None:
            with contextlib.suppress(OSError):
                kept = path.read_bytes()
                if _digest(kept[_SIZE:]) == kept[:_SIZE]:
                    return kept[_SIZE:]
        self.made += 1
        result = make()
        if path is not None:
            # It costs time alone if the disk is full, or another run has pruned at this moment.
            with contextlib.suppress(OSError):
                write_whole(path, _digest(result) + result)
        return result

    def prune(self) -> None:
        """Forget what nobody has asked for, so that it does not grow for ever."""
        for path in self.folder.glob("??/*") if self.folder else ():
            if path.name not in self._used:
                with contextlib.suppress(OSError):
                    path.unlink()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
