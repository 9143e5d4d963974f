"""Measure the maps: frames of the live map while it is moved, and what each form of a map weighs.

`python -m bench.maps` writes its table to bench/maps.md.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import platform
import statistics
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.maps import draw_maps
from briefsite.model.entries import MapEntry, Origin
from briefsite.model.library import Library
from briefsite.model.records import MapRecord, Place

ROOT = Path(__file__).parents[1]
BASEMAPS = ROOT / "maps" / "basemap"
SIZES = (10, 100, 1000)
WEST, SOUTH, EAST, NORTH = 44.0, 38.0, 50.5, 42.0
KINDS = ("city", "town", "village", "crossing", "base", "airport")
WIDTH, HEIGHT = 1280, 800
ROUNDS = 10
CHROMIUM = "/usr/bin/chromium"
ASSETS = {"Leaflet": "/leaflet.", "script and style": "/map.", "basemap": "/basemap-"}
"""What is shared, by the words in its addresses."""
PAGE = """# Maps, measured

Made by `python -m bench.maps`. Times change with the machine; compare the ratios.

## Frames of the live map

Milliseconds between frames (`requestAnimationFrame`; 17 is every frame). Chromium {chromium},
headless, drawing in software, on {cores} cores ({machine}) whose load was {load:.1f}: a load above
their number lengthens every frame. A window of {width} by {height} px; the basemap `core`; places
strewn evenly over the map. A pan is {rounds} drags by mouse with what follows until rest; a zoom is
{rounds} presses of a button, each until the labels stand.

| movement | places | median | 95 % are shorter than | longest | 95 % × fewest |
| --- | ---: | ---: | ---: | ---: | ---: |
{frames}

## Weight

KB (1,000 bytes) under gzip. *Whole* is what a first live map costs with an empty cache; the maps
share all but the page. The picture stands in its place until then.

| map | page | {kinds} | whole | picture |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
{weights}
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@dataclass(frozen=True)
class Frames:
    """Lengths of frames in milliseconds, while one thing was done."""

    lengths: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.lengths)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.lengths, n=20)[-1]


def crowd(number: int) -> tuple[Mapping[str, Place], MapEntry]:
    """Places strewn evenly over one extent, and the map that shows them all."""
    places = {}
    for n in range(number):
        across, down = (n * 0.7548776662466927) % 1, (n * 0.5698402909980532) % 1
        key = f"bench-{n:04}"
        places[key] = Place.model_validate(
            {
                "id": key,
                "name": f"Place {n + 1}",
                "kind": KINDS[n % len(KINDS)],
                "lat": round(SOUTH + down * (NORTH - SOUTH), 3),
                "lon": round(WEST + across * (EAST - WEST), 3),
                "precision_km": 1.0,
                "coordinates_from": "The bench",
            }
        )
    record = MapRecord.model_validate(
        {
            "schema": 1,
            "title": f"{number} places",
            "description": "Places of the bench.",
            "data_date": "2026-01-01",
            "extent": {"west": WEST, "south": SOUTH, "east": EAST, "north": NORTH},
            "layers": (
                {
                    "id": "places",
                    "title": "Places",
                    "places": tuple({"place": key, "role": "other"} for key in places),
                },
            ),
        }
    )
    return places, MapEntry(f"bench-{number}", Origin("bench/maps.py", 1), record)


def crowded(library: Library) -> Library:
    """The library with a map of each size more."""
    places, maps = dict(library.places), dict(library.maps)
    for number in SIZES:
        more, entry = crowd(number)
        places |= more
        maps[entry.id] = entry
    return replace(library, places=MappingProxyType(places), maps=MappingProxyType(maps))


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serve some files from a folder, and give the address of its root."""
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        handler = functools.partial(_Handler, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()


def opened(browser: Browser, address: str) -> Page:
    """A live map at rest, one step nearer than at first, so that it can be moved every way."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.add_init_script(path=Path(__file__).with_name("frames.js"))
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    _zoom(page, "Zoom in")
    return page


