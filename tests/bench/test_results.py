"""The measurement of builds: it runs, and its page and its chart say what was measured."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench.build import main
from bench.cases import CASES, COLD, FLOOR, Built
from bench.chart import draw
from bench.process import Measured
from bench.results import Grown, Results, report, series

SIZES = (10, 100, 1000)
TIMES = {FLOOR: 20.0, COLD: 8.0, CASES[1]: 0.2, CASES[2]: 0.4, CASES[3]: 0.5, CASES[4]: 0.6}


def built(wall: float, memory: float = 100.0) -> Built:
    stages = {"checking": wall / 4, "rendering": wall / 2, "all of these": wall * 0.75}
    return Built(Measured(wall, 2 * wall, memory, memory), 50, stages)


@pytest.fixture
def results() -> Results:
    found = Results(SIZES)
    for size in SIZES:
        for shift in (-0.1, 0.0, 0.3):
            for case, seconds in TIMES.items():
                found.add(size, case, built(seconds * size / 1000 * (1 + shift)))
    return found


def row(text: str, *start: str) -> list[str]:
    """The cells of the row that begins so."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    return next(cells for cells in rows if cells[: len(start)] == list(start))


def test_the_page_gives_the_median_the_spread_and_the_ratio_to_the_floor(results: Results) -> None:
    text = report(results, 3)
    assert row(text, "1,000", COLD)[2:] == [
        *("8.00", "7.20–10.40", "0.400"),
        *("16.00", "100", "50", "6"),
    ]
    assert row(text, "1,000", FLOOR)[4] == "1.000"
    assert row(text, "rendering") == ["rendering", "4.00", "0.10", "0.20", "0.25", "0.30"]
    assert row(text, "before and after")[1] == "2.00"
    assert "## Publishing" not in text
    assert "## Growth" not in text


def test_growth_shows_the_line_and_what_leaves_it(results: Results) -> None:
    for size in (1000, 3000, 5000):
        wall = 2 + size / 100 + (20 if size == 3000 else 0)
        check = Measured(size / 50, size / 50, 50, 50)
        results.growth.append(Grown(size, check, built(wall, 100 + size / 2), b"page"))
    text = report(results, 1)
    found = text[text.index("## Growth") :]
    assert row(found, "5,000")[:3] == ["5,000", "100.0", "20"]
    assert row(found, "Check, CPU") == ["Check, CPU", "20.0 ms", "0.0 s", "1.0000", "0.0 s"]
    assert row(found, "Memory")[1:4] == ["500.0 KB", "100.0 MB", "1.0000"]
    assert row(found, "Build, wall")[4] == "13.3 s"


def test_the_chart_is_read_by_eye_by_ear_and_in_the_dark(results: Results) -> None:
    text = draw(series(results), FLOOR, results.stages(1000, COLD), "1,000 briefs")
    picture = ElementTree.fromstring(text)
    assert "cold 0.400" in picture.attrib["aria-label"]
    words = ["".join(each.itertext()) for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"cold 0.400", "unchanged 0.010", "rendering", "4.00 s", "1,000"} <= set(words)
    assert "prefers-color-scheme:dark" in text
    heights = sorted(float(y) for y in re.findall(r'<text x="582.0" y="([\d.]+)"', text))
    assert len(heights) == len(CASES) + 1
    assert all(b - a >= 15.9 for a, b in pairwise(heights))


def test_it_runs(tmp_path: Path) -> None:
    output = tmp_path / "RESULTS.md"
    arguments = ["--sizes", "2", "--rounds", "1", "--published", "--output", str(output)]
    assert main(arguments) == 0
    text = output.read_text(encoding="utf-8")
    for case in (FLOOR, *CASES):
        assert float(row(text, "2", case)[2]) > 0, case
    assert float(row(text, "rendering")[1]) > 0
    ElementTree.fromstring((tmp_path / "results.svg").read_bytes())
