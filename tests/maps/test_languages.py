"""Maps in another language than English: whatever they say themselves, in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.languages.pseudo import pseudo, texts, words

from briefsite.data.json import plain
from briefsite.languages import Language
from briefsite.languages.extract import said_in
from briefsite.maps import feature_collection, map_assets, map_page, read_ground, static_picture
from briefsite.maps.features import name_in
from briefsite.maps.ground import land_names
from briefsite.maps.scripts import SCRIPTS
from briefsite.model.records import Place

DATA = re.compile(r'<script type="application/json" id="map-data">(.*?)</script>', re.DOTALL)


def page(given: Any, basemap: Path, language: Language) -> str:
    collection = feature_collection(given[0], given[1], given[2], language)
    urls = map_assets(basemap).urls("../../")
    return map_page(collection, given[1], asset_urls=urls, language=language)


def picture(given: Any, basemap: Path, language: Language) -> str:
    collection = feature_collection(given[0], given[1], given[2], language)
    ground = read_ground(basemap / "core.topojson")
    return static_picture(collection, given[1], ground, language=language)


def own_words(value: object) -> set[str]:
    """Every text of some data."""
    if isinstance(value, dict):
        return {text for each in value.values() for text in own_words(each)}
    if isinstance(value, list | tuple):
        return {text for each in value for text in own_words(each)}
    return {" ".join(value.split())} if isinstance(value, str) else set()


def test_whatever_a_map_says_itself_is_translated(coast: Any, basemap: Path) -> None:
    language = pseudo()
    library, entry, _ = coast
    given = [plain(entry.record), *(plain(each) for each in library.claims.values())]
    given += [plain(each) for each in (*library.places.values(), library.publication)]
    given += [library.sources[key].label for key in library.sources]
    given += [coast[2].attribution]
    ground = read_ground(basemap / "core.topojson")
    names = {area.name for area in ground.land} | {each.name for each in ground.labels}
    recorded = sorted(own_words(given) | names, key=len, reverse=True)
    either = re.compile("|".join(map(re.escape, recorded)), re.IGNORECASE)
    for made in (page, picture):
        same = texts(made(coast, basemap, Language())) & texts(made(coast, basemap, language))
        assert words(either.sub("", text) for text in same) == set()


def test_what_the_scripts_say_comes_with_the_page(coast: Any, basemap: Path) -> None:
    assert said_in("maps/static", ".js") == set(SCRIPTS)
    data = DATA.search(page(coast, basemap, pseudo()))
    assert data is not None
    assert json.loads(data[1])["words"]["Full screen"] == "‹Full screen›"
    plain = DATA.search(page(coast, basemap, Language()))
    assert plain is not None
    assert "words" not in json.loads(plain[1])


@pytest.mark.parametrize(("code", "called"), [("az", "Şuşa"), ("hy", "Shusha"), ("", "Shusha")])
def test_a_place_has_its_name_in_the_language_and_no_partys(code: str, called: str) -> None:
    place = Place.model_validate(
        {
            "id": "shusha",
            "name": "Shusha",
            "kind": "town",
            "names": (
                {"name": "Şuşa qalası", "language": "az", "used_by": "One party"},
                {"name": "Şuşa", "language": "az"},
                {"name": "Շուշի", "language": "hy", "used_by": "Another party"},
            ),
        }
    )
    assert name_in(code, place) == called


def test_countries_are_called_as_the_language_calls_them() -> None:
    ground = read_ground(Path(__file__).parents[2] / "maps" / "basemap" / "core.topojson")
    assert land_names(ground, Language()) == {}
    assert land_names(ground, Language("az"))["Turkey"] == "Türkiyə"
    assert Language("tr").capitals("Türkiye, Iğdır") == "TÜRKİYE, IĞDIR"
    assert Language("de").capitals("Türkei") == "TÜRKEI"


def test_a_map_says_its_language_and_where_its_lines_begin(coast: Any, basemap: Path) -> None:
    persian = Language("fa")
    markup = page(coast, basemap, persian)
    assert '<html lang="fa" dir="rtl">' in markup
    # The map itself is not mirrored: west stays on the left.
    assert re.search(r'<div id="map"[^>]* dir="ltr"', markup)
    drawn = picture(coast, basemap, persian)
    assert 'lang="fa"' in drawn
    assert '<text class="key" text-anchor="end" x="-8"' in drawn


def test_a_message_that_is_not_translated_says_that_it_is_english(
    coast: Any, basemap: Path
) -> None:
    markup = page(coast, basemap, Language("fa"))
    assert '<summary><span lang="en" dir="ltr">Key and layers</span></summary>' in markup
    markup = page(coast, basemap, Language("az"))
    assert '<summary><span lang="en">Key and layers</span></summary>' in markup
    assert '<option value="' not in re.sub(r"<option[^>]*>[^<]*</option>", "", markup)
    assert not re.search("[\u2066-\u2069]", markup)
