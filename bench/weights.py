"""Measure what a first view of every kind of page costs, beside an empty page of Material.

`python -m bench.weights` writes its tables to bench/weights.md. It builds the publication and
publications of other sizes first; the largest takes minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.views import CHROMIUM, FILES, KINDS, PHONE, View, first_view, heaviest, served, weight
from bench.workload import write_workload

ROOT = Path(__file__).parents[1]
SIZES = (10, 1000)
ROUNDS = 7
PARTS = ("document", "style", "script", "fonts", "pictures", "other")
EMPTY = "an empty page of Material"
PAGE = """# What a first view weighs

Made by `python -m bench.weights`. Of each kind of page the heaviest is opened with an empty cache,
in a window as wide as a phone ({width} by {height} px); of a list in parts, its heaviest part.

- KB are 1,000 bytes under gzip. They leave out the live map, which has a page of its own and is
  loaded when it comes near (`bench/maps.md`). Its picture counts if a browser asks for it at once.
- *Shift* is the layout shift while the page loads and is read to its end.
- *Paint* is the Largest Contentful Paint over a slow connection (150 ms, 1.6 Mbit/s), as a multiple
  of that of an empty page: the same Material makes it, without web fonts, and the same server
  serves it in turn with the others. Medians of {rounds} rounds.

Chromium {chromium}, headless, on {cores} cores ({machine}) whose load was {load:.1f}. An empty page
was painted after {empty:.0f} ms.

{tables}"""


def named(size: int) -> str:
    """What a workload is called in the tables."""
    return f"A publication of {size:,} briefs"


def build(root: Path, folder: Path) -> Path:
    """Build the publication of a project into a folder."""
    command = [sys.executable, "-m", "briefsite", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=root, check=True)
    return folder


def build_empty(folder: Path) -> Path:
    """Build a page without a word, by Material as it comes."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Empty\n", encoding="utf-8")
    settings = "site_name: Empty\ntheme: {name: material, font: false}\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=folder, check=True)
    return site


def pages_of(site: Path) -> dict[str, str]:
    """The heaviest page of each kind that a site has, by its kind."""
    found = {kind: heaviest(site, pattern) for kind, pattern in KINDS.items()}
    return {kind: page for kind, page in found.items() if page is not None}


def measured(browser: Browser, site: Path, empty: Path, rounds: int) -> dict[str, list[View]]:
    """Views of every kind of page and of the empty one, in turn."""
    views: dict[str, list[View]] = defaultdict(list)
    with served(site) as root, served(empty) as other:
        for _ in range(rounds):
            views[EMPTY].append(first_view(browser, other, empty, ""))
            for kind, page in pages_of(site).items():
                views[kind].append(first_view(browser, root, site, page))
    return views


def table(name: str, views: Mapping[str, Sequence[View]]) -> Iterator[str]:
    """Rows of one site: kilobytes by part, shift, and times the empty page's largest paint."""
    yield f"## {name}\n"
    yield f"| page | {' | '.join(PARTS)} | whole | shift | paint |"
    yield f"| --- |{' ---: |' * (len(PARTS) + 3)}"
    empty = statistics.median(view.largest for view in views[EMPTY])
    for kind, found in views.items():
        parts = " | ".join(_kilobytes(found[0].parts.get(part, 0)) for part in PARTS)
        whole, shift = _kilobytes(found[0].whole), max(view.shift for view in found)
        largest = statistics.median(view.largest for view in found)
        yield f"| {kind} | {parts} | {whole} | {shift:.2f} | {largest / empty:.2f} |"
    yield ""


def growth(
    small: Mapping[str, Sequence[View]], large: Mapping[str, Sequence[View]]
) -> Iterator[str]:
    """Rows of what a page weighs in a small publication and in a large one, and how often more."""
    yield "| page | document | in the large one | times | whole | in the large one | times |"
    yield f"| --- |{' ---: |' * 6}"
    for kind in large:
        cells = []
        for weigh in (_document, _whole):
            before, after = weigh(small[kind][0]), weigh(large[kind][0])
            cells += [_kilobytes(before), _kilobytes(after), f"{after / before:.2f}"]
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""


def _document(view: View) -> int:
    return view.parts["document"]


def _whole(view: View) -> int:
    return view.whole


def files(sites: Mapping[str, Path]) -> Iterator[str]:
    """Rows of the files that are asked for by themselves: kilobytes of the heaviest of a name."""
    yield f"| file | {' | '.join(sites)} |"
    yield f"| --- |{' ---: |' * len(sites)}"
    for pattern in FILES:
        sizes = [max(map(weight, site.glob(pattern)), default=0) for site in sites.values()]
        yield f"| `{pattern}` | {' | '.join(_kilobytes(size) for size in sizes)} |"
    yield ""


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f}" if size else ""


def report(sites: Mapping[str, Path], empty: Path, rounds: int, sizes: Sequence[int] = ()) -> str:
    """The tables of some sites, by name, with the conditions they were measured under; and how
    pages grow from the first workload of `sizes` to the last."""
    rows: list[str] = []
    paints: list[float] = []
    found: dict[str, dict[str, list[View]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, site in sites.items():
            views = measured(browser, site, empty, rounds)
            paints += [view.largest for view in views[EMPTY]]
            rows += table(name, views)
            found[name] = views
        chromium = browser.version.split(".")[0]
        browser.close()
    if len(sizes) > 1:
        small, large = (named(size) for size in (sizes[0], sizes[-1]))
        rows += [f"## From {sizes[0]:,} briefs to {sizes[-1]:,}\n"]
        rows += growth(found[small], found[large])
    rows += ["## What is asked for by itself\n", *files(sites)]
    return PAGE.format(
        width=PHONE[0],
        height=PHONE[1],
        rounds=rounds,
        chromium=chromium,
        cores=os.cpu_count(),
        machine=platform.machine(),
        load=os.getloadavg()[0],
        empty=statistics.median(paints),
        tables="\n".join(rows),
    )


def main() -> None:
    """Build, measure, print, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.weights", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many briefs")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sites = {"The publication": build(ROOT, work / "publication")}
        for size in options.sizes:
            write_workload(size, work / f"workload-{size}")
            built = build(work / f"workload-{size}", work / f"site-{size}")
            sites[named(size)] = built
        empty = build_empty(work / "empty")
        text = report(sites, empty, options.rounds, options.sizes)
    (ROOT / "bench" / "weights.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
