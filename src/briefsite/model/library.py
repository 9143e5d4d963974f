"""The library: all records of a publication, frozen, with the ways back between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry, Head, MapEntry, Origin
from briefsite.model.following import count_naming, differing, named_by
from briefsite.model.lazy import Chosen, Held, Instead
from briefsite.model.records import (
    Actor,
    Agreement,
    Change,
    Claim,
    ContestedName,
    Correction,
    Event,
    LoadedWord,
    Place,
    Publication,
    Question,
    Record,
    Source,
    Term,
    Topic,
)
from briefsite.model.walk import AnyKey, Key, named

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """Everything that is published. Mappings are ordered by id and cannot be changed.

    That of a preview holds drafts and scheduled briefs too.
    """

    publication: Publication
    as_of: Edtf
    topics: Mapping[str, Topic]
    briefs: Mapping[str, BriefEntry]
    maps: Mapping[str, MapEntry]
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    agreements: Mapping[str, Agreement]
    terms: Mapping[str, Term]
    corrections: Mapping[str, Correction]
    loaded_words: tuple[LoadedWord, ...]
    contested_names: tuple[ContestedName, ...]
    origins: Mapping[AnyKey, Origin]
    """Kind and id of a registry record or claim → where it is written."""

    def follow(self, before: Library) -> None:
        """Let what is asked of this library be found by what was found in another, before it.

        Of entries that both hold, the very same, nothing is looked at again.
        """
        vars(before).pop("_before", None)
        vars(self)["_before"] = before

    def _earlier(self, given: str, name: str) -> tuple[Mapping[str, Any], Mapping[Any, Any]]:
        """What a library before was `given`, and what was found of it, if it was asked."""
        before = vars(self).get("_before")
        if before is None or name not in vars(before):
            return {}, {}
        return getattr(before, given), getattr(before, name)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return _held_claims(self.briefs, self.home)

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """The briefs for whoever tells no more of them than what they are called.

        Who asks here is not concerned by what else is edited in them.
        """
        return MappingProxyType(Held(self.briefs, lambda entry, _: entry.head))

    @cached_property
    def current(self) -> Mapping[str, BriefEntry]:
        """The briefs that were not withdrawn: those that lists, overviews and counts tell of."""
        return MappingProxyType(Chosen(self.briefs, lambda e: e.record.status != "withdrawn"))

    @cached_property
    def withdrawn(self) -> Mapping[str, BriefEntry]:
        """The briefs that were withdrawn, and keep their addresses."""
        return MappingProxyType(Chosen(self.briefs, lambda e: e.record.status == "withdrawn"))

    @cached_property
    def home(self) -> Mapping[str, str]:
        """Claim id → id of the brief it lives in."""
        before, known = self._earlier("briefs", "home")
        if _are_alike(differing(self.briefs, before)):
            return known
        found: dict[str, str] = {}
        for key, entry in self.briefs.items():
            found |= dict.fromkeys(entry.claim_ids, key)
        return frozen(found)

    @cached_property
    def questions(self) -> Mapping[str, tuple[Question, BriefEntry]]:
        """Question id → the question and the brief it lives in."""
        return _held_questions(self.briefs, self.asked_in)

    @cached_property
    def asked_in(self) -> Mapping[str, str]:
        """Question id → id of the brief it lives in."""
        return frozen({key: e.id for e in self.briefs.values() for key in e.question_ids})

    @cached_property
    def corrections_of(self) -> Mapping[AnyKey, tuple[Correction, ...]]:
        """Kind and id of a source or claim → the corrections that concern it."""
        found: dict[AnyKey, list[Correction]] = defaultdict(list)
        for correction in self.corrections.values():
            found[("source", correction.source)].append(correction)
            for key in correction.claims:
                found[("claim", key)].append(correction)
        return MappingProxyType({key: tuple(each) for key, each in found.items()})

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[Source, ...]]:
        """Source id → the sources that are known as cited in it."""
        found: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources.values():
            for key in dict.fromkeys(source.cited_in or ()):
                found[key].append(source)
        return MappingProxyType({key: tuple(each) for key, each in found.items()})

    @cached_property
    def claims_of(self) -> Mapping[AnyKey, tuple[Claim, ...]]:
        """Kind and id of a record → the claims that name it, in library order."""
        return MappingProxyType(_ClaimsOf(self.briefs_of))

    @cached_property
    def claim_counts(self) -> Mapping[AnyKey, int]:
        """Kind and id of a record → how many claims name it."""
        return count_naming(self.briefs, *self._earlier("briefs", "claim_counts"))

    @cached_property
    def grounds(self) -> int:
        """How many sources claims rest on."""
        return sum(kind == "source" for kind, _ in self.claim_counts)

    @cached_property
    def cited_beside(self) -> Mapping[str, tuple[str, ...]]:
        """Source id → the kinds of records of the registry that cite it."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        cited: tuple[tuple[str, Iterable[Record]], ...] = (
            ("agreement", self.agreements.values()),
            ("correction", self.corrections.values()),
            ("source", self.sources.values()),
        )
        for kind, records in cited:
            for record in records:
                for named_kind, key in named(record):
                    if named_kind == "source":
                        found[key][kind] = None
        return MappingProxyType({key: tuple(kinds) for key, kinds in found.items()})

    @cached_property
    def briefs_of(self) -> Mapping[AnyKey, tuple[BriefEntry, ...]]:
        """Kind and id of a record → the briefs that name it anywhere."""
        return MappingProxyType(named_by(self.briefs, *self._earlier("briefs", "briefs_of")))

    @cached_property
    def heads_of(self) -> Mapping[AnyKey, tuple[Head, ...]]:
        """The same for whoever tells no more of them than what they are called."""
        held = Held(self.briefs_of, lambda entries, _: tuple(entry.head for entry in entries))
        return MappingProxyType(held)

    @cached_property
    def maps_of(self) -> Mapping[AnyKey, tuple[MapEntry, ...]]:
        """Kind and id of a record → the maps that show it."""
        return MappingProxyType(named_by(self.maps, *self._earlier("maps", "maps_of")))

    @cached_property
    def timeline(self) -> tuple[tuple[Event, Head], ...]:
        """Events of the current briefs by date; an event that two briefs tell stands twice.

        With each stands no more of its brief than is told there: whatever else is edited in the
        brief is no edit of the timeline.
        """
        events = chain.from_iterable(entry.events for entry in self.current.values())
        return tuple(map(itemgetter(1), sorted(events, key=itemgetter(0))))

    @cached_property
    def front_map(self) -> MapEntry | None:
        """The map that stands for the region on the home page."""
        return self.maps.get(self.publication.front_map or "", next(iter(self.maps.values()), None))

    @cached_property
    def newest(self) -> tuple[BriefEntry, ...]:
        """The current briefs, what changed last first; of one day, the brief that came last."""
        return tuple(sorted(self.current.values(), key=lambda entry: entry.days, reverse=True))

    @cached_property
    def history(self) -> tuple[tuple[Change, BriefEntry], ...]:
        """What changed in the current briefs, the newest first; briefs of one day by their ids."""
        changes = [(change, e) for e in self.current.values() for change in e.record.changes]
        return tuple(sorted(changes, key=lambda pair: pair[0].date.sort_key, reverse=True))

    def shared(self, make: Callable[[], T]) -> Callable[[], T]:
        """For what several parts of a site are made from: `make`, called once at most."""
        return cache(make)

    def derived(
        self, name: str, make: Callable[[Library], Mapping[str, R]]
    ) -> Callable[[], Mapping[str, R]]:
        """The same for a mapping of which each part asks little; `name` tells it from others."""
        return cache(partial(make, self))

    def saying(self, entry: BriefEntry, maps: Iterable[MapEntry] = ()) -> Library:
        """A library with another entry of a brief, and of some maps; what both say alike is not
        found anew."""
        briefs = Instead(self.briefs, {entry.id: entry})
        held = {
            "briefs": briefs,
            "claims": _held_claims(briefs, self.home),
            "questions": _held_questions(briefs, self.asked_in),
            "maps": Instead(self.maps, by_id(maps)),
            "heads": Instead(self.heads, {entry.id: entry.head}),
            "home": self.home,
            "asked_in": self.asked_in,
            "current": self.current,
            "withdrawn": self.withdrawn,
            "_named": {},  # known by the identity of records, which are others here
        }
        told = copy(self)
        vars(told).update(held)
        return told

    def actors_in(self, event: Event) -> tuple[str, ...]:
        """Ids of the actors of an event; of its claims, if it names none itself."""
        named = event.actors or [a for key in event.claims for a in self.claims[key].actors]
        return tuple(dict.fromkeys(named))

    def sources_of(self, entry: BriefEntry) -> tuple[Source, ...]:
        """The sources that a brief's page cites, in the order of first use."""
        cited = chain.from_iterable(map(self.named_in, self.claims_of_others(entry)))
        named = chain(self.shown_on(entry), cited)
        ids = dict.fromkeys(key for kind, key in named if kind == "source")
        return tuple(self.sources[key] for key in ids)

    def claims_of_others(self, entry: BriefEntry) -> Sequence[Claim]:
        """The claims on a brief's page that live in other briefs, in the order of first use."""
        named = (key for kind, key in self.shown_on(entry) if kind == "claim")
        return [self.claims[key] for key in named if key not in entry.claim_ids]

    def shown_on(self, entry: BriefEntry) -> Sequence[Key]:
        """Kind and id of each record that is named on a brief's page: by the brief, or by the
        questions of others that it shows."""
        return tuple(dict.fromkeys((*entry.named, *self.named_by_questions(entry))))

    def named_by_questions(self, entry: BriefEntry) -> Iterator[Key]:
        """Kind and id of each record that questions of others name which a brief shows."""
        for key in entry.record.questions:
            yield from self.named_in(self.questions[key][0])

    def named_in(self, record: Record) -> Sequence[Key]:
        """Kind and id of each record that one of this library names, looked for once: each format
        asks anew."""
        known = self._named.get(id(record))
        if known is None:
            known = self._named[id(record)] = named(record)
        return known

    @cached_property
    def _named(self) -> dict[int, Sequence[Key]]:
        """By the identity of a record, which lives as long as the library."""
        return {}

    def actors_of(self, entry: BriefEntry) -> tuple[Actor, ...]:
        """The actors that a brief's page names, in the order of their names."""
        found = (self.actors[key] for kind, key in self.shown_on(entry) if kind == "actor")
        return tuple(sorted(found, key=lambda actor: (actor.name, actor.id)))

    def speakers_of(self, claim: Claim) -> str:
        """Who says a claim, by name; of a joint statement all who do."""
        return ", ".join(self.actors[key].name for key in claim.speakers)

    def states(self) -> Mapping[str, str]:
        """Claim id → its state, for the claims that no longer simply stand."""
        states = {key: self.state_of(key) for key in self.claims}
        return frozen({key: state for key, state in states.items() if state != "current"})

    def state_of(self, claim: str) -> str:
        """What has become of a claim; that of a withdrawn brief is withdrawn with it."""
        return "withdrawn" if self.home[claim] in self.withdrawn else self.claims[claim].state


