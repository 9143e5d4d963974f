"""Every generated page of a library, in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from briefsite.data import (
    ATOM,
    bibtex_entry,
    cite,
    linked_data,
    work_of_brief,
    work_of_source,
)
from briefsite.languages import N_, Language
from briefsite.model.library import BriefEntry, Library
from briefsite.model.records import Actor, Brief, Claim, Place, Source, Translation
from briefsite.model.translations import Translated, TranslationEntry, translate
from briefsite.pages import wording
from briefsite.pages.page import Alternate, Page, Version, address_of
from briefsite.pages.templates import Templates


@dataclass(frozen=True)
class RegistryKind:
    """A kind of registry record: its id, its folder of pages, and the words for it."""

    id: str
    address: str
    title: str
    lead: str


KINDS = (
    RegistryKind(
        "source", "sources/", N_("Sources"), N_("Every work that a claim rests on, graded.")
    ),
    RegistryKind(
        "actor", "actors/", N_("Actors"), N_("States, organisations, companies and people.")
    ),
    RegistryKind("place", "places/", N_("Places"), N_("Every place, with each name in use.")),
    RegistryKind(
        "agreement", "agreements/", N_("Agreements"), N_("Treaties, contracts, declarations.")
    ),
)


OVERVIEWS = (
    ("timeline", N_("Timeline"), N_("Dated events of all briefs.")),
    ("positions", N_("Positions"), N_("What each party says on each contested question.")),
    ("corrections", N_("Corrections"), N_("What sources got wrong, with the evidence.")),
    ("atlas", N_("Atlas"), N_("All maps of the publication.")),
)
"""Pages across all briefs; they exist even while they are empty, so that their addresses do."""


def build_pages(
    templates: Templates, translations: Sequence[TranslationEntry] = ()
) -> Iterator[Page]:
    """Every page: briefs and their index, the indexes across briefs, the registry.

    None is rendered before its body is asked for.
    """
    library = templates.library
    translated: dict[str, list[TranslationEntry]] = defaultdict(list)
    for each in translations:
        translated[each.brief].append(each)
    for entry in library.briefs.values():
        versions = tuple(_versions(entry, translated[entry.id]))
        yield _brief(templates, entry, versions)
        for each in translated[entry.id]:
            yield _translation(templates, entry, each, versions)
    briefs = N_("Briefs"), N_("Every brief, by topic.")
    yield _simple(templates, "briefs", "briefs/index.md", *briefs)
    anchors = {
        "atlas": tuple(f"map-{key}" for key in library.maps),
        "corrections": (
            *library.corrections,
            *(key for each in library.corrections.values() for key in each.formerly),
        ),
    }
    for name, title, lead in OVERVIEWS:
        yield _simple(templates, name, f"{name}.md", title, lead, anchors.get(name, ()))
    for kind in KINDS:
        records = _records(library, kind)
        yield _index(templates, kind)
        for record in records.values():
            yield _record(templates, kind, record)


def _versions(entry: BriefEntry, translations: Sequence[TranslationEntry]) -> Iterator[Version]:
    """The original and its translations, in that order; nothing for a brief without any."""
    if translations:
        yield _version(entry.record.language, f"briefs/{entry.id}/")
    for each in translations:
        yield _version(each.language, each.address)


def _version(code: str, path: str) -> Version:
    spoken = Language(code)
    return Version(code, spoken.name, spoken.direction, path)


def _translation(
    templates: Templates,
    entry: BriefEntry,
    translation: TranslationEntry,
    versions: tuple[Version, ...],
) -> Page:
    source = f"briefs/{entry.id}/{translation.language}.md"
    given = translation.record
    summary = given.summary.text if given.summary else entry.summary
    return replace(
        _brief(templates, entry, versions),
        source=source,
        title=given.title or entry.record.title,
        description=summary,
        write=partial(_write_translation, templates, translation, versions, address_of(source)),
        origin=translation.origin.path,
        frame=templates.speaking(translation.language).frame,
        alternates=tuple(_described(f"{entry.id}.{translation.language}")),
        describe=str,
    )


def _write_translation(
    templates: Templates, translation: TranslationEntry, versions: tuple[Version, ...], here: str
) -> str:
    told = translate(templates.library, translation)
    return _write_brief(
        templates.telling(told.library),
        told.entry,
        here,
        versions,
        translation=translation.record,
        translated=told,
        original=templates.library.briefs[translation.brief].record,
    )


def _brief(templates: Templates, entry: BriefEntry, versions: tuple[Version, ...]) -> Page:
    brief, source = entry.record, f"briefs/{entry.id}.md"
    anchors = (
        *("key-judgements", "evidence", "sources"),
        *(f"map-{key}" for key in brief.maps),
        *entry.anchors,
    )
    write = partial(_write_brief, templates, entry, address_of(source), versions)
    return Page(
        source,
        brief.title,
        entry.summary,
        write,
        entry.origin.path,
        anchors,
        alternates=tuple(_alternates(templates, entry)),
        versions=versions,
        frame=templates.speaking(brief.language).frame,
        describe=partial(linked_data, templates.library, entry, templates.addresses),
    )


def _write_brief(
    templates: Templates,
    entry: BriefEntry,
    here: str,
    versions: tuple[Version, ...],
    *,
    translation: Translation | None = None,
    translated: Translated | None = None,
    original: Brief | None = None,
) -> str:
    templates = templates.speaking(entry.record.language)
    library, brief = templates.library, entry.record
    own = set(entry.claims)
    named = dict.fromkeys(r.id for r in library.shown_on(brief) if r.kind == "claim")
    foreign = [library.claims[key] for key in named if key not in own]
    sources = library.sources_of(brief)
    work = work_of_brief(library, entry, templates.addresses)
    return templates.render(
        "pages/brief",
        here,
        entry=entry,
        brief=brief,
        own=brief.claims,
        foreign=foreign,
        figures=[(figure, claim) for claim in brief.claims for figure in claim.figures],
        events=sorted(brief.timeline, key=lambda event: event.date.sort_key),
        actors=library.actors_of(brief),
        sources=sources,
        leaning=_leaning(library, (*brief.claims, *foreign)),
        spoken=Language(brief.language),
        versions=versions,
        translation=translation,
        translated=translated,
        original=original,
        original_direction=Language(original.language).direction if original else "",
        cited=cite(work),
        bibtex=bibtex_entry(work),
    )


def _alternates(templates: Templates, entry: BriefEntry) -> Iterator[Alternate]:
    if templates.addresses.base:
        title = templates.language.gettext("Changes: %(title)s", title=entry.record.title)
        yield Alternate("feed", ATOM, title, f"briefs/{entry.id}/feed.xml")
    yield from _described(entry.id)


def _described(name: str) -> Iterator[Alternate]:
    yield Alternate("describedby", "text/markdown", "Markdown", f"data/{name}.md")
    yield Alternate("describedby", "application/json", "JSON", f"data/{name}.json")


def _leaning(library: Library, claims: tuple[Claim, ...]) -> list[tuple[str, int]]:
    """How many claims rest on sources of each perspective, the most first."""
    counts = Counter(
        perspective
        for claim in claims
        for perspective in {library.sources[c.source].perspective for c in claim.sources}
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _overview(library: Library, name: str) -> dict[str, Any]:
    """What the page of an overview needs besides the library."""
    if name != "timeline":
        return {}
    named = {key for event, _ in library.timeline for key in library.actors_in(event)}
    actors = sorted(
        (library.actors[key] for key in named), key=lambda a: (a.kind != "state", a.name, a.id)
    )
    return {"timeline_actors": actors}


def _simple(
    templates: Templates,
    name: str,
    source: str,
    title: str,
    description: str,
    anchors: tuple[str, ...] = (),
) -> Page:
    def write() -> str:
        values = _overview(templates.library, name)
        return templates.render(f"pages/{name}", address_of(source), **values)

    origin = f"macros/pages/{name}.html.j2"
    say = templates.language.gettext
    frame = templates.frame
    return Page(source, say(title), say(description), write, origin, anchors, frame=frame)


def _records(library: Library, kind: RegistryKind) -> Mapping[str, Any]:
    records: dict[str, Mapping[str, Any]] = {
        "source": library.sources,
        "actor": library.actors,
        "place": library.places,
        "agreement": library.agreements,
    }
    return records[kind.id]


def _title(kind: RegistryKind, record: Any) -> str:
    return str(record.name if kind.id in ("actor", "place") else record.title)


def _index(templates: Templates, kind: RegistryKind) -> Page:
    source = f"{kind.address}index.md"
    write = partial(_write_index, templates, kind, address_of(source))
    say = templates.language.gettext
    origin, frame = "macros/pages/index.html.j2", templates.frame
    return Page(source, say(kind.title), say(kind.lead), write, origin, frame=frame)


def _write_index(templates: Templates, kind: RegistryKind, here: str) -> str:
    records = _records(templates.library, kind)
    items = [
        {
            "address": f"{kind.address}{record.id}/",
            "title": record.label if kind.id == "source" else _title(kind, record),
            "about": _about(templates.library, kind, record, templates.language),
        }
        for record in records.values()
    ]
    items.sort(key=lambda item: (item["title"].casefold(), item["address"]))
    letters = {item["address"]: wording.initial(item["title"]) for item in items}
    items.sort(key=lambda item: letters[item["address"]])
    return templates.render(
        "pages/index",
        here,
        kinds=KINDS,
        title=kind.title,
        lead=kind.lead,
        letters=[
            (letter, list(group))
            for letter, group in groupby(items, key=lambda item: letters[item["address"]])
        ],
    )


def _about(library: Library, kind: RegistryKind, record: Any, language: Language) -> str:
    count = len(library.claims_of.get((kind.id, record.id), ()))
    claims = language.ngettext("%(num)s claim", "%(num)s claims", count)
    match record:
        case Source():
            what = f"{record.title} · {record.grade.code}"
        case Actor():
            what = record.role or language.pgettext("actor", record.kind.replace("-", " "))
        case Place():
            what = language.pgettext("place", record.kind)
        case _:
            what = language.date(record.signed)
    return f"{what} · {claims}"


def _record(templates: Templates, kind: RegistryKind, record: Any) -> Page:
    source, title = f"{kind.address}{record.id}.md", _title(kind, record)
    description = templates.language.gettext(
        "%(title)s: what it is, and every claim that names it.", title=title
    )
    origin = templates.library.origins[(kind.id, record.id)].path
    write = partial(_write_record, templates, kind, record, address_of(source))
    return Page(source, title, description, write, origin, frame=templates.frame)


def _write_record(templates: Templates, kind: RegistryKind, record: Any, here: str) -> str:
    library, key = templates.library, (kind.id, record.id)
    return templates.render(
        f"pages/{kind.id}",
        here,
        kind=kind,
        record=record,
        title=_title(kind, record),
        claims=library.claims_of.get(key, ()),
        briefs=library.briefs_of.get(key, ()),
        maps=library.maps_of.get(key, ()),
        bibtex=bibtex_entry(work_of_source(record)) if kind.id == "source" else "",
    )
