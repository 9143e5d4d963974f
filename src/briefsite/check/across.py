"""What the rules of one file may look up in all the others, and a note of what they did look up."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from briefsite.check.charts import check_charts
from briefsite.check.chronology import check_chronology, date_keys
from briefsite.check.evidence import Evidence, check_evidence, check_registry
from briefsite.check.figures import check_figures
from briefsite.check.gate import (
    Context,
    Vocabulary,
    check_brief_texts,
    check_map_texts,
    check_registry_texts,
)
from briefsite.check.history import check_change_log
from briefsite.check.index import Index
from briefsite.check.maps import check_map
from briefsite.check.plain import mappings
from briefsite.check.points import Shown, check_known_points, places_of
from briefsite.check.publishing import ALWAYS, check_publishing
from briefsite.check.references import check_own_ids, check_references, meant_ids
from briefsite.check.rules import check_brief
from briefsite.check.shape import Reading
from briefsite.check.terms import check_terms
from briefsite.check.units import check_units
from briefsite.load import Basemap
from briefsite.model.records import Brief, MapRecord, Registry, Term
from briefsite.report import Problem

V = TypeVar("V")
# The keys that rules look for wherever they stand, besides those of dates.
_LOOKED_AT = frozenset({"unit", "quotation", "sources", "reason", "stance", "text"})


class Noted(Mapping[str, V]):
    """A mapping that notes each key it is asked for, as `KIND KEY`."""

    def __init__(self, values: Mapping[str, V], kind: str, asked: set[str]) -> None:
        self._values = values
        self._kind = kind
        self._asked = asked

    def __getitem__(self, key: str) -> V:
        self._asked.add(f"{self._kind} {key}")
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.add(f"{self._kind} {key}")
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._asked.add(f"{self._kind} {key}")
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        raise TypeError("rules of one file look up what they need, and nothing else")

    def __len__(self) -> int:
        return len(self._values)


@dataclass
class Across:
    """The rest of the tree, for the rules of one file."""

    index: Index
    evidence: Evidence
    context: Context
    places: Mapping[str, Shown]
    terms: Mapping[str, Term]
    basemaps: Mapping[str, Basemap | None]
    day: datetime.date = ALWAYS
    """The day that the publication speaks from."""
    latest: int | None = None
    """The last year in which a brief was reviewed."""
    asked: set[str] = field(default_factory=set)
    """What was looked up since it was last emptied."""


def build_across(
    index: Index,
    evidence: Evidence,
    vocabulary: Callable[[], Vocabulary],
    places: Mapping[str, Shown],
    terms: Mapping[str, Term],
    basemaps: Mapping[str, Basemap | None],
    day: datetime.date = ALWAYS,
    latest: int | None = None,
) -> Across:
    """Join what is known of a tree, so that lookups are noted.

    The vocabulary is asked for when a sentence is first looked at.
    """
    asked = index.asked
    noted = Evidence(
        Noted(evidence.claims, "claim", asked),
        Noted(evidence.reads, "source", asked),
        Noted(evidence.whole_claims, "claim", asked),
    )
    context = Context(noted, vocabulary, asked)
    return Across(
        index,
        noted,
        context,
        Noted(places, "place", asked),
        Noted(terms, "term", asked),
        basemaps,
        day,
        latest,
        asked,
    )


def check_file(reading: Reading[Any], across: Across) -> Sequence[Problem]:
    """Every problem of a file that was read, but for those found by comparing whole files."""
    below = mappings(reading.document.plain, _LOOKED_AT | date_keys())
    problems = [*meant_ids(across.index, reading), *check_own_ids(reading)]
    problems += check_references(across.index, reading, across.day)
    problems += check_units(reading.document, below)
    problems += check_chronology(reading, below, across.latest)
    if reading.type is Brief:
        problems += check_brief(reading, below)
        problems += check_publishing(reading)
        problems += check_change_log(reading)
        problems += check_evidence(reading, below, across.evidence)
        problems += check_figures(reading)
        problems += check_charts(reading, across.evidence)
        problems += check_terms(reading, across.terms)
        problems += check_brief_texts(reading, across.context)
    elif reading.type is Registry:
        problems += check_known_points(places_of(reading).values())
        problems += check_registry(reading, below, across.evidence)
        problems += check_registry_texts(reading, across.context)
    elif reading.type is MapRecord:
        problems += check_map(reading, below, across.places, across.basemaps)
        problems += check_map_texts(reading, across.context)
    return problems
