"""Items to an index in pieces: a browser loads the few that a query needs, also from disk.

Each piece is a script that hands its data to `briefsiteSearch(name, data)`. `words-N` holds some
neighbours of the alphabet, `items-N` some results, `facet-KEY` what can be filtered by, `index`
tells which pieces there are. All but `index` lie in a folder named by what they hold, so that
pieces of two versions never mix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefsite.compact import compact_json
from briefsite.languages import ENGLISH, Language
from briefsite.search.items import KINDS, Item
from briefsite.search.postings import Value, join, tell

FOLDER = "search"
ITEMS_A_PIECE = 32
BYTES_A_PIECE = 40_000
"""About how much JSON a piece of words may have: a third of it is loaded, compressed."""


def search_index(items: Iterable[Item]) -> dict[str, bytes]:
    """The files of an index: site path → content."""
    return index_files([tell(items)])


def index_files(parts: Iterable[bytes], language: Language = ENGLISH) -> dict[str, bytes]:
    """The same of parts that were told one by one; its headings are in the language."""
    found = join(parts)
    pieces: dict[str, str] = {}
    starts = []
    for number, (first, text) in enumerate(_word_pieces(found.words)):
        starts.append(first)
        pieces[f"words-{number}"] = text
    for number, start in enumerate(range(0, len(found.rows), ITEMS_A_PIECE)):
        pieces[f"items-{number}"] = f"[{','.join(found.rows[start : start + ITEMS_A_PIECE])}]"
    facets = _facets(found.values)
    pieces |= {f"facet-{key}": text for key, text in facets.items()}
    contents = {name: _script(name, text) for name, text in pieces.items()}
    digest = hashlib.sha256(b"".join(contents.values())).hexdigest()[:16]
    files = {f"{FOLDER}/{digest}/{name}.js": content for name, content in contents.items()}
    index = {
        "folder": digest,
        "items": len(found.rows),
        "piece": ITEMS_A_PIECE,
        "language": language.code,
        "kinds": [[key, language.gettext(KINDS[key]), count] for key, count in found.kinds.items()],
        "words": starts,
        "facets": list(facets),
    }
    files[f"{FOLDER}/index.js"] = _script("index", compact_json(index))
    return files


def _script(name: str, text: str) -> bytes:
    return f'briefsiteSearch("{name}",{text})\n'.encode()


def _word_pieces(places: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The first word of each piece, and its JSON: where each word stands, up to the last place
    that has it."""
    piece: list[str] = []
    first, size = "", 0
    # In the order of the browser's comparison, which is that of UTF-16.
    found = {word for place in places for word in place}
    for word in sorted(found, key=lambda word: word.encode("utf-16-be")):
        told = [place.get(word, "") for place in places]
        while not told[-1]:
            told.pop()
        # How far apart items are does not tell in the size.
        numbers = sum(text.count(",") + 1 for text in told if text)
        length = len(word) + 8 + 2 * len(told) + 3 * numbers
        if piece and size + length > BYTES_A_PIECE:
            yield first, f"{{{','.join(piece)}}}"
            piece, size = [], 0
        first = word if not piece else first
        piece.append(f"{compact_json(word)}:[[{'],['.join(told)}]]")
        size += length
    if piece:
        yield first, f"{{{','.join(piece)}}}"


def _facets(values: Mapping[Value, str]) -> dict[str, str]:
    """Facet → its values as JSON: what a reader sees and the items that have it."""
    found: dict[str, list[str]] = {}
    for facet, key, label in sorted(values):
        text = f"[{compact_json(label)},[{values[facet, key, label]}]]"
        found.setdefault(facet, []).append(text)
    return {facet: f"[{','.join(texts)}]" for facet, texts in found.items()}
