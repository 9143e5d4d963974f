"""The check, read aloud: every file's shape, then ids, then rules, then a library."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from typing import Any

from briefsite.check.across import build_across, check_file
from briefsite.check.chronology import latest_of, year_of
from briefsite.check.cycles import check_cycles, links_of
from briefsite.check.evidence import collect_evidence
from briefsite.check.gate import build_vocabulary, words_of
from briefsite.check.history import check_former_ids, former_in
from briefsite.check.index import Definition, Index, build_index, ids_of, join_ids
from briefsite.check.modeline import check_modeline
from briefsite.check.names import check_names, names_in
from briefsite.check.points import places_of
from briefsite.check.publication import build_library, check_publication, part_of, share_of
from briefsite.check.publishing import (
    carried_from,
    day_for_rules,
    days_of,
    named_in,
    publication_day,
)
from briefsite.check.references import check_definitions
from briefsite.check.shape import Reading, read_record
from briefsite.check.terms import terms_of
from briefsite.check.unused import check_unused, expected_of, uses_in
from briefsite.load import Document, Kind, Tree, uncollected
from briefsite.model.answers import Prints
from briefsite.model.dates import Edtf
from briefsite.model.library import Library
from briefsite.model.records import Brief, MapRecord, Record, Registry
from briefsite.model.walk import Key
from briefsite.processes import MIN_FILES, shared_map
from briefsite.report import Problem, has_errors, ordered

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
    digests: Mapping[str, str] = field(default_factory=dict)
    """Path → digest of what a file held when it was read, where a `Checker` has looked."""
    prints: Prints = field(default_factory=dict)
    """What some records are known by (`print_record`), as far as it was kept with them."""
    outline: str = ""
    """What differs if other records are public, or on another day, or they stand in other files or
    in another order; `check_project` tells it."""


def check_tree(tree: Tree, *, as_of: Edtf | None = None, drafts: bool = False) -> Checked:
    """Check all files of a tree together.

    `as_of` is the day the publication speaks from; without it, the newest day a public brief was
    reviewed: never the clock's, so that a build can be repeated. With `drafts` the library holds
    drafts and scheduled briefs too, for a preview.
    """
    with uncollected():
        return _check_tree(tree, as_of, drafts=drafts)


def _check_tree(tree: Tree, as_of: Edtf | None, *, drafts: bool) -> Checked:
    files = [(kind, document, read_file(kind, document)) for kind, document in tree]
    readings = [reading for _, _, reading in files if reading is not None]
    registries = [reading for reading in readings if reading.type is Registry]
    briefs = [reading.partial for reading in readings if reading.type is Brief]
    day = as_of or publication_day((brief.public_from, days_of(brief)) for brief in briefs)
    is_sure = as_of is not None or len(briefs) == len(tree.documents["brief"])
    index = index_tree(tree, readings)
    places = {key: place for reading in registries for key, place in places_of(reading).items()}
    terms = {key: term for reading in registries for key, term in terms_of(reading).items()}
    vocabulary = cache(lambda: build_vocabulary(words_of(reading) for reading in registries))
    across = build_across(
        index,
        collect_evidence(readings),
        vocabulary,
        places,
        terms,
        tree.basemaps,
        day_for_rules(day, is_sure=is_sure),
        latest_of(map(year_of, readings)),
    )

    documents = [*(document for _, document in tree), *tree.stray]
    problems = [problem for document in documents for problem in document.problems]
    for kind, document in tree:
        problems += check_modeline(kind, document)
    if len(readings) >= MIN_FILES:
        vocabulary().prepare()  # once, and not in each process
    found = shared_map(
        lambda reading: check_file(reading, across), readings, together=4, least=MIN_FILES
    )
    problems += chain.from_iterable(found)
    problems += check_definitions(index)
    problems += check_former_ids(
        index, ((tuple(former_in(r)), partial(_itself, r.document)) for r in readings)
    )
    problems += check_cycles((links_of(r), partial(_itself, r.document)) for r in readings)
    shows_any = any(drafts or (day is not None and b.is_published(day)) for b in briefs)
    shares = ((share_of(*file), partial(_itself, file[1])) for file in files)
    problems += check_publication(shares, shows_any=shows_any)
    library = None
    if not has_errors(problems):
        problems += check_unused(
            (
                uses_in(named_in(reading)),
                expected_of(ids_of(kind, document, reading)),
                partial(_itself, document),
            )
            for kind, document, reading in files
            if reading is not None
        )
        problems += check_names(
            (tuple(names_in(r)), partial(_itself, r.document)) for r in registries
        )
        library = build_library(map(part_of, readings), day, index.carried, drafts=drafts)
    return Checked(tuple(ordered(problems)), library, tuple(readings), day)


def index_tree(tree: Tree, readings: Sequence[Reading[Any]]) -> Index:
    """Every id that the files of a tree define; `readings` are those that could be parsed."""
    by_path = {reading.document.path: reading for reading in readings}
    all_ids = [
        (ids_of(kind, document, by_path.get(document.path)), document) for kind, document in tree
    ]
    carried: Mapping[Key, datetime.date] = {}
    if any(ids.is_waiting for ids, _ in all_ids):
        carried = carried_from(
            (ids.public_from, named_in(by_path[document.path]))
            for ids, document in all_ids
            if document.path in by_path
        )

    def define(number: int) -> Mapping[Key, Sequence[Definition]]:
        ids, document = all_ids[number]
        return ids.definitions(document.path, partial(_itself, document), carried)

    return build_index(join_ids(ids for ids, _ in all_ids), define, carried)


def read_file(kind: Kind, document: Document) -> Reading[Any] | None:
    """A file as a record of its kind, or None if it could not be parsed."""
    return read_record(document, RECORD_TYPES[kind]) if document.is_read else None


def _itself(document: Document) -> Document:
    return document
