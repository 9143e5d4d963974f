"""In which items a word or a value of a facet is: told of some, then joined for all."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from briefsite.compact import compact_json
from briefsite.search.items import KINDS, Item
from briefsite.search.words import vocabulary

_NONE: frozenset[str] = frozenset()
K = TypeVar("K")
Value = tuple[str, str, str]
"""Of a facet: its name, the key, and what a reader sees."""
Run = tuple[int, str, int]
"""Ascending item numbers: the first; of all others, as text, how far each is from the one before,
behind a comma; and the last."""


class Block(NamedTuple):
    """Some items of one kind, numbered from 0, and what finds them."""

    rows: Sequence[str]
    """Each as JSON."""
    words: Sequence[Mapping[str, Run]]
    """Words by where they stand: titles, texts, other names."""
    values: Mapping[Value, Run]


class Index(NamedTuple):
    """All items, a kind after the other, and their numbers, each as its distance from the one
    before."""

    kinds: Mapping[str, int]
    """How many there are of each kind."""
    rows: Sequence[str]
    words: Sequence[Mapping[str, str]]
    values: Mapping[Value, str]


def tell(items: Iterable[Item]) -> bytes:
    """What finds some items: a part of an index, packed."""
    kinds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[item.kind].append(item)
    return marshal.dumps({kind: tuple(_block(found)) for kind, found in kinds.items()}, 2)


def _block(items: Sequence[Item]) -> Block:
    titles: dict[str, list[int]] = defaultdict(list)
    texts: dict[str, list[int]] = defaultdict(list)
    names: dict[str, list[int]] = defaultdict(list)
    values: dict[Value, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        in_title, in_text = vocabulary(item.title), vocabulary(item.text) | vocabulary(item.about)
        for word in in_title:
            titles[word].append(number)
        for word in in_text - in_title:
            texts[word].append(number)
        if item.names:
            for word in _NONE.union(*map(vocabulary, item.names)) - in_title - in_text:
                names[word].append(number)
        for facet, pairs in item.facets.items():
            for key, label in dict.fromkeys(pairs):
                values[facet, key, label].append(number)
    shown = ((each.address, each.title, each.text, each.about) for each in items)
    rows = [f"[{','.join(map(compact_json, each))}]" for each in shown]
    steps = [f",{distance}" for distance in range(len(items))]
    places = [_runs(found, steps) for found in (titles, texts, names)]
    return Block(rows, places, _runs(values, steps))


def _runs(found: Mapping[K, Sequence[int]], steps: Sequence[str]) -> dict[K, Run]:
    """`steps` are all distances as text."""
    runs: dict[K, Run] = {}
    for key, numbers in sorted(found.items()):
        others = [steps[after - before] for before, after in pairwise(numbers)]
        runs[key] = numbers[0], "".join(others), numbers[-1]
    return runs


def join(parts: Iterable[bytes]) -> Index:
    """Parts as one: a kind holds the items that each part has of it."""
    told = [marshal.loads(part) for part in parts]  # noqa: S302 - our own
    kinds: dict[str, int] = {}
    rows: list[str] = []
    places = [_Joined[str]() for _ in range(3)]
    values = _Joined[Value]()
    for kind in KINDS:
        start = len(rows)
        for block in (Block(*part[kind]) for part in told if kind in part):
            for place, found in zip(places, block.words, strict=True):
                place.add(found, len(rows))
            values.add(block.values, len(rows))
            rows += block.rows
        if len(rows) > start:
            kinds[kind] = len(rows) - start
    return Index(kinds, rows, [place.texts() for place in places], values.texts())


class _Joined(Generic[K]):
    """Runs of numbers behind each other."""

    def __init__(self) -> None:
        self._lasts: dict[K, int] = {}
        self._texts: dict[K, list[str]] = {}

    def add(self, runs: Mapping[K, Run], start: int) -> None:
        """Add numbers that count from `start`."""
        lasts, texts = self._lasts, self._texts
        for key, (first, others, last) in runs.items():
            before = lasts.get(key)
            if before is None:
                texts[key] = [f"{start + first}{others}"]
            else:
                texts[key].append(f"{start + first - before}{others}")
            lasts[key] = start + last

    def texts(self) -> dict[K, str]:
        return {key: ",".join(found) for key, found in self._texts.items()}
