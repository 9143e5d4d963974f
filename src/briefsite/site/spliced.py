"""Files that are joined of parts, most of which stand already in the file that was made before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from io import BytesIO, RawIOBase
from pathlib import Path

from briefsite.data import Joined

Place = tuple[int, int, bytes]
"""Where a part stands in a file: its start, how long it is, and its digest."""


class Spliced:
    """The pieces of a file, from its head to its end; then also where parts stand in it."""

    def __init__(self, joined: Joined, before: Path | None, kept: Mapping[str, Place]) -> None:
        """Parts that are `kept` are read from the file `before`, if they are what stood there."""
        self._joined = joined
        self._before = before
        self._kept = kept
        self.places: dict[str, Place] = {}

    def __iter__(self) -> Iterator[bytes]:
        makers, kept = self._joined.parts, self._kept
        made = {name: make() for name, make in makers.items() if name not in kept}
        held = [name for name in makers if name in kept or made[name]]
        at = 0
        with _opened(self._before) as file:
            for each in self._joined.order(held):
                if isinstance(each, bytes):
                    piece = each
                elif each in kept:
                    piece = _read(file, kept[each]) or makers[each]()
                    self.places[each] = at, len(piece), kept[each][2]
                else:
                    piece = made[each]
                    self.places[each] = at, len(piece), sha256(piece).digest()
                at += len(piece)
                yield piece


def _opened(path: Path | None) -> RawIOBase | BytesIO:
    if path is not None and path.is_file():
        with suppress(OSError):
            return path.open("rb", buffering=0)
    return BytesIO()


def _read(file: RawIOBase | BytesIO, place: Place) -> bytes | None:
    """What stands at a place, if it is what stood there."""
    start, length, digest = place
    with suppress(OSError):
        file.seek(start)
        found = file.read(length)
        if found is not None and sha256(found).digest() == digest:
            return found
    return None
