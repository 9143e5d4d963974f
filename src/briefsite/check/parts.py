"""What each file gives to a library, kept until the file holds something else."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from briefsite.cache.inputs import running_program
from briefsite.cache.store import Store
from briefsite.check.publication import Part
from briefsite.load import Kind
from briefsite.model.answers import print_record
from briefsite.model.entries import FOLLOWING, BriefEntry, MapEntry

E = TypeVar("E", bound=BriefEntry | MapEntry)


class Parts:
    """Records as Python wrote them, which takes a tenth of the time to read that YAML takes.

    Whoever can write them can run code, so that a store takes none from a folder that others can
    write to. Those of other code, other packages or another Python are not found.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cache = store.cache
        """The folder that all of it is kept in, with what checks have found."""
        self._program = running_program()

    def get_all(self, files: Iterable[tuple[Kind, str, str]]) -> Iterator[Part | None]:
        """The parts of files of a kind and name that held what has some digest, if it is kept."""
        contents = self._store.get_all(self._key(*file) for file in files)
        return (None if each is None else read_part(each) for each in contents)

    def has(self, kind: Kind, name: str, digest: str) -> bool:
        """Whether the part of a file is kept, though it may turn out not to be whole."""
        return self._store.has(self._key(kind, name, digest))

    def put(self, kind: Kind, name: str, digest: str, written: bytes) -> None:
        """Keep what a file gives, as `write_part` has written it."""
        self._store.put(self._key(kind, name, digest), written)

    def _key(self, kind: Kind, name: str, digest: str) -> tuple[bytes, ...]:
        return (b"part", *(each.encode() for each in (self._program, kind, name, digest)))


def write_part(part: Part) -> bytes:
    """A part as Python writes it, for a store or another process."""
    record = _kept(part.record) if isinstance(part.record, BriefEntry | MapEntry) else part.record
    prints = tuple(map(print_record, part.records))
    return pickle.dumps(replace(part, record=record, prints=prints), protocol=5)


def _kept(entry: E) -> E:
    """An entry without what was worked out since, but for what would unpack its record."""
    kept = replace(entry, record=entry.record.kept())  # type: ignore[arg-type] # of the same type
    names = FOLLOWING if isinstance(entry, BriefEntry) else ("named",)
    vars(kept).update({name: getattr(entry, name) for name in names})
    if isinstance(kept, BriefEntry):
        vars(kept)["prints"] = kept.prints  # of what was just packed
    return kept


def read_part(written: bytes) -> Part:
    """What `write_part` has written; of nobody else."""
    part: Part = pickle.loads(written)  # noqa: S301
    return part
