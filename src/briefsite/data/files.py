"""Every data file of a publication, by its site path; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from briefsite.data.addresses import Addresses
from briefsite.data.bibtex import bibtex
from briefsite.data.csl import csl_json
from briefsite.data.documents import FILES, data_schema
from briefsite.data.entries import MOST, Entry, entries, entries_of
from briefsite.data.feeds import Feed, atom, json_feed, make_feed
from briefsite.data.geojson import brief_geojson, library_geojson
from briefsite.data.guide import llms_txt, robots_txt
from briefsite.data.json import brief_json, library_json
from briefsite.data.markdown import brief_markdown
from briefsite.data.ris import ris
from briefsite.data.table import claims_csv, figures_csv
from briefsite.data.works import Work, works_of_brief, works_of_library
from briefsite.model.library import BriefEntry, Library

Makers = Mapping[str, Callable[[], bytes]]
_REFERENCES = (("bib", bibtex), ("ris", ris), ("csl.json", csl_json))


def data_files(library: Library, addresses: Addresses, *, unlisted: bool = False) -> Makers:
    """Site path → what makes the file; feeds only if it is known where the site will be."""
    found: dict[str, Callable[[], bytes]] = {}
    for entry in library.briefs.values():
        found |= _brief(library, entry, addresses)
    found |= _library(library, addresses)
    found |= {f"data/{name}": partial(data_schema, name) for name in FILES}
    found["llms.txt"] = partial(llms_txt, library, addresses)
    found["robots.txt"] = partial(robots_txt, addresses, unlisted=unlisted)
    if addresses.base:
        for feed in _feeds(library):
            found[f"{feed.path}.xml"] = partial(atom, feed, addresses)
            if not feed.path.startswith("briefs/"):
                found[f"{feed.path}.json"] = partial(json_feed, feed, addresses)
    return found


def _brief(library: Library, entry: BriefEntry, addresses: Addresses) -> Makers:
    start, given = f"data/{entry.id}", (library, entry, addresses)
    return {
        f"{start}.json": partial(brief_json, library, entry),
        f"{start}.csv": partial(claims_csv, library, (entry,), addresses),
        f"{start}.figures.csv": partial(figures_csv, library, (entry,), addresses),
        f"{start}.geojson": partial(brief_geojson, *given),
        f"{start}.md": partial(brief_markdown, *given),
        **_references(start, partial(works_of_brief, *given)),
    }


def _library(library: Library, addresses: Addresses) -> Makers:
    start, all_briefs = "data/library", tuple(library.briefs.values())
    return {
        f"{start}.json": partial(library_json, library),
        f"{start}.csv": partial(claims_csv, library, all_briefs, addresses),
        f"{start}.figures.csv": partial(figures_csv, library, all_briefs, addresses),
        f"{start}.geojson": partial(library_geojson, library, addresses),
        **_references(start, partial(works_of_library, library, addresses)),
    }


def _references(start: str, works: Callable[[], tuple[Work, ...]]) -> Makers:
    return {f"{start}.{ending}": partial(_written, write, works) for ending, write in _REFERENCES}


def _written(
    write: Callable[[Iterable[Work]], bytes], works: Callable[[], tuple[Work, ...]]
) -> bytes:
    return write(works())


def _feeds(library: Library) -> Iterator[Feed]:
    """One of the site, one of judgements that moved, one a topic, one a brief."""
    publication, day = library.publication, library.as_of.first.isoformat()
    news = entries(library)
    yield make_feed("feed", "", publication.title, publication.tagline, news[:MOST], day)
    moved = [replace(each, text=" ".join(each.moves)) for each in news if each.moves][:MOST]
    title, about = f"{publication.title}: judgements", "Key judgements that moved"
    yield make_feed("judgements/feed", "briefs/", title, about, moved, day)
    for topic in library.topics.values():
        title = f"{publication.title}: {topic.title}"
        found = [each for each in news if _topic(library, each) == topic.id][:MOST]
        home = f"briefs/#{topic.id}" if found else "briefs/"
        yield make_feed(f"topics/{topic.id}/feed", home, title, topic.description, found, day)
    for entry in library.briefs.values():
        brief = entry.record
        path, home = f"briefs/{entry.id}/feed", f"briefs/{entry.id}/"
        about = f"Changes of this brief in {publication.title}"
        found = list(entries_of(library, entry))
        reviewed = brief.reviewed.first.isoformat()
        yield make_feed(path, home, brief.title, about, found, reviewed)


def _topic(library: Library, entry: Entry) -> str:
    return library.briefs[entry.brief].record.topic
