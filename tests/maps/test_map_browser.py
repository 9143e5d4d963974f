"""The live map in a real browser: it draws, it is safe, and it needs neither mouse nor network."""

from __future__ import annotations

import functools
import http.server
import itertools
import json
import math
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from tests.browser.conftest import violations
from tests.maps.conftest import Coast, crowd_of, library_of, topology

from briefsite.maps import feature_collection, map_assets, map_page, read_ground, static_picture

pytestmark = pytest.mark.browser
HOSTILE = "</script><script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)} {{ 7 * 7 }}"
CROWD = 240
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
        self.page.on("requestfailed", self._failed)
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

    def _failed(self, request: Request) -> None:
        # Going on before the icon has come is no failure.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.wrong.append(f"failed: {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"script ran: {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="module")
def hostile_map() -> Coast:
    return library_of(HOSTILE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, hostile_map: Coast) -> Path:
    """A folder with a small map and a crowded one, their pictures and the shared files."""
    root = tmp_path_factory.mktemp("site")
    basemap = tmp_path_factory.mktemp("basemap")
    for scale in ("core", "region", "world"):
        (basemap / f"{scale}.topojson").write_text(json.dumps(topology(scale)), encoding="utf-8")
    assets = map_assets(basemap)
    files = {asset.path: asset.data for asset in assets.files.values()}
    ground = read_ground(basemap / "core.topojson")
    for given in (hostile_map, crowd_of(CROWD, HOSTILE)):
        collection, entry = feature_collection(*given), given[1]
        page = map_page(collection, entry, asset_urls=assets.urls("../../"))
        files[f"maps/{entry.id}/index.html"] = page.encode()
        files[f"maps/{entry.id}.svg"] = static_picture(collection, entry, ground).encode()
    named = files["maps/coast/index.html"].replace(b'"place":"baku"', b'"place":"constructor"')
    files["maps/named/index.html"] = named
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


PICTURE = ".stage noscript img"


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
    assert page.locator("#map path.area.party").get_attribute("fill") == "url(#hatch-party)"
    assert page.locator("pattern#hatch-party").count() == 1
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


def test_an_area_opens_by_a_click_on_land_and_the_map_moves_under_it(visit: Visit) -> None:
    page = visit.page
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 40, box["y"] + box["height"] / 2)
    page.locator(".leaflet-popup h2").wait_for()
    assert page.locator(".leaflet-popup h2").inner_text().startswith("The west")
    assert "2020–2022" in page.locator(".leaflet-popup").inner_text()
    page.keyboard.press("Escape")
    before = page.locator("#place-north").bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    page.mouse.move(box["x"] + 60, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 300, steps=4)
    page.mouse.up()
    assert page.locator("#place-north").bounding_box() != before
    assert visit.wrong == []


def test_hostile_text_is_text_in_every_part_of_the_page_and_in_the_picture(
    visit: Visit, hostile_map: Coast, address: str
) -> None:
    page = visit.page
    for summary in page.locator("footer summary").all():
        summary.click()
    for part in (
        "header h1",
        ".layers label span >> nth=0",
        "#view",
        "#view-source",
        "table",
        "footer",
    ):
        expect(page.locator(part)).to_contain_text("<img src=x onerror=alert(2)>")
    for feature in ids(hostile_map):
        page.locator(f"#{feature}").press("Enter")
        expect(page.locator(".leaflet-popup .card")).to_contain_text("alert(2)")
        page.keyboard.press("Escape")
    assert (
        page.locator("img:not(noscript img), body script:not([type='application/json'])").count()
        == 0
    )
    assert page.title().count("<img") == 1
    page.goto(address.replace("/coast/index.html", "/coast.svg"))
    assert "<img src=x onerror=alert(2)>" in str(
        page.evaluate("document.documentElement.textContent")
    )
    assert page.evaluate("document.querySelectorAll('script, img, foreignObject').length") == 0
    # A picture's own style element is not allowed by the policy here; nothing else is amiss.
    assert [said for said in visit.wrong if "style" not in said] == []


