"""Ids of the whole tree: each defined once, each reference leading somewhere."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from briefsite.check.nearest import Nearest
from briefsite.check.plain import texts
from briefsite.check.publishing import ALWAYS, LISTS, NEVER, Key, public_from
from briefsite.check.shape import Reading
from briefsite.load import Document, Kind, Location, Node, Path, Tree, address
from briefsite.model.records import Brief, MapRecord, Record, RecordKind, Registry, is_id
from briefsite.model.walk import Reference, references
from briefsite.report import Problem

DEFINED: Mapping[type[Record], Mapping[str, RecordKind]] = {
    Brief: {"claims": "claim", "positions": "question"},
    Registry: LISTS,
}
_NOT_EVEN_TEXT = frozenset({"not-utf8", "file-too-large", "unreadable-file", "not-a-plain-file"})
_LOOKS_LIKE_AN_ID = re.compile(r"\bid[\"']?\s*:\s*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)
# Anchors and addresses that pages use for themselves.
# fmt: off
RESERVED_ANCHORS = frozenset({
    "at-a-glance", "key-judgements", "figures", "maps", "analysis", "positions", "timeline",
    "evidence", "sources", "unknowns", "changes", "actors", "related", "cite", "search", "top",
    "toc", "from-other-briefs", "bs-content", "events",
})
# fmt: on
RESERVED_PREFIXES = ("map-", "ref-")
RESERVED_SLUGS = frozenset({"library", "index", "feed"})


def is_reserved_anchor(identity: str) -> bool:
    """Whether a brief's page uses an id for itself."""
    return identity in RESERVED_ANCHORS or identity.startswith(RESERVED_PREFIXES)


@dataclass(frozen=True, slots=True)
class Definition:
    """Where an id is defined, and the day from which on that is public."""

    document: Document
    where: Location
    public_from: datetime.date = ALWAYS


@dataclass(slots=True)
class Index:
    """Every id of the tree by kind, and what may be defined where a mistake hides it.

    `incomplete` kinds may have any other id, as a file that could not be read at all may hold
    it; `possible` ids stand somewhere in a file or record that could not be understood;
    `nameless` kinds have a record without an id.
    """

    defined: dict[tuple[RecordKind, str], list[Definition]] = field(
        default_factory=lambda: defaultdict(list)
    )
    incomplete: set[RecordKind] = field(default_factory=set)
    possible: set[str] = field(default_factory=set)
    nameless: set[RecordKind] = field(default_factory=set)
    carried: Mapping[Key, datetime.date] = field(default_factory=dict)
    """Records and maps that only drafts and scheduled briefs name: public with the first."""
    former: dict[tuple[RecordKind, str], str] = field(default_factory=dict)
    """Kind and former id of a record → its id."""
    _nearest: dict[RecordKind, Nearest] = field(default_factory=dict)
    _choices: dict[RecordKind, str] = field(default_factory=dict)
    _kinds: dict[str, list[RecordKind]] = field(default_factory=dict)

    def nearest(self, kind: RecordKind, identity: str) -> str:
        """A hint at the id that may have been meant, or an empty string."""
        if now := self.former.get((kind, identity)):
            return f"'{identity}' is now '{now}'"
        if kind not in self._nearest:
            words = {known for known, kinds in self._kinds_of().items() if kind in kinds}
            self._nearest[kind] = Nearest(words | {word for word in self.possible if is_id(word)})
        return self._nearest[kind].hint(identity)

    def elsewhere(self, identity: str) -> str:
        """A hint that something of another kind has this id, or an empty string."""
        if kinds := self._kinds_of().get(identity):
            article = "an" if kinds[0][0] in "aeiou" else "a"
            return f"'{identity}' is the id of {article} {kinds[0]}"
        return ""

    def choices(self, kind: RecordKind) -> str:
        """A hint that lists all ids of a kind, if they are few."""
        if kind not in self._choices:
            known = sorted(identity for other, identity in self.defined if other == kind)
            listed = f"{kind}s: {', '.join(known)}" if 0 < len(known) <= 8 else ""
            self._choices[kind] = listed
        return self._choices[kind]

    def _kinds_of(self) -> Mapping[str, Sequence[RecordKind]]:
        if not self._kinds:
            for kind, identity in sorted(self.defined):
                self._kinds.setdefault(identity, []).append(kind)
        return self._kinds


