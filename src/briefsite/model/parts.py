"""Long lists in parts of a bounded size, so that no page grows with the publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry, Head, MapEntry
from briefsite.model.library import Library
from briefsite.model.records import Correction, Event

T = TypeVar("T")
K = TypeVar("K")
_ADDRESSES = frozenset({"briefs/", "positions/", "timeline/", "atlas/", "corrections/"})

SIZES: Mapping[str, int] = MappingProxyType(
    {
        "briefs": 100,
        "positions": 240,  # cells of matrices
        "timeline": 400,
        "atlas": 12,
        "corrections": 80,
        "index": 800,
        "claims": 300,
        "others": 100,
    }
)
"""How much a part holds, some 20 to 40 KB under gzip. `claims` and `others`, which are briefs and
maps, are those that name a record."""


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some of a list's items: where their page is, what to call them, which anchors it has."""

    address: str
    label: str
    items: Sequence[T]
    anchors: tuple[str, ...] = ()


def outline(parts: Iterable[Part[Any]]) -> tuple[Part[Any], ...]:
    """What each part of a list must know of the others: where they are, and what to call them."""
    return tuple(Part(part.address, part.label, ()) for part in parts)


def cut(items: Iterable[T], kind: str, weigh: Callable[[T], int] | None = None) -> list[list[T]]:
    """Neighbours together, as many as a part of a kind holds; what weighs more is alone.

    There is one part at least.
    """
    most = SIZES[kind]
    if weigh is None:
        known = [*items]
        return [known[start : start + most] for start in range(0, len(known), most)] or [[]]
    parts, weight = list[list[T]]([[]]), 0
    for item in items:
        weight += weigh(item)
        if parts[-1] and weight > most:
            parts.append([])
            weight = weigh(item)
        parts[-1].append(item)
    return parts


