"""Files that hold many results, one behind the other, where whoever made them has laid them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from briefsite.cache.folder import is_ours


class Spooled(NamedTuple):
    """Where a result lies in a pack, and its digest."""

    start: int
    length: int
    digest: bytes


class Pack:
    """What one build has made: all its processes append to it, and nobody writes there again.

    Results are read as Python objects, so that a pack that others can write to is none.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        """Raises OSError."""
        if not is_new and not is_ours(path):
            raise PermissionError(path)
        self.path = path
        flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT | os.O_EXCL if is_new else 0)
        self._file, self._opener = os.open(path, flags, 0o600), os.getpid()

    def append(self, content: bytes) -> Spooled | None:
        """Lay a result there; None if it cannot be."""
        try:
            if self._opener != os.getpid():
                # What is opened anew has a place of its own, at which it goes on.
                before, way = self._file, f"/proc/self/fd/{self._file}"
                self._file, self._opener = os.open(way, os.O_RDWR | os.O_APPEND), os.getpid()
                os.close(before)
            if os.write(self._file, content) != len(content):
                return None
            start = os.lseek(self._file, 0, os.SEEK_CUR) - len(content)
        except OSError:
            return None
        return Spooled(start, len(content), _digest(content))

    def read(self, where: Spooled) -> bytes | None:
        """What lies there; None if it is not whole."""
        try:
            content = os.pread(self._file, where.length, where.start)
        # A place may be as broken as what lies there.
        except (OSError, TypeError, ValueError, OverflowError, MemoryError):
            return None
        return content if _digest(content) == where.digest else None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()  # processors compute it, in half the time of BLAKE2's
