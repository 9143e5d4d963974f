"""Two records of one name: mostly one thing that was described twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import Document
from briefsite.model.records import Registry
from briefsite.report import Problem

_NAMED = {"actors": "actor", "places": "place", "sources": "source", "terms": "term"}
_APART = {
    "actors": ("kind",),
    "places": ("kind", "country"),
    "sources": ("type", "author", "container-title", "publisher", "issued"),
    "terms": (),
}
"""What tells two records of one name apart, if both state it."""

Named = tuple[str, str, str, tuple[str | None, ...], int]
"""A record: its list, its name as it is compared, its id, what tells it apart, its place there."""


def names_in(reading: Reading[Any]) -> Iterator[Named]:
    """The actors, places and sources that a file of the registry describes."""
    for key in _NAMED if reading.type is Registry else ():
        for number, record in each(reading.plain, key):
            identity, name = record.get("id"), record.get(_field(key))
            if isinstance(identity, str) and isinstance(name, str):
                apart = tuple(repr(record[f]) if f in record else None for f in _APART[key])
                yield key, _folded(name), identity, apart, number


def check_names(
    files: Iterable[tuple[Sequence[Named], Callable[[], Document]]],
) -> Iterator[Problem]:
    """One warning for each actor, place or source whose name another of its kind has already.

    Of each file, the `names_in` it are given. Capitals and a leading "The" make no difference. What
    else tells two of one name apart does: the kind of an actor, kind and country of a place, and of
    a source its type, who wrote it, where and when.
    """
    seen: dict[tuple[str, str], list[tuple[Named, Callable[[], Document]]]] = {}
    for names, find in files:
        for named in names:
            others = seen.setdefault(named[:2], [])
            for other, elsewhere in others:
                if not _are_apart(named, other):
                    yield _same_name(named, find(), other, elsewhere())
                    break
            others.append((named, find))


def _same_name(named: Named, document: Document, other: Named, elsewhere: Document) -> Problem:
    key, _, identity, _, number = named
    _, _, known, _, there = other
    line = elsewhere.locate((key, there, _field(key))).line
    return document.problem(
        document.locate((key, number, _field(key))),
        "same-name",
        f"{_NAMED[key]} '{identity}' has the name of '{known}' at {elsewhere.path}:{line}",
        "keep one of the two, or say in the names how they differ",
    )


def _field(key: str) -> str:
    return "title" if key == "sources" else "name"


def _folded(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _are_apart(one: Named, other: Named) -> bool:
    """Whether two records of one name say that they are not the same thing."""
    fields = zip(one[3], other[3], strict=True)
    return any(a != b for a, b in fields if a is not None and b is not None)
