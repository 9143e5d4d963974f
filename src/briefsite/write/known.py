"""A work that is in the registry already, by its DOI or its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.model.records import Registry
from briefsite.write.citation import bare_doi
from briefsite.write.fields import Path as FieldPath
from briefsite.write.scalars import Written


def known_work(readings: Iterable[Reading[Any]], given: Mapping[FieldPath, Written]) -> str:
    """Where a source has the DOI or the address that is given, for a person; empty if none has."""
    wanted = {
        field: mark
        for field in _MARKS
        if (mark := _mark(field, given.get((field,), ""))) is not None
    }
    for reading in readings if wanted else ():
        for number, source in _sources(reading):
            for field, mark in wanted.items():
                if _mark(field, source.get(field)) == mark:
                    line = reading.document.locate(("sources", number, field)).line
                    identity = source.get("id", "one without an id")
                    return f"{reading.document.path}:{line}: source '{identity}' has this {field}"
    return ""


def _sources(reading: Reading[Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if reading.type is Registry:
        yield from each(reading.plain, "sources")


def _mark(field: str, value: object) -> str | None:
    """What is the same in every way to write a DOI or an address."""
    if not isinstance(value, str) or not value.strip():
        return None
    return _MARKS[field](value)


def _same_address(url: str) -> str:
    """Neither http or https, nor capitals in the host, nor a slash at the end makes another page.

    A fragment does: works may stand below each other on one page.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
    return f"{host}{path}?{parts.query}#{parts.fragment}"


_MARKS = {"DOI": lambda text: bare_doi(text).lower(), "URL": _same_address}