def build_index(tree: Tree, readings: Sequence[Reading[Any]]) -> Index:
    """Collect every definition, also from files that have other mistakes."""
    index = Index(carried=public_from(readings))
    briefs = {r.document.path: r.partial.public_from for r in readings if r.type is Brief}
    for kind, document in tree:
        if kind != "registry":
            own: Key = (kind, address(document.path))
            since = briefs.get(document.path, index.carried.get(own, ALWAYS))
            index.defined[own].append(Definition(document, Location(1, 1), since))
        if document.root is None:
            _add_unread(index, kind, document)
    for reading in readings:
        if reading.type is not Registry:
            kind = "brief" if reading.type is Brief else "map"
            for former in texts(reading.plain, "formerly"):
                index.former[(kind, former)] = address(reading.document.path)
        lists = DEFINED.get(reading.type, {})
        for key, defined in lists.items():
            _add(index, reading, key, defined)
        if lists:
            _add_possible(index, reading, lists)
    return index


def _add_unread(index: Index, kind: Kind, document: Document) -> None:
    if any(problem.code in _NOT_EVEN_TEXT for problem in document.problems):
        index.incomplete |= set(LISTS.values()) if kind == "registry" else set()
        index.incomplete |= {"claim", "question"} if kind == "brief" else set()
    else:
        index.possible |= set(_LOOKS_LIKE_AN_ID.findall(document.text))


def _add_possible(index: Index, reading: Reading[Any], lists: Mapping[str, RecordKind]) -> None:
    """What a list would define if its key, its shape or the `id` of an item were right."""
    root = reading.document.root
    assert root is not None
    fields = root.fields if root.fields is not None else {"": root}
    doubtful = [node for key, node in fields.items() if key not in reading.type.model_fields]
    for key, kind in lists.items():
        if node := fields.get(key):
            items = node.items if node.items is not None else [node]
            without = [item for item in items if not _has_id(item)]
            doubtful += without
            index.nameless |= {kind} if without else set()
    for node in doubtful:
        index.possible |= {below.value for below in node.walk() if isinstance(below.value, str)}


def _has_id(node: Node) -> bool:
    identity = node.child("id")
    return identity is not None and isinstance(identity.value, str)


def _add(index: Index, reading: Reading[Any], key: str, kind: RecordKind) -> None:
    for identity, path in _ids(reading, key):
        where = reading.document.locate(path)
        since = index.carried.get((kind, identity), ALWAYS)
        if reading.type is Brief:
            since = reading.partial.public_from
        index.defined[(kind, identity)].append(Definition(reading.document, where, since))
        for former in texts(reading.plain[key][path[1]], "formerly"):
            index.former[(kind, former)] = identity


def _ids(reading: Reading[Any], key: str) -> Iterator[tuple[str, Path]]:
    items = reading.plain.get(key)
    for position, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], (key, position, "id")


def _named(reading: Reading[Any], key: str) -> Iterator[tuple[str, Path]]:
    """Ids that stand in a list by themselves."""
    items = reading.plain.get(key)
    for position, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, str):
            yield item, (key, position)


def check_duplicates(index: Index, readings: Sequence[Reading[Any]]) -> Iterator[Problem]:
    """Ids that are taken: across the publication, and among the anchors of a page."""
    for (kind, identity), definitions in index.defined.items():
        first, *others = definitions
        for other in others:
            place = f"{first.document.path}:{first.where.line}"
            message = f"{kind} '{identity}' is described twice: here and at {place}"
            hint = "keep one of the two, or give the newer another id"
            yield other.document.problem(other.where, "duplicate-id", message, hint)
    for (kind, identity), definitions in index.defined.items():
        if identity == "index" and kind in LISTS.values():
            for each in definitions:
                message = "'index' is an address the site uses itself"
                yield each.document.problem(
                    each.where, "address-collision", message, "choose another id"
                )
    for reading in readings:
        if reading.type is Brief:
            yield from _check_anchors(reading)
        elif reading.type is MapRecord:
            yield from _check_map_ids(reading)


def _check_anchors(reading: Reading[Any]) -> Iterator[Problem]:
    document, taken = reading.document, dict[str, tuple[str, Location]]()
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
        for identity, path in (*_ids(reading, key), *_named(reading, key)):
            where = document.locate(path)
            if is_reserved_anchor(identity):
                message = f"'{identity}' is an address the page uses itself"
                yield document.problem(where, "address-collision", message, "choose another id")
            # Two claims of one id are a duplicate id, whatever file they stand in.
            elif identity in taken and (taken[identity][0], what) != ("claim", "claim"):
                other, at = taken[identity]
                message = f"'{identity}' is already the {other} on line {at.line}"
                yield document.problem(where, "address-collision", message, "choose another id")
            taken.setdefault(identity, (what, where))


