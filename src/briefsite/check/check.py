"""The check, read aloud: every file's shape, then ids, then rules, then a library."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from briefsite.check.charts import check_charts
from briefsite.check.chronology import check_chronology
from briefsite.check.evidence import check_evidence, check_registry, collect_evidence
from briefsite.check.gate import (
    build_context,
    check_brief_texts,
    check_map_texts,
    check_registry_texts,
)
from briefsite.check.history import check_change_log, check_former_ids
from briefsite.check.maps import check_map
from briefsite.check.modeline import check_modeline
from briefsite.check.names import check_names
from briefsite.check.points import Shown, check_known_points
from briefsite.check.publishing import ALWAYS, LISTS, Key, check_publishing, publication_day
from briefsite.check.references import (
    build_index,
    check_cycles,
    check_duplicates,
    check_references,
)
from briefsite.check.rules import check_brief
from briefsite.check.shape import Reading, read_record
from briefsite.check.units import check_units
from briefsite.check.unused import check_unused
from briefsite.load import Document, Kind, Tree
from briefsite.model.dates import Edtf
from briefsite.model.library import (
    BriefEntry,
    Library,
    MapEntry,
    Origin,
    by_id,
    frozen,
    newest,
)
from briefsite.model.records import Brief, MapRecord, Record, Registry
from briefsite.report import Problem, did_you_mean, has_errors, ordered

RECORD_TYPES: dict[Kind, type[Record]] = {"brief": Brief, "registry": Registry, "map": MapRecord}


@dataclass(frozen=True)
class Checked:
    """Every problem of a tree, in file order, and its library if none of them is an error."""

    problems: tuple[Problem, ...]
    library: Library | None
    readings: tuple[Reading[Any], ...] = ()
    """What each file that could be parsed says, for the audit."""
    day: Edtf | None = None
    """The day the publication speaks from; None if no brief is public."""


def check_tree(tree: Tree, *, as_of: Edtf | None = None, drafts: bool = False) -> Checked:
    """Check all files of a tree together.

    `as_of` is the day the publication speaks from; without it, the newest day a public brief was
    reviewed: never the clock's, so that a build can be repeated. With `drafts` the library holds
    drafts and scheduled briefs too, for a preview.
    """
    documents = [*(document for _, document in tree), *tree.stray]
    problems = [problem for document in documents for problem in document.problems]
    for kind, document in tree:
        problems += check_modeline(kind, document)
    readings = [
        read_record(document, RECORD_TYPES[kind])
        for kind, document in tree
        if document.root is not None
    ]
    day = as_of or publication_day(readings)
    index = build_index(tree, readings)
    for reading in readings:
        problems += reading.problems
    problems += check_duplicates(index, readings)
    problems += check_former_ids(index, readings)
    problems += check_references(index, readings, day.first if day else ALWAYS)
    problems += check_cycles(readings)
    problems += check_chronology(readings)
    problems += _check_rules(tree, readings)
    problems += _check_publication(tree, readings, day, drafts=drafts)
    library = None
    if not has_errors(problems):
        problems += check_unused(readings)
        problems += check_names(readings)
        library = _library(readings, index.carried, day, drafts=drafts)
    return Checked(tuple(ordered(problems)), library, tuple(readings), day)


def _check_rules(tree: Tree, readings: Sequence[Reading[Any]]) -> Iterator[Problem]:
    evidence = collect_evidence(readings)
    context = build_context(readings, evidence)
    places: dict[str, Shown] = {}
    for reading in readings:
        if reading.type is Registry and "places" in reading.partial.model_fields_set:
            places |= {
                place.id: Shown(place, reading.document, ("places", number))
                for number, place in enumerate(reading.partial.places)
                if place is not None
            }
    yield from check_known_points(places.values())
    for reading in readings:
        yield from check_units(reading)
        if reading.type is Brief:
            yield from check_brief(reading)
            yield from check_publishing(reading)
            yield from check_change_log(reading)
            yield from check_evidence(reading, evidence)
            yield from check_charts(reading, evidence)
            yield from check_brief_texts(reading, context)
        elif reading.type is Registry:
            yield from check_registry(reading, evidence)
            yield from check_registry_texts(reading, context)
        elif reading.type is MapRecord:
            yield from check_map(reading, places, tree.basemaps)
            yield from check_map_texts(reading, context)


def _check_publication(
    tree: Tree, readings: Sequence[Reading[Any]], day: Edtf | None, *, drafts: bool
) -> Iterator[Problem]:
    """There is something to publish (in a preview: or to show), and one publisher."""
    briefs = [reading.partial for reading in readings if reading.type is Brief]
    shown = [b for b in briefs if drafts or (day is not None and b.is_published(day))]
    if not shown and not any(d.root is None for d in tree.documents["brief"]):
        hint = "write briefs/YOUR-TOPIC.yaml"
        if briefs:
            hint = "all are drafts or scheduled for later; `briefsite serve` shows them"
        yield Problem("briefs", 1, 1, "no-briefs", "there is no brief to publish", hint)
    registries = [r for r in readings if r.type is Registry]
    publishers = [r for r in registries if r.plain.get("publication") is not None]
    if not publishers and not any(_may_publish(d) for d in tree.documents["registry"]):
        yield Problem(
            "briefs/registry", 1, 1, "no-publication", "no file here says who publishes",
            "add `publication:` to a registry file",
        )  # fmt: skip
    for second in publishers[1:]:
        where = second.document.locate(("publication",), key=True)
        message = f"the publication is already described in {publishers[0].document.path}"
        yield second.document.problem(where, "duplicate-id", message)


def _may_publish(document: Document) -> bool:
    """Whether a file that has its own problem may have been meant to hold the publication."""
    if document.root is None or document.root.fields is None:
        return True
    unknown = set(document.root.fields) - set(Registry.model_fields)
    return any(did_you_mean(key, ["publication"]) for key in unknown)


def _library(
    readings: Sequence[Reading[Any]],
    carried: Mapping[Key, datetime.date],
    day: Edtf | None,
    *,
    drafts: bool,
) -> Library:
    # With drafts alone, a preview speaks from the newest day that any was reviewed.
    day = day or newest(r.record.reviewed for r in readings if isinstance(r.record, Brief))
    hidden: set[tuple[str, str]] = set()
    if not drafts:
        hidden |= {key for key, since in carried.items() if since > day.first}
    briefs: dict[str, BriefEntry] = {}
    maps: dict[str, MapEntry] = {}
    registries: list[Registry] = []
    origins: dict[tuple[str, str], Origin] = {}
    for reading in readings:
        document, record = reading.document, reading.record
        slug = document.path.rsplit("/", 1)[-1].removesuffix(".yaml")
        match record:
            case Brief() if drafts or record.is_published(day):
                briefs[slug] = BriefEntry(slug, Origin(document.path, 1), record)
                origins |= _origins(document, "claim", "claims", record.claims)
                judgements = _origins(document, "judgement", "judgements", record.judgements)
                origins |= {(k, f"{slug}#{key}"): where for (k, key), where in judgements.items()}
            case MapRecord() if ("map", slug) not in hidden:
                maps[slug] = MapEntry(slug, Origin(document.path, 1), record)
            case Registry():
                registries.append(_without(record, hidden))
                origins |= _origins(document, "source", "sources", record.sources)
                origins |= _origins(document, "actor", "actors", record.actors)
                origins |= _origins(document, "place", "places", record.places)
                origins |= _origins(document, "agreement", "agreements", record.agreements)
                origins |= _origins(document, "correction", "corrections", record.corrections)
    publication = next(r.publication for r in registries if r.publication is not None)
    return Library(
        publication=publication,
        as_of=day,
        topics=MappingProxyType(by_id(topic for r in registries for topic in r.topics)),
        briefs=frozen(briefs),
        maps=frozen(maps),
        sources=frozen(by_id(source for r in registries for source in r.sources)),
        actors=frozen(by_id(actor for r in registries for actor in r.actors)),
        places=frozen(by_id(place for r in registries for place in r.places)),
        agreements=frozen(by_id(item for r in registries for item in r.agreements)),
        corrections=frozen(by_id(item for r in registries for item in r.corrections)),
        loaded_words=tuple(word for r in registries for word in r.loaded_words),
        contested_names=tuple(name for r in registries for name in r.contested_names),
        origins=MappingProxyType({k: v for k, v in origins.items() if k not in hidden}),
    )


def _without(registry: Registry, hidden: Collection[tuple[str, str]]) -> Registry:
    """A registry without the records that are not public yet."""
    if not hidden:
        return registry
    kept = {
        key: tuple(record for record in getattr(registry, key) if (kind, record.id) not in hidden)
        for key, kind in LISTS.items()
    }
    return registry.model_copy(update=kept)


def _origins(
    document: Document, kind: str, key: str, records: Sequence[Any]
) -> dict[tuple[str, str], Origin]:
    return {
        (kind, record.id): Origin(document.path, document.locate((key, number)).line)
        for number, record in enumerate(records)
    }
