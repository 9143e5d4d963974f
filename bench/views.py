"""What a first view of a page costs: bytes with an empty cache, what moves, when it is there."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

OBSERVER = Path(__file__).with_name("views.js")
PHONE = (390, 844)
CHROMIUM = "/usr/bin/chromium"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "home": "index.html",
        "brief": "briefs/*/index.html",
        "briefs": "briefs/index.html",
        "source": "sources/*/index.html",
        "sources": "sources/index.html",
        "actor": "actors/*/index.html",
        "actors": "actors/index.html",
        "place": "places/*/index.html",
        "places": "places/index.html",
        "agreement": "agreements/*/index.html",
        "agreements": "agreements/index.html",
        "term": "glossary/*/index.html",
        "glossary": "glossary/index.html",
        "positions": "positions/index.html",
        "timeline": "timeline/index.html",
        "atlas": "atlas/index.html",
        "map": "maps/*/index.html",
        "corrections": "corrections/index.html",
        "for authors": "authors/*/index.html",
        "written by hand": "method/index.html",
        "not found": "404.html",
    }
)
"""Kind of page → where its pages lie in a site; a page may have more parts below it."""
FILES = (
    *("feed.xml", "feed.json", "judgements/feed.xml", "topics/*/feed.xml", "briefs/*/feed.xml"),
    *("search/index.js", "*/parts.js", "sitemap.xml", "llms.txt"),
)
"""Files that are asked for by themselves."""
_PARTS = {".css": "style", ".js": "script", ".svg": "pictures", ".png": "pictures"}
_FONTS = (".woff", ".woff2")
_GZIPPED = (".html", ".css", ".js", ".svg", ".json", ".xml")
# The connection that Lighthouse calls slow 4G: milliseconds there and back, bytes a second.
_DELAY, _SPEED = 150, 1.6e6 / 8


@dataclass(frozen=True)
class View:
    """A cold first view: bytes by part, without the live map, which has a page of its own; layout
    shift while the page loaded and was read to its end; milliseconds to its largest paint."""

    parts: Mapping[str, int]
    shift: float
    largest: float

    @property
    def whole(self) -> int:
        """All bytes before the live map."""
        return sum(self.parts.values())


@functools.cache
def weight(path: Path) -> int:
    """Bytes of a file as it travels: under gzip where that is of use."""
    data = path.read_bytes()
    return len(gzip.compress(data, 9, mtime=0)) if path.suffix in _GZIPPED else len(data)


def heaviest(folder: Path, pattern: str) -> str | None:
    """The address of the page whose document weighs the most, or None if there is none.

    Pages that only lead on to another are none.
    """
    parts = pattern.replace("index.html", "part/*/index.html")
    listed = [*folder.glob(pattern), *(folder.glob(parts) if parts != pattern else ())]
    found = [path for path in listed if b'http-equiv="refresh"' not in path.read_bytes()]
    if not found:
        return None
    path: Path = max(sorted(found), key=weight)
    return path.relative_to(folder).as_posix().removesuffix("index.html")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a good host does: under gzip, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = _travelling(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        if path.suffix in _GZIPPED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a page that was left
            self.wfile.write(data)


@functools.cache
def _travelling(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.compress(data, 9, mtime=0) if path.suffix in _GZIPPED else data


def forget() -> None:
    """Look at files anew: what lies at a path has changed."""
    weight.cache_clear()
    _travelling.cache_clear()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder, and give the address of its root."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def first_view(browser: Browser, root: str, folder: Path, page: str, *, slow: bool = True) -> View:
    """Open a page of a served folder with an empty cache, and read it to its end.

    `slow` is over a phone's connection, which times need, and bytes do not.
    """
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    try:
        tab = context.new_page()
        tab.add_init_script(path=OBSERVER)
        if slow:
            slow_down(tab)
        tab.goto(f"{root}{page}")
        tab.wait_for_load_state("networkidle")
        largest = tab.evaluate("window.views.largest")
        names = [f"{root}{page}", *tab.evaluate(_ASKED_FOR)]
        frames = [frame.url for frame in tab.frames[1:] if frame.url.startswith(root)]
        _read_to_the_end(tab)
        shift = tab.evaluate("window.views.shifts")
    finally:
        context.close()
    parts: Counter[str] = Counter()
    for name in dict.fromkeys(name for name in names if name not in frames):
        path = _file_of(name, root, folder)
        parts[_part_of(path)] += weight(path)
    return View(parts, shift, largest)


_ASKED_FOR = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.initiatorType !== "iframe").map((entry) => entry.name)"""


def slow_down(tab: Page) -> None:
    """Put a page behind a phone's connection."""
    session = tab.context.new_cdp_session(tab)
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _DELAY,
            "downloadThroughput": _SPEED,
            "uploadThroughput": _SPEED,
        },
    )


def _read_to_the_end(tab: Page) -> None:
    """Scroll down a page by steps, so that all that waits for it is loaded and put in its place."""
    steps = tab.evaluate("Math.ceil(document.body.scrollHeight / innerHeight)")
    for _ in range(min(steps, 60)):
        tab.evaluate("new Promise((next) => { scrollBy(0, innerHeight); setTimeout(next, 20) })")
    tab.wait_for_timeout(100)


def _file_of(address: str, root: str, folder: Path) -> Path:
    if not address.startswith(root):
        raise ValueError(f"a page asked another host: {address}")
    path = folder / unquote(urlsplit(address[len(root) :]).path)
    return path / "index.html" if path.is_dir() else path


def _part_of(path: Path) -> str:
    if path.suffix == ".html":
        return "document"
    return "fonts" if path.suffix in _FONTS else _PARTS.get(path.suffix, "other")