def test_a_popup_leads_to_the_claim_in_the_whole_window(visit: Visit) -> None:
    visit.page.locator("#place-baku").press("Enter")
    link = visit.page.locator(".leaflet-popup li a")
    assert link.get_attribute("href") == "../../briefs/pipes/#pipe-runs"
    assert link.get_attribute("target") == "_top"


def test_the_keyboard_reaches_each_point_then_each_area_and_then_each_line(
    visit: Visit, hostile_map: Coast
) -> None:
    page = visit.page
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = str(page.evaluate("document.activeElement.id"))
        if focused.startswith(("place-", "area-", "route-", "flow-", "event-")):
            reached.append(focused)
            assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    kinds = {"area": 1, "route": 2, "flow": 2}
    wanted = sorted(ids(hostile_map), key=lambda each: kinds.get(each.split("-")[0], 0))
    assert reached[: len(wanted)] == wanted


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
    assert not page.locator("#map path.area.party").is_visible()
    assert page.locator("#place-baku").is_visible()
    page.locator("[data-layer=lines]").check()
    assert page.locator("#map path.line.railway").is_visible()


def test_the_key_names_the_borders_that_are_seen(visit: Visit) -> None:
    page = visit.page
    kept = page.locator("[data-border='not-delimited']")
    expect(kept).to_be_visible()
    expect(page.locator("[data-border='international']")).to_be_hidden()
    page.locator("#map").focus()
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    expect(kept).to_be_hidden()
    page.get_by_role("button", name="Show the whole map").click()
    expect(kept).to_be_visible()


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
    for part in visit.page.locator("#map button, .panel summary, #when").all():
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


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_the_picture_stands_in(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    boxes = [page.locator(part).bounding_box() for part in (PICTURE, ".stage p", "footer")]
    picture, words, footer = [box for box in boxes if box]
    assert (picture["x"], picture["width"]) == (0, width)
    assert 0.4 < picture["height"] / width < 1.5
    assert picture["y"] + picture["height"] <= words["y"]
    assert words["y"] + words["height"] <= footer["y"]
    page.locator(PICTURE).click(trial=True)  # nothing lies over it
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def shown(page: Page) -> set[str]:
    """Ids of the features that are seen."""
    kinds = ", ".join(f"#map [id^={kind}-]" for kind in ("place", "area", "route", "flow", "event"))
    seen = "(kinds) => [...document.querySelectorAll(kinds)].filter((e) => e.checkVisibility())"
    return set(page.evaluate(f"{seen}.map((e) => e.id)", kinds))


def test_a_flow_has_an_arrow_and_an_event_stands_beside_another(visit: Visit) -> None:
    page = visit.page
    line = page.locator("#map path.line.arms-flow")
    assert line.get_attribute("marker-end") == "url(#head-arms-flow)"
    assert page.locator("marker#head-arms-flow path").count() == 1
    first = page.locator("#event-baku .sign").bounding_box()
    second = page.locator("#event-baku-2 .sign").bounding_box()
    assert first is not None
    assert second is not None
    assert second["x"] - first["x"] > first["width"]
    assert visit.wrong == []


def test_a_place_may_have_any_word_for_its_id(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 960, "height": 640}, reduced_motion="reduce")
    one, other = (
        Visit(context, address.replace("coast", name)).page.locator("#event-baku .sign")
        for name in ("coast", "named")
    )
    assert other.bounding_box() == one.bounding_box()
    context.close()


