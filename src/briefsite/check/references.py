"""Ids of the whole tree: each defined once, each reference leading somewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from briefsite.check.index import Definition, Index, ids_in
from briefsite.check.publishing import ALWAYS, LISTS, NEVER
from briefsite.check.shape import Reading
from briefsite.load import Document, Location, Path, address
from briefsite.lookalikes import name_lookalikes, plain_letters
from briefsite.model.records import Brief, MapRecord, is_id
from briefsite.model.walk import Reference, references
from briefsite.report import Problem

# Anchors and addresses that pages use for themselves.
# fmt: off
RESERVED_ANCHORS = frozenset({
    "at-a-glance", "key-judgements", "figures", "maps", "analysis", "positions", "timeline",
    "evidence", "sources", "unknowns", "changes", "actors", "related", "cite", "search", "top",
    "toc", "from-other-briefs", "bs-content", "events", "terms",
})
# fmt: on
RESERVED_PREFIXES = ("map-", "ref-")
RESERVED_SLUGS = frozenset({"library", "index", "feed"})


def is_reserved_anchor(identity: str) -> bool:
    """Whether a brief's page uses an id for itself."""
    return identity in RESERVED_ANCHORS or identity.startswith(RESERVED_PREFIXES)


def _named(reading: Reading[Any], key: str) -> Iterator[tuple[str, Path]]:
    """Ids that stand in a list by themselves."""
    items = reading.plain.get(key)
    for position, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, str):
            yield item, (key, position)


def check_definitions(index: Index) -> Iterator[Problem]:
    """Ids that are taken, by another file or by the site itself."""
    for kind, identity in index.repeated:
        first, *others = index.defined[kind, identity]
        for other in others:
            place = f"{first.name}:{first.where.line}"
            message = f"{kind} '{identity}' is described twice: here and at {place}"
            hint = "keep one of the two, or give the newer another id"
            yield other.document().problem(other.where, "duplicate-id", message, hint)
    for kind in LISTS.values():
        for each in index.defined.get((kind, "index"), ()):
            message = "'index' is an address the site uses itself"
            yield each.document().problem(
                each.where, "address-collision", message, "choose another id"
            )


def check_own_ids(reading: Reading[Any]) -> Iterator[Problem]:
    """Ids that are taken within a file: among the anchors of a page, and on a map."""
    if reading.type is Brief:
        yield from _check_anchors(reading)
    elif reading.type is MapRecord:
        yield from _check_map_ids(reading)


def _check_anchors(reading: Reading[Any]) -> Iterator[Problem]:
    document, taken = reading.document, dict[str, tuple[str, Path]]()
    slug = address(document.path)
    if slug in RESERVED_SLUGS:
        message = f"'{slug}' is an address the site uses itself"
        yield document.problem(Location(1, 1), "address-collision", message, "rename the file")
    for key, what in (
        ("claims", "claim"),
        ("judgements", "judgement"),
        ("sections", "section"),
        ("positions", "question"),
        ("questions", "question of another brief"),
        ("charts", "chart"),
    ):
        for identity, path in (*ids_in(reading, key), *_named(reading, key)):
            if is_reserved_anchor(identity):
                where = document.locate(path)
                message = f"'{identity}' is an address the page uses itself"
                yield document.problem(where, "address-collision", message, "choose another id")
            # Two claims of one id are a duplicate id, whatever file they stand in.
            elif identity in taken and (taken[identity][0], what) != ("claim", "claim"):
                other, at = taken[identity]
                line = document.locate(at).line
                message = f"'{identity}' is already the {other} on line {line}"
                where = document.locate(path)
                yield document.problem(where, "address-collision", message, "choose another id")
            taken.setdefault(identity, (what, path))


def _check_map_ids(reading: Reading[Any]) -> Iterator[Problem]:
    document, taken = reading.document, dict[str, Path]()
    layers = reading.plain.get("layers")
    for number, layer in enumerate(layers if isinstance(layers, tuple) else ()):
        if not isinstance(layer, dict):
            continue
        found: list[tuple[Any, Path]] = [(layer.get("id"), ("layers", number, "id"))]
        for key in ("areas", "routes", "flows"):
            items = layer.get(key)
            for position, item in enumerate(items if isinstance(items, tuple) else ()):
                if isinstance(item, dict):
                    found.append((item.get("id"), ("layers", number, key, position, "id")))
        yield from _taken(document, found, taken)
    views = [(key, path) for key, path in ids_in(reading, "views")]
    yield from _taken(document, views, {})


def _taken(
    document: Document, found: Sequence[tuple[Any, Path]], taken: dict[str, Path]
) -> Iterator[Problem]:
    for identity, path in found:
        if not isinstance(identity, str):
            continue
        if identity in taken:
            line = document.locate(taken[identity]).line
            message = f"'{identity}' is already used on line {line}"
            where = document.locate(path)
            yield document.problem(where, "duplicate-id", message, "choose another id")
        taken.setdefault(identity, path)


