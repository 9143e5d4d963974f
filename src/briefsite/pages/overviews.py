"""Pages that list what many briefs hold, and the registry: one each, or several in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from briefsite.charts import Counted, count_events, draw_tally
from briefsite.compact import compact_json
from briefsite.languages import N_
from briefsite.model.dates import Edtf
from briefsite.model.library import Library
from briefsite.model.parts import Part, anchors_of, cut, number_parts, outline
from briefsite.model.records import Actor, Place, Source, Term
from briefsite.model.wanted import Wanted
from briefsite.pages import wording
from briefsite.pages.page import Page
from briefsite.pages.templates import Templates


@dataclass(frozen=True)
class RegistryKind:
    """A kind of registry record: its id, its folder of pages, and the words for it."""

    id: str
    address: str
    title: str
    lead: str

    @property
    def folder(self) -> str:
        """The name of the folder."""
        return self.address[:-1]


KINDS = (
    RegistryKind("source", "sources/", N_("Sources"), N_("Every work that is cited here, graded.")),
    RegistryKind(
        "actor", "actors/", N_("Actors"), N_("States, organisations, companies and people.")
    ),
    RegistryKind("place", "places/", N_("Places"), N_("Every place, with each name in use.")),
    RegistryKind(
        "agreement", "agreements/", N_("Agreements"), N_("Treaties, contracts, declarations.")
    ),
    RegistryKind(
        "term", "glossary/", N_("Glossary"), N_("What terms of the briefs mean, and who uses them.")
    ),
)

OVERVIEWS = (
    ("briefs", N_("Briefs"), N_("Every brief, by topic.")),
    ("timeline", N_("Timeline"), N_("Dated events of all briefs.")),
    ("positions", N_("Positions"), N_("What each party says on each contested question.")),
    ("corrections", N_("Corrections"), N_("What sources got wrong, with the evidence.")),
    ("atlas", N_("Atlas"), N_("All maps of the publication.")),
)
"""Pages across all briefs; they exist even while they are empty, so that their addresses do."""

PROMISED = ("atlas", "corrections")
"""Overviews of which each anchor is one that a record is known by."""


@dataclass(frozen=True)
class _Line:
    """A line of an index."""

    address: str
    title: str
    letter: str
    record: Any


def build_overviews(templates: Templates, wanted: Wanted | None = None) -> Iterator[Page]:
    """The pages across all briefs; those of some lists, if not all are wanted."""
    say = templates.language.gettext
    counted = templates.library.shared(partial(_count_events, templates))
    for name, title, lead in OVERVIEWS:
        if wanted is not None and not wanted.any_list(name):
            continue
        parts = templates.overviews.of(name)
        others, total = outline(parts), sum(len(part.items) for part in parts)
        source = f"{name}/index.md" if name == "briefs" else f"{name}.md"
        for part in parts:
            anchors = part.anchors if name in PROMISED else ()
            write = partial(_write_overview, templates, name, part, others, total, counted)
            yield Page(
                source if part.address == f"{name}/" else source_of_part(part),
                title_of_part(say(title), part),
                say(lead),
                write,
                f"macros/pages/{name}.html.j2",
                anchors,
                frame=templates.frame,
            )


def _count_events(templates: Templates) -> Counted | None:
    library = templates.library
    return count_events(library.timeline, library.topics, templates.language)


def _write_overview(
    templates: Templates,
    name: str,
    part: Part[Any],
    parts: Sequence[Part[Any]],
    total: int,
    find_counted: Callable[[], Counted | None],
) -> str:
    values: dict[str, Any] = {"part": part, "parts": parts, "total": total}
    if name == "timeline":
        library = templates.library
        counted = find_counted()
        values["tally"] = None
        if counted is not None:
            events, language = library.timeline, templates.language
            values["tally"] = draw_tally(counted, events, part.items, language)
        named = {key for event, _ in part.items for key in library.actors_in(event)}
        values["timeline_actors"] = sorted(
            (library.actors[key] for key in named), key=lambda a: (a.kind != "state", a.name, a.id)
        )
    return templates.render(f"pages/{name}", part.address, **values)


def records_of(library: Library, kind: RegistryKind) -> Mapping[str, Any]:
    """The records of a kind, by id."""
    records: dict[str, Mapping[str, Any]] = {
        "source": library.sources,
        "actor": library.actors,
        "place": library.places,
        "agreement": library.agreements,
        "term": library.terms,
    }
    return records[kind.id]


def title_of(kind: RegistryKind, record: Any) -> str:
    """What the page of a record is called."""
    return str(record.name if kind.id in ("actor", "place", "term") else record.title)


def title_of_part(title: str, part: Part[Any]) -> str:
    """What a page that is a part of a longer list is called."""
    return f"{title}: {part.label}" if part.label else title


def source_of_part(part: Part[Any]) -> str:
    """The file of a part that has not its list's own address."""
    return f"{part.address.rstrip('/')}.md"


