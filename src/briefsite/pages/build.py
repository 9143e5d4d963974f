"""Every generated page of a library, in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from briefsite.data import ATOM, bibtex_entry, cite, linked_data, work_of_brief
from briefsite.languages import Language
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Brief, Claim, Translation
from briefsite.model.translations import Translated, TranslationEntry, translate
from briefsite.model.wanted import Wanted
from briefsite.pages.overviews import KINDS, build_index, build_overviews
from briefsite.pages.page import Alternate, Page, Version, address_of
from briefsite.pages.records import build_records, long_lists
from briefsite.pages.templates import Templates


def build_pages(
    templates: Templates,
    translations: Sequence[TranslationEntry] = (),
    wanted: Wanted | None = None,
) -> Iterator[Page]:
    """Every page: briefs and their index, the indexes across briefs, the registry; those among
    them that are wanted, if not all are.

    None is rendered before its body is asked for.
    """
    library = templates.library
    translated: dict[str, list[TranslationEntry]] = defaultdict(list)
    for each in translations:
        translated[each.brief].append(each)
    for key in library.briefs if wanted is None else wanted.of("briefs"):
        if key not in library.briefs:  # it is a part of the index
            continue
        entry = library.briefs[key]
        versions = tuple(_versions(entry, translated[key]))
        yield _brief(templates, entry, versions)
        for each in translated[key]:
            yield _translation(templates, entry, each, versions)
    yield from build_overviews(templates, wanted)
    kinds = [kind for kind in KINDS if wanted is None or wanted.any_of(kind.folder)]
    long = long_lists(library) if kinds else {}
    for kind in kinds:
        if wanted is None or wanted.any_list(kind.folder):
            yield from build_index(templates, kind)
        yield from build_records(templates, kind, long, wanted)


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
    foreign = library.claims_of_others(entry)
    sources = library.sources_of(entry)
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
        actors=library.actors_of(entry),
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
