"""Two records of one name: mostly one thing that was described twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import Document, Location
from briefsite.model.records import Registry
from briefsite.report import Problem

_NAMED = {"actors": "actor", "places": "place", "sources": "source"}
_APART = {
    "actors": ("kind",),
    "places": ("kind", "country"),
    "sources": ("type", "author", "container-title", "publisher", "issued"),
}
"""What tells two records of one name apart, if both state it."""


def check_names(readings: Sequence[Reading[Any]]) -> Iterator[Problem]:
    """One warning for each actor, place or source whose name another of its kind has already.

    Capitals and a leading "The" make no difference. What else tells two of one name apart does: the
    kind of an actor, kind and country of a place, and of a source its type,
    who wrote it, where and when.
    """
    seen: dict[tuple[str, str], list[tuple[Any, Document, Location]]] = {}
    for reading in readings:
        for key, what in _NAMED.items() if reading.type is Registry else ():
            field = "title" if key == "sources" else "name"
            for number, record in each(reading.plain, key):
                document = reading.document
                where = document.locate((key, number, field))
                others = seen.setdefault((key, _folded(str(record[field]))), [])
                for other, elsewhere, there in others:
                    if not _are_apart(key, record, other):
                        yield document.problem(
                            where,
                            "same-name",
                            f"{what} '{record['id']}' has the name of '{other['id']}'"
                            f" at {elsewhere.path}:{there.line}",
                            "keep one of the two, or say in the names how they differ",
                        )
                        break
                others.append((record, document, where))


def _folded(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _are_apart(key: str, one: Any, other: Any) -> bool:
    """Whether two records of one name say that they are not the same thing."""
    fields = [
        (one[field], other[field]) for field in _APART[key] if field in one and field in other
    ]
    return any(repr(a) != repr(b) for a, b in fields)
