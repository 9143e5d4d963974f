"""Items to an index in pieces: a browser loads the few that a query needs, also from disk.

Each piece is a script that hands its data to `briefsiteSearch(name, data)`. `words-N` holds some
neighbours of the alphabet, `items-N` some results, `facet-KEY` what can be filtered by, `index`
tells which pieces there are. All but `index` lie in a folder named by what they hold, so that
pieces of two versions never mix.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from briefsite.languages import ENGLISH, Language
from briefsite.search.items import KINDS, Item
from briefsite.search.words import words

FOLDER = "search"
ITEMS_A_PIECE = 32
BYTES_A_PIECE = 40_000
"""About how much JSON a piece of words may have: a third of it is loaded, compressed."""

Postings = list[int]
"""Ascending item numbers, each as its distance from the one before."""


def search_index(items: Iterable[Item], language: Language = ENGLISH) -> dict[str, bytes]:
    """The files of an index: site path → content; its headings are in the language."""
    rank = {kind: number for number, kind in enumerate(KINDS)}
    listed = sorted(items, key=lambda item: rank[item.kind])  # stable: library order within a kind
    pieces: dict[str, object] = {}
    starts = []
    for number, rows in enumerate(_word_pieces(_weighed(listed))):
        starts.append(next(iter(rows)))
        pieces[f"words-{number}"] = rows
    for number, first in enumerate(range(0, len(listed), ITEMS_A_PIECE)):
        pieces[f"items-{number}"] = [_row(i) for i in listed[first : first + ITEMS_A_PIECE]]
    facets = _facets(listed)
    pieces |= {f"facet-{key}": values for key, values in facets.items()}
    contents = {name: _script(name, data) for name, data in pieces.items()}
    digest = hashlib.sha256(b"".join(contents.values())).hexdigest()[:16]
    files = {f"{FOLDER}/{digest}/{name}.js": content for name, content in contents.items()}
    kinds = Counter(item.kind for item in listed)
    index = {
        "folder": digest,
        "items": len(listed),
        "piece": ITEMS_A_PIECE,
        "kinds": [
            [key, language.gettext(title), kinds[key]] for key, title in KINDS.items() if kinds[key]
        ],
        "words": starts,
        "facets": list(facets),
    }
    files[f"{FOLDER}/index.js"] = _script("index", index)
    return files


def _script(name: str, data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'briefsiteSearch("{name}",{text})\n'.encode()


def _row(item: Item) -> list[str]:
    return [item.address, item.title, item.text, item.about]


def _weighed(items: Sequence[Item]) -> Mapping[str, tuple[array[int], array[int], array[int]]]:
    """Word → the items it is in, ascending, by where it stands: title, text, other names."""
    found: dict[str, tuple[array[int], array[int], array[int]]] = {}
    for number, item in enumerate(items):
        seen: set[str] = set()
        for place, texts in enumerate(((item.title,), (item.text, item.about), item.names)):
            fresh = {word for text in texts for word in words(text)} - seen
            seen |= fresh
            for word in fresh:
                if word not in found:
                    found[word] = (array("L"), array("L"), array("L"))
                found[word][place].append(number)
    return found


def _word_pieces(
    weighed: Mapping[str, tuple[array[int], array[int], array[int]]],
) -> Iterable[dict[str, list[Postings]]]:
    piece: dict[str, list[Postings]] = {}
    size = 0
    # In the order of the browser's comparison, which is that of UTF-16.
    for word in sorted(weighed, key=lambda word: word.encode("utf-16-be")):
        postings = [_distances(numbers) for numbers in weighed[word]]
        while not postings[-1]:
            postings.pop()
        length = len(word) + 8 + sum(2 + 3 * len(numbers) for numbers in postings)
        if piece and size + length > BYTES_A_PIECE:
            yield piece
            piece, size = {}, 0
        piece[word] = postings
        size += length
    if piece:
        yield piece


def _distances(numbers: Sequence[int]) -> Postings:
    return [after - before for before, after in pairwise((0, *numbers))]


def _facets(items: Sequence[Item]) -> dict[str, list[list[object]]]:
    """Facet → its values, as what a reader sees and the items that have it."""
    found: dict[str, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, item in enumerate(items):
        for facet, values in item.facets.items():
            for value in dict.fromkeys(values):
                found[facet][value].append(number)
    return {
        facet: [[label, _distances(found[facet][key, label])] for key, label in sorted(values)]
        for facet, values in sorted(found.items())
    }
