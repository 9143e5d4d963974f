"""What stands around a page: light and dark, the contents, the way up, the menu, what is folded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import NARROW, Reader

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
    page.locator("header label[for=__drawer]").click()
    page.locator(".md-sidebar--primary a", has_text="Timeline").click()
    expect(page.locator("h1")).to_have_text("Timeline")
    expect(page.locator(".md-sidebar--primary a", has_text="Atlas")).not_to_be_in_viewport()
    assert reader.wrong == []


def test_a_link_into_what_is_folded_opens_it(read: Read) -> None:
    reader = read()
    page = reader.open(BRIEF)
    inside = page.locator("details:not([open]) li[id]").first
    key = inside.get_attribute("id")
    page.goto(f"{page.url}#{key}")
    expect(page.locator(f"[id='{key}']")).to_be_in_viewport()
    assert reader.wrong == []