def test_the_slider_shows_what_was_there_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit.page
    everything = shown(page)
    slider = page.get_by_role("slider", name="Time")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#moment").text_content() == "2020"
    assert slider.get_attribute("aria-valuetext") == "2020"
    assert page.evaluate("location.hash") == "#t=2020-01-01"
    assert everything - shown(page) == {"route-rail", "event-baku", "event-baku-2"}
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.locator("#moment").text_content() == "after 2022"
    assert everything - shown(page) == {"flow-sale", "area-west", "event-baku-2"}
    page.keyboard.press("End")
    assert page.locator("#moment").text_content() == "3 February 2024"
    assert everything - shown(page) == {"route-rail", "flow-sale", "area-west"}
    page.keyboard.press("Home")
    assert page.locator("#moment").text_content() == "All times"
    assert shown(page) == everything
    assert page.evaluate("location.hash") == ""
    assert visit.wrong == []


def test_a_view_renames_and_hides_and_says_whose_it_is(visit: Visit) -> None:
    page = visit.page
    assert "They are in the registry." in page.locator("#view-source").inner_text()
    page.get_by_label("View", exact=True).select_option("theirs")
    assert page.evaluate("location.hash") == "#view=theirs"
    assert "Southern Gate" in str(page.locator("#place-north").get_attribute("aria-label"))
    assert "Southern Gate" in str(page.locator("#place-north text").text_content())
    assert "The sunset" in str(page.locator("#area-west").get_attribute("aria-label"))
    assert "The long pipe" in str(page.locator("#route-pipe").get_attribute("aria-label"))
    assert not {key for key in shown(page) if key.startswith("event-")}
    link = page.locator("#view-source a")
    assert link.get_attribute("href") == "../../sources/survey/"
    page.locator("#place-north").press("Enter")
    assert page.locator(".leaflet-popup h2").inner_text().startswith("Southern Gate </script>")
    page.get_by_label("View", exact=True).select_option("ours")
    assert "North Gate" in str(page.locator("#place-north text").text_content())
    assert visit.wrong == []


def test_a_deep_link_is_restored_and_garbage_is_passed_over(visit: Visit, address: str) -> None:
    page = visit.page
    everything = shown(page)
    page.goto(address + "#layer=lines&t=2021-05&view=theirs&scheme=dark")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#moment").text_content() == "March 2021"
    assert page.locator("#view").input_value() == "theirs"
    assert shown(page) == {*("area-west", "area-mainland", "route-pipe", "route-rail", "flow-sale")}
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    page.evaluate("location.hash = '#t=nonsense&view=<b>&layer'")
    expect(page.locator("#moment")).to_have_text("All times")
    page.evaluate("location.hash = ''")
    expect(page.locator("[data-layer=points]")).to_be_checked()
    assert shown(page) == everything
    assert visit.wrong == []


def test_the_code_to_embed_it_is_what_is_shown_and_is_markup_of_one_frame(visit: Visit) -> None:
    page = visit.page
    page.locator("[data-layer=points]").uncheck()
    page.locator("#embed summary").click()
    code = page.locator("#code").input_value()
    assert page.evaluate("location.href") == page.locator("#link").input_value()
    parsed = page.evaluate(
        """(code) => [...new DOMParser().parseFromString(code, 'text/html').body.children]
        .map((e) => [e.tagName, e.src, e.title])""",
        code,
    )
    assert [tag for tag, _, _ in parsed] == ["IFRAME"]
    assert parsed[0][1].endswith("/maps/coast/index.html#layer=lines,happenings")
    assert "<img src=x onerror=alert(2)>" in parsed[0][2]
    page.get_by_role("button", name="Copy the code").click()
    expect(page.locator("#copied")).not_to_be_empty()
    assert visit.wrong == []


def test_full_screen_is_a_button(visit: Visit) -> None:
    page = visit.page
    button = page.get_by_role("button", name="Full screen")
    button.click()
    expect(page.locator("html:fullscreen")).to_have_count(1)
    button.click()
    expect(page.locator("html:fullscreen")).to_have_count(0)
    assert visit.wrong == []


@pytest.fixture
def crowd(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": 960, "height": 640}, reduced_motion="reduce", color_scheme="light"
    )
    yield Visit(context, address.replace("coast", "crowd"))
    context.close()