def panned(page: Page) -> Frames:
    """Frames while the map is dragged to and fro by the mouse, until it has come to rest."""
    page.evaluate("frames_drawn.start()")
    for n in range(ROUNDS):
        side = 1 if n % 2 else -1
        page.mouse.move(520 - side * 150, 400)
        page.mouse.down()
        for step in range(30):
            page.mouse.move(520 - side * (150 - 10 * step), 400 - side * 3 * step)
        page.mouse.up()
        page.wait_for_timeout(300)
    return Frames(tuple(page.evaluate("frames_drawn.stop()")))


def zoomed(page: Page) -> Frames:
    """Frames from the press of a button until the map has come to rest at the next zoom."""
    lengths: list[float] = []
    for n in range(ROUNDS):
        page.evaluate("frames_drawn.start()")
        _zoom(page, "Zoom out" if n % 2 else "Zoom in")
        lengths += page.evaluate("frames_drawn.stop()")
        page.wait_for_timeout(200)
    return Frames(tuple(lengths))


def _zoom(page: Page, button: str) -> None:
    # By a role Playwright would read the whole page, and be measured with it.
    page.evaluate("(name) => document.querySelector(`.buttons [title='${name}']`).click()", button)
    page.evaluate("frames_drawn.rest()")


def frame_rows(files: Mapping[str, bytes]) -> tuple[list[str], str]:
    """A row for each number of places and each movement, and the browser that drew them."""
    rows: list[str] = []
    at_fewest: dict[str, float] = {}
    with served(files) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number in SIZES:
            page = opened(browser, f"{address}maps/bench-{number}/index.html")
            for name, move in (("pan", panned), ("zoom", zoomed)):
                frames = move(page)
                fewest = at_fewest.setdefault(name, frames.p95)
                rows.append(
                    f"| {name} | {number} | {frames.median:.0f} | {frames.p95:.0f} "
                    f"| {max(frames.lengths):.0f} | {frames.p95 / fewest:.1f} |"
                )
            page.close()
        version = browser.version
        browser.close()
    return sorted(rows, key=lambda row: row.startswith("| zoom")), version


def weight_rows(library: Library, files: Mapping[str, bytes]) -> Iterator[str]:
    """A row for each map of the publication: what its forms weigh, gzipped, in KB."""
    for key in library.maps:
        page = files[f"maps/{key}/index.html"]
        needed = [path for path in files if path.startswith("assets/") and path.encode() in page]
        sums = {
            kind: sum(gzipped(files[path]) for path in needed if mark in path)
            for kind, mark in ASSETS.items()
        }
        own = gzipped(page)
        whole = own + sum(sums.values())
        parts = " | ".join(f"{kilobytes:.1f}" for kilobytes in sums.values())
        picture = gzipped(files[f"maps/{key}.svg"])
        yield f"| {key} | {own:.1f} | {parts} | {whole:.1f} | {picture:.1f} |"


def gzipped(data: bytes) -> float:
    """Kilobytes (1,000 bytes) of some data under gzip at its best level."""
    return len(gzip.compress(data, 9, mtime=0)) / 1000


def report() -> str:
    """Both tables as Markdown, with the conditions they were measured under."""
    checked = check_tree(load_tree(ROOT))
    if checked.library is None:
        raise SystemExit("bench: the publication has problems; run `briefsite check`")
    library = checked.library
    files = draw_maps(crowded(library), BASEMAPS).files
    frames, chromium = frame_rows(files)
    return PAGE.format(
        chromium=chromium.split(".")[0],
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
        machine=platform.machine(),
        width=WIDTH,
        height=HEIGHT,
        rounds=ROUNDS,
        frames="\n".join(frames),
        kinds=" | ".join(ASSETS),
        weights="\n".join(weight_rows(library, files)),
    )


if __name__ == "__main__":
    target = Path(__file__).with_suffix(".md")
    target.write_text(report(), encoding="utf-8")
    print(target.read_text(encoding="utf-8"))
