"""Works as CSL-JSON, which reference managers and citation processors read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefsite.data.json import json_items, to_json
from briefsite.data.works import Work
from briefsite.model.dates import Edtf, Point
from briefsite.model.records import Person


def csl_json(works: Iterable[Work]) -> bytes:
    """A list of works."""
    return to_json([csl_item(work) for work in works]).encode()


def csl_items(works: Iterable[Work]) -> bytes:
    """What stands in such a list."""
    return json_items(to_json(csl_item(work)) for work in works)


def csl_item(work: Work) -> dict[str, Any]:
    """One work; what is unknown is left out."""
    given: dict[str, Any] = {
        "id": work.id,
        "type": work.type,
        "title": work.title,
        "author": [_name(person) for person in work.authors],
        "container-title": work.container,
        "publisher": work.publisher,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "issued": work.issued and csl_date(work.issued),
        "accessed": work.accessed and csl_date(work.accessed),
        "URL": work.url,
        "DOI": work.doi,
        "language": work.language,
    }
    return {key: value for key, value in given.items() if value}


def csl_date(date: Edtf) -> dict[str, Any]:
    """A date as CSL has it: `date-parts` no finer than it is known, else words.

    A qualified date is `circa`. Decades, centuries and open intervals have no parts: they are
    `literal`.
    """
    points = [point for point in (date.start, date.end) if point is not None]
    rough = any(point.precision in ("decade", "century") for point in points)
    if rough or (date.is_interval and len(points) < 2):
        return {"literal": date.words()}
    shown = points if date.is_interval else points[:1]
    circa = {"circa": True} if any(point.qualifier for point in shown) else {}
    return {"date-parts": [date_parts(point) for point in shown], **circa}


def date_parts(point: Point) -> list[int]:
    """Year, month and day of a point, as far as they are known."""
    parts = [point.first.year, point.first.month, point.first.day]
    return parts[: {"day": 3, "month": 2}.get(point.precision, 1)]


def _name(person: Person) -> dict[str, str]:
    names = {"family": person.family, "given": person.given, "literal": person.literal}
    return {key: value for key, value in names.items() if value}
