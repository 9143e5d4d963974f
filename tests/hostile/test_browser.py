"""The hostile site in a real browser: no text runs, asks another host, or breaks the policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, expect
from tests.hostile.conftest import HostileSite

pytestmark = pytest.mark.browser

# One of every kind of page, of the sets of records whose payloads count at the start of a text, and
# of those that hold many; and every page that shows all of them at once.
SETS = (0, 14, 20, 26)
OF_A_SET = (
    "briefs/{}/",
    "sources/{}-source/",
    "actors/{}-actor/",
    "places/{}-place/",
    "agreements/{}-agreement/",
    "maps/{}-map/",
)
OF_ALL = (
    "",
    "briefs/",
    "sources/",
    "actors/",
    "places/",
    "agreements/",
    "timeline/",
    "positions/",
    "corrections/",
    "atlas/",
    "editorial-policy/",
)
# Strict, and only reported: what would be stopped can still be seen to run.
POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self' 'unsafe-inline'"
WATCH = """
window.ran = () => console.error("a text ran");
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def address(hostile_site: HostileSite) -> Iterator[str]:
    handler = functools.partial(_Handler, directory=str(hostile_site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Watched:
    """A page of a browser that writes down whatever a hostile text achieves."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.wrong: list[str] = []
        self.host = urlsplit(address).netloc
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.add_init_script(WATCH)
        self.context.on("request", self._request)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.note(f"script error: {error}"))
        self.page.on("dialog", self._dialog)

    def note(self, what: str) -> None:
        self.wrong.append(f"{self.page.url}: {what}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in (self.host, ""):
            self.note(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.note(message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.note("a dialog")
        dialog.dismiss()


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    found = Watched(browser, address)
    yield found
    found.context.close()


def test_what_runs_would_be_seen(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.evaluate(
        """document.body.insertAdjacentHTML("beforeend",
        "<img src=x onerror=ran()><img src=//evil.example/x.png><p style='color: red'>")"""
    )
    watched.page.wait_for_timeout(300)
    said = "\n".join(watched.wrong)
    for achieved in ("a text ran", "request to http://evil.example/x.png", "violation: style-src"):
        assert achieved in said


def test_nothing_runs_and_nobody_else_is_asked(watched: Watched, address: str) -> None:
    page = watched.page
    for path in (*OF_ALL, *(kind.format(f"h{n:02}") for n in SETS for kind in OF_A_SET)):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        if path.startswith("maps/"):
            page.wait_for_selector(".leaflet-container")
            for sign in page.locator(".leaflet-interactive").all()[:3]:
                sign.dispatch_event("click")
        page.mouse.wheel(0, 20_000)
    assert watched.wrong == []


def test_nothing_runs_among_the_results_of_a_search(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    for query in ("ran", "script onerror", "<img src=x onerror=ran()>"):
        page.keyboard.press("/")
        page.locator("#bs-search input").fill(query)
        expect(page.locator("#bs-search output")).to_contain_text("result")
        page.keyboard.press("Escape")
    assert watched.wrong == []


def test_a_link_may_hold_what_is_no_anchor(watched: Watched, address: str) -> None:
    for fragment in ("#%", "#%E0%A4%A", "#__proto__", "#%3Cimg src=x onerror=ran()%3E"):
        watched.page.goto("about:blank")
        watched.page.goto(f"{address}timeline/{fragment}")
        expect(watched.page.locator("[data-search-open]").first).to_be_visible()
    assert watched.wrong == []
