"""Items of all there is in a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from briefsite.data.joined import TOGETHER, groups
from briefsite.languages import ENGLISH, Language
from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.library import Library
from briefsite.model.parts import Overviews
from briefsite.model.records import Actor, Agreement, Correction, Name, Place, Source, Term
from briefsite.search.items import Item, Values, brief_items, values_of, year_of
from briefsite.search.postings import tell


def library_items(library: Library) -> Iterator[Item]:
    """The items of a library, in its order, in English."""
    for name in _RECORDS:
        yield from _items(library, name, getattr(library, name), ENGLISH)


def library_parts(library: Library, language: Language) -> Mapping[str, Callable[[], bytes]]:
    """What tells them in parts, each by a name of its own, of which an index is joined."""
    return {
        part: partial(_tell, library, name, keys, language)
        for name in _RECORDS
        for part, keys in groups(name, getattr(library, name), _together(name)).items()
    }


def _together(name: str) -> int:
    """How many records make a part: after an edit all of it is told anew."""
    return 8 if name == "briefs" else TOGETHER


def _tell(library: Library, name: str, keys: Iterable[str], language: Language) -> bytes:
    return tell(_items(library, name, keys, language))


def _items(library: Library, name: str, keys: Iterable[str], language: Language) -> Iterator[Item]:
    """Those of some records by their ids, all in one of the library's mappings."""
    return _RECORDS[name](library, (getattr(library, name)[key] for key in keys), language)


def _briefs(library: Library, briefs: Iterable[BriefEntry], language: Language) -> Iterator[Item]:
    for entry in briefs:
        yield from brief_items(library, entry, language)


def _sources(_: Library, sources: Iterable[Source], language: Language) -> Iterator[Item]:
    for source in sources:
        authors = ", ".join(person.display for person in source.author)
        where = source.container_title or source.publisher or ""
        text = " · ".join(part for part in (authors, where, source.stance) if part)
        facets: dict[str, Values] = {"source": ((source.id, f"{source.label}: {source.title}"),)}
        if source.issued:
            facets |= year_of(source.issued)
        about = language.gettext("Source, grade %(code)s", code=source.grade.code)
        yield Item("source", f"sources/{source.id}/", source.title, text, about, (), facets)


def _actors(_: Library, actors: Iterable[Actor], language: Language) -> Iterator[Item]:
    for actor in actors:
        facets: Mapping[str, Values] = {"actor": values_of([actor])}
        about = actor.role or language.pgettext("actor", actor.kind.replace("-", " "))
        text = _listed(about, actor.note, actor.names, language)
        what = language.gettext("Actor")
        yield Item("actor", f"actors/{actor.id}/", actor.name, text, what, (), facets)


def _places(_: Library, places: Iterable[Place], language: Language) -> Iterator[Item]:
    for place in places:
        text = _listed(language.pgettext("place", place.kind), place.note, place.names, language)
        yield Item("place", f"places/{place.id}/", place.name, text, language.gettext("Place"))


def _agreements(
    library: Library, agreements: Iterable[Agreement], language: Language
) -> Iterator[Item]:
    for agreement in agreements:
        parties = [library.actors[key] for key in agreement.parties]
        names = tuple(name.name for name in agreement.names)
        facets = {**year_of(agreement.signed), "actor": values_of(parties)}
        address, signed = f"agreements/{agreement.id}/", language.date(agreement.signed)
        about = language.gettext("Agreement, %(date)s", date=signed)
        yield Item("agreement", address, agreement.title, agreement.summary, about, names, facets)


def _terms(_: Library, terms: Iterable[Term], language: Language) -> Iterator[Item]:
    for term in terms:
        names = tuple(name.name for name in term.names)
        about = language.gettext("Term of the glossary")
        yield Item("term", f"glossary/{term.id}/", term.name, term.definition, about, names)


def _corrections(
    library: Library, corrections: Iterable[Correction], language: Language
) -> Iterator[Item]:
    overviews = Overviews(library)
    for item in corrections:
        source = library.sources[item.source]
        address = overviews.find(f"corrections/#{item.id}")
        about = language.gettext("Correction")
        yield Item("correction", address, source.label, item.says, about)


def _maps(_: Library, maps: Iterable[MapEntry], language: Language) -> Iterator[Item]:
    for drawn in maps:
        record = drawn.record
        about = language.gettext("Map")
        yield Item("map", f"maps/{drawn.id}/", record.title, record.description, about)


_RECORDS: Mapping[str, Callable[[Library, Any, Language], Iterator[Item]]] = {
    "briefs": _briefs,
    "sources": _sources,
    "actors": _actors,
    "places": _places,
    "agreements": _agreements,
    "terms": _terms,
    "corrections": _corrections,
    "maps": _maps,
}
"""What makes the items of records, by their name in a library."""


def _listed(what: str, note: str | None, names: Iterable[Name], language: Language) -> str:
    others = ", ".join(dict.fromkeys(name.name for name in names))
    also = others and language.gettext("Also") + f" {others}"
    return ". ".join(part for part in (language.capital(what), also, note) if part)
