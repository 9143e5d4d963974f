"""The static picture: complete without scripts, safe whatever its texts say."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pytest
from tests.maps.conftest import HOSTILE, Coast

from briefsite.maps import feature_collection, read_ground, static_picture
from briefsite.maps.lines import Lines, Points
from briefsite.maps.scan import Scan
from briefsite.maps.style import HATCHES, SYMBOLS
from briefsite.model.entries import MapEntry
from briefsite.model.records import MapArea

SVG = "{http://www.w3.org/2000/svg}"


def drawn(given: Coast, basemap: Path, width: int = 960) -> str:
    return static_picture(
        feature_collection(*given), given[1], read_ground(basemap / "core.topojson"), width=width
    )


def test_it_has_a_title_a_description_and_a_role(coast: Coast, basemap: Path) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert f"{title.get('id')} {desc.get('id')}" == root.get("aria-labelledby")
    assert "no opinion" in str(desc.text)


def test_it_names_nothing_of_another_host(coast: Coast, basemap: Path) -> None:
    urls = re.findall(r"[a-z]+://[^\s\"'<]+", drawn(coast, basemap))
    assert set(urls) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in drawn(coast, basemap)


def test_two_drawings_are_equal(coast: Coast, basemap: Path) -> None:
    assert drawn(coast, basemap) == drawn(coast, basemap)


def test_what_is_not_built_is_broken_and_what_exists_is_solid(coast: Coast, basemap: Path) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    dashes = {p.get("class"): p.get("stroke-dasharray") for p in root.iter(f"{SVG}path")}
    assert dashes["line railway"] == "5 5"
    assert dashes["line oil-pipeline"] is None


def test_the_border_that_is_not_delimited_is_its_own_line(coast: Coast, basemap: Path) -> None:
    picture = drawn(coast, basemap)
    assert 'class="border not-delimited"' in picture
    assert "Boundary not fully delimited" in picture
    assert "International boundary" not in picture


def test_the_key_leaves_out_a_border_that_is_only_beyond_the_edge(
    coast: Coast, basemap: Path
) -> None:
    library, entry, ground = coast
    extent = entry.record.extent.model_copy(update={"west": 49.02})  # the border is at 49
    entry = replace(entry, record=entry.record.model_copy(update={"extent": extent}))
    picture = drawn((library, entry, ground), basemap)
    assert 'class="coast"' in picture
    assert "Boundary" not in picture
    assert "border not-delimited" not in picture


def test_areas_differ_by_their_hatching_and_have_no_outline_of_their_own(
    coast: Coast, basemap: Path
) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    patterns = {p.get("id"): p for p in root.iter(f"{SVG}pattern")}
    fills = {p.get("class"): p for p in root.iter(f"{SVG}path") if p.get("fill")}
    assert set(fills) == {"area party", "area part"}
    for shape in fills.values():
        assert str(shape.get("fill"))[5:-1] in patterns
        assert shape.get("stroke") is None
    drawings = [pattern[1].get("d") for pattern in patterns.values()]
    assert len(set(drawings)) == len(drawings) == 2
    assert "stroke: none" in str(root.findtext(f"{SVG}style"))
    said = "".join(root.itertext())
    assert "Party to a dispute" in said
    assert "Part of a state, apart from the rest" in said


def test_each_kind_of_area_has_a_hatching_that_grey_print_can_tell() -> None:
    assert set(HATCHES) == set(get_args(MapArea.model_fields["kind"].annotation))
    assert len({(hatch.path, hatch.turn) for hatch in HATCHES.values()}) == len(HATCHES)


def test_an_areas_shade_lies_below_water_and_borders(coast: Coast, basemap: Path) -> None:
    picture = drawn(coast, basemap)
    order = [picture.index(f'class="{name}') for name in ("land", "area ", "border")]
    assert order == sorted(order)


def corners(path: str) -> list[Points]:
    """The lines of a path of relative steps."""
    lines = [re.findall(r"-?\d*\.?\d+", line) for line in path.split("M")[1:]]
    given = [np.array(line, float) for line in lines]
    return [np.cumsum(numbers[::2]) + 1j * np.cumsum(numbers[1::2]) for numbers in given]


def test_an_areas_shade_ends_where_its_land_does(coast: Coast, basemap: Path) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    paths = {p.get("class"): str(p.get("d")) for p in root.iter(f"{SVG}path")}
    land = Scan(Lines.of([corners(paths["land"])]))
    for shade in ("area party", "area part"):
        (ring,) = corners(paths[shade])
        assert all(
            any(land.holds((at.real + x, at.imag + y)) for x in (-0.1, 0.1) for y in (-0.1, 0.1))
            for at in ring.tolist()
        )


def test_all_land_is_one_shape_without_the_borders_in_it(coast: Coast, basemap: Path) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    (land,) = [p for p in root.iter(f"{SVG}path") if p.get("class") == "land"]
    border = next(p for p in root.iter(f"{SVG}path") if "border" in str(p.get("class")))
    assert land.get("d")
    (outline,), (line,) = corners(str(land.get("d"))), corners(str(border.get("d")))
    assert not {*outline.tolist()} & {*line[1:-1].tolist()}


def test_the_name_of_a_place_stands_clear_of_the_ring_of_an_event(
    coast: Coast, basemap: Path
) -> None:
    root = ElementTree.fromstring(drawn(coast, basemap))
    texts = {"".join(text.itertext()): text for text in root.iter(f"{SVG}text")}
    ring = next(p for p in root.iter(f"{SVG}path") if p.get("class") == "sign event")
    at = float(str(ring.get("transform"))[10:].split()[0])
    (name,) = [text for words, text in texts.items() if words == "Baku plain"]
    reach = SYMBOLS["event"].radius
    start = float(str(name.get("x")))
    assert name.get("text-anchor") == "middle" or abs(start - at) >= reach


def test_hostile_text_stays_text(hostile: Coast, basemap: Path) -> None:
    picture = drawn(hostile, basemap)
    root = ElementTree.fromstring(picture)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "clipPath", "pattern"),
        *("rect", "g", "path", "text", "tspan"),
    }
    assert not [n for e in root.iter() for n in e.attrib if n.startswith("on")]
    said = " ".join(" ".join(e.itertext()) for e in root.iter(f"{SVG}title"))
    assert "<img src=x onerror=alert(2)>" in said
    assert "{{ 7 * 7 }}" in said
    assert HOSTILE not in picture


def test_ids_cannot_meet_those_of_another_map(coast: Coast, basemap: Path) -> None:
    library, entry, ground = coast
    ids = set(re.findall(r' id="([^"]+)"', drawn(coast, basemap)))
    other = MapEntry("hills", entry.origin, entry.record)
    others = set(re.findall(r' id="([^"]+)"', drawn((library, other, ground), basemap)))
    assert ids
    assert not ids & others


def test_labels_do_not_collide(coast: Coast, basemap: Path) -> None:
    for width in (960, 480, 320):
        root = ElementTree.fromstring(drawn(coast, basemap, width))
        boxes = []
        for text in root.iter(f"{SVG}text"):
            if text.get("class") in ("small", "key"):
                continue
            words = max((line or "" for line in text.itertext()), key=len)
            half = len(words) * 3.2
            middle = {"start": half, "middle": 0, "end": -half}[str(text.get("text-anchor"))]
            boxes.append((float(str(text.get("x"))) + middle, float(str(text.get("y"))), half))
        for number, (x, y, half) in enumerate(boxes):
            for x2, y2, half2 in boxes[:number]:
                assert abs(y - y2) > 9 or abs(x - x2) > (half + half2) * 0.8


def test_an_exclave_keeps_its_name_to_itself(basemap: Path, coast: Coast) -> None:
    ground = read_ground(basemap / "core.topojson")
    west = replace(ground.labels[0], name="Corner", kind="province", position=(48.9, 40.0))
    picture = static_picture(feature_collection(*coast), coast[1], replace(ground, labels=(west,)))
    (found,) = re.findall(r'<text class="name province" [^>]*x="([\d.]+)"', picture) or ["0"]
    assert float(found) < 960 * (49.0 - 48.5) / 2.5


def test_a_sea_keeps_its_name_off_another_sea(basemap: Path, coast: Coast) -> None:
    ground = read_ground(basemap / "core.topojson")
    (_, sea) = ground.labels
    far = replace(sea, name="Far Sea", position=(53.5, 40.1))
    picture = static_picture(
        feature_collection(*coast), coast[1], replace(ground, labels=(sea, far))
    )
    assert "The Sea" in picture
    assert "Far Sea" not in picture


def test_a_country_without_a_label_of_its_own_is_named(basemap: Path, coast: Coast) -> None:
    ground = read_ground(basemap / "core.topojson")
    assert "EASTLAND" in static_picture(
        feature_collection(*coast), coast[1], replace(ground, labels=())
    )


@pytest.mark.parametrize("width", [320, 960])
def test_it_is_light(coast: Coast, basemap: Path, width: int) -> None:
    assert len(gzip.compress(drawn(coast, basemap, width).encode())) < 40_000
