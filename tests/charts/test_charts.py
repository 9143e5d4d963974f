"""Charts as pictures: as long as their numbers, within their width, said in words as well."""

from __future__ import annotations

import csv
import gzip
import io
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from briefsite.charts import chart_picture, chart_table, show_chart
from briefsite.charts.scale import ticks
from briefsite.check import check_tree
from briefsite.data import NOWHERE
from briefsite.lettering import text_width, wrapped
from briefsite.load import load_tree
from briefsite.model.charts import Plot, plot
from briefsite.model.library import Library
from briefsite.model.records import Chart
from briefsite.model.units import number_words

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "src/briefsite/theme/assets/briefsite/charts.css").read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = """x <script>alert(1)</script> & ]]> " ' <![CDATA["""
SEVERAL = "\n" + "".join(
    f"      - {{measures: cost of the pipeline, {rest}}}\n"
    for rest in (
        "value: 1.2, unit: billion USD, year: 2012, qualifier: about",
        "value: 400, unit: million USD, year: 2014, high: 800",
        "value: 600, unit: million USD, year: 2015, qualifier: up to",
        "value: 1, unit: billion USD, year: 2020, qualifier: at least",
    )
)


@pytest.fixture
def several(edit: Any, check: Any) -> Library:
    """A library with four figures of one claim: about, a range, a ceiling, and one that is open."""
    edit(
        "briefs/sample.yaml",
        """
      - measures: cost of the pipeline
        value: 1.2
        unit: billion USD
        year: 2012
        qualifier: about
""",
        SEVERAL,
    )
    found: Library | None = check().library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def real() -> Library:
    found = check_tree(load_tree(ROOT)).library
    assert found is not None
    return found


def drawn(library: Library, *labels: str, title: str = "Cost") -> Plot:
    marks = tuple(
        {"claim": "pipeline-announced", "figure": n, **({"label": labels[n - 1]} if labels else {})}
        for n in range(1, 5)
    )
    chart = Chart.model_validate({"id": "cost", "title": title, "marks": marks})
    return plot(chart, library.claims)


def read(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def shapes(root: ET.Element, cls: str) -> list[dict[str, float]]:
    found = (e.attrib for e in root.iter(f"{SVG}rect") if e.get("class") == cls)
    return [{key: float(e[key]) for key in ("x", "y", "width", "height")} for e in found]


def test_bars_start_at_zero_and_are_as_long_as_their_numbers(several: Library) -> None:
    root = read(chart_picture(drawn(several, "A", "B", "C", "D"), several))
    ends: dict[float, float] = {}
    for bar in (*shapes(root, "bar"), *shapes(root, "bar faint")):
        ends[bar["y"]] = max(ends.get(bar["y"], 0), bar["x"] + bar["width"])
    lengths = [end - 1 for _, end in sorted(ends.items())]
    assert [each / lengths[0] for each in lengths] == pytest.approx(
        [1, 0.667, 0.5, 0.833], abs=0.01
    )
    assert {min(b["x"] for b in shapes(root, "bar"))} == {1}


def test_columns_stand_on_the_axis_at_their_years_and_leave_gaps(several: Library) -> None:
    root = read(chart_picture(drawn(several), several))
    columns = shapes(root, "bar")
    feet = {round(column["y"] + column["height"], 1) for column in columns if column["height"] > 9}
    assert len(feet) == 1
    places = sorted(
        {round(c["x"] + c["width"] / 2, 1) for c in (*columns, *shapes(root, "bar faint"))}
    )
    steps = [b - a for a, b in pairwise(places)]
    # 2012, 2014, 2015, 2020
    assert [round(step / steps[1], 1) for step in steps] == [2, 1, 5]
    assert "no figure" in chart_picture(drawn(several), several)


def test_what_is_not_sure_is_drawn_otherwise_and_said(several: Library) -> None:
    picture = chart_picture(drawn(several, "A", "B", "C", "D"), several)
    root = read(picture)
    # The range from its low end, the ceiling from zero.
    assert [bar["x"] > 1 for bar in shapes(root, "bar faint")] == [True, False]
    said = "".join(root.itertext())
    for words in ("about 1.2", "400–800 million USD", "up to 600", "at least 1"):
        assert words in said
    for words in ("Striped end: about.", "Arrow: this or more.", "Faint: from the low end"):
        assert words in " ".join(show_chart(drawn(several).record, several, str).key)


def test_each_figure_of_a_page_leads_to_its_evidence(several: Library) -> None:
    shown = show_chart(drawn(several, "A", "B", "C", "D").record, several, lambda key: f"#{key}")
    found = list(read(shown.picture).iter("a"))
    assert {link.get("{http://www.w3.org/1999/xlink}href") for link in found} == {
        "#pipeline-announced"
    }
    assert found[1].get("aria-label") == (
        "B, 2014: 400–800 million USD (said by Ministry of Energy)"
    )
    assert "<style" not in shown.picture


def test_a_picture_by_itself_says_its_title_sources_and_figures(several: Library) -> None:
    root = read(chart_picture(drawn(several), several))
    assert root.findtext(f"{SVG}title") == "Cost"
    assert "up to 600 million USD" in (root.findtext(f"{SVG}desc") or "")
    said = "".join(root.itertext())
    assert f"Sources: Doe 2020. {several.publication.title}." in said
    assert root.get("role") == "img"


def test_hostile_text_is_only_text(several: Library) -> None:
    plotted = drawn(several, f"{HOSTILE} {'W' * 30}"[:80], "B", "C", "D", title=HOSTILE)
    picture = chart_picture(plotted, several)
    assert "<script" not in picture
    assert read(picture).findtext(f"{SVG}title") == HOSTILE


def test_the_table_has_what_the_source_gives(several: Library) -> None:
    text = chart_table(drawn(several, "=1+1", "B", "C", "@d"), several, NOWHERE).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["value"], r["high"], r["unit"], r["qualifier"]) for r in rows] == [
        ("1.2", "", "billion USD", "about"),
        ("400", "800", "million USD", ""),
        ("600", "", "million USD", "up to"),
        ("1", "", "billion USD", "at least"),
    ]
    # No spreadsheet takes a label for a formula.
    assert [row["label"] for row in rows] == ["'=1+1", "B", "C", "'@d"]
    assert {row["claim"] for row in rows} == {"pipeline-announced"}
    assert {row["address"] for row in rows} == {"briefs/sample/#pipeline-announced"}


