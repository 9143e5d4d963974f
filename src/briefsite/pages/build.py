"""Every generated page of a library, in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from briefsite.data import (
    ATOM,
    bibtex_entry,
    cite,
    linked_data,
    work_of_brief,
    work_of_source,
)
from briefsite.languages import Language
from briefsite.model.library import BriefEntry, Library
from briefsite.model.parts import Part, count_parts, cut, number_parts
from briefsite.model.records import Brief, Claim, Translation
from briefsite.model.translations import Translated, TranslationEntry, translate
from briefsite.pages.overviews import (
    KINDS,
    RegistryKind,
    build_index,
    build_overviews,
    records_of,
    source_of_part,
    title_of,
    title_of_part,
)
from briefsite.pages.page import Alternate, Page, Version, address_of
from briefsite.pages.templates import Templates


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
    yield from build_overviews(templates)
    for kind in KINDS:
        yield from build_index(templates, kind)
        for record in records_of(library, kind).values():
            yield from _record(templates, kind, record)


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
    tell = templates.library.shared(partial(translate, templates.library, translation))
    summary = given.summary.text if given.summary else entry.summary
    return replace(
        _brief(templates, entry, versions),
        source=source,
        title=given.title or entry.record.title,
        description=summary,
        write=partial(_write_translation, templates, tell, versions, address_of(source)),
        origin=translation.origin.path,
        frame=templates.speaking(translation.language).frame,
        alternates=tuple(_described(f"{entry.id}.{translation.language}")),
        describe=partial(_describe_translation, templates, tell),
    )


def _describe_translation(templates: Templates, tell: Callable[[], Translated]) -> str:
    told = tell()
    return linked_data(told.library, told.entry, templates.addresses, translated=told)


def _write_translation(
    templates: Templates,
    tell: Callable[[], Translated],
    versions: tuple[Version, ...],
    here: str,
) -> str:
    told = tell()
    return _write_brief(
        templates.telling(told),
        told.entry,
        here,
        versions,
        translation=told.record,
        translated=told,
        original=templates.library.briefs[told.entry.id].record,
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
        describe=partial(
            linked_data,
            templates.library,
            entry,
            templates.addresses,
            [version.path for version in versions[1:]],
        ),
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
        glossary=[library.terms[key] for key in brief.terms],
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


def _record(templates: Templates, kind: RegistryKind, record: Any) -> Iterator[Page]:
    library, key = templates.library, (kind.id, record.id)
    title, parts = title_of(kind, record), _outline_of(templates, kind, record)
    description = (
        record.definition
        if kind.id == "term"
        else templates.language.gettext(
            "%(title)s: what it is, and every claim that names it.", title=title
        )
    )
    origin = library.origins[key].path
    for number, part in enumerate(parts):
        source = source_of_part(part) if number else f"{kind.address}{record.id}.md"
        write = partial(_write_record, templates, kind, record, number, parts)
        called = title_of_part(title, part)
        yield Page(source, called, description, write, origin, frame=templates.frame)


def _outline_of(templates: Templates, kind: RegistryKind, record: Any) -> tuple[Part[Any], ...]:
    """The parts of what names a record; how many there are is told without looking at it."""
    library, key = templates.library, (kind.id, record.id)
    named = len(library.maps_of.get(key, ())), len(library.briefs_of.get(key, ()))
    wanted = [count_parts(number, "others") for number in named]
    count = max(count_parts(library.claim_counts.get(key, 0), "claims"), *wanted)
    address = f"{kind.address}{record.id}/"
    if count == 1:
        return (Part(address, "", ()),)
    say = templates.language.gettext
    labels = (
        say("part %(number)s of %(all)s", number=number, all=count)
        for number in range(1, count + 1)
    )
    return number_parts(address, ((label, ()) for label in labels))


def _named_by(library: Library, key: tuple[str, str], number: int) -> Sequence[Sequence[Any]]:
    """What names a record, in a part: claims, the newest first, maps and briefs."""
    claims = sorted(
        library.claims_of.get(key, ()), key=lambda claim: claim.date.sort_key, reverse=True
    )
    lists: tuple[Sequence[Sequence[Any]], ...] = (
        cut(claims, "claims"),
        cut(library.maps_of.get(key, ()), "others"),
        cut(library.briefs_of.get(key, ()), "others"),
    )
    return [parts[number] if number < len(parts) else () for parts in lists]


def _write_record(
    templates: Templates,
    kind: RegistryKind,
    record: Any,
    number: int,
    parts: Sequence[Part[Any]],
) -> str:
    part, key = parts[number], (kind.id, record.id)
    claims, maps, briefs = _named_by(templates.library, key, number)
    return templates.render(
        "pages/record" if number else f"pages/{kind.id}",
        part.address,
        kind=kind,
        record=record,
        title=title_of(kind, record),
        part=part,
        parts=parts,
        claims=claims,
        briefs=briefs,
        maps=maps,
        bibtex=bibtex_entry(work_of_source(record)) if kind.id == "source" else "",
    )