def build_index(templates: Templates, kind: RegistryKind) -> Iterator[Page]:
    """The index of a kind of record, by letters."""
    parts, say = _index_parts(templates, kind), templates.language.gettext
    total = sum(len(part.items) for part in parts)
    jumps = tuple(
        (anchor.removeprefix("letter-"), f"{address}#{anchor}")
        for anchor, address in anchors_of(parts).items()
    )
    for part in parts:
        first = part is parts[0]
        yield Page(
            f"{kind.address}index.md" if first else source_of_part(part),
            title_of_part(say(kind.title), part),
            say(kind.lead),
            partial(_write_index, templates, kind, part, outline(parts), jumps, total),
            "macros/pages/index.html.j2",
            frame=templates.frame,
        )


def _index_parts(templates: Templates, kind: RegistryKind) -> tuple[Part[_Line], ...]:
    records = (*records_of(templates.library, kind).values(),)
    language = templates.language
    make = partial(_find_index_parts, kind, records, language.date)
    return templates.memory.recall(f"index of {kind.address}", (language, *records), make)


def _find_index_parts(
    kind: RegistryKind, records: Sequence[Any], date: Callable[[Edtf], str]
) -> tuple[Part[_Line], ...]:
    lines = []
    for record in records:
        title = record.called(date) if kind.id == "source" else title_of(kind, record)
        address = f"{kind.address}{record.id}/"
        lines.append(_Line(address, title, wording.initial(title), record))
    lines.sort(key=_order)
    lines.sort(key=lambda line: line.letter)
    groups = cut(lines, "index")
    labels = [_guide(group[0], group[-1]) for group in groups] if len(groups) > 1 else [""]
    return number_parts(
        kind.address, zip(labels, groups, strict=True), lambda line: [f"letter-{line.letter}"]
    )


def _order(line: _Line) -> tuple[str, str, str]:
    """As in a dictionary; what one paper wrote, by its date."""
    match line.record:
        case Source(signed=signed, issued=issued):
            return signed.casefold(), str(issued.first) if issued else "", line.address
    return line.title.casefold(), "", line.address


def _guide(first: _Line, last: _Line) -> str:
    """What stands at the head of a page of a dictionary: its first word and its last."""
    return " – ".join(line.title.split()[0][:12] for line in (first, last))


def _write_index(
    templates: Templates,
    kind: RegistryKind,
    part: Part[_Line],
    parts: Sequence[Part[_Line]],
    jumps: Sequence[tuple[str, str]],
    total: int,
) -> str:
    return templates.render(
        "pages/index",
        part.address,
        kinds=KINDS,
        title=kind.title,
        lead=kind.lead,
        part=part,
        parts=parts,
        jumps=jumps,
        note=_note_grounds(templates, total) if kind.id == "source" else "",
        letters=[
            (letter, [(line, _about(templates, kind, line.record)) for line in group])
            for letter, group in groupby(part.items, key=lambda line: line.letter)
        ],
    )


def _about(templates: Templates, kind: RegistryKind, record: Any) -> str:
    library, language = templates.library, templates.language
    count = library.claim_counts.get((kind.id, record.id), 0)
    claims = language.ngettext("%(num)s claim", "%(num)s claims", count)
    match record:
        case Source():
            what = f"{record.title} · {record.grade.code}"
            claims = claims if count else _cited_otherwise(templates, record.id)
        case Actor():
            what = record.role or language.pgettext("actor", record.kind.replace("-", " "))
        case Place():
            what = language.pgettext("place", record.kind)
        case Term():
            briefs = len(library.briefs_of.get((kind.id, record.id), ()))
            claims = language.ngettext("%(num)s brief", "%(num)s briefs", briefs)
            what = record.definition
        case _:
            what = language.date(record.signed)
    return f"{what} · {claims}" if claims else what


def _note_grounds(templates: Templates, total: int) -> str:
    """On how many of all sources claims rest, if it is not on each."""
    grounds, say = templates.library.grounds, templates.language.gettext
    if grounds == total:
        return ""
    told = say("Claims rest on %(some)s of %(all)s works.", some=grounds, all=total)
    return f"{told} {say('Where each of the others is cited stands beside it.')}"


def _cited_otherwise(templates: Templates, source: str) -> str:
    """Where a source stands that no claim rests on."""
    library, say = templates.library, templates.language.gettext
    beside = library.cited_beside.get(source, ())
    found = (
        (("source", source) in library.briefs_of, say("in a position")),
        (("source", source) in library.maps_of, say("on a map")),
        ("agreement" in beside, say("with an agreement")),
        ("correction" in beside, say("in a correction")),
        ("source" in beside, say("with another source")),
    )
    return ", ".join(words for stands, words in found if stands)


def lists_of(templates: Templates) -> Mapping[str, tuple[Part[Any], ...]]:
    """Address of each overview and index → its parts."""
    lists = {f"{name}/": templates.overviews.of(name) for name, _, _ in OVERVIEWS}
    return lists | {kind.address: _index_parts(templates, kind) for kind in KINDS}


def part_files(templates: Templates) -> Mapping[str, Callable[[], bytes]]:
    """Site path → maker of a script that knows which part has an anchor, for lists in parts."""
    return {
        f"{address}parts.js": partial(_write_anchors, parts)
        for address, parts in lists_of(templates).items()
        if len(parts) > 1 and anchors_of(parts)
    }


def _write_anchors(parts: Sequence[Part[Any]]) -> bytes:
    found = anchors_of(parts)
    table = [[key for key in part.anchors if found[key] == part.address] for part in parts]
    return f"briefsiteParts({compact_json(table)})\n".encode()
