"""The files of a site that are joined of parts, each of which is made and kept by itself."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from briefsite.data import Joined
from briefsite.site.notes import KeptNotes
from briefsite.site.spliced import Place, Spliced


class Joins:
    """Which files are joined, of which pieces, and where their parts stand in them."""

    def __init__(self, places: Mapping[str, bytes], notes: KeptNotes) -> None:
        """`places` are those of the build before; what is found now is passed on with `notes`."""
        self._before = places
        self._notes = notes
        self._joined: dict[str, Joined] = {}
        self._pieces: dict[str, Sequence[str]] = {}
        self.held: dict[str, str | None] = {}
        """What joins each file, in words; None if that cannot be told."""

    def add(self, name: str, joined: Joined, held: str | None) -> None:
        """Take a file, the parts of which are pieces by now."""
        self.held[name] = held
        self._joined[name] = joined
        self._pieces[name] = [piece_of(name, part) for part in joined.parts]

    def __contains__(self, name: object) -> bool:
        return name in self._joined

    def pieces(self, *names: str) -> Iterator[str]:
        """The pieces that files are joined of; a name that is of no such file stands for itself."""
        return (piece for name in names for piece in self._pieces.get(name, (name,)))

    @property
    def every(self) -> Iterator[str]:
        """The pieces of all files that are joined."""
        return self.pieces(*self._pieces)

    def read(
        self, name: str, is_kept: Callable[[str], bool], before: Path | None
    ) -> Iterator[bytes]:
        """A file from its head to its end, which can be tens of megabytes.

        Parts whose pieces are kept are taken from the file that the build `before` has made, if
        they still stand there: it takes longer to read them one by one from the store.
        """
        joined, packed = self._joined[name], self._before.get(name)
        places: Mapping[str, Place] = {} if packed is None else marshal.loads(packed)  # noqa: S302
        kept = (part for part in joined.parts if part in places and is_kept(piece_of(name, part)))
        spliced = Spliced(joined, before, {part: places[part] for part in kept})
        yield from spliced
        self._notes.note(name, marshal.dumps(spliced.places))

    def places(self, *, whole: bool) -> Mapping[str, bytes]:
        """Where parts stand in each file as it is now, packed. If not the `whole` site was put
        together, all other files are as they were.

        It is noted with the units that are kept: what another build has noted meanwhile would be of
        other parts.
        """
        known = {n: p for n, p in self._before.items() if n in self._joined or not whole}
        made = (name for name in self._joined if name in self._notes)
        return known | {name: self._notes.read(name) or marshal.dumps({}) for name in made}


def piece_of(name: str, part: str) -> str:
    """What a part of a file is called, as a piece."""
    return f"{name}#{part}"
