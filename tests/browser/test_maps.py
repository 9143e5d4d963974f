"""What a reader does with the maps of the publication, each of them, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from tests.browser.conftest import NARROW, Published, Reader, bring_into_view, violations

pytestmark = pytest.mark.browser

Read = Callable[..., Reader]

FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it);
    const ring = getComputedStyle(it.querySelector("svg") || it);
    return [it.id, it.getAttribute("aria-label"),
            ring.outlineStyle !== "none" || Number(style.strokeOpacity) > 0.3,
            it.checkVisibility()];
}"""


def collections(published: Published) -> dict[str, Any]:
    """The GeoJSON of every map by its id."""
    files = sorted((published.folder / "maps").glob("*.geojson"))
    return {path.stem: json.loads(path.read_bytes()) for path in files}


def in_tab_order(collection: Any) -> list[str]:
    """Ids of a map's features: points and then lines."""
    features = sorted(
        collection["features"], key=lambda f: (f["geometry"] or {}).get("type") != "Point"
    )
    return [feature["id"] for feature in features]


def test_every_map_draws_and_the_keyboard_reaches_each_of_its_features(
    read: Read, published: Published
) -> None:
    reader = read()
    found = collections(published)
    assert len(found) >= 8
    for key, collection in found.items():
        page = reader.open(f"maps/{key}/")
        expect(page.locator("html[data-ready]")).to_have_count(1)
        assert page.locator("#map path.land").count() > 1
        reached: list[str] = []
        page.locator("#map").focus()
        for feature in in_tab_order(collection):
            page.keyboard.press("Tab")
            focused, name, ring, seen = page.evaluate(FOCUSED)
            assert name, feature
            assert ring, f"{key}: {feature} shows no focus"
            assert seen, f"{key}: {feature} is not seen"
            reached.append(focused)
        assert reached == in_tab_order(collection)
    assert reader.wrong == []


def test_axe_finds_nothing_in_any_map(read: Read, published: Published) -> None:
    page = read().open("")
    for key in collections(published):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{published.address}maps/{key}/")
        page.wait_for_selector("html[data-ready]")
        for details in page.locator("footer > details").all():
            details.locator("summary").click()
        page.emulate_media(color_scheme="light")
        found = violations(page)
        # In the dark only the colours are others.
        page.emulate_media(color_scheme="dark")
        assert found + violations(page, runOnly=["color-contrast"]) == [], key
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW[0], key


def live(page: Page, key: str) -> FrameLocator:
    """A map's live page within a page, when it has drawn."""
    bring_into_view(page.locator(f"#map-{key} iframe"))
    frame = page.frame_locator(f"#map-{key} iframe")
    expect(frame.locator("html[data-ready]")).to_have_count(1)
    return frame


def test_a_map_in_a_page_leaves_to_it_what_the_page_says(read: Read) -> None:
    reader = read()
    page = reader.open("atlas/")
    frame = live(page, "ceyhan-israel")
    expect(frame.locator("footer p").first).to_be_hidden()
    expect(frame.locator("footer table")).to_be_hidden()
    expect(frame.locator("#embed summary")).to_be_visible()
    expect(page.locator("#map-ceyhan-israel small")).to_contain_text("no opinion")
    page = reader.open("maps/ceyhan-israel/")
    expect(page.locator("footer > p").last).to_be_visible()
    page.get_by_text("Places and routes as a table").click()
    expect(page.locator("footer table")).to_be_visible()
    assert reader.wrong == []


def test_no_map_of_the_atlas_shifts_the_page_when_it_comes(
    read: Read, published: Published
) -> None:
    reader = read()
    page = reader.open("atlas/")
    page.evaluate(
        """() => {
            window.shift = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) window.shift += entry.value;
            }).observe({type: 'layout-shift', buffered: true});
        }"""
    )
    for key in collections(published):
        before = page.locator(f"#map-{key} .bs-map__frame").bounding_box()
        frame = live(page, key)
        after = page.locator(f"#map-{key} .bs-map__frame").bounding_box()
        assert before is not None
        assert after is not None
        assert before["height"] == after["height"]
        below = "e => e.getBoundingClientRect().bottom - innerHeight"
        assert frame.locator("footer p").last.evaluate(below) <= 0, f"{key}: disclaimer is cut"
    assert page.evaluate("window.shift") < 0.01
    assert reader.wrong == []


def test_layers_time_and_views_work_after_going_through_pages_and_back(
    read: Read, published: Published
) -> None:
    maps = collections(published)
    dated = next(key for key, collection in maps.items() if collection["times"])
    viewed = next(key for key, collection in maps.items() if collection["views"])
    reader = read()
    page = reader.open("")
    for name, heading in (("Atlas", "Atlas"), ("Positions", "Positions")):
        page.locator(".md-tabs__link", has_text=name).click()
        expect(page.locator("h1")).to_contain_text(heading)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Atlas")

    frame = live(page, dated)
    frame.get_by_role("slider", name="Time").press("End")
    last = maps[dated]["times"][-1]
    expect(frame.locator("#moment")).to_have_text(last["words"])
    frame.locator("[data-layer]").first.uncheck()
    link = frame.locator("#link").input_value()
    assert f"t={last['t']}" in link
    assert "layer=" in link

    frame = live(page, viewed)
    other = next(view for view in maps[viewed]["views"] if not view["default"])
    frame.get_by_label("View", exact=True).select_option(other["id"])
    assert frame.locator("#link").input_value().endswith(f"#view={other['id']}")

    # The address is a map as it was shown, also when a reader comes back to it.
    page.goto(link)
    page.goto(published.address + "timeline/")
    page.go_back()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#moment")).to_have_text(last["words"])
    expect(page.locator("[data-layer]").first).not_to_be_checked()
    assert reader.wrong == []


def test_the_atlas_says_the_title_of_a_map_once(read: Read, published: Published) -> None:
    page = read().open("atlas/")
    frame = page.frame_locator("iframe.bs-map__live").first
    bring_into_view(page.locator("iframe.bs-map__live").first)
    expect(frame.locator("html[data-ready]")).to_have_count(1)
    heading = page.locator(".bs-map__title").first
    expect(frame.locator("h1")).to_have_text(heading.inner_text())
    # There for those who hear it, and for the frame alone.
    assert frame.locator("h1").evaluate("e => e.offsetWidth") <= 1
    page = read().open("briefs/energy-ties/")
    frame = page.frame_locator("iframe.bs-map__live").first
    bring_into_view(page.locator("iframe.bs-map__live").first)
    expect(frame.locator("html[data-ready]")).to_have_count(1)
    assert frame.locator("h1").evaluate("e => e.offsetWidth") > 100
