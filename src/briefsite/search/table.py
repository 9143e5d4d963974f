"""All that is found, as the texts of which the pieces of an index are made.

It can be kept, and brought up to date where a few items say something else. To find all words of
all items again takes longer than all else that a build does after one sentence was edited.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from briefsite.search.items import KINDS, Item, Values
from briefsite.search.postings import Term, changed, find_terms, to_json, told

Source = tuple[str, Callable[[], bytes]]
"""A name of its own, and what tells the items that come from there, as `tell` does."""


def tell(items: Iterable[Item]) -> bytes:
    """Items as lines of JSON, one a kind."""
    found: dict[str, list[object]] = {}
    for item in items:
        row = (item.address, item.title, item.text, item.about, item.names, dict(item.facets))
        found.setdefault(item.kind, []).append(row)
    return "\n".join(json.dumps(pair) for pair in found.items()).encode()


def _heard(line: bytes) -> list[Item]:
    """The items of a line."""
    kind, rows = json.loads(line)
    return [
        Item(kind, address, title, text, about, tuple(names), _values(facets))
        for address, title, text, about, names, facets in rows
    ]


def _values(facets: dict[str, list[list[str]]]) -> dict[str, Values]:
    return {facet: tuple((key, label) for key, label in of) for facet, of in facets.items()}


@dataclass
class Table:
    """Items in the order of their numbers, and what they can be found by.

    Those of one source and kind are a block. Of each it is noted where it is from, its kind, the
    digest of its line, and what its items are found by.
    """

    rows: list[str] = field(default_factory=list)
    """Each item as JSON."""
    terms: dict[Term, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    found: list[tuple[Term, ...]] = field(default_factory=list)

    @property
    def kinds(self) -> dict[str, int]:
        """How many items there are of each kind."""
        counts: dict[str, int] = {}
        for (_, kind), size in zip(self.names, self.sizes, strict=True):
            counts[kind] = counts.get(kind, 0) + size
        return counts

    def packed(self) -> bytes:
        """The table to keep."""
        return marshal.dumps(tuple(vars(self).values()))


def make_table(sources: Iterable[Source], kept: bytes | None = None) -> Table:
    """The table of some sources: a kind after the other, each in the order of the sources.

    What is `kept` is a table `packed` before by this code; only what differs is looked at then.
    """
    rank = {kind: number for number, kind in enumerate(KINDS)}
    blocks = [(name, _kind(line), line) for name, make in sources for line in make().splitlines()]
    blocks.sort(key=lambda block: rank[block[1]])  # stable
    before = Table(*marshal.loads(kept)) if kept is not None else None  # noqa: S302 - our own
    if before is None or before.names != [(name, kind) for name, kind, _ in blocks]:
        return _new(blocks)
    return _renewed(before, [line for *_, line in blocks]) or _new(blocks)


def _kind(line: bytes) -> str:
    return line[2 : line.index(b'"', 2)].decode()


def _new(blocks: Iterable[tuple[str, str, bytes]]) -> Table:
    table = Table()
    every: dict[Term, tuple[list[int], ...]] = {}
    for name, kind, line in blocks:
        items = _heard(line)
        found = find_terms(items, len(table.rows))
        for term, numbers in found.items():
            if term not in every:
                every[term] = numbers
            else:
                for place, more in zip(every[term], numbers, strict=True):
                    place.extend(more)
        table.names.append((name, kind))
        table.digests.append(_digest(line))
        table.sizes.append(len(items))
        table.found.append(tuple(found))
        table.rows += map(_row, items)
    table.terms = {term: told(numbers) for term, numbers in every.items()}
    return table


def _renewed(table: Table, lines: Sequence[bytes]) -> Table | None:
    """The same table, up to date; None if numbers of items changed."""
    start = 0
    for number, (line, size) in enumerate(zip(lines, table.sizes, strict=True)):
        digest = _digest(line)
        if digest != table.digests[number]:
            items = _heard(line)
            if len(items) != size:
                return None
            found = find_terms(items, start)
            span = range(start, start + size)
            table.rows[start : span.stop] = map(_row, items)
            for term in dict.fromkeys((*table.found[number], *found)):
                text = changed(table.terms.get(term, ""), span, found.get(term, ()))
                if text:
                    table.terms[term] = text
                else:
                    del table.terms[term]
            table.digests[number], table.found[number] = digest, tuple(found)
        start += size
    return table


def _row(item: Item) -> str:
    return to_json([item.address, item.title, item.text, item.about])


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=20).digest()
