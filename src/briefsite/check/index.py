"""Which ids there are: what each file defines, and what all of them define together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from briefsite.check.nearest import Nearest
from briefsite.check.plain import texts
from briefsite.check.publishing import ALWAYS, LISTS
from briefsite.check.shape import Reading
from briefsite.load import Document, Kind, Location, Path, Value, address
from briefsite.model.records import Brief, Record, RecordKind, Registry, is_id
from briefsite.model.walk import Key

DEFINED: Mapping[type[Record], Mapping[str, RecordKind]] = {
    Brief: {"claims": "claim", "positions": "question"},
    Registry: LISTS,
}
_TELLS_NO_IDS = frozenset(
    {"not-utf8", "file-too-large", "unreadable-file", "not-a-plain-file", "yaml-empty"}
)
_LOOKS_LIKE_AN_ID = re.compile(r"\bid[\"']?\s*:\s*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)


class Definition(NamedTuple):
    """Where an id is defined: in the file `name`, at `path`."""

    name: str
    path: Path
    public_from: datetime.date
    document: Callable[[], Document]

    @property
    def where(self) -> Location:
        return self.document().locate(self.path) if self.path else Location(1, 1)


@dataclass(slots=True)
class Index:
    """Every id of the tree by kind, and what may be defined where a mistake hides it.

    `incomplete` kinds may have any other id, as a file that could not be read at all may hold
    it; `possible` ids stand somewhere in a file or record that could not be understood;
    `nameless` kinds have a record without an id.
    """

    defined: Mapping[Key, Sequence[Definition]] = field(default_factory=dict)
    incomplete: Set[RecordKind] = frozenset()
    possible: Set[str] = frozenset()
    nameless: Set[RecordKind] = frozenset()
    carried: Mapping[Key, datetime.date] = field(default_factory=dict)
    """Records and maps that only drafts and scheduled briefs name: public with the first."""
    former: Mapping[Key, str] = field(default_factory=dict)
    """Kind and former id of a record → its id."""
    repeated: Iterable[Key] = ()
    """The ids of a kind that are defined more than once."""
    asked: set[str] = field(default_factory=set)
    """What was looked up, for those who want to know when to look again."""
    _nearest: dict[RecordKind, Nearest] = field(default_factory=dict)
    _choices: dict[RecordKind, str] = field(default_factory=dict)
    _kinds: dict[str, list[RecordKind]] = field(default_factory=dict)

    def find(self, kind: RecordKind, identity: str) -> Sequence[Definition]:
        """Where an id of a kind is defined; empty if nowhere."""
        found = self.defined.get((kind, identity), ())
        self.asked.add(f"id {kind} {identity}" if found else "ids")
        return found

    def carried_from(self, kind: RecordKind, identity: str) -> datetime.date:
        """From which day on a shared record or a map is public."""
        self.asked.add(f"id {kind} {identity}")
        return self.carried.get((kind, identity), ALWAYS)

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


class Ids(NamedTuple):
    """What one file defines, and what it may define where a mistake hides it; see `Index`."""

    defined: tuple[tuple[RecordKind, str, Path], ...]
    public_from: datetime.date | None = None
    """Of a brief."""
    incomplete: tuple[RecordKind, ...] = ()
    possible: tuple[str, ...] = ()
    nameless: tuple[RecordKind, ...] = ()
    former: tuple[tuple[RecordKind, str, str], ...] = ()
    """Kind and former id of each record that had another, and its id."""

    def definitions(
        self,
        name: str,
        document: Callable[[], Document],
        carried: Mapping[Key, datetime.date] = MappingProxyType({}),
    ) -> dict[Key, list[Definition]]:
        """The definitions of the file `name`, by kind and id."""
        found: dict[Key, list[Definition]] = {}
        for kind, identity, path in self.defined:
            since = self.public_from or carried.get((kind, identity), ALWAYS)
            definition = Definition(name, path, since, document)
            found.setdefault((kind, identity), []).append(definition)
        return found

    @property
    def is_waiting(self) -> bool:
        """Whether it is a brief that is not public always."""
        return self.public_from is not None and self.public_from > ALWAYS


def ids_of(kind: Kind, document: Document, reading: Reading[Any] | None) -> Ids:
    """Collect every definition of a file, also if it has other mistakes."""
    defined: list[tuple[RecordKind, str, Path]] = []
    if kind != "registry":
        defined.append((kind, address(document.path), ()))
    if reading is None:
        return _ids_of_unread(kind, document, tuple(defined))
    lists = DEFINED.get(reading.type, {})
    for key, record_kind in lists.items():
        defined += [(record_kind, identity, path) for identity, path in ids_in(reading, key)]
    possible, nameless = _doubtful(reading, lists) if lists else ((), ())
    since = reading.partial.public_from if reading.type is Brief else None
    former = tuple(_former(reading, lists))
    return Ids(tuple(defined), since, (), possible, nameless, former)


def _former(
    reading: Reading[Any], lists: Mapping[str, RecordKind]
) -> Iterator[tuple[RecordKind, str, str]]:
    if reading.type is not Registry:
        kind: RecordKind = "brief" if reading.type is Brief else "map"
        for former in texts(reading.plain, "formerly"):
            yield kind, former, address(reading.document.path)
    for key, record_kind in lists.items():
        for identity, path in ids_in(reading, key):
            for former in texts(reading.plain[key][path[1]], "formerly"):
                yield record_kind, former, identity


def _ids_of_unread(
    kind: Kind, document: Document, defined: tuple[tuple[RecordKind, str, Path], ...]
) -> Ids:
    is_blank = not document.text.strip()  # but for a mark, of which alone its problem tells
    if is_blank or any(problem.code in _TELLS_NO_IDS for problem in document.problems):
        incomplete: dict[Kind, tuple[RecordKind, ...]] = {
            "registry": tuple(LISTS.values()),
            "brief": ("claim", "question"),
        }
        return Ids(defined, incomplete=incomplete.get(kind, ()))
    possible = dict.fromkeys(_LOOKS_LIKE_AN_ID.findall(document.text))
    return Ids(defined, possible=tuple(possible))


class AllIds(NamedTuple):
    """What all files of a tree define together, each known by its number; see `Index`."""

    owners: Mapping[RecordKind, Mapping[str, int]]
    """By kind and id, the first file that defines it."""
    repeated: Mapping[Key, tuple[int, ...]]
    """The files that define an id which is defined more than once."""
    incomplete: frozenset[RecordKind]
    possible: frozenset[str]
    nameless: frozenset[RecordKind]
    former: Mapping[Key, str]


def join_ids(files: Iterable[Ids]) -> AllIds:
    """Join what the files of a tree define, in their order."""
    owners: dict[RecordKind, dict[str, int]] = {}
    repeated: dict[Key, dict[int, None]] = {}
    incomplete, possible, nameless = set[RecordKind](), set[str](), set[RecordKind]()
    former: dict[Key, str] = {}
    for number, ids in enumerate(files):
        for kind, identity, _ in ids.defined:
            known = owners.setdefault(kind, {})
            if identity in known:
                first = known[identity]
                repeated.setdefault((kind, identity), {first: None})[number] = None
            else:
                known[identity] = number
        incomplete.update(ids.incomplete)
        possible.update(ids.possible)
        nameless.update(ids.nameless)
        former |= {(kind, before): identity for kind, before, identity in ids.former}
    return AllIds(
        owners,
        {key: tuple(numbers) for key, numbers in repeated.items()},
        frozenset(incomplete),
        frozenset(possible),
        frozenset(nameless),
        former,
    )


class Definitions(Mapping[Key, Sequence[Definition]]):
    """Every definition of a tree, looked up in the file that has it when it is asked for."""

    def __init__(
        self, ids: AllIds, define: Callable[[int], Mapping[Key, Sequence[Definition]]]
    ) -> None:
        self._ids = ids
        self._define = define
        self._found: dict[Key, Sequence[Definition]] = {}

    def get(self, key: Key, default: Any = None) -> Any:
        found = self._found.get(key)
        if found is None and key in self:
            found = self[key]
        return default if found is None else found

    def __getitem__(self, key: Key) -> Sequence[Definition]:
        if key not in self._found:
            numbers = self._ids.repeated.get(key) or (self._ids.owners[key[0]][key[1]],)
            self._found[key] = [each for number in numbers for each in self._define(number)[key]]
        return self._found[key]

    def __contains__(self, key: object) -> bool:
        kind, identity = cast("Key", key)
        return identity in self._ids.owners.get(kind, ())

    def __iter__(self) -> Iterator[Key]:
        return ((kind, each) for kind, known in self._ids.owners.items() for each in known)

    def __len__(self) -> int:
        return sum(map(len, self._ids.owners.values()))


def build_index(
    ids: AllIds,
    define: Callable[[int], Mapping[Key, Sequence[Definition]]],
    carried: Mapping[Key, datetime.date] = MappingProxyType({}),
) -> Index:
    """The index of a tree; `define` gives the definitions of the file with some number."""
    return Index(
        Definitions(ids, cache(define)),
        ids.incomplete,
        ids.possible,
        ids.nameless,
        carried,
        ids.former,
        ids.repeated,
    )


def _doubtful(
    reading: Reading[Any], lists: Mapping[str, RecordKind]
) -> tuple[tuple[str, ...], tuple[RecordKind, ...]]:
    """What lists would define if their keys, their shape or the `id` of an item were right."""
    plain = reading.document.plain
    fields = plain if isinstance(plain, dict) else {"": plain}
    doubtful = [value for key, value in fields.items() if key not in reading.type.model_fields]
    nameless = []
    for key, kind in lists.items():
        if key in fields:
            value = fields[key]
            items = value if isinstance(value, tuple) else (value,)
            without = [item for item in items if not _has_id(item)]
            doubtful += without
            nameless += [kind] if without else []
    possible = dict.fromkeys(text for value in doubtful for text in _texts_below(value))
    return tuple(possible), tuple(nameless)


def _has_id(value: Value) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _texts_below(value: Value) -> Iterator[str]:
    """Every text of a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts_below(item)
    elif isinstance(value, dict):
        yield from value
        for below in value.values():
            yield from _texts_below(below)


def ids_in(reading: Reading[Any], key: str) -> Iterator[tuple[str, Path]]:
    items = reading.plain.get(key)
    for position, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"], (key, position, "id")