def check_references(
    index: Index, reading: Reading[Any], day: datetime.date = ALWAYS
) -> Iterator[Problem]:
    """References of a file that lead nowhere, to what is not public yet, or back to themselves.

    `day` is the day that the publication speaks from.
    """
    listed: set[tuple[Path, str]] = set()
    public_from = _public_from(index, reading)
    for reference in reading.references:
        definitions = index.find(reference.kind, reference.id)
        if not definitions:
            yield from _check_unknown(index, reading.document, reference)
        elif len(definitions) > 1 or definitions[0].public_from > ALWAYS:
            since = max(public_from(reference), day)
            yield from _check_public(index, reading.document, reference, definitions, since)
        if reference.offset is None and isinstance(reference.path[-1], int):
            yield from _check_repeated(reading, reference, listed)


def meant_ids(index: Index, reading: Reading[Any]) -> Iterator[Problem]:
    """The problems of a file's shape; one at a reference tells which id may have been meant."""
    if all(problem.code != "bad-id" for problem in reading.problems):
        yield from reading.problems
        return
    document, hints = reading.document, dict[tuple[int, int], str]()
    for reference in references(reading.plain, reading.type):
        slug = _SEPARATORS.sub("-", plain_letters(reference.id).strip().lower())
        if reference.offset is None and not is_id(reference.id) and is_id(slug):
            where = document.locate(reference.path)
            if index.find(reference.kind, slug):
                meant = f"did you mean '{slug}'? {name_lookalikes(reference.id)}".rstrip()
                hints[where.line, where.column] = meant
    for problem in reading.problems:
        hint = hints.get((problem.line, problem.column)) if problem.code == "bad-id" else None
        yield replace(problem, hint=hint) if hint else problem


_SEPARATORS = re.compile(r"[\s_]+")


def _public_from(index: Index, reading: Reading[Any]) -> Callable[[Reference], datetime.date]:
    """What tells the day from which on what holds a reference is public."""
    if reading.type is Brief:
        day = reading.partial.public_from
        return lambda _: day
    if reading.type is MapRecord:
        identity = address(reading.document.path)
        return lambda _: index.carried_from("map", identity)

    def of_record(reference: Reference) -> datetime.date:
        key = str(reference.path[0])
        record = reading.document.value(reference.path[:2]) if key in LISTS else None
        identity = record.get("id") if isinstance(record, dict) else None
        return index.carried_from(LISTS[key], str(identity)) if identity else ALWAYS

    return of_record


def _check_public(
    index: Index,
    document: Document,
    reference: Reference,
    definitions: Sequence[Definition],
    since: datetime.date,
) -> Iterator[Problem]:
    """What a reference leads to is public when the reference is, from `since` on."""
    kind, identity = reference.kind, reference.id
    first = min(definitions, key=lambda definition: definition.public_from)
    if first.public_from > ALWAYS:
        index.asked.add("day")
    if first.public_from > since:
        what = "a draft"
        if first.public_from < NEVER:
            noun = "" if kind == "brief" else "a brief "
            what = f"{noun}scheduled for {first.public_from}"
        inside = "" if kind == "brief" else "in "
        message = f"{kind} '{identity}' is {inside}{what}, {first.name}"
        yield document.problem(_where(document, reference), "draft-reference", message)


def _check_unknown(index: Index, document: Document, reference: Reference) -> Iterator[Problem]:
    """What a reference names that is not there."""
    kind, identity = reference.kind, reference.id
    if not is_id(identity) and reference.offset is None:
        return  # which has a problem of its own
    if kind in index.incomplete or identity in index.possible:
        return  # it may stand where another problem hides it
    hint = index.nearest(kind, identity)
    if not hint and kind in index.nameless:
        return
    yield document.problem(
        _where(document, reference),
        "unknown-id",
        f"there is no {kind} '{identity[:80]}'",
        hint or index.elsewhere(identity) or index.choices(kind),
    )


def _check_repeated(
    reading: Reading[Any], reference: Reference, listed: set[tuple[Path, str]]
) -> Iterator[Problem]:
    """An id twice in one list, and a brief related to itself."""
    path, document = reference.path, reading.document
    place = (path[:-1], reference.id)
    # A route may come back to a place.
    if place in listed and path[-2] != "path":
        message = f"'{reference.id}' stands in this list already"
        yield document.problem(document.locate(path), "repeated-id", message, "once is enough")
    listed.add(place)
    if path[0] == "related" and reference.id == address(document.path):
        message = "a brief is not related to itself"
        yield document.problem(document.locate(path), "reference-cycle", message)


def _where(document: Document, reference: Reference) -> Location:
    node = document.node(reference.path)
    if reference.offset is not None and node is not None:
        return document.locate_inside(node, reference.offset)
    return document.locate(reference.path)
