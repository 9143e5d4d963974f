"""Pictures for programs that know neither CSS variables nor dark mode."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.maps import draw_maps, flat_picture

ROOT = Path(__file__).parents[2]
FONTS = {"serif": "A Serif", "sans-serif": "A Sans"}


@pytest.fixture(scope="module")
def pictures() -> dict[str, str]:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    drawn = draw_maps(library, ROOT / "maps" / "basemap")
    return {key: drawn.files[f"maps/{key}.svg"].decode() for key in library.maps}


def style(svg: str) -> str:
    found = re.search(r"<style>(.*?)</style>", svg, re.DOTALL)
    assert found
    return found[1]


def test_every_colour_is_put_in_place(pictures: dict[str, str]) -> None:
    for svg in pictures.values():
        css = style(flat_picture(svg, FONTS))
        assert "var(" not in css
        assert "--" not in css
        assert "@" not in css
        assert ".ink .water { fill: #cfdee5;" in css
        assert ".line.oil-pipeline" in css
        assert "font:" not in css
        assert set(re.findall(r'"([^"]*)"', css)) == {"A Serif", "A Sans"}


def test_a_variable_of_a_class_is_that_of_no_other(pictures: dict[str, str]) -> None:
    css = style(flat_picture(next(iter(pictures.values())), FONTS))
    strokes = dict(re.findall(r"\.ink \.line\.([\w-]+), [^{]*\{ stroke: (#\w+); \}", css))
    assert strokes["oil-pipeline"] != strokes["gas-pipeline"] != strokes["railway"]


def test_a_bare_picture_is_the_map_alone(pictures: dict[str, str]) -> None:
    for svg in pictures.values():
        whole, bare = ET.fromstring(svg), ET.fromstring(flat_picture(svg, FONTS, bare=True))
        frame = whole.find(".//{*}clipPath/{*}rect")
        assert frame is not None
        assert (bare.get("width"), bare.get("height")) == (frame.get("width"), frame.get("height"))
        assert float(str(bare.get("height"))) < float(str(whole.get("height")))
        # Of a card a part is seen: a scale would measure what is cut off.
        assert 'class="scale"' in svg
        assert not re.search(r'class="scale"|>[\d.]+ km<', flat_picture(svg, FONTS, bare=True))
