"""Items to an index in pieces: a browser loads the few that a query needs, also from disk.

Each piece is a script that hands its data to `briefsiteSearch(name, data)`. `words-N` holds some
neighbours of the alphabet, `items-N` some results, `facet-KEY` what can be filtered by, `index`
tells which pieces there are. All but `index` lie in a folder named by what they hold, so that
pieces of two versions never mix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from briefsite.compact import compact_json
from briefsite.languages import ENGLISH, Language
from briefsite.search.items import KINDS, Item
from briefsite.search.postings import Term
from briefsite.search.table import Source, Table, make_table, tell

FOLDER = "search"
ITEMS_A_PIECE = 32
BYTES_A_PIECE = 40_000
"""About how much JSON a piece of words may have: a third of it is loaded, compressed."""


def search_index(items: Iterable[Item], language: Language = ENGLISH) -> dict[str, bytes]:
    """The files of an index: site path → content; its headings are in the language."""
    return index_files(make_table([Source("", partial(tell, items))]), language)


def index_files(table: Table, language: Language = ENGLISH) -> dict[str, bytes]:
    """The same of a table."""
    pieces: dict[str, str] = {}
    starts = []
    for number, (first, text) in enumerate(_word_pieces(table.terms)):
        starts.append(first)
        pieces[f"words-{number}"] = text
    for number, start in enumerate(range(0, len(table.rows), ITEMS_A_PIECE)):
        pieces[f"items-{number}"] = f"[{','.join(table.rows[start : start + ITEMS_A_PIECE])}]"
    facets = _facets(table.terms)
    pieces |= {f"facet-{key}": text for key, text in facets.items()}
    contents = {name: _script(name, text) for name, text in pieces.items()}
    digest = hashlib.sha256(b"".join(contents.values())).hexdigest()[:16]
    files = {f"{FOLDER}/{digest}/{name}.js": content for name, content in contents.items()}
    kinds = table.kinds
    index = {
        "folder": digest,
        "items": len(table.rows),
        "piece": ITEMS_A_PIECE,
        "language": language.code,
        "kinds": [
            [key, language.gettext(title), kinds[key]]
            for key, title in KINDS.items()
            if key in kinds
        ],
        "words": starts,
        "facets": list(facets),
    }
    files[f"{FOLDER}/index.js"] = _script("index", compact_json(index))
    return files


def _script(name: str, text: str) -> bytes:
    return f'briefsiteSearch("{name}",{text})\n'.encode()


def _word_pieces(terms: Mapping[Term, str]) -> Iterator[tuple[str, str]]:
    """The first word of each piece, and its JSON."""
    piece: list[str] = []
    first, size = "", 0
    # In the order of the browser's comparison, which is that of UTF-16.
    found = (term[0] for term in terms if len(term) == 1)
    for word in sorted(found, key=lambda word: word.encode("utf-16-be")):
        text = terms[word,]
        length = len(word) + 8 + _length(text)
        if piece and size + length > BYTES_A_PIECE:
            yield first, f"{{{','.join(piece)}}}"
            piece, size = [], 0
        first = word if not piece else first
        piece.append(f"{compact_json(word)}:{text}")
        size += length
    if piece:
        yield first, f"{{{','.join(piece)}}}"


def _length(text: str) -> int:
    """About how long the postings of a word are; it does not depend on how far apart they are."""
    places, numbers = text.count("[") - 1, text.count(",") + 1 - text.count("[]")
    return 2 * places + 3 * numbers


def _facets(terms: Mapping[Term, str]) -> dict[str, str]:
    """Facet → its values as JSON: what a reader sees and the items that have it."""
    found: dict[str, list[str]] = {}
    for facet, key, label in sorted(term for term in terms if len(term) == 3):
        text = terms[facet, key, label][1:-1]
        found.setdefault(facet, []).append(f"[{compact_json(label)},{text}]")
    return {facet: f"[{','.join(values)}]" for facet, values in found.items()}
