"""All that is found, as the texts of which the pieces of an index are made.

It can be kept, and brought up to date where a few items say something else. To find all words of
all items again takes longer than all else that a build does after one sentence was edited.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from briefsite.compact import compact_json
from briefsite.search.items import KINDS, Item, Values
from briefsite.search.postings import Change, Postings, Term, changed, told


class Source(NamedTuple):
    """Where items come from: a name of its own, and what tells them, as `tell` does.

    `sign` gives what differs if they do, where that is known without making them.
    """

    name: str
    make: Callable[[], bytes]
    sign: Callable[[], str | None] = lambda: None


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
    found: list[bytes] = field(default_factory=list)
    """Packed, as only few of them are looked at again."""
    signs: dict[str, str] = field(default_factory=dict)
    """Of sources, as far as they have one."""

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

    What is `kept` is a table `packed` before by this code; only what differs is looked at then,
    and nothing is made of which a sign tells that it is the same.
    """
    sources = list(sources)
    before = Table(*marshal.loads(kept)) if kept is not None else Table()  # noqa: S302 - our own
    signs = ((source.name, source.sign()) for source in sources)
    same = {name for name, sign in signs if sign and before.signs.get(name) == sign}
    lines = {s.name: s.make().splitlines() for s in sources if s.name not in same}
    fresh = {(name, _kind(line)): line for name, found in lines.items() for line in found}
    known = {(name, kind) for name, kind in before.names if name in same}
    names = _in_order(sources, {*fresh, *known})
    table = None
    if before.names == names:
        table = _renewed(before, [fresh.get(name) for name in names])
    if table is None:
        rest = ((s.name, line) for s in sources if s.name in same for line in s.make().splitlines())
        fresh |= {(name, _kind(line)): line for name, line in rest}
        table = _new((*name, fresh[name]) for name in names)
    found = ((source.name, source.sign()) for source in sources)
    table.signs = {name: sign for name, sign in found if sign}
    return table


def _in_order(
    sources: Iterable[Source], blocks: Collection[tuple[str, str]]
) -> list[tuple[str, str]]:
    names = [source.name for source in sources]
    return [(name, kind) for kind in KINDS for name in names if (name, kind) in blocks]


def _kind(line: bytes) -> str:
    return line[2 : line.index(b'"', 2)].decode()


def _new(blocks: Iterable[tuple[str, str, bytes]]) -> Table:
    table = Table()
    every = Postings()
    for name, kind, line in blocks:
        items = _heard(line)
        found = every.add(items, len(table.rows))
        table.names.append((name, kind))
        table.digests.append(_digest(line))
        table.sizes.append(len(items))
        table.found.append(marshal.dumps(tuple(found)))
        table.rows += map(_row, items)
    table.terms = {term: told(numbers) for term, numbers in every.items()}
    return table


def _renewed(table: Table, lines: Sequence[bytes | None]) -> Table | None:
    """The same table, up to date; None if numbers of items changed.

    There is no line where nothing is different.
    """
    changes: dict[Term, list[Change]] = {}
    start = 0
    for number, (line, size) in enumerate(zip(lines, table.sizes, strict=True)):
        digest = table.digests[number] if line is None else _digest(line)
        if line is not None and digest != table.digests[number]:
            items = _heard(line)
            if len(items) != size:
                return None
            found = Postings()
            found.add(items, start)
            span = range(start, start + size)
            table.rows[start : span.stop] = map(_row, items)
            before = marshal.loads(table.found[number])  # noqa: S302 - our own
            for term in dict.fromkeys((*before, *found)):
                changes.setdefault(term, []).append((span, found.get(term, ())))
            table.digests[number], table.found[number] = digest, marshal.dumps(tuple(found))
        start += size
    # A source that many briefs cite changes the same words in each: all at once, word by word.
    for term, spans in changes.items():
        text = changed(table.terms.get(term, ""), spans)
        if text:
            table.terms[term] = text
        else:
            del table.terms[term]
    return table


def _row(item: Item) -> str:
    return compact_json([item.address, item.title, item.text, item.about])


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=20).digest()
