"""What each file gives to a library, kept until the file holds something else."""

from __future__ import annotations

import pickle
from dataclasses import replace

from briefsite.cache.inputs import digest_program
from briefsite.cache.store import Store
from briefsite.check.publication import Part
from briefsite.load import Kind
from briefsite.model.answers import print_record
from briefsite.model.library import BriefEntry, MapEntry

_OF_BRIEF = ("named", "naming", "claims_of", "claims_print", "summary", "anchors", "links")


class Parts:
    """Records as Python wrote them, which takes a tenth of the time to read that YAML takes.

    Whoever can write them can run code, so that a store takes none from a folder that others can
    write to. Those of other code, other packages or another Python are not found.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._program = digest_program()

    def get(self, kind: Kind, name: str, digest: str) -> Part | None:
        """The part of a file that held what has this digest, if it is kept."""
        content = self._store.get(self._key(kind, name, digest))
        return None if content is None else read_part(content)

    def put(self, kind: Kind, name: str, digest: str, written: bytes) -> None:
        """Keep what a file gives, as `write_part` has written it."""
        self._store.put(self._key(kind, name, digest), written)

    def _key(self, kind: Kind, name: str, digest: str) -> tuple[bytes, ...]:
        return (b"part", *(each.encode() for each in (self._program, kind, name, digest)))


def write_part(part: Part) -> bytes:
    """A part as Python writes it, for a store or another process."""
    record = part.record
    if isinstance(record, BriefEntry | MapEntry):
        fresh = replace(record)  # without what was worked out since, but for what takes long
        names = _OF_BRIEF if isinstance(record, BriefEntry) else ("named",)
        vars(fresh).update({name: getattr(record, name) for name in names})
        record = fresh
    prints = tuple(map(print_record, part.records))
    return pickle.dumps(Part(record, dict(part.origins), prints), protocol=5)


def read_part(written: bytes) -> Part:
    """What `write_part` has written; of nobody else."""
    part: Part = pickle.loads(written)  # noqa: S301
    return part
