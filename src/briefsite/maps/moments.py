"""When features are there: the days they come and go, and the stops of the time slider."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from briefsite.languages import ENGLISH, Language
from briefsite.model.dates import Edtf
from briefsite.model.records import MapRecord

_DAY = datetime.timedelta(days=1)


def span(
    when: Edtf | None, *, stays: bool = False, language: Language = ENGLISH
) -> dict[str, str | None]:
    """A date and its words, its first day and, unless what happened `stays`, its last."""
    if when is None:
        return {"when": None, "when_words": None, "first": None, "last": None}
    last = None if stays or when.end is None else when.end.last
    return {
        "when": when.text,
        "when_words": language.date(when),
        "first": _first(when).isoformat(),
        "last": last.isoformat() if last else None,
    }


def stops(record: MapRecord, language: Language = ENGLISH) -> list[dict[str, str]]:
    """Each day on which something comes or is gone, in order; none if nothing has a date."""
    found: dict[datetime.date, str] = {}
    gone: dict[datetime.date, str] = {}
    for when, stays in _dates(record):
        if when.start:
            found.setdefault(when.start.first, language.point(when.start))
        if when.end and not stays and when.end.last < datetime.date.max:
            words = language.gettext("after %(date)s", date=language.point(when.end))
            gone.setdefault(when.end.last + _DAY, words)
    return [{"t": day.isoformat(), "words": words} for day, words in sorted((gone | found).items())]


def _first(when: Edtf) -> datetime.date:
    return when.start.first if when.start else datetime.date.min


def _dates(record: MapRecord) -> Iterator[tuple[Edtf, bool]]:
    for layer in record.layers:
        given: Iterable[Any] = (*layer.areas, *layer.places, *layer.routes)
        yield from ((shown.when, False) for shown in given if shown.when)
        yield from ((flow.date, False) for flow in layer.flows)
        yield from ((event.date, True) for event in layer.events)