def every(library: Library) -> list[tuple[str, Plot]]:
    return [
        (f"{key}/{chart.id}", plot(chart, library.claims))
        for key, entry in library.briefs.items()
        for chart in entry.record.charts
    ]


def test_the_publication_has_charts_of_both_forms(real: Library) -> None:
    assert {plotted.form for _, plotted in every(real)} == {"bars", "columns"}


def test_no_text_is_cut_off_or_covers_another(real: Library) -> None:
    sizes = dict(re.findall(r"\.ink text\.(\w+)[^{]*\{[^}]*font-size: ([\d.]+)px", CSS))
    wrong = []
    for name, plotted in every(real):
        boxes: list[Box] = []
        for text in read(chart_picture(plotted, real)).iter(f"{SVG}text"):
            words, size = text.text or "", float(sizes.get(text.get("class", ""), 13))
            wide, x, y = text_width(words, size), float(text.get("x", 0)), float(text.get("y", 0))
            left = x - wide * {"middle": 0.5, "end": 1}.get(text.get("text-anchor", ""), 0)
            box = (left, y - size * 0.72, left + wide, y, words)
            if left < -1 or left + wide > 329:
                wrong.append(f"{name}: '{words}' is cut off")
            wrong += [f"{name}: '{words}' covers '{o[4]}'" for o in boxes if meets(box, o)]
            boxes.append(box)
    assert wrong == []


Box = tuple[float, float, float, float, str]


def meets(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def test_letters_are_large_enough_on_a_phone(real: Library) -> None:
    """A chart is as wide as the text of a page on a phone of 360 pixels, so that none shrinks."""
    assert all(float(size) >= 11 for size in re.findall(r"font(?:-size)?: [^;]*?([\d.]+)px", CSS))
    pictures = [show_chart(p.record, real, str).picture for _, p in every(real)]
    assert {re.search(r'viewBox="([^"]*) \d+"', each)[1] for each in pictures} == {"0 0 328"}  # type: ignore[index]


def test_a_chart_weighs_little(real: Library) -> None:
    weights = {
        name: len(gzip.compress(show_chart(p.record, real, str).picture.encode()))
        for name, p in every(real)
    }
    weights |= {
        f"{name}.svg": len(gzip.compress(chart_picture(p, real).encode()))
        for name, p in every(real)
    }
    assert {name: weight for name, weight in weights.items() if weight > 4096} == {}


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("46.4", ["0", "20", "40"]),
        ("4", ["0", "2", "4"]),
        ("1768", ["0", "500", "1,000", "1,500"]),
        ("0.003", ["0", "0.001", "0.002", "0.003"]),
        ("1", ["0", "0.5", "1"]),
    ],
)
def test_an_axis_has_round_numbers(top: str, expected: list[str]) -> None:
    assert [number_words(tick) for tick in ticks(Decimal(top), 4)] == expected


def test_lines_are_wrapped_and_long_words_cut() -> None:
    assert wrapped("one two three", 10, 42) == ["one two", "three"]
    lines = wrapped("W" * 40, 10, 100)
    assert "".join(lines) == "W" * 40
    assert all(text_width(line, 10) <= 100 for line in lines)
    assert wrapped("", 10, 100) == []
