"""Measure what a search costs a reader: bytes and time to its first results, and to filter them.

`python -m bench.search` writes its table to bench/search.md. Of each size only the index is made,
and laid into a small built site; the largest takes about a minute.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.views import CHROMIUM, PHONE, forget, served, slow_down, weight
from bench.workload import write_workload
from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.search import FOLDER, library_items, search_index

ROOT = Path(__file__).parents[1]
SIZES = (10, 100, 1000)
QUERIES = ("pipeline", "reservoir traffic", "who pays for the road", "felimir 2014", "pipelin")
"""A common word, two words, a question, a name and a year, and a word that is not yet whole."""
ROUNDS = 5
HEAD = """# What a search costs

Made by `python -m bench.search`: an empty cache, a window as wide as a phone, the search opened by
its key and a query typed at once. Of each size the index of a workload is laid into a small site.

- *First results* is the time from the key to the first results on the page, and all that was loaded
  for them, the search's own script and style included. *Filters* is what to open them adds, every
  facet and its counts.
- KB are 1,000 bytes under gzip. *Here* is the machine itself, medians of {rounds} rounds; *far* a
  slow connection (150 ms there and back, 1.6 Mbit/s), one round.

Chromium {chromium}, headless, on {cores} cores ({machine}) whose load was {load:.1f}.

| briefs | items | query | results | KB | here, ms | far, ms | filters, KB | filters, ms |
| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""
_WATCH = """() => {
  const list = document.querySelector("#bs-search ol");
  window.began = 0;
  document.addEventListener("keydown", () => { window.began ||= performance.now(); }, true);
  new MutationObserver(() => {
    if (list.children.length && !window.found) window.found = performance.now() - window.began;
  }).observe(list, { childList: true });
}"""
_OFFERED = "document.querySelectorAll('#bs-search select[name=year] option').length > 1"
_ASKED_FOR = """() => performance.getEntriesByType("resource").map((entry) => entry.name)"""


@dataclass(frozen=True)
class Search:
    """One search: how many results, bytes and milliseconds to the first, and to the filters."""

    results: str
    size: int
    time: float
    filters_size: int
    filters_time: float


def lay_index(briefs: int, site: Path, folder: Path) -> int:
    """Put the index of a workload into a built site; how many items it has."""
    write_workload(briefs, folder)
    library = check_tree(load_tree(folder)).library
    if library is None:
        raise RuntimeError(f"the workload of {briefs} briefs has problems")
    items = list(library_items(library))
    shutil.rmtree(site / FOLDER)
    for name, content in search_index(items).items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(items)


def search(browser: Browser, root: str, site: Path, query: str, *, slow: bool = False) -> Search:
    """Open a page of a served site with an empty cache, and search."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    try:
        page = context.new_page()
        if slow:
            slow_down(page)
        page.goto(f"{root}method/")
        page.wait_for_load_state("networkidle")
        before = set(page.evaluate(_ASKED_FOR))
        page.evaluate(_WATCH)
        page.keyboard.press("/")
        page.locator("#bs-search[open] input").fill(query)
        page.wait_for_function("window.found")
        page.wait_for_load_state("networkidle")
        time = float(page.evaluate("window.found"))
        results = page.locator("#bs-search output").inner_text().split(" result")[0]
        found = set(page.evaluate(_ASKED_FOR))
        filters_time = _open_filters(page)
        after = set(page.evaluate(_ASKED_FOR))
    finally:
        context.close()
    size, more = (_bytes(names, root, site) for names in (found - before, after - found))
    return Search(results, size, time, more, filters_time)


def _open_filters(page: Page) -> float:
    """Milliseconds until the filters offer what is among the results."""
    page.evaluate("window.opened = performance.now()")
    page.locator("#bs-search summary").click()
    page.wait_for_function(_OFFERED)
    return float(page.evaluate("performance.now() - window.opened"))


def _bytes(names: set[str], root: str, site: Path) -> int:
    return sum(weight(site / name.removeprefix(root)) for name in names)


def rows(browser: Browser, site: Path, briefs: int, items: int, rounds: int) -> Iterator[str]:
    """Rows of the table for one index."""
    with served(site) as root:
        for query in QUERIES:
            here = [search(browser, root, site, query) for _ in range(rounds)]
            far = search(browser, root, site, query, slow=True)
            first = here[0]
            yield (
                f"| {briefs:,} | {items:,} | {query} | {first.results} | {first.size / 1000:.1f} "
                f"| {statistics.median(each.time for each in here):.0f} | {far.time:.0f} "
                f"| {first.filters_size / 1000:.1f} "
                f"| {statistics.median(each.filters_time for each in here):.0f} |"
            )


def report(sizes: Sequence[int], rounds: int) -> str:
    """The table for some sizes, with the conditions it was made under."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        site = work / "site"
        write_workload(1, work / "small")
        command = [sys.executable, "-m", "briefsite", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(command, cwd=work / "small", check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for briefs in sizes:
            items = lay_index(briefs, site, work / f"workload-{briefs}")
            forget()
            found += rows(browser, site, briefs, items, rounds)
        chromium = browser.version.split(".")[0]
        browser.close()
    head = HEAD.format(
        rounds=rounds,
        chromium=chromium,
        cores=os.cpu_count(),
        machine=platform.machine(),
        load=os.getloadavg()[0],
    )
    return head + "\n".join(found) + "\n"


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many briefs")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    text = report(options.sizes, options.rounds)
    (ROOT / "bench" / "search.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
