"""The map's page: nothing of another host, nothing random, nothing inline that runs."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import pytest
from tests.maps.conftest import HOSTILE, Coast

from briefsite.maps import feature_collection, feature_rows, map_assets, map_page
from briefsite.maps.document import LibraryMap, map_data


class Reading(HTMLParser):
    """Tags, attributes and the text of each script of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            attrs, text = self.scripts[-1]
            self.scripts[-1] = (attrs, text + data)
        else:
            self.text += data


def page(given: Coast, basemap: Path) -> str:
    return map_page(
        feature_collection(*given), given[1], asset_urls=map_assets(basemap).urls("../../")
    )


def data_of(reading: Reading) -> Any:
    (text,) = [text for attrs, text in reading.scripts if attrs.get("id") == "map-data"]
    return json.loads(text)


def test_it_names_nothing_of_another_host(coast: Coast, basemap: Path) -> None:
    text = page(coast, basemap)
    assert "://" not in text
    links = [a[n] for _, a in Reading(text).tags for n in ("src", "href") if n in a]
    assert links
    assert all(str(link).startswith(("../", "#")) for link in links)


def test_it_loads_leaflet_its_one_basemap_and_its_script(coast: Coast, basemap: Path) -> None:
    scripts = [str(a["src"]) for a, _ in Reading(page(coast, basemap)).scripts if "src" in a]
    names = [re.sub(r"\.[0-9a-f]{12}\.", ".", src) for src in scripts]
    assert names == [
        "../../assets/maps/leaflet.js",
        "../../assets/maps/basemap-core.js",
        "../../assets/maps/map.js",
    ]


def test_nothing_inline_can_run(hostile: Coast, basemap: Path) -> None:
    reading = Reading(page(hostile, basemap))
    for attrs, text in reading.scripts:
        assert attrs.get("type") == "application/json" or not text.strip()
    tags = {tag for tag, _ in reading.tags}
    assert "style" not in tags
    for _, attrs in reading.tags:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]


def test_two_renderings_are_equal(coast: Coast, basemap: Path) -> None:
    assert page(coast, basemap) == page(coast, basemap)


def test_a_random_id_of_folium_does_not_come_out(coast: Coast, basemap: Path) -> None:
    assert not re.search(r"\b[0-9a-f]{32}\b", page(coast, basemap))


def test_hostile_text_stays_text(hostile: Coast, basemap: Path) -> None:
    text = page(hostile, basemap)
    reading = Reading(text)
    assert len(reading.scripts) == 4
    assert [a.get("src") for tag, a in reading.tags if tag == "img"] == ["../coast.svg"]
    assert "{{ 7 * 7 }}" in reading.text
    assert "49 {% raw" not in reading.text
    assert "${alert(3)}" in reading.text
    data = data_of(reading)
    assert data["map"]["note"].endswith("& <b>")
    assert "\u2028" not in "".join(script for _, script in reading.scripts)


def test_the_data_holds_every_feature_and_the_table_every_row(coast: Coast, basemap: Path) -> None:
    reading = Reading(page(coast, basemap))
    collection = feature_collection(*coast)
    ids = [feature["id"] for feature in collection["features"]]
    assert [feature["id"] for feature in data_of(reading)["map"]["features"]] == ids
    rows = [str(a["id"]).removeprefix("row-") for tag, a in reading.tags if tag == "tr" and a]
    assert rows == ids == [row.id for row in feature_rows(collection)]
    for row in feature_rows(collection):
        assert row.where in reading.text


def test_an_areas_outline_is_not_sent_a_second_time(coast: Coast, basemap: Path) -> None:
    reading = Reading(page(coast, basemap))
    areas = [f for f in data_of(reading)["map"]["features"] if f["properties"]["kind"] == "area"]
    assert [area["geometry"] for area in areas] == [None, None]
    assert [area["properties"]["parts"] for area in areas] == [[["AM", 0]], [["AZ", 0]]]
    patterns = [str(a["id"]) for tag, a in reading.tags if tag == "pattern"]
    assert patterns == ["hatch-part", "hatch-party"]


