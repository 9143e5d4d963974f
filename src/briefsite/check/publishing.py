"""What is public, and from which day on: briefs, and what drafts alone have brought along."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefsite.check.shape import Reading
from briefsite.load import address
from briefsite.model.dates import Edtf, newest
from briefsite.model.records import Brief, RecordKind, Registry
from briefsite.model.walk import Key
from briefsite.report import Problem

Named = tuple[Key | None, tuple[Key, ...]]
"""A record, brief or map (None for what has no id), and the shared records and maps it names."""

ALWAYS = datetime.date.min
NEVER = datetime.date.max

LISTS: Mapping[str, RecordKind] = {
    "topics": "topic",
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "agreements": "agreement",
    "terms": "term",
    "corrections": "correction",
}
"""The lists of a registry file, and what they define."""
_CARRIED = frozenset({"topic", "source", "actor", "place", "agreement", "term", "map"})
"""What a brief can bring along: it is public with the first brief that names it."""


def publication_day(briefs: Iterable[tuple[datetime.date, Sequence[Edtf]]]) -> Edtf | None:
    """The newest day on which a public brief was reviewed or withdrawn; None if none is public.

    Of each brief, the day from which on it is public is given, and those `days_of` it. A scheduled
    brief counts once the others have reached its day: what waits does not move the day that it
    waits for.
    """
    day: Edtf | None = None
    for since, dates in sorted(briefs, key=lambda brief: brief[0]):
        if dates and since <= (day.first if day else ALWAYS):
            day = newest([*dates, day] if day else dates)
    return day


def day_for_rules(day: Edtf | None, *, is_sure: bool = True) -> datetime.date:
    """The first day that a publication may speak from.

    If that is not sure, as a brief that cannot be read may be the newest, all that is scheduled
    may be public.
    """
    if not is_sure:
        return NEVER - datetime.timedelta(days=1)
    return day.first if day else ALWAYS


def days_of(brief: Brief) -> tuple[Edtf, ...]:
    """The days on which a brief was reviewed and withdrawn."""
    reviewed = [brief.reviewed] if "reviewed" in brief.model_fields_set else []
    withdrawn = [brief.withdrawn.date] if brief.withdrawn is not None else []
    return (*reviewed, *withdrawn)


def carried_from(
    files: Iterable[tuple[datetime.date | None, Sequence[Named]]],
) -> Mapping[Key, datetime.date]:
    """From which day on each record and map is public, for those that are not public always.

    Of each file, what is `named_in` it is given, and of a brief the day from which on it is
    public. A record or map that only drafts and scheduled briefs name, or what they bring along,
    is theirs, and is published with the first of them.
    """
    files = list(files)
    if all(since is None or since == ALWAYS for since, _ in files):
        return {}
    waiting: list[tuple[datetime.date, Sequence[Key]]] = []
    named: dict[Key, list[Key]] = defaultdict(list)
    for since, parts in files:
        for owner, below in parts:
            if since is not None:
                waiting.append((since, below))
            elif owner is not None:
                named[owner] += below
    theirs = _reached((below for day, below in waiting if day > ALWAYS), named)
    roots = [(ALWAYS, tuple(key for key in named if key not in theirs)), *waiting]
    days: dict[Key, datetime.date] = {}
    for day, names in sorted(roots, key=lambda root: root[0]):
        for key in _reached([names], named):
            days.setdefault(key, day)
    return {key: day for key, day in days.items() if day > ALWAYS}


def public_from(readings: Iterable[Reading[Any]]) -> Mapping[Key, datetime.date]:
    """The days of `carried_from`, for files that were read."""
    return carried_from(
        (reading.partial.public_from if reading.type is Brief else None, named_in(reading))
        for reading in readings
    )


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


def named_in(reading: Reading[Any]) -> tuple[Named, ...]:
    """What a file names: a brief or a map by itself, a registry file record by record."""
    names: dict[tuple[str | int, ...], dict[Key, None]] = defaultdict(dict)
    is_registry = reading.type is Registry
    for reference in reading.references:
        if reference.kind in _CARRIED:
            where = reference.path[:2] if is_registry else ()
            names[where][reference.kind, reference.id] = None
    if not is_registry:
        kind: RecordKind = "brief" if reading.type is Brief else "map"
        return (((kind, address(reading.document.path)), tuple(names[()])),)
    found: list[Named] = []
    for key, record_kind in LISTS.items():
        items = reading.plain.get(key)
        for number, item in enumerate(items if isinstance(items, tuple) else ()):
            identity = item.get("id") if isinstance(item, dict) else None
            if isinstance(identity, str):
                found.append(((record_kind, identity), tuple(names.pop((key, number), ()))))
    rest = dict.fromkeys(key for keys in names.values() for key in keys)
    return (*found, (None, tuple(rest))) if rest else tuple(found)


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