def test_many_places_become_few_signs_that_a_finger_can_tell_apart(crowd: Visit) -> None:
    page = crowd.page
    names = page.locator(".spot").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    counted = [int(name.split(" here")[0]) if " here: " in name else 1 for name in names]
    assert sum(counted) == CROWD
    assert len(names) < 100
    boxes = [spot.bounding_box() for spot in page.locator(".spot").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(middles, 2))
    assert nearest >= 44
    page.locator("[data-layer=spots]").uncheck()
    expect(page.locator(".spot")).to_have_count(0)
    page.locator("[data-layer=spots]").check()
    expect(page.locator(".spot")).to_have_count(len(names))
    assert violations(page) == []
    page.locator(".many").nth(9).click()
    expect(page.locator(".spot")).not_to_have_count(len(names))
    page.locator(".many").first.wait_for()
    assert crowd.wrong == []


def test_the_keyboard_reaches_every_place_of_a_crowd(crowd: Visit) -> None:
    page = crowd.page
    reached: list[str] = []
    page.locator(".spot").first.focus()
    while page.evaluate("document.activeElement.matches('.spot:focus-visible')"):
        if page.evaluate("document.activeElement.matches('.many')"):
            page.keyboard.press("Enter")
            reached += page.locator(".crowd button").all_inner_texts()
            page.keyboard.press("Escape")
        else:
            reached.append(page.evaluate("document.activeElement.title"))
        page.keyboard.press("Tab")
    numbers = sorted(int(name.split()[1]) for name in reached)
    assert numbers == list(range(CROWD))
    assert all("<img src=x onerror=alert(2)>" in name for name in reached)
    assert crowd.wrong == []


def test_a_place_is_taken_out_of_a_crowd_by_its_name(crowd: Visit) -> None:
    page = crowd.page
    page.locator(".many").first.press("Enter")
    inside = page.get_by_role("dialog").get_by_role("button", name="Spot 1 ")
    inside.press("Enter")
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(re.compile("^Spot 1 "))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "place-spot-001"
    page.locator(".many").first.press("Enter")
    page.get_by_role("button", name="Zoom in on them").press("Enter")
    page.wait_for_function("document.activeElement.matches('.spot')")
    assert crowd.wrong == []


def test_a_phone_opens_on_the_features_and_names_stay_on_the_drawn_ground(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    )
    visit = Visit(context, address)
    ground = visit.page.locator("#map path.edge").bounding_box()
    assert ground is not None
    drawn = [
        part.bounding_box() for part in visit.page.locator(".spot .sign, #map path.line").all()
    ]
    left, right = zip(*[(box["x"], box["x"] + box["width"]) for box in drawn if box], strict=True)
    assert min(left) > 0
    assert max(right) < 390
    assert max(right) - min(left) > 390 / 2
    for name in visit.page.locator(".leaflet-names-pane text:not(.none)").all():
        box = name.bounding_box()
        assert box is not None
        assert ground["y"] <= box["y"]
        assert box["y"] + box["height"] <= ground["y"] + ground["height"]
    context.close()


def test_the_disclaimer_is_seen_without_scrolling(visit: Visit) -> None:
    expect(visit.page.locator("footer p").last).to_be_in_viewport(ratio=1)
    visit.page.set_viewport_size({"width": 860, "height": 640})
    expect(visit.page.locator("footer p").last).to_be_in_viewport(ratio=1)


def test_on_paper_the_whole_map_stands_above_its_key(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    stage = page.locator(".stage").bounding_box()
    key = page.locator(".layers").bounding_box()
    assert stage is not None
    assert key is not None
    assert stage["width"] <= 700
    assert stage["height"] > 200
    spots = [spot.bounding_box() for spot in page.locator(".spot .sign").all()]
    assert all(box and box["x"] + box["width"] <= stage["width"] for box in spots)
    assert not page.locator(".buttons").is_visible()
    assert stage["y"] + stage["height"] <= key["y"]
