"""What a build knows by name for the next one, such as frames, whichever process has learnt it."""

from __future__ import annotations

from collections.abc import Container, Mapping

from briefsite.cache.packs import Spooled
from briefsite.cache.store import Store

Told = Mapping[str, bytes | Spooled]
"""What is noted under a name, or where that lies."""


class KeptNotes:
    """Notes of the build before, and of this one."""

    def __init__(self, store: Store, given: bytes) -> None:
        """Those of builds that were `given` the same besides a library."""
        self._store = store
        self._given = given
        self._noted: dict[str, bytes | Spooled] = {}
        self._told: set[str] = set()
        """Which of them this process has passed on."""

    def recall(self, name: str) -> bytes | None:
        """What the build before has noted under a name."""
        return self._store.get(self._key(name))

    def note(self, name: str, content: bytes) -> None:
        """Keep under a name what this build knows, if it comes to a good end."""
        self._noted[name] = self._store.spool(content) or content

    def tell(self) -> Told:
        """What this process has noted, and has not told the first one yet."""
        told = {n: noted for n, noted in self._noted.items() if n not in self._told}
        self._told |= told.keys()
        return told

    def take(self, told: Told) -> None:
        """Note what another process tells."""
        self._noted |= told

    def read(self, name: str) -> bytes | None:
        """What this build has noted under a name, if it still can be read."""
        noted = self._noted.get(name)
        return noted if isinstance(noted, bytes | None) else self._store.read_spooled(noted)

    def __contains__(self, name: str) -> bool:
        return name in self._noted

    def save(self, but: Container[str]) -> None:
        """Keep all notes of this build `but` some, for the next."""
        for name, noted in self._noted.items():
            if name not in but:
                self._store.put(self._key(name), noted)

    def _key(self, name: str) -> tuple[bytes, ...]:
        return b"noted", self._given, name.encode()
