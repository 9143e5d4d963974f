"""In which items a word or a value of a facet is, as the text that a browser reads."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from briefsite.compact import compact_json
from briefsite.search.items import Item
from briefsite.search.words import words

Term = tuple[str, ...]
"""A word, or a facet with the key and the label of one of its values."""
Numbers = Sequence[Sequence[int]]
"""Ascending item numbers by where a word stands: title, text, other names; a value in the first."""

Change = tuple[range, Numbers]
"""The items of a span have other numbers than before."""


class Postings(dict[Term, tuple[list[int], ...]]):
    """Terms, and the numbers of the items that each of them finds, by where it stands there."""

    def __missing__(self, term: Term) -> tuple[list[int], ...]:
        return self.setdefault(term, ([], [], []))

    def add(self, items: Iterable[Item], start: int) -> set[Term]:
        """Add items, the first of which has the number `start`; returns what they are found by."""
        terms: set[Term] = set()
        known: set[str] = set()
        for number, item in enumerate(items, start):
            seen: set[str] = set()
            for place, texts in enumerate(((item.title,), (item.text, item.about), item.names)):
                fresh = seen.union(*map(words, texts)) - seen
                seen |= fresh
                for word in fresh:
                    self[word,][place].append(number)
            known |= seen
            for facet, values in item.facets.items():
                for term in {(facet, *value) for value in values}:
                    self[term][0].append(number)
                    terms.add(term)
        return terms.union((word,) for word in known)


def told(numbers: Numbers) -> str:
    """Item numbers as JSON: each as its distance from the one before, empty places at the end
    left out."""
    postings = [_distances(each) for each in numbers]
    while not postings[-1]:
        postings.pop()
    return compact_json(postings)


def changed(text: str, changes: Sequence[Change]) -> str:
    """A text of `told` with other numbers for whatever it has in some spans, which ascend; empty if
    none is left."""
    before: list[list[int]] = [list(accumulate(each)) for each in json.loads(text or "[]")]
    places = max(len(before), *(len(numbers) for _, numbers in changes))
    after = [
        _replaced(
            before[place] if place < len(before) else [],
            ((span, numbers[place] if place < len(numbers) else ()) for span, numbers in changes),
        )
        for place in range(places)
    ]
    return told(after) if any(after) else ""


def _replaced(old: Sequence[int], changes: Iterable[tuple[range, Sequence[int]]]) -> list[int]:
    found: list[int] = []
    done = 0
    for span, numbers in changes:
        found += old[done : bisect_left(old, span.start)]
        found += numbers
        done = bisect_left(old, span.stop)
    return [*found, *old[done:]]


def _distances(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise((0, *numbers))]
