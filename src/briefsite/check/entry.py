"""One file of a tree that is checked again and again: what it tells the others, what it asks."""

from __future__ import annotations

import datetime
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from briefsite.check.across import Across, check_file
from briefsite.check.check import read_file
from briefsite.check.chronology import year_of
from briefsite.check.cycles import Link, links_of
from briefsite.check.evidence import plain_by_id, reads_of, whole_claims_of
from briefsite.check.gate import Words, words_of
from briefsite.check.history import Former, former_in
from briefsite.check.index import Definition, Ids, ids_of
from briefsite.check.modeline import check_modeline
from briefsite.check.names import Named as Name
from briefsite.check.names import names_in
from briefsite.check.plain import Plain
from briefsite.check.points import Shown, places_of
from briefsite.check.publication import Part, Share, part_of, share_of
from briefsite.check.publishing import Named, days_of, named_in
from briefsite.check.shape import Reading
from briefsite.check.terms import terms_of
from briefsite.check.unused import Expected, expected_of, uses_in
from briefsite.load import Document, Kind
from briefsite.model.dates import Edtf, parse_date
from briefsite.model.names import forms_of
from briefsite.model.records import Claim, Term
from briefsite.model.walk import Key
from briefsite.report import Problem

WORDS = ("words", "names", "states")
"""What a registry file may tell of every sentence, of names, and of those of states."""
HELD = ("claims", "whole_claims", "places", "terms")
"""The properties of an entry that hold what others may look up."""
_READ = ("document", "reading", "part", *HELD)


class Told(NamedTuple):
    """What a file says that others may ask, with a fingerprint of each answer.

    `KIND ID` stands for a record, `ids` for all that the file defines.
    """

    ids: Ids
    share: Share
    links: Mapping[str, tuple[Link, ...]]
    named: tuple[Named, ...]
    former: tuple[Former, ...]
    names: tuple[Name, ...]
    days: tuple[str, ...]
    """Of a brief: when it was reviewed and withdrawn."""
    year: int | None
    """Of a brief: in which year it was reviewed, even if the file has mistakes."""
    reads: Mapping[str, str | None]
    """What was read of each source."""
    held: Mapping[str, tuple[str, ...]]
    """Ids by the property of an entry that holds what they stand for."""
    answers: Mapping[str, str]
    """Those that do not follow from the rest."""
    words: Words
    """What sentences of others are held to."""

    @property
    def all_answers(self) -> Mapping[str, str]:
        ids, words = self.ids, self.words
        said = (words.loaded, words.contested), (words.names,), (words.states,)
        names = sorted(f"{record} {identity}" for record, identity, _ in ids.defined)
        return {
            **{f"id {name}": str(ids.public_from) for name in names},
            "ids": fingerprint(names, ids.incomplete, ids.possible, ids.nameless, ids.former),
            **{f"source {key}": str(read) for key, read in self.reads.items()},
            **{n: fingerprint(*each) for n, each in zip(WORDS, said, strict=True) if any(each)},
            **self.answers,
        }

    @property
    def has_words(self) -> bool:
        """Whether it tells any that sentences of others are held to."""
        return any(self.words)

    def joins_as(self, other: Told) -> bool:
        """Whether it makes the same of all files together."""
        return self[:-2] == other[:-2] and self.has_words == other.has_words


def pack_told(told: Told) -> bytes:
    """What a file tells, for a cache or another process."""
    since = told.ids.public_from
    plain: Any = tuple[Any, ...](told.ids._replace(public_from=None)), tuple(told.share)
    plain = since and since.isoformat(), *plain, *told[2:-1], tuple(told.words)
    return marshal.dumps(plain)


def read_told(packed: bytes) -> Told:
    """What `pack_told` has packed."""
    plain = marshal.loads(packed)  # noqa: S302 - of what was packed
    since, ids, share, *others, words = plain
    public_from = since and datetime.date.fromisoformat(since)
    ids = Ids(*ids)._replace(public_from=public_from)
    return Told._make((ids, Share(*share), *others, Words(*words)))


