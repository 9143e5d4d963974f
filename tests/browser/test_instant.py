"""Maps, cards and search in a project that switches Material's instant navigation on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import WIDE, Reader, bring_into_view, serve

pytestmark = pytest.mark.browser


def test_maps_and_search_work_on_a_page_that_was_put_in_place_of_another(
    browser: Browser, whole: Path, tmp_path: Path
) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("  features:\n") == 1
    text = text.replace("  features:\n", "  features:\n    - navigation.instant\n")
    settings.write_text(text, encoding="utf-8")
    with serve(whole, tmp_path) as site:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        reader = Reader(context, site.address)
        page = reader.open("")
        page.evaluate("window.stayed = true")
        page.locator("a[href$='briefs/sample/']").first.click()
        expect(page.locator("h1")).to_contain_text("Sample brief")
        bring_into_view(page.locator("iframe.bs-map__live").first)
        live = page.frame_locator("iframe.bs-map__live").first
        expect(live.locator("html[data-ready]")).to_have_count(1)
        expect(live.locator(".leaflet-container")).to_be_visible()
        page.locator(".bs-prose a.bs-ref").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(page.locator(".bs-popcard")).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("[data-search-open]").click()
        page.locator("#bs-search input").fill("pipeline")
        expect(page.locator("#bs-search output")).to_contain_text("result")
        page.keyboard.press("Escape")
        page.go_back()
        expect(page.locator(".bs-cards, .bs-front").first).to_be_visible()
        assert page.evaluate("window.stayed") is True, "navigation is not instant"
        assert reader.wrong == []
        context.close()