def parted(counts: Mapping[K, int], kind: str) -> dict[K, int]:
    """How many parts `cut` makes of lists, of which it is told how many items each has.

    Lists that stay whole are left out.
    """
    most = SIZES[kind]
    return {key: -(-count // most) for key, count in counts.items() if count > most}


def part_address(address: str, number: int) -> str:
    """Where a part stands. No id of a record can be the same: `part/` has pages below it alone."""
    return f"{address}part/{number}/" if number > 1 else address


def number_parts(
    address: str,
    parts: Iterable[tuple[str, Sequence[T]]],
    anchors: Callable[[T], Iterable[str]] = lambda _: (),
) -> tuple[Part[T], ...]:
    """Labelled items as parts; an anchor that two of them have is that of the first."""
    return tuple(
        Part(
            part_address(address, number),
            label,
            items,
            tuple(dict.fromkeys(key for item in items for key in anchors(item))),
        )
        for number, (label, items) in enumerate(parts, start=1)
    )


class _shared(Generic[T]):  # noqa: N801 - a property
    """A property that is made once, and noted with each page that asks for it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, holder: Any, owner: type) -> T:
        known = vars(holder).get(self._name)
        if known is None:
            known = holder.library.shared(partial(self._make, holder))
            vars(holder)[self._name] = known
        found: T = known()
        return found


@dataclass(frozen=True)
class Words:
    """What parts are called by: a date, its year, and what has no topic, in a language."""

    date: Callable[[Edtf], str] = Edtf.words
    years: Callable[[Edtf], str] = Edtf.year_words
    others: str = "Others"


class Overviews:
    """What stands on which page of those that tell of all briefs.

    While a publication is small each is one page; a large one has several, by topic, or by date.
    """

    def __init__(self, library: Library, words: Words | None = None) -> None:
        """`words` are those that parts are called by; English, if nobody says another language."""
        self.library = library
        self._words = words or Words()
        self._moved = library.derived("moved", _Moved)

    @_shared
    def briefs(self) -> tuple[Part[BriefEntry], ...]:
        """The current briefs by topic, the newest of each first."""
        rank = {topic: number for number, topic in enumerate(self.library.topics)}
        entries = sorted(self.library.newest, key=lambda e: rank[e.record.topic])
        parts = self._by_topic("briefs", entries, lambda entry: entry.record.topic)
        return number_parts("briefs/", parts, lambda entry: [entry.record.topic])

    @_shared
    def positions(self) -> tuple[Part[BriefEntry], ...]:
        """The current briefs that hold questions; one brief's are never parted."""
        entries = [entry for entry in self.library.current.values() if entry.cells]
        parts = self._by_topic(
            "positions", entries, lambda entry: entry.record.topic, lambda entry: entry.cells
        )
        return number_parts("positions/", parts, _question_anchors)

    @_shared
    def timeline(self) -> tuple[Part[tuple[Event, Head]], ...]:
        """Events by date. The newest part has the overview's own address; the others are counted
        from the oldest, so that what comes moves none of them."""
        groups = cut(self.library.timeline, "timeline")
        if len(groups) > 1 and len(groups[-1]) < SIZES["timeline"] // 4:
            groups[-2:] = [groups[-2] + groups[-1]]
        last = len(groups) - 1
        return tuple(
            Part(
                "timeline/" if number == last else f"timeline/part/{number + 1}/",
                self._years([event for event, _ in group]) if last else "",
                group,
            )
            for number, group in enumerate(groups)
        )

    @_shared
    def atlas(self) -> tuple[Part[MapEntry], ...]:
        """Maps by the topic of the first brief that shows them."""
        shown: dict[str, str] = {}
        for entry in self.library.current.values():
            for key in entry.record.maps:
                shown.setdefault(key, entry.record.topic)
        maps = list(self.library.maps.values())
        parts = self._by_topic("atlas", maps, lambda entry: shown.get(entry.id, ""))
        return number_parts("atlas/", parts, lambda entry: [f"map-{entry.id}"])

    @_shared
    def corrections(self) -> tuple[Part[Correction], ...]:
        """Corrections by their source."""
        listed = sorted(self.library.corrections.values(), key=lambda item: item.source)
        groups = cut(listed, "corrections")
        parts = [(self._sources(group) if len(groups) > 1 else "", group) for group in groups]
        return number_parts("corrections/", parts, _correction_anchors)

    def of(self, name: str) -> tuple[Part[Any], ...]:
        """The parts of an overview by its name, which is its address too."""
        parts: tuple[Part[Any], ...] = getattr(self, name)
        return parts

    def find(self, target: str) -> str:
        """The target of a link, led to the part that has its anchor; any other as it is."""
        address, _, anchor = target.partition("#")
        if not anchor or address not in _ADDRESSES:
            return target
        part = self._moved().get(target)
        return target if part is None else f"{part}#{anchor}"

    def _by_topic(
        self,
        name: str,
        items: Sequence[T],
        topic: Callable[[T], str],
        weigh: Callable[[T], int] | None = None,
    ) -> Iterator[tuple[str, Sequence[T]]]:
        """All items as they are if they are few; else parts of each topic."""
        if len(cut(items, name, weigh)) == 1:
            yield "", items
            return
        rank = {key: number for number, key in enumerate((*self.library.topics, ""))}
        listed = sorted(items, key=lambda item: rank[topic(item)])
        for key, group in groupby(listed, key=topic):
            title = self.library.topics[key].title if key else self._words.others
            parts = cut(group, name, weigh)
            for number, part in enumerate(parts, start=1):
                yield (f"{title} {number}" if len(parts) > 1 else title), part

    def _sources(self, group: Sequence[Correction]) -> str:
        labels = [self.library.sources[item.source].label for item in group]
        return _span(labels[0], labels[-1]) if labels else ""

    def _years(self, events: Sequence[Event]) -> str:
        if not events:
            return ""
        words, first, last = self._words, events[0].date, events[-1].date
        if len(events) > 1 and words.years(first) == words.years(last):
            return _span(words.date(first), words.date(last))
        return _span(words.years(first), words.years(last))


class _Moved(Mapping[str, str]):
    """Address of an overview with an anchor → address of the part that has it.

    What stands in the parts of one overview is found when the first address of it is asked for.
    """

    def __init__(self, library: Library) -> None:
        self._overviews = Overviews(library)
        self._anchors: dict[str, Mapping[str, str]] = {}

    def _of(self, name: str) -> Mapping[str, str]:
        if name not in self._anchors:
            parts = getattr(self._overviews, name) if f"{name}/" in _ADDRESSES else ()
            self._anchors[name] = anchors_of(parts)
        return self._anchors[name]

    def __getitem__(self, target: str) -> str:
        name, _, anchor = target.partition("/#")
        return self._of(name)[anchor]

    def __iter__(self) -> Iterator[str]:
        for address in sorted(_ADDRESSES):
            name = address.rstrip("/")
            yield from (f"{name}/#{anchor}" for anchor in self._of(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def anchors_of(parts: Iterable[Part[Any]]) -> Mapping[str, str]:
    """Anchor → address of the part that has it; of the first, if there are several."""
    found: dict[str, str] = {}
    for part in parts:
        for anchor in part.anchors:
            found.setdefault(anchor, part.address)
    return found


def _question_anchors(entry: BriefEntry) -> Iterator[str]:
    yield entry.id
    for key in entry.question_ids:
        yield f"{entry.id}.{key}"


def _correction_anchors(item: Correction) -> Iterator[str]:
    yield f"source-{item.source}"
    yield item.id
    yield from item.formerly


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"
