"""A page of each record of the registry: what it is and what names it, in parts if that is much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from briefsite.data import bibtex_entry, work_of_source
from briefsite.languages import Language
from briefsite.model.library import Library
from briefsite.model.parts import Part, cut, number_parts, parted
from briefsite.model.wanted import Wanted
from briefsite.pages.overviews import (
    RegistryKind,
    records_of,
    source_of_part,
    title_of,
    title_of_part,
)
from briefsite.pages.page import Page
from briefsite.pages.templates import Templates


def build_records(
    templates: Templates,
    kind: RegistryKind,
    long: Mapping[tuple[str, str], int],
    wanted: Wanted | None = None,
) -> Iterator[Page]:
    """The pages of the records of a kind, of all or those that are wanted; `long` are the
    `long_lists` of the library.
    """
    library, frame = templates.library, templates.frame
    found = records_of(library, kind)
    keys = found if wanted is None else (key for key in wanted.of(kind.folder) if key in found)
    records = tuple(map(found.__getitem__, keys))
    make = partial(_describe_records, kind, records, templates.language)
    told = templates.memory.recall(f"records of {kind.id}", (templates.language, *records), make)
    for record, (title, description, address) in zip(records, told, strict=True):
        key = kind.id, record.id
        count, origin = long.get(key, 1), library.origins[key].path
        parts = _outline(templates, address, count)
        for number, part in enumerate(parts):
            source = source_of_part(part) if number else f"{address[:-1]}.md"
            write = partial(_write_record, templates, kind, record, number, parts)
            called = title_of_part(title, part)
            yield Page(source, called, description, write, origin, frame=frame)


def _describe_records(
    kind: RegistryKind, records: Sequence[Any], language: Language
) -> Sequence[tuple[str, str, str]]:
    """Of each record what its page is called, what it is about, and where it stands."""
    found = []
    for record in records:
        title = title_of(kind, record)
        description = language.gettext(
            "%(title)s: what is recorded here, with every claim in which it occurs.", title=title
        )
        if kind.id == "term":
            description = record.definition
        found.append((title, description, f"{kind.address}{record.id}/"))
    return found


def long_lists(library: Library) -> Mapping[tuple[str, str], int]:
    """In how many parts stands what names a record, for those that need several.

    How many there are is told by counts, without looking at what names them.
    """
    maps = {key: len(entries) for key, entries in library.maps_of.items()}
    briefs = {key: len(entries) for key, entries in library.briefs_of.items()}
    found = parted(library.claim_counts, "claims")
    for others in (parted(maps, "others"), parted(briefs, "others")):
        found |= {key: max(count, found.get(key, 1)) for key, count in others.items()}
    return found


def _outline(templates: Templates, address: str, count: int) -> tuple[Part[Any], ...]:
    if count == 1:
        return (Part(address, "", ()),)
    say = templates.language.gettext
    labels = (
        say("part %(number)s of %(all)s", number=number, all=count)
        for number in range(1, count + 1)
    )
    return number_parts(address, ((label, ()) for label in labels))


def _named_by(library: Library, key: tuple[str, str], number: int) -> Sequence[Sequence[Any]]:
    """What names a record, in a part: claims, the newest first, with their briefs; maps; briefs."""
    claims = sorted(
        library.claims_of.get(key, ()), key=lambda claim: claim.date.sort_key, reverse=True
    )
    lists: tuple[Sequence[Sequence[Any]], ...] = (
        cut(claims, "claims"),
        cut(library.maps_of.get(key, ()), "others"),
        cut(library.heads_of.get(key, ()), "others"),
    )
    found, maps, briefs = (parts[number] if number < len(parts) else () for parts in lists)
    return [(claim, library.heads[library.home[claim.id]]) for claim in found], maps, briefs


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
