"""What can be found, and in which pieces it is loaded."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from tests.conftest import ROOT

from briefsite.languages import ENGLISH
from briefsite.model.library import Library
from briefsite.search import (
    Item,
    index_files,
    library_items,
    library_parts,
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


def test_plain_letters_make_the_same_words_as_any() -> None:
    chance = random.Random(4)
    plain = [chr(code) for code in range(128)]
    for _ in range(200):
        text = "".join(chance.choices(plain, k=60))
        assert [*words(text), "e"] == [*words(f"{text} ə")]


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
def test_an_index_of_parts_is_that_of_their_items(library: Library, number: int) -> None:
    """Whatever stands in one, also where a part has one item of a kind, or nothing."""
    chance = random.Random(number)
    items = list(library_items(library))
    cuts = sorted(chance.choices(range(len(items) + 1), k=chance.choice([2, 12, len(items)])))
    parts = [items[start:end] for start, end in pairwise([0, *cuts, len(items)])]
    assert index_files(map(tell, parts)) == search_index(items)


def test_the_parts_of_a_library_hold_all_of_it(library: Library) -> None:
    parts = library_parts(library, ENGLISH)
    assert len({name.partition("/")[0] for name in parts}) > 5
    assert index_files(make() for make in parts.values()) == search_index(library_items(library))
