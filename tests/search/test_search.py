"""What can be found, and in which pieces it is loaded."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from tests.conftest import ROOT

from briefsite.model.library import Library
from briefsite.search import (
    Item,
    Source,
    index_files,
    library_items,
    make_table,
    search_index,
    tell,
    written_items,
)
from briefsite.search.index import BYTES_A_PIECE
from briefsite.search.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Şuşa, Ağdam", ["susa", "agdam"]),
        ("Bakı–Tbilisi–Ceyhan (BTC)", ["baki", "tbilisi", "ceyhan", "btc"]),
        ("Gəncə", ["gence"]),
        ("İran's 2.5 million", ["iran", "s", "2", "5", "million"]),
        ("Степанакерт Ստեփանակերտ", ["степанакерт", "ստեփանակերտ"]),
        ("نخجوان", ["نخجوان"]),
        ("ﬁeld_of ½", ["field", "of", "1", "2"]),
        ("… — ", []),
    ],
)
def test_words_are_found_with_and_without_marks(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


def pieces(items: list[Item]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The index of some items, and its other pieces by name."""
    read: dict[str, Any] = {}
    for path, content in search_index(items).items():
        name, _, data = content.decode().removeprefix("briefsiteSearch(").partition(",")
        assert path.endswith(f"/{json.loads(name)}.js")
        read[json.loads(name)] = json.loads(data.removesuffix(")\n"))
    return read.pop("index"), read


def holding(read: dict[str, Any], word: str) -> list[list[int]]:
    """Numbers of the items that hold a word: in their title, their text, their other names."""
    postings: list[list[int]] = next(
        (p[word] for n, p in read.items() if n.startswith("words") and word in p), []
    )
    return [[sum(part[: n + 1]) for n in range(len(part))] for part in postings]


def test_every_claim_is_found_by_its_words_and_by_each_name_of_its_place(library: Library) -> None:
    items = list(library_items(library))
    index, read = pieces(items)
    claims = [n for n in range(index["items"]) if read["items-0"][n][0].count("#pipeline-")]
    for claim in library.claims.values():
        address = f"briefs/{library.home[claim.id]}/#{claim.id}"
        number = next(n for n in range(index["items"]) if read["items-0"][n][0] == address)
        assert number in claims
        assert read["items-0"][number][2] == claim.text
        for word in words(claim.text):
            assert number in holding(read, word)[1] or number in holding(read, word)[0]
        for key in claim.places:
            place = library.places[key]
            for name in (place.name, *(name.name for name in place.names)):
                for word in words(name):
                    assert any(number in part for part in holding(read, word))


def test_kinds_stand_in_their_order_and_facets_name_who_has_a_value(library: Library) -> None:
    items = list(library_items(library))
    index, read = pieces(items)
    assert sum(kind[2] for kind in index["kinds"]) == index["items"] == len(items)
    last = 0
    addresses = [row[0] for n in range(1 + len(items) // 32) for row in read.get(f"items-{n}", [])]
    for key, _, count in index["kinds"]:
        expected = [item.address for item in items if item.kind == key]
        assert addresses[last : last + count] == expected
        last += count
    for facet in index["facets"]:
        for label, distances in read[f"facet-{facet}"]:
            found = [addresses[sum(distances[: n + 1])] for n in range(len(distances))]
            wanted = [
                item.address
                for item in items
                if any(text == label for _, text in item.facets.get(facet, ()))
            ]
            assert sorted(found) == sorted(wanted)


def test_a_large_index_comes_in_pieces_of_one_size() -> None:
    one = Item("claim", "briefs/a/#b", "Title", "text")
    items = [replace(one, text=f"text{n} every word{n % 700:03}") for n in range(3000)]
    index, read = pieces(items)
    parts = [json.dumps(v) for n, v in read.items() if n.startswith("words-")]
    assert len(parts) == len(index["words"]) > 1
    assert max(map(len, parts)) < 2 * BYTES_A_PIECE
    assert index["words"] == sorted(index["words"])
    assert len(holding(read, "every")[1]) == 3000
    assert holding(read, "word007")[1] == list(range(7, 3000, 700))


def test_the_folder_is_named_by_what_it_holds(library: Library) -> None:
    items = list(library_items(library))
    assert list(search_index(items)) == list(search_index(items))
    changed = [*items[:-1], replace(items[-1], text="else")]
    assert not set(search_index(items)) & set(search_index(changed)) - {"search/index.js"}


def test_hand_written_pages_are_found_without_their_markup() -> None:
    text = "---\ntitle: T\n---\n# The *method*\n\n<!-- briefsite: rules -->\n\nWe [grade](a.md) it."
    (item,) = written_items({"method/": text})
    assert (item.title, item.text) == ("The method", "We grade it.")


def test_results_reach_the_page_as_text_alone() -> None:
    script = ROOT / "src/briefsite/theme/assets/briefsite/search.js"
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|eval\(|fetch\(|XMLHttp", text)


def test_an_empty_library_of_items_gives_an_index() -> None:
    index, read = pieces([])
    assert index["items"] == 0
    assert read == {}


@pytest.mark.parametrize("number", range(4))
def test_an_index_brought_up_to_date_is_that_of_its_items(library: Library, number: int) -> None:
    """Also where a word is new, or gone, and where items come and go."""
    chance = random.Random(number)
    by_kind: dict[str, list[Item]] = {}
    for item in library_items(library):
        by_kind.setdefault(item.kind, []).append(item)
    sources = {f"{kind} {n}": of[n::3] for kind, of in by_kind.items() for n in range(3) if of[n:]}
    kept: bytes | None = None
    for _ in range(6):
        # Some tell without being asked for their items whether these are others.
        signs = {n: repr(of) for n, of in sources.items() if n[-1] != "0"}
        found = [Source(n, partial(tell, of), partial(signs.get, n)) for n, of in sources.items()]
        table = make_table(found, kept)
        assert table.signs == signs
        assert index_files(table) == search_index([i for of in sources.values() for i in of])
        kept = table.packed()
        for name in chance.sample(sorted(sources), 3):
            sources[name] = [_edited(item, chance) for item in sources[name]]
        if chance.random() < 0.3:
            del sources[name]
        elif chance.random() < 0.3:
            sources[name] = sources[name][1:] or sources[name] * 2


def test_what_a_sign_tells_is_the_same_is_not_made(library: Library) -> None:
    items = list(library_items(library))
    kept = make_table([Source("all", partial(tell, items), lambda: "one")]).packed()

    def refuse() -> bytes:
        raise AssertionError

    again = make_table([Source("all", refuse, lambda: "one")], kept)
    assert index_files(again) == search_index(items)
    with pytest.raises(AssertionError):
        make_table([Source("all", refuse, lambda: "another")], kept)


def _edited(item: Item, chance: random.Random) -> Item:
    said = [*item.text.split(), "zəfər"]
    facets = chance.choice([{}, item.facets, {"year": (("1828", "1828"), ("1829", "1829"))}])
    return replace(item, text=" ".join(chance.sample(said, len(said) // 2)), facets=facets)
