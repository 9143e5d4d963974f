"""A brief or a map of a publication with where it is written, and what follows from it alone."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from briefsite.model.prose import Prose
from briefsite.model.records import (
    Brief,
    Chart,
    Claim,
    Event,
    Judgement,
    MapRecord,
    Question,
    Section,
)
from briefsite.model.sentences import Run
from briefsite.model.walk import AnyKey, Key, Path, named


class Origin(NamedTuple):
    """The file and line a record was written at."""

    path: str
    line: int


@dataclass(frozen=True)
class Entry:
    """A brief or a map with its id, which is its file's name."""

    id: str
    origin: Origin


@dataclass(frozen=True)
class Head:
    """What stands for a brief where something of it is told among others'."""

    id: str
    title: str
    topic: str
    status: str


FOLLOWING = (
    "named",
    "naming",
    "claim_ids",
    "question_ids",
    "cells",
    "summary",
    "anchors",
    "links",
    "lines",
)
"""What follows from all of a brief, and is kept with it: to work it out would unpack its record."""
_BY_ITSELF = frozenset(
    (
        "summary",
        "coverage",
        "judgements",
        "sections",
        "claims",
        "positions",
        "timeline",
        "charts",
        "unknowns",
        *FOLLOWING,
    )
)
"""What is often edited, or seldom told of: whoever looks at something else is not concerned."""


def part_with(field: str) -> str:
    """The part of a brief that a field belongs to, of its record or of what follows from it."""
    return field if field in _BY_ITSELF else "front"


@dataclass(frozen=True)
class BriefEntry(Entry):
    """A brief and where it is written, with what follows from the brief alone.

    As long as its file does not change, the same entry can be in one library after the other.
    """

    record: Brief
    lines: Sequence[int] = ()
    """Where its claims, and then its judgements, are written."""

    @property
    def origins(self) -> Mapping[AnyKey, Origin]:
        """Kind and id of its claims and judgements → where each is written."""
        claims = (("claim", key) for key in self.claim_ids)
        judgements = (("judgement", f"{self.id}#{key}") for key in self.judgements)
        places = (Origin(self.origin.path, line) for line in self.lines)
        return dict(zip(chain(claims, judgements), places, strict=False))

    @cached_property
    def claim_ids(self) -> Sequence[str]:
        return tuple(claim.id for claim in self.record.claims)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.record.claims}

    @cached_property
    def named(self) -> Sequence[Key]:
        """Kind and id of each record that the brief names anywhere."""
        return named(self.record)

    @cached_property
    def named_beside(self) -> Sequence[Key]:
        """Kind and id of each record that the brief names outside its claims."""
        return named(self.record, but="claims")

    @cached_property
    def naming(self) -> Mapping[AnyKey, Sequence[int]]:
        """Kind and id of a record → the numbers of the brief's claims that name it."""
        found: dict[AnyKey, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.record.claims):
            for key in named(claim):
                found[key].append(number)
        return dict(found)

    def claims_naming(self, key: AnyKey) -> Sequence[Claim]:
        """The brief's claims that name a record."""
        numbers = self.naming.get(key, ())
        return [self.record.claims[number] for number in numbers]

    @cached_property
    def prints(self) -> Mapping[str, str]:
        """By the name of each of its parts (`part_with`), what differs if anything does in it."""
        told: dict[str, list[bytes]] = defaultdict(list)
        for name in type(self.record).model_fields:
            told[part_with(name)].append(self.record.pack(name))
        for name in FOLLOWING:
            told[part_with(name)].append(pickle.dumps(getattr(self, name), protocol=5))
        return {part: _print(packed) for part, packed in told.items()}

    @property
    def claims_print(self) -> str:
        """What differs if anything in its claims does."""
        return self.prints["claims"]

    @cached_property
    def summary(self) -> str:
        """Its summary as plain text."""
        return self.record.summary.text

    @cached_property
    def anchors(self) -> Sequence[str]:
        """The ids of its parts, each of which has an address on its page, and their former ids."""
        brief = self.record
        parts: tuple[Claim | Judgement | Section | Question | Chart, ...] = (
            *brief.claims,
            *brief.judgements,
            *brief.sections,
            *brief.positions,
            *brief.charts,
        )
        former = (key for part in parts for key in part.formerly)
        return (*(part.id for part in parts), *former, *brief.questions)

    @cached_property
    def links(self) -> Sequence[tuple[Path, Run]]:
        """Links within the site in its prose, each with the path of the text that it stands in.

        Those of a translation are held to these.
        """
        told: list[tuple[Path, Prose]] = [(("summary",), self.record.summary)]
        sections = enumerate(self.record.sections)
        told += ((("sections", number, "prose"), section.prose) for number, section in sections)
        return tuple(
            (path, run)
            for path, prose in told
            for sentence in prose.sentences
            for run in _links(sentence.runs)
        )

    @cached_property
    def days(self) -> tuple[object, object]:
        """When it changed last, and first; its review stands for a log that is not there yet."""
        logged = [change.date.sort_key for change in self.record.changes]
        logged = logged or [self.record.reviewed.sort_key]
        return max(logged), min(logged)

    @cached_property
    def head(self) -> Head:
        brief = self.record
        return Head(self.id, brief.title, brief.topic, brief.status)

    @cached_property
    def events(self) -> Sequence[tuple[tuple[object, ...], tuple[Event, Head]]]:
        """Its events, each with what it is put in order by among others."""
        told = self.record.timeline
        return tuple(((*event.date.sort_key, event.title), (event, self.head)) for event in told)

    @cached_property
    def question_ids(self) -> Sequence[str]:
        return tuple(question.id for question in self.record.positions)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.record.positions}

    @cached_property
    def cells(self) -> int:
        """How many cells the matrices of its questions have."""
        return sum(len(question.cells) for question in self.record.positions)

    @cached_property
    def judgements(self) -> Mapping[str, Judgement]:
        return MappingProxyType({item.id: item for item in self.record.judgements})


@dataclass(frozen=True)
class MapEntry(Entry):
    """A map and where it is written, with what follows from the map alone."""

    record: MapRecord

    @cached_property
    def named(self) -> Sequence[Key]:
        """Kind and id of each record that the map names."""
        return named(self.record)


def _links(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs:
        if run.kind == "link" and ":" not in run.target:
            yield run
        yield from _links(run.children)


def _print(packed: Iterable[bytes]) -> str:
    return blake2b(b"".join(packed), digest_size=12).hexdigest()
