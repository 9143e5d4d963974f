"""What can be cited, a source or a brief, as one shape that every reference format is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from briefsite.data.addresses import Addresses
from briefsite.data.joined import groups
from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Person, Source


class Work(NamedTuple):
    """A work, field by field as CSL-JSON has it; texts are plain, and empty where unknown."""

    id: str
    type: str
    title: str
    authors: tuple[Person, ...] = ()
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    issued: Edtf | None = None
    accessed: Edtf | None = None
    url: str = ""
    doi: str = ""
    language: str = ""


def work_of_source(source: Source) -> Work:
    """A source as a work."""
    return Work(
        source.id,
        source.type,
        source.title,
        source.author,
        source.container_title or "",
        source.publisher or "",
        source.volume or "",
        source.issue or "",
        source.page or "",
        source.issued,
        source.accessed,
        source.URL or "",
        source.DOI or "",
        source.language,
    )


def work_of_brief(library: Library, entry: BriefEntry, addresses: Addresses) -> Work:
    """A brief as a work: a report of the publication, in the version of its last review."""
    brief = entry.record
    return Work(
        f"brief-{entry.id}",
        "report",
        brief.title,
        tuple(Person(literal=name) for name in brief.authors or (library.publication.byline,)),
        publisher=library.publication.title,
        issued=brief.reviewed,
        url=addresses.absolute(f"briefs/{entry.id}/") or "",
        language=brief.language,
    )


def works_of_brief(library: Library, entry: BriefEntry, addresses: Addresses) -> tuple[Work, ...]:
    """A brief, and behind it every source that its page cites, in the order of first use."""
    sources = library.sources_of(entry)
    return (work_of_brief(library, entry, addresses), *map(work_of_source, sources))


def works_of_library(
    library: Library, addresses: Addresses
) -> Mapping[str, Callable[[], tuple[Work, ...]]]:
    """All briefs, then all sources, in groups by their names."""
    found: dict[str, Callable[[], tuple[Work, ...]]] = {}
    for name, keys in groups("briefs", library.briefs).items():
        found[name] = partial(_briefs, library, keys, addresses)
    for name, keys in groups("sources", library.sources).items():
        found[name] = partial(_sources, library, keys)
    return found


def _briefs(library: Library, keys: Iterable[str], addresses: Addresses) -> tuple[Work, ...]:
    return tuple(work_of_brief(library, library.briefs[key], addresses) for key in keys)


def _sources(library: Library, keys: Iterable[str]) -> tuple[Work, ...]:
    return tuple(work_of_source(library.sources[key]) for key in keys)
