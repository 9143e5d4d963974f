"""Card pictures, and the words in pages that lead to them."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from tests.publish.conftest import SITE_URL, Published

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.maps import draw_maps
from briefsite.model.library import Library
from briefsite.publish import Cache
from briefsite.publish.cards import brief_card, map_card, pictures
from briefsite.publish.typeset import PublishError, Typesetter

ROOT = Path(__file__).parents[2]
CARDS = ["card.png", "briefs/sample/card.png", "maps/sample-map/card.png"]


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def meta(page: Path) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', page.read_text()
    )
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("path", CARDS)
def test_the_site_each_brief_and_each_map_has_a_card(published: Published, path: str) -> None:
    picture = (published.site / path).read_bytes()
    assert size(picture) == (1200, 630)
    assert len(picture) < 400_000


@pytest.mark.parametrize(
    ("page", "card"),
    [
        ("index.html", "card.png"),
        ("method/index.html", "card.png"),
        ("actors/alphaland/index.html", "card.png"),
        ("briefs/sample/index.html", "briefs/sample/card.png"),
        ("maps/sample-map/index.html", "maps/sample-map/card.png"),
    ],
)
def test_a_page_names_its_card(published: Published, page: str, card: str) -> None:
    found = meta(published.site / page)
    assert found["og:image"] == SITE_URL + card
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"]
    assert found["og:title"]
    assert found["og:url"] == SITE_URL + page.removesuffix("index.html")
    assert found["twitter:card"] == "summary_large_image"


def test_cards_are_set_with_no_font_of_the_machine() -> None:
    setter = Typesetter(Cache(None))
    found = {font.family for font in setter.fonts.fonts()}
    assert {"Noto Sans", "Libertinus Serif", "Noto Sans Armenian"} <= found
    assert "Liberation Sans" not in found


@pytest.fixture
def library(project: Path) -> Library:
    found = check_tree(load_tree(project)).library
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Əliağa, Şuşa, Dağlıq, İstanbul, ığ",
        "Հայաստան, Сюник, საქართველო, ایران, ישראל",
        '#import "x" $a$ @ref <label> \\ ` *b* _i_ // /* #panic()',
        "<svg><script>alert(1)</script>&amp;",
    ],
)
def test_any_text_can_be_on_a_card(library: Library, text: str) -> None:
    drawn = draw_maps(library, ROOT / "maps" / "basemap")
    entry, shown = library.briefs["sample"], library.maps["sample-map"]
    setter = Typesetter(Cache(None))
    brief = brief_card(library, entry, pictures(drawn), SITE_URL)
    plain = setter.png("card.typ", brief)
    written = setter.png("card.typ", {**brief, "title": text, "text": text, "kicker": text})
    assert size(written) == (1200, 630)
    assert written != plain
    of_map = map_card(library, shown, pictures(drawn), SITE_URL)
    assert size(setter.png("card.typ", {**of_map, "title": text * 4})) == (1200, 630)


def test_a_map_card_carries_the_disclaimer_and_the_attribution(library: Library) -> None:
    drawn = draw_maps(library, ROOT / "maps" / "basemap")
    card = map_card(library, library.maps["sample-map"], pictures(drawn), SITE_URL)
    assert card["text"] == library.publication.map_disclaimer
    assert "Natural Earth" in card["credit"]


def test_a_mistake_in_a_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"card\.typ: error: dictionary does not contain key"):
        Typesetter(Cache(tmp_path)).png("card.typ", {"title": "no more than this"})
