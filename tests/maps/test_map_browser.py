"""The live map in a real browser: it draws, it is safe, and it needs neither mouse nor network."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.maps.conftest import Coast, library_of, topology

from briefsite.maps import feature_collection, map_assets, map_page, read_ground, static_picture

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves with a policy under which nothing inline can run."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


class Visit:
    """One page, and all that went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.wrong: list[str] = []
        self._host = urlsplit(address).netloc
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", lambda said: self.wrong.append(f"console: {said.text}"))
        self.page.on("requestfailed", lambda request: self.wrong.append(f"failed: {request.url}"))
        self.page.on("dialog", self._dialog)
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")

    def _route(self, route: Route) -> None:
        url = route.request.url
        if urlsplit(url).netloc == self._host:
            route.continue_()
        else:
            self.wrong.append(f"foreign: {url}")
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"script ran: {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="module")
def hostile_map() -> Coast:
    return library_of(
        "</script><script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)} {{ 7 * 7 }}"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, hostile_map: Coast) -> Path:
    """A folder with one map, its picture and the shared files."""
    root = tmp_path_factory.mktemp("site")
    basemap = tmp_path_factory.mktemp("basemap")
    for scale in ("core", "region", "world"):
        (basemap / f"{scale}.topojson").write_text(json.dumps(topology(scale)), encoding="utf-8")
    assets = map_assets(basemap)
    files = {asset.path: asset.data for asset in assets.files.values()}
    page = map_page(*hostile_map, asset_urls=assets.urls("../../"))
    files["maps/coast/index.html"] = page.encode()
    picture = static_picture(*hostile_map, read_ground(basemap / "core.topojson"))
    files["maps/coast.svg"] = picture.encode()
    files["favicon.ico"] = b""
    frame = '<!DOCTYPE html><title>Around</title><iframe src="maps/coast/index.html#scheme=dark">'
    files["around.html"] = frame.encode()
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(_Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/maps/coast/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": 960, "height": 640}, reduced_motion="reduce", color_scheme="light"
    )
    yield Visit(context, address)
    context.close()


def ids(given: Coast) -> list[str]:
    return [feature["id"] for feature in feature_collection(*given)["features"]]


def test_the_map_draws_and_nothing_goes_wrong(visit: Visit, hostile_map: Coast) -> None:
    page = visit.page
    assert page.locator("#map path.land").count() == 2
    assert page.locator("#map path.border.not-delimited").count() == 1
    assert page.locator("#map path.line.railway").get_attribute("stroke-dasharray") == "5 5"
    assert page.locator("#map path.line.oil-pipeline").get_attribute("stroke-dasharray") is None
    for feature in ids(hostile_map):
        assert page.locator(f"#{feature}").count() == 1
    assert page.locator("#credit").text_content() == "© A mapper & others"
    assert visit.wrong == []


def test_the_names_of_the_ground_are_drawn(visit: Visit) -> None:
    shown = visit.page.locator(".leaflet-names-pane text:not(.none)").all_text_contents()
    assert set(shown) == {"EASTLAND", "WESTLAND", "The Sea"}


def test_a_popup_shows_hostile_text_as_text(visit: Visit) -> None:
    page = visit.page
    page.locator("#place-baku").press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.wait_for()
    said = popup.inner_text()
    assert "</script><script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)}" in said
    assert "{{ 7 * 7 }}" in said
    assert popup.locator("img, script").count() == 0
    assert visit.wrong == []


def test_a_popup_leads_to_the_claim_in_the_whole_window(visit: Visit) -> None:
    visit.page.locator("#place-baku").press("Enter")
    link = visit.page.locator(".leaflet-popup li a")
    assert link.get_attribute("href") == "../../briefs/pipes/#pipe-runs"
    assert link.get_attribute("target") == "_top"


def test_the_keyboard_reaches_each_place_and_then_each_route(
    visit: Visit, hostile_map: Coast
) -> None:
    page = visit.page
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = str(page.evaluate("document.activeElement.id"))
        if focused.startswith(("place-", "route-")):
            reached.append(focused)
            assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert reached[: len(ids(hostile_map))] == ids(hostile_map)


def test_enter_opens_and_escape_closes_where_one_was(visit: Visit, hostile_map: Coast) -> None:
    page = visit.page
    for feature in ids(hostile_map):
        page.locator(f"#{feature}").focus()
        page.keyboard.press("Enter")
        assert page.locator(".leaflet-popup").count() == 1
        assert page.evaluate("document.activeElement.getAttribute('role')") == "dialog"
        page.keyboard.press("Escape")
        page.wait_for_function("!document.querySelector('.leaflet-popup')")
        assert page.evaluate("document.activeElement.id") == feature
    assert visit.wrong == []


def test_a_layer_is_switched_off_for_eye_and_keyboard(visit: Visit) -> None:
    page = visit.page
    page.locator("[data-layer=lines]").uncheck()
    assert not page.locator("#route-pipe").is_visible()
    assert not page.locator("#map path.line.railway").is_visible()
    assert page.locator("#place-baku").is_visible()
    page.locator("[data-layer=lines]").check()
    assert page.locator("#map path.line.railway").is_visible()


def test_zoom_and_reset_are_buttons_that_work(visit: Visit) -> None:
    page = visit.page
    before = page.locator("#place-north").bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(100)
    assert page.locator("#place-north").bounding_box() != before
    page.get_by_role("button", name="Show the whole map").click()
    page.wait_for_timeout(100)
    after = page.locator("#place-north").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 2
    assert visit.wrong == []


def test_the_scheme_comes_from_the_reader_the_address_or_the_page_around(
    visit: Visit, address: str
) -> None:
    page = visit.page
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(paper)
    assert light != dark
    page.evaluate("postMessage({briefsite: {scheme: 'light'}}, location.origin)")
    page.wait_for_function("document.documentElement.dataset.scheme === 'light'")
    assert page.evaluate(paper) == light
    page.goto(address + "?scheme=dark")
    page.emulate_media(color_scheme="light")
    assert page.evaluate(paper) == dark


def test_touch_targets_are_large_enough(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 500}, has_touch=True, is_mobile=True
    )
    visit = Visit(context, address)
    for part in visit.page.locator("button, .panel summary").all():
        box = part.bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 375
    assert visit.wrong == []
    context.close()


def test_it_opens_from_disk(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 960, "height": 640})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto((site / "maps" / "coast" / "index.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#map path.land").count() == 2
    assert wrong == []
    context.close()


def test_without_scripts_the_picture_stands_in(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("noscript img, .stage img").first.is_visible()
    context.close()
