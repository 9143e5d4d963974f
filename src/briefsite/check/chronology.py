"""Dates that contradict each other, or are no date anyone meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from briefsite.check.plain import Mappings, Plain, each
from briefsite.check.shape import Reading
from briefsite.load import Document
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.model.records import Brief, Record, Registry
from briefsite.report import Problem

# A forecast, a plan or a position may be about what has not come yet; these may not.
_PAST = ("event", "quotation", "allegation")
_HORIZON = 100


def year_of(reading: Reading[Any]) -> int | None:
    """The year in which a brief was reviewed."""
    date = _date(reading.plain, "reviewed") if reading.type is Brief else None
    return date.last.year if date else None


def latest_of(years: Iterable[int | None]) -> int | None:
    """The last of some years."""
    return max((year for year in years if year is not None), default=None)


def check_chronology(
    reading: Reading[Any], below: Mappings, latest: int | None
) -> Iterator[Problem]:
    """The order of dates within a claim, a source and a change log, and years far ahead.

    `below` are all mappings of the file, `latest` is the last year in which any brief was reviewed.
    """
    if reading.type is Brief:
        yield from _claims(reading)
        yield from _changes(reading)
    elif reading.type is Registry:
        yield from _sources(reading)
    if latest is not None:
        yield from _far(reading.document, below, latest + _HORIZON)


def _date(record: Plain, key: str) -> Edtf | None:
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    try:
        return parse_date(str(value))
    except DateError:
        return None


def _claims(reading: Reading[Brief]) -> Iterator[Problem]:
    for number, claim in each(reading.plain, "claims"):
        date, said = _date(claim, "date"), _date(claim, "as_of")
        if claim.get("kind") not in _PAST or date is None or date.start is None or said is None:
            continue
        if said.last < date.first:
            yield reading.document.problem(
                reading.document.locate(("claims", number, "as_of")),
                "said-too-early",
                f"said ({said}) before it happened ({date})",
                "mend one of the two dates; what is to come is of kind forecast or position",
            )


def _changes(reading: Reading[Brief]) -> Iterator[Problem]:
    before: Edtf | None = None
    for number, change in each(reading.plain, "changes"):
        date = _date(change, "date")
        if before and date and date.first > before.last:
            yield reading.document.problem(
                reading.document.locate(("changes", number, "date")),
                "date-order",
                f"the change log goes from {before} to {date}",
                "write the newest change first",
            )
        before = date or before


def _sources(reading: Reading[Registry]) -> Iterator[Problem]:
    for number, source in each(reading.plain, "sources"):
        issued, seen = _date(source, "issued"), _date(source, "accessed")
        archived = source.get("archived")
        kept = _date(archived, "date") if isinstance(archived, dict) else None
        for date, key, words in (
            (seen, ("accessed",), "seen"),
            (kept, ("archived", "date"), "archived"),
        ):
            if issued and date and date.last < issued.first:
                yield reading.document.problem(
                    reading.document.locate(("sources", number, *key)),
                    "date-order",
                    f"the work was {words} ({date}) before it appeared ({issued})",
                    "mend one of the two dates",
                )


def _far(document: Document, below: Mappings, limit: int) -> Iterator[Problem]:
    for key in date_keys() & below.keys():
        for path, fields in below[key]:
            date = _date(fields, key)
            if date is not None and date.first.year > limit:
                yield document.problem(
                    document.locate((*path, key)),
                    "implausible-year",
                    f"'{key}' lies more than {_HORIZON} years after the last review",
                    "look for a digit too many, or two that changed places",
                )


@cache
def date_keys() -> frozenset[str]:
    """The keys that hold a date in any record."""
    waiting, found = list(Record.__subclasses__()), set[str]()
    for record in waiting:
        waiting += record.__subclasses__()
        found |= {
            field.alias or name
            for name, field in record.model_fields.items()
            if _holds_date(field.annotation)
        }
    return frozenset(found)


def _holds_date(annotation: object) -> bool:
    return annotation is Edtf or any(_holds_date(below) for below in get_args(annotation))