def test_the_key_says_which_areas_are_hatched(coast: Coast, basemap: Path) -> None:
    text = Reading(page(coast, basemap)).text
    areas = [f["properties"] for f in feature_collection(*coast)["features"]]
    for area in (given for given in areas if given["kind"] == "area"):
        assert f": {area['title']}" in text


def test_what_is_not_built_is_broken_in_the_scripts_table_of_lines(coast: Coast) -> None:
    lines = map_data(coast[1], feature_collection(*coast))["styles"]["lines"]
    dashes = {key: {part: dash for part, _, dash, _ in strokes} for key, strokes in lines.items()}
    assert dashes["railway/proposed"]["line"] == "5 5"
    assert dashes["oil-pipeline/existing"]["line"] is None


def test_under_the_map_stand_disclaimer_date_and_schematic_notice(
    coast: Coast, basemap: Path
) -> None:
    text = Reading(page(coast, basemap)).text
    assert "Boundaries imply no opinion." in text
    assert "1 June 2024" in text
    assert "Schematic routes" in text


def test_the_lines_of_boundaries_are_no_fainter_in_the_key(coast: Coast, basemap: Path) -> None:
    # A line of one pixel that lay between two rows of them would be drawn faint in both.
    assert '<path class="border international" d="M-16 0.5H16"' in page(coast, basemap)


def test_a_reader_who_got_the_address_finds_the_site(coast: Coast, basemap: Path) -> None:
    markup = page(coast, basemap)
    assert '<a href="../../" target="_top">Briefings</a>' in markup
    assert '<a href="../../atlas/" target="_top">all maps</a>' in markup


def test_the_moment_that_is_shown_is_read_before_the_slider(coast: Coast, basemap: Path) -> None:
    markup = page(coast, basemap)
    before, _, after = markup.partition('<input type="range"')
    assert (
        '<output id="moment" for="when">All times</output>' in before.partition("Time</label>")[2]
    )
    assert "<output" not in after.partition("</div>")[0]


def test_the_page_names_its_icon_among_its_own_files(coast: Coast, basemap: Path) -> None:
    (icon,) = re.findall(r'<link rel="icon" href="([^"]+)">', page(coast, basemap))
    assets = map_assets(basemap)
    assert icon == assets.urls("../../")["icon.svg"]
    assert assets.files["icon.svg"].data.startswith(b"<svg")


def test_a_reader_without_scripts_gets_the_picture_and_the_table(
    coast: Coast, basemap: Path
) -> None:
    text = page(coast, basemap)
    (without,) = re.findall(r"<noscript>(.*?)</noscript>", text, re.S)
    assert 'src="../coast.svg"' in without
    assert "Oil pipeline to the north" in re.sub(r"(?s)<script.*?</script>", "", text)


def test_a_reader_without_scripts_reads_whose_view_each_is(coast: Coast, basemap: Path) -> None:
    text = " ".join(Reading(page(coast, basemap)).text.split())
    assert "Our names plain. Seen at first. They are in the registry. plain" in text
    assert (
        "Southern Gate plain for North Gate, The long pipe plain for Oil pipeline to the north,"
        in text
    )
    assert "without Events plain. View of North State plain: Smith plain 2021: p. 9 plain" in text


def test_folium_keeps_its_own_lists_of_assets(coast: Coast, basemap: Path) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    page(coast, basemap)
    urls = map_assets(basemap).urls("../../")
    drawn = LibraryMap("core", urls)
    drawn.add_js_link("more", "../more.js")
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before
    assert "more.js" not in page(coast, basemap)


def test_a_missing_asset_is_the_programmers_mistake(coast: Coast) -> None:
    with pytest.raises(KeyError):
        map_page(feature_collection(*coast), coast[1], asset_urls={})


def test_the_page_is_light(hostile: Coast, basemap: Path) -> None:
    assert HOSTILE
    assert len(gzip.compress(page(hostile, basemap).encode())) < 12_000
