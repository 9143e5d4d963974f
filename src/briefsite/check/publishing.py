"""What is public, and from which day on: briefs, and what drafts alone have brought along."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefsite.check.shape import Reading
from briefsite.load import address
from briefsite.model.dates import Edtf
from briefsite.model.library import newest
from briefsite.model.records import Brief, MapRecord, RecordKind, Registry
from briefsite.model.walk import references
from briefsite.report import Problem

Key = tuple[RecordKind, str]

ALWAYS = datetime.date.min
NEVER = datetime.date.max

LISTS: Mapping[str, RecordKind] = {
    "topics": "topic",
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "agreements": "agreement",
    "corrections": "correction",
}
"""The lists of a registry file, and what they define."""
_CARRIED = frozenset({"topic", "source", "actor", "place", "agreement", "map"})
"""What a brief can bring along: it is public with the first brief that names it."""


def publication_day(readings: Sequence[Reading[Any]]) -> Edtf | None:
    """The newest day on which a public brief was reviewed or withdrawn; None if none is public.

    A scheduled brief counts once the others have reached its day: what waits does not move the
    day that it waits for.
    """
    day: Edtf | None = None
    briefs = sorted(
        (r.partial for r in readings if r.type is Brief), key=lambda brief: brief.public_from
    )
    for brief in briefs:
        waits = brief.public_from > (day.first if day else ALWAYS)
        if not waits and (dates := list(_dates(brief))):
            day = newest([*dates, day] if day else dates)
    return day


def _dates(brief: Brief) -> Iterator[Edtf]:
    if "reviewed" in brief.model_fields_set:
        yield brief.reviewed
    if brief.withdrawn is not None:
        yield brief.withdrawn.date


def public_from(readings: Sequence[Reading[Any]]) -> Mapping[Key, datetime.date]:
    """From which day on each record and map is public, for those that are not public always.

    A record or map that only drafts and scheduled briefs name, or what they bring along, is theirs,
    and is published with the first of them.
    """
    briefs = [reading for reading in readings if reading.type is Brief]
    if all(reading.partial.public_from == ALWAYS for reading in briefs):
        return {}
    waiting = [(reading.partial.public_from, _names(reading)) for reading in briefs]
    named: dict[Key, list[Key]] = defaultdict(list)
    for reading in readings:
        if reading.type is MapRecord:
            named["map", address(reading.document.path)] += _names(reading)
        elif reading.type is Registry:
            for kind, identity, below in _registry(reading):
                named[kind, identity] += below
    theirs = _reached((names for day, names in waiting if day > ALWAYS), named)
    roots = [(ALWAYS, [key for key in named if key not in theirs]), *waiting]
    days: dict[Key, datetime.date] = {}
    for day, names in sorted(roots, key=lambda root: root[0]):
        for key in _reached([names], named):
            days.setdefault(key, day)
    return {key: day for key, day in days.items() if day > ALWAYS}


def _reached(
    starts: Iterable[Sequence[Key]], named: Mapping[Key, Sequence[Key]]
) -> dict[Key, None]:
    """Everything that some names lead to, over records and maps, in the order it is met."""
    found: dict[Key, None] = {}
    stack = [key for names in starts for key in names]
    while stack:
        key = stack.pop()
        if key in named and key not in found:
            found[key] = None
            stack += named[key]
    return found


def _names(reading: Reading[Any]) -> list[Key]:
    value = reading.record if reading.record is not None else reading.plain
    return [(r.kind, r.id) for r in references(value, reading.type) if r.kind in _CARRIED]


def _registry(reading: Reading[Any]) -> Iterator[tuple[RecordKind, str, list[Key]]]:
    """Every record of a registry file with what it names."""
    names: dict[tuple[str | int, ...], list[Key]] = defaultdict(list)
    value = reading.record if reading.record is not None else reading.plain
    for reference in references(value, Registry):
        if reference.kind in _CARRIED:
            names[reference.path[:2]].append((reference.kind, reference.id))
    for key, kind in LISTS.items():
        items = reading.plain.get(key)
        for number, item in enumerate(items if isinstance(items, tuple) else ()):
            identity = item.get("id") if isinstance(item, dict) else None
            if isinstance(identity, str):
                yield kind, identity, names[key, number]


def check_publishing(reading: Reading[Brief]) -> Iterator[Problem]:
    """A withdrawn brief says why; the day of publication is a day."""
    document, brief = reading.document, reading.partial
    plain = reading.plain
    if brief.status == "withdrawn" and plain.get("withdrawn") is None:
        yield document.problem(
            document.locate(("status",)),
            "withdrawn-without-reason",
            "the brief is withdrawn, and does not say why",
            "add `withdrawn:` with `date:` and `reason:`",
        )
    if plain.get("withdrawn") is not None and plain.get("status") in (None, "draft", "published"):
        yield document.problem(
            document.locate(("withdrawn",), key=True),
            "inconsistent",
            f"the brief says why it is withdrawn, and is {brief.status}",
            "write `status: withdrawn`, or take this out",
        )
    day = brief.publish_on
    if day is not None and (day.is_interval or day.first != day.last or str(day)[-1] in "~?%"):
        yield document.problem(
            document.locate(("publish_on",)),
            "publish-day",
            f"'{day}' is not one day",
            "write the day, such as 2026-12-01",
        )