def _check_map_ids(reading: Reading[Any]) -> Iterator[Problem]:
    document, taken = reading.document, dict[str, Location]()
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
    views = [(key, path) for key, path in _ids(reading, "views")]
    yield from _taken(document, views, {})


def _taken(
    document: Document, found: Sequence[tuple[Any, Path]], taken: dict[str, Location]
) -> Iterator[Problem]:
    for identity, path in found:
        if not isinstance(identity, str):
            continue
        where = document.locate(path)
        if identity in taken:
            message = f"'{identity}' is already used on line {taken[identity].line}"
            yield document.problem(where, "duplicate-id", message, "choose another id")
        taken.setdefault(identity, where)


def check_references(
    index: Index, readings: Sequence[Reading[Any]], day: datetime.date = ALWAYS
) -> Iterator[Problem]:
    """References that lead nowhere, to what is not public yet, or back to themselves.

    `day` is the day that the publication speaks from.
    """
    for reading in readings:
        value = reading.record if reading.record is not None else reading.plain
        listed: set[tuple[Path, str]] = set()
        for reference in references(value, reading.type):
            since = max(_public_from(index, reading, reference), day)
            yield from _check_one(index, reading.document, reference, since)
            yield from _check_repeated(reading, reference, listed)


def _public_from(index: Index, reading: Reading[Any], reference: Reference) -> datetime.date:
    """The day from which on what holds a reference is public."""
    if reading.type is Brief:
        return cast("datetime.date", reading.partial.public_from)
    if not index.carried:
        return ALWAYS
    if reading.type is MapRecord:
        return index.carried.get(("map", address(reading.document.path)), ALWAYS)
    key, number = str(reference.path[0]), reference.path[1]
    identity = reading.plain[key][number].get("id") if key in LISTS else None
    return index.carried.get((LISTS[key], str(identity)), ALWAYS) if identity else ALWAYS


def _check_one(
    index: Index, document: Document, reference: Reference, since: datetime.date
) -> Iterator[Problem]:
    kind, identity = reference.kind, reference.id
    definitions = index.defined.get((kind, identity))
    if definitions:
        first = min(definitions, key=lambda definition: definition.public_from)
        if first.public_from > since:
            what = "a draft"
            if first.public_from < NEVER:
                noun = "" if kind == "brief" else "a brief "
                what = f"{noun}scheduled for {first.public_from}"
            inside = "" if kind == "brief" else "in "
            message = f"{kind} '{identity}' is {inside}{what}, {first.document.path}"
            yield document.problem(_where(document, reference), "draft-reference", message)
        return
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
    if reference.offset is not None or not path or not isinstance(path[-1], int):
        return
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


def check_cycles(readings: Sequence[Reading[Any]]) -> Iterator[Problem]:
    """Claims that supersede themselves, actors that are part of themselves."""
    yield from _cycles(readings, "claims", "supersedes")
    yield from _cycles(readings, "actors", "part_of")
    yield from _cycles(readings, "sources", "cited_in")


def _cycles(readings: Sequence[Reading[Any]], key: str, link: str) -> Iterator[Problem]:
    """One problem for each link that closes a circle, found in one walk over all links."""
    links: dict[str, list[tuple[str, Document, Path]]] = {}
    for reading in readings:
        for identity, path in _ids(reading, key):
            targets = reading.plain[key][path[1]].get(link)
            where = (*path[:2], link)
            if isinstance(targets, str):
                links.setdefault(identity, []).append((targets, reading.document, where))
            for number, target in enumerate(targets if isinstance(targets, tuple) else ()):
                if isinstance(target, str):
                    here = (target, reading.document, (*where, number))
                    links.setdefault(identity, []).append(here)
    finished: set[str] = set()
    for start in links:
        way = {start: iter(links[start])} if start not in finished else {}
        while way:
            current, waiting = next(reversed(way.items()))
            for target, document, path in waiting:
                if target in way:
                    message = f"'{current}' leads back to itself through '{link}'"
                    yield document.problem(document.locate(path), "reference-cycle", message)
                elif target in links and target not in finished:
                    way[target] = iter(links[target])
                    break
            else:
                finished.add(current)
                del way[current]
