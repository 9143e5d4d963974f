"""Every data file of a publication, by its site path; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from briefsite.data.addresses import Addresses
from briefsite.data.bibtex import bibtex
from briefsite.data.csl import csl_items, csl_json
from briefsite.data.documents import FILES, data_schema
from briefsite.data.entries import MOST, Entry, Speak, entries, entries_of
from briefsite.data.feeds import Feed, atom, json_feed, make_feed
from briefsite.data.geojson import brief_geojson, library_geojson
from briefsite.data.guide import llms_txt, robots_txt
from briefsite.data.joined import Joined, groups, parted
from briefsite.data.json import LIBRARY, brief_json, json_list, library_json
from briefsite.data.markdown import brief_markdown
from briefsite.data.ris import ris
from briefsite.data.table import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    claims_csv,
    figures_csv,
    to_csv,
)
from briefsite.data.works import Work, works_of_brief, works_of_library
from briefsite.languages import ENGLISH, NONE, Language, Languages
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.parts import Overviews
from briefsite.model.records import Topic
from briefsite.model.translations import Translated, TranslationEntry
from briefsite.model.wanted import Wanted

Makers = Mapping[str, Callable[[], bytes]]
_REFERENCES = (("bib", bibtex), ("ris", ris), ("csl.json", csl_json))


def data_files(
    library: Library,
    addresses: Addresses,
    *,
    unlisted: bool = False,
    languages: Languages = NONE,
    translations: Sequence[TranslationEntry] = (),
    translated: Mapping[str, Callable[[], Translated]] = MappingProxyType({}),
    wanted: Wanted | None = None,
) -> Makers:
    """Site path → what makes the file; feeds only if it is known where the site will be.

    What files say themselves is in the language of what they tell of, if `languages` has it, else
    in that of the publication. `translated` are the `translations` by `BRIEF.LANGUAGE`: their
    texts as data, and as Markdown. Of briefs there are those that are `wanted`, or all.
    """
    found: dict[str, Callable[[], bytes]] = {}
    home = languages.get(library.publication.language) or ENGLISH

    def speak(code: str) -> Language:
        return languages.get(code) or home

    briefs = library.briefs if wanted is None else [*_briefs(library, wanted)]
    for key in briefs:
        entry = library.briefs[key]
        found |= _brief(library, entry, addresses, speak(entry.record.language))
    for name, tell in translated.items():
        found[f"data/{name}.json"] = partial(_translated_json, tell)
        found[f"data/{name}.md"] = partial(_translated_markdown, tell, addresses, speak)
    found |= _library(library, addresses)
    found |= {f"data/{name}": partial(data_schema, name) for name in FILES}
    found["llms.txt"] = partial(llms_txt, library, addresses, home, translations)
    found["robots.txt"] = partial(robots_txt, addresses, unlisted=unlisted)
    if addresses.base:
        for path, make in _feeds(library, home, speak, translations, briefs):
            found[f"{path}.xml"] = partial(_written_feed, atom, make, addresses)
            if not path.startswith("briefs/"):
                found[f"{path}.json"] = partial(_written_feed, json_feed, make, addresses)
    return found


def _briefs(library: Library, wanted: Wanted) -> Iterator[str]:
    """The briefs of which a file is wanted, with those that stand in a table with them."""
    keys = {*wanted.of("data", "briefs")}
    for group in groups("briefs", library.briefs).values():
        if not keys.isdisjoint(group):
            yield from group


def _brief(library: Library, entry: BriefEntry, addresses: Addresses, language: Language) -> Makers:
    start, given = f"data/{entry.id}", (library, entry, addresses)
    return {
        f"{start}.json": partial(brief_json, library, entry),
        f"{start}.csv": partial(claims_csv, library, (entry,), addresses),
        f"{start}.figures.csv": partial(figures_csv, library, (entry,), addresses),
        f"{start}.geojson": partial(brief_geojson, *given),
        f"{start}.md": partial(brief_markdown, *given, language),
        **_references(start, partial(works_of_brief, *given)),
    }


def _translated_json(tell: Callable[[], Translated]) -> bytes:
    told = tell()
    return brief_json(told.library, told.entry, told)


def _translated_markdown(
    tell: Callable[[], Translated], addresses: Addresses, speak: Speak
) -> bytes:
    told = tell()
    language = speak(told.record.language)
    return brief_markdown(told.library, told.entry, addresses, language, told)


def _library(library: Library, addresses: Addresses) -> Makers:
    start = f"data/{LIBRARY}"
    works = works_of_library(library, addresses)
    return {
        f"{start}.json": library_json(library),
        f"{start}.csv": partial(_whole, claims_csv, library, addresses),
        f"{start}.figures.csv": partial(_whole, figures_csv, library, addresses),
        f"{start}.geojson": library_geojson(library, addresses),
        f"{start}.bib": Joined("works", _references_of(works, bibtex), partial(parted, b"\n")),
        f"{start}.ris": Joined("works", _references_of(works, ris), partial(parted, b"\r\n")),
        f"{start}.csl.json": Joined("works", _references_of(works, csl_items), _list),
    }


def _whole(
    write: Callable[[Library, Iterable[BriefEntry], Addresses], bytes],
    library: Library,
    addresses: Addresses,
) -> bytes:
    """A table of all briefs."""
    return write(library, library.briefs.values(), addresses)


def joined_tables(briefs: Iterable[str], find: Callable[[str], bytes]) -> Mapping[str, Joined]:
    """The tables of a library, each made of those of its briefs, which `find` may have at hand."""
    found = groups("briefs", briefs)
    return {
        f"data/{LIBRARY}.{name}": Joined(
            "tables",
            {part: partial(_rows_of, keys, name, find) for part, keys in found.items()},
            partial(_table, to_csv(columns, ())),
        )
        for name, columns in (("csv", CLAIM_COLUMNS), ("figures.csv", FIGURE_COLUMNS))
    }


def _rows_of(keys: Iterable[str], name: str, find: Callable[[str], bytes]) -> bytes:
    tables = (find(f"data/{key}.{name}") for key in keys)
    return b"".join(table.partition(b"\r\n")[2] for table in tables)


def _table(columns: bytes, parts: Sequence[str]) -> Iterator[bytes | str]:
    yield columns
    yield from parts


def _references_of(
    works: Mapping[str, Callable[[], tuple[Work, ...]]],
    write: Callable[[Iterable[Work]], bytes],
) -> Makers:
    return {name: partial(_written, write, find) for name, find in works.items()}


def _list(parts: Sequence[str]) -> Iterator[bytes | str]:
    yield from json_list(parts)
    yield b"\n"


def _references(start: str, works: Callable[[], tuple[Work, ...]]) -> Makers:
    return {f"{start}.{ending}": partial(_written, write, works) for ending, write in _REFERENCES}


def _written(
    write: Callable[[Iterable[Work]], bytes], works: Callable[[], tuple[Work, ...]]
) -> bytes:
    return write(works())


def _feeds(
    library: Library,
    home: Language,
    speak: Speak,
    translations: Sequence[TranslationEntry],
    briefs: Iterable[str],
) -> Iterator[tuple[str, Callable[[], Feed]]]:
    """Path → what makes the feed: of the site, of judgements that moved, of each topic and of some
    briefs.

    A preview makes none of them unless it is asked for.
    """
    news = library.shared(partial(entries, library, speak, translations))
    for path, make in (("feed", _of_site), ("judgements/feed", _of_judgements)):
        yield path, partial(make, library, home, news, path)
    for topic in library.topics.values():
        path = f"topics/{topic.id}/feed"
        yield path, partial(_of_topic, library, home, news, path, topic)
    for key in briefs:
        path = f"briefs/{key}/feed"
        yield path, partial(_of_brief, library, speak, path, library.briefs[key])


_News = Callable[[], Sequence[Entry]]


def _of_site(library: Library, language: Language, news: _News, path: str) -> Feed:
    title, about = library.publication.title, library.publication.tagline
    return make_feed(path, "", title, about, news()[:MOST], _day(library), language.code)


def _of_judgements(library: Library, language: Language, news: _News, path: str) -> Feed:
    moved = [replace(each, text=" ".join(each.moves)) for each in news() if each.moves][:MOST]
    title = language.gettext("%(title)s: judgements", title=library.publication.title)
    about = language.gettext("Key judgements that moved")
    return make_feed(path, "briefs/", title, about, moved, _day(library), language.code)


def _of_topic(library: Library, language: Language, news: _News, path: str, topic: Topic) -> Feed:
    title = f"{library.publication.title}: {topic.title}"
    found = [each for each in news() if library.heads[each.brief].topic == topic.id][:MOST]
    home = Overviews(library).find(f"briefs/#{topic.id}") if found else "briefs/"
    given = path, home, title, topic.description, found, _day(library)
    return make_feed(*given, language.code)


def _of_brief(library: Library, speak: Speak, path: str, entry: BriefEntry) -> Feed:
    brief, home = entry.record, f"briefs/{entry.id}/"
    language, title = speak(brief.language), library.publication.title
    about = language.gettext("Changes of this brief in %(publication)s", publication=title)
    day, found = brief.reviewed.first.isoformat(), list(entries_of(library, entry, speak))
    return make_feed(path, home, brief.title, about, found, day, language.code)


def _day(library: Library) -> str:
    return library.as_of.first.isoformat()


def _written_feed(
    write: Callable[[Feed, Addresses], bytes], make: Callable[[], Feed], addresses: Addresses
) -> bytes:
    return write(make(), addresses)