def _are_alike(others: tuple[Sequence[BriefEntry], Sequence[BriefEntry]] | None) -> bool:
    """Whether briefs that came have the ids of those that are gone, and the same claims' ids."""
    if others is None:
        return False
    come, gone = ([(entry.id, *entry.claim_ids) for entry in each] for each in others)
    return come == gone


def _held_claims(briefs: Mapping[str, BriefEntry], home: Mapping[str, str]) -> Mapping[str, Claim]:
    return MappingProxyType(Held(home, lambda brief, key: briefs[brief].claims[key]))


def _held_questions(
    briefs: Mapping[str, BriefEntry], home: Mapping[str, str]
) -> Mapping[str, tuple[Question, BriefEntry]]:
    def find(brief: str, key: str) -> tuple[Question, BriefEntry]:
        return briefs[brief].questions[key], briefs[brief]

    return MappingProxyType(Held(home, find))


class _ClaimsOf(Mapping[AnyKey, tuple[Claim, ...]]):
    """Kind and id of a record → the claims that name it; each list is made when it is asked for."""

    def __init__(self, briefs_of: Mapping[AnyKey, Sequence[BriefEntry]]) -> None:
        self._briefs_of = briefs_of
        self._found: dict[AnyKey, tuple[Claim, ...]] = {}

    def __getitem__(self, key: AnyKey) -> tuple[Claim, ...]:
        if key not in self._found:
            held = (entry.claims_naming(key) for entry in self._briefs_of[key])
            claims = sorted(chain.from_iterable(held), key=lambda claim: claim.id)
            if not claims:
                raise KeyError(key)
            self._found[key] = tuple(claims)
        return self._found[key]

    def __iter__(self) -> Iterator[AnyKey]:
        return (key for key in self._briefs_of if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def frozen(items: Mapping[str, R]) -> Mapping[str, R]:
    """A read-only mapping ordered by key."""
    order = sorted(items)
    return MappingProxyType(dict(zip(order, map(items.__getitem__, order), strict=True)))


def by_id(records: Iterable[R]) -> dict[str, R]:
    """Records by their `id`."""
    return {record.id: record for record in records}  # type: ignore[attr-defined]