@dataclass(eq=False)
class Entry:
    """A file: what it says to others, its problems, and what they were found by looking at.

    The file is read when it is first looked into.
    """

    kind: Kind
    name: str
    load: Callable[[], Document]
    packed: bytes | None = None
    """What the file tells the others, if it is known without reading."""
    problems: Sequence[Problem] = ()
    asked: bytes = marshal.dumps(())
    """What the problems were found by looking at, packed: few ever ask."""
    written: bytes | None = None
    """What it gives to a library, as another process has written it."""

    @cached_property
    def document(self) -> Document:
        return self.load()

    @cached_property
    def reading(self) -> Reading[Any] | None:
        return read_file(self.kind, self.document)

    @cached_property
    def told(self) -> Told:
        """What the file tells the others."""
        if self.packed is not None:
            return read_told(self.packed)
        ids = ids_of(self.kind, self.document, self.reading)
        held = {key: tuple(getattr(self, key)) for key in HELD}
        reading, brief = self.reading, self._reading_of("brief")
        registry = self._reading_of("registry")
        return Told(
            ids,
            share_of(self.kind, self.document, reading),
            links_of(reading) if reading is not None else {},
            named_in(reading) if reading is not None else (),
            tuple(former_in(reading)) if reading is not None else (),
            tuple(names_in(reading)) if reading is not None else (),
            tuple(map(str, days_of(brief.partial))) if brief is not None else (),
            year_of(reading) if reading is not None else None,
            reads_of(registry) if registry is not None else {},
            {key: identities for key, identities in held.items() if identities},
            dict(_answers(self)),
            words_of(registry) if registry is not None else Words(),
        )

    def pack(self) -> bytes:
        """What the file tells the others, packed once."""
        if self.packed is None:
            self.packed = pack_told(self.told)
        return self.packed

    def define(self, carried: Mapping[Key, datetime.date]) -> Mapping[Key, list[Definition]]:
        """What the file defines; `carried` are the records that are public from some day on."""
        return self.told.ids.definitions(self.name, self.find, carried)

    @cached_property
    def uses(self) -> Set[Key]:
        return uses_in(self.told.named)

    @cached_property
    def expected(self) -> Sequence[Expected]:
        """What the file defines for others to name."""
        return expected_of(self.told.ids)

    @cached_property
    def days(self) -> tuple[Edtf, ...]:
        return tuple(map(parse_date, self.told.days))

    @cached_property
    def claims(self) -> Mapping[str, Plain]:
        reading = self._reading_of("brief")
        return plain_by_id(reading, "claims") if reading else {}

    @cached_property
    def whole_claims(self) -> Mapping[str, Claim]:
        reading = self._reading_of("brief")
        return whole_claims_of(reading) if reading else {}

    @cached_property
    def places(self) -> Mapping[str, Shown]:
        reading = self._reading_of("registry")
        return places_of(reading) if reading else {}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        reading = self._reading_of("registry")
        return terms_of(reading) if reading else {}

    def _reading_of(self, kind: Kind) -> Reading[Any] | None:
        return self.reading if self.kind == kind else None

    @cached_property
    def part(self) -> Part:
        return part_of(self.reading) if self.reading else Part(None, {})

    def find(self) -> Document:
        """The file itself."""
        return self.document

    def forget(self) -> None:
        """Let go of all that was read, but for what it told; the file is read again if asked."""
        for name in _READ:
            vars(self).pop(name, None)

    def check(self, across: Across) -> None:
        """Find the file's problems, and note what they were found by looking at."""
        across.asked.clear()
        found = check_file(self.reading, across) if self.reading else ()
        first = check_modeline(self.kind, self.document)
        self.problems = (*self.document.problems, *first, *found)
        others = {problem.path for problem in found} - {self.document.path}
        self.asked = marshal.dumps((*across.asked, *(f"file {path}" for path in others)))

    def looked_at(self, any_of: Set[str]) -> bool:
        """Whether its problems were found by looking at any of some things."""
        asked = marshal.loads(self.asked) if any_of else ()  # noqa: S302 - of what was packed
        return not any_of.isdisjoint(asked)


def _answers(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, claim in entry.claims.items():
        yield f"claim {key}", fingerprint(claim, key in entry.whole_claims)
    for key, place in entry.places.items():
        yield f"place {key}", fingerprint(place.place)
    for key, term in entry.terms.items():
        yield f"term {key}", fingerprint(forms_of(term))
    if entry.places:  # in which a map may have found something wrong
        yield f"file {entry.name}", fingerprint(entry.document.text)


def fingerprint(*values: object) -> str:
    """A short text that differs for different values."""
    return blake2b(repr(values).encode(errors="surrogatepass"), digest_size=12).hexdigest()
