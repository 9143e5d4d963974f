"""What stands around a page: light and dark, the contents, the way up, the menu, what is folded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE, Reader, violations

pytestmark = pytest.mark.browser
Read = Callable[..., Reader]
BRIEF = "briefs/zangezur-corridor/"
SCHEME = "document.body.getAttribute('data-md-color-scheme')"


def test_colours_are_the_systems_until_somebody_chooses(read: Read) -> None:
    reader = read(scheme="dark")
    page = reader.open("method/")
    assert page.evaluate(SCHEME) == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{SCHEME} === 'default'")
    page.locator("label[title='Switch to dark']").click()
    assert page.evaluate(SCHEME) == "slate"
    page.reload()
    assert page.evaluate(SCHEME) == "slate"
    expect(page.locator("label[title='Switch to light']")).to_be_visible()
    page.keyboard.press("Home")
    page.locator("input[name=__palette]:checked").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCHEME) == "default"
    assert reader.wrong == []


def test_the_contents_follow_and_a_button_leads_back_to_the_top(read: Read) -> None:
    reader = read()
    page = reader.open(f"{BRIEF}#sources")
    expect(page.locator(".md-nav--secondary .md-nav__link--active")).to_have_text("Sources")
    expect(page.locator(".md-nav--secondary .md-nav__link--active")).to_be_in_viewport()
    up = page.locator("[data-md-component=top]")
    expect(up).to_have_attribute("tabindex", "-1")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -300)
    expect(up).to_have_attribute("tabindex", "0")
    up.click()
    expect(page.locator("h1")).to_be_in_viewport()
    assert reader.wrong == []


def test_the_menu_of_a_phone_opens_and_leads_on(read: Read) -> None:
    reader = read(NARROW)
    page = reader.open(BRIEF)
    page.get_by_role("button", name="Menu").click()
    page.locator(".md-sidebar--primary a", has_text="Timeline").click()
    expect(page.locator("h1")).to_have_text("Timeline")
    expect(page.locator(".md-sidebar--primary a", has_text="Atlas")).not_to_be_in_viewport()
    assert reader.wrong == []


FOCUSED = "(e => (e.getAttribute('aria-label') || e.textContent).trim())(document.activeElement)"


def test_the_menu_is_reached_gone_through_and_left_by_keyboard(read: Read) -> None:
    reader = read(NARROW)
    page = reader.open(BRIEF)
    page.keyboard.press("Tab")  # to skip to the text
    page.keyboard.press("Tab")
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator(".bs-menu")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    assert violations(page) == []
    visited = _tab_until(page, "Registry")
    assert {"Home", "Timeline", "Atlas"} <= set(visited)
    page.keyboard.press("Space")
    expect(page.locator("button.md-nav__title", has_text="Registry")).to_be_focused()
    expect(page.locator(":focus")).to_be_in_viewport()
    assert violations(page) == []
    assert set(_tab_until(page, "Registry")) - {"Close", ""} == {
        "Sources", "Actors", "Places", "Agreements", "Glossary",
    }  # fmt: skip
    page.keyboard.press("Enter")
    expect(page.locator("button.md-nav__link", has_text="Registry")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".md-sidebar--primary a", has_text="Atlas")).to_be_hidden()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    _tab_until(page, "Timeline")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Timeline")
    assert reader.wrong == []


def _tab_until(page: Page, name: str) -> list[str]:
    """What takes the focus until something of a name does; where it leaves the page it is empty."""
    visited: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        found = page.evaluate(f"document.activeElement === document.body ? '' : {FOCUSED}")
        if found == name:
            return visited
        visited.append(found)
    raise AssertionError(visited)


def test_what_the_menu_hides_takes_no_focus(read: Read) -> None:
    page = read(NARROW).open(BRIEF)
    for _ in range(8):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_in_viewport()
        assert page.locator(".md-sidebar--primary :focus").count() == 0


def test_a_window_that_grows_closes_the_menu(read: Read) -> None:
    page = read(NARROW).open(BRIEF)
    page.get_by_role("button", name="Menu").click()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    expect(page.locator("[inert]")).to_have_count(0)
    expect(page.locator(".bs-menu")).to_be_hidden()


def test_without_scripts_the_menu_opens_by_its_label(read: Read) -> None:
    page = read(NARROW, scripts=False).open(BRIEF)
    expect(page.locator(".bs-menu")).to_be_hidden()
    page.locator("header label[for=__drawer]").click()
    page.locator(".md-sidebar--primary label.md-nav__link", has_text="Registry").click()
    page.locator(".md-sidebar--primary a", has_text="Glossary").click()
    expect(page.locator("h1")).to_have_text("Glossary")


def test_a_link_into_what_is_folded_opens_it(read: Read) -> None:
    reader = read()
    page = reader.open(BRIEF)
    inside = page.locator("details:not([open]) li[id]").first
    key = inside.get_attribute("id")
    page.goto(f"{page.url}#{key}")
    expect(page.locator(f"[id='{key}']")).to_be_in_viewport()
    assert reader.wrong == []
