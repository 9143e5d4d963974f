"""A publication whose language runs from right to left, with a brief in two languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import ROOT, Published, Reader, Scheme, serve, violations

pytestmark = pytest.mark.browser

PROJECTS = ROOT / "tests" / "projects"
TRANSLATED = "briefs/sample/fa/"


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The minimal project as a Persian one: a part of the interface, one brief translated."""
    project = tmp_path_factory.mktemp("persian") / "project"
    shutil.copytree(PROJECTS / "minimal", project)
    shutil.copytree(PROJECTS / "persian", project, dirs_exist_ok=True)
    for name in ("docs", "macros", "maps/basemap"):
        shutil.copytree(ROOT / name, project / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = "src/briefsite/theme"
    settings = settings.replace(theme, str(ROOT / theme))
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    registry = project / "briefs" / "registry" / "registry.yaml"
    text = registry.read_text(encoding="utf-8")
    text = text.replace("publication:\n", "publication:\n  language: fa\n", 1)
    registry.write_text(text, encoding="utf-8")
    with serve(project, tmp_path_factory.mktemp("served")) as site:
        yield site


@contextmanager
def reading(browser: Browser, site: Published, scheme: Scheme) -> Iterator[Reader]:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    yield Reader(context, site.address)
    context.close()


@pytest.fixture(scope="module")
def reader(browser: Browser, persian: Published) -> Iterator[Reader]:
    with reading(browser, persian, "light") as reader:
        yield reader


@pytest.fixture(scope="module")
def dark(browser: Browser, persian: Published) -> Iterator[Reader]:
    with reading(browser, persian, "dark") as reader:
        yield reader


KINDS = ("", TRANSLATED, "sources/ministry-report/")


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_wrong_on_a_page_that_runs_from_right_to_left(
    reader: Reader, dark: Reader, path: str
) -> None:
    pages: tuple[tuple[Page, dict[str, Any]], ...] = (
        (reader.open(path), {}),
        (dark.open(path), {"runOnly": ["color-contrast"]}),
    )
    for page, options in pages:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page, iframes=False, **options) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(reader.page.locator("html")).to_have_attribute("lang", "fa")
    expect(reader.page.locator("body")).to_have_attribute("dir", "rtl")
    assert reader.wrong == dark.wrong == []


def test_an_english_page_beside_them_runs_from_left_to_right(reader: Reader) -> None:
    page = reader.open("briefs/sample/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_attribute("dir", "ltr")


def side(page: Page, selector: str) -> str:
    """On which half of the window something stands."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    width = page.evaluate("window.innerWidth")
    return "left" if box["x"] + box["width"] / 2 < width / 2 else "right"


def test_the_layout_is_mirrored(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 1280, "height": 900})
    places = {}
    for path in (TRANSLATED, "briefs/sample/"):
        reader.open(path)
        parts = (".md-logo", "[data-search-open]", ".md-sidebar--secondary .md-nav__title")
        places[path] = [side(page, part) for part in parts]
        claim = page.locator(".bs-claim__text").first.bounding_box()
        row = page.locator(".bs-claim").first.bounding_box()
        assert claim is not None
        assert row is not None
        left = claim["x"] - row["x"]
        right = row["x"] + row["width"] - claim["x"] - claim["width"]
        # The number of a claim stands before it.
        assert 20 < (right if path == TRANSLATED else left) < 60
    assert places["briefs/sample/"] == ["left", "right", "right"]
    assert places[TRANSLATED] == ["right", "left", "left"]


def test_numbers_keep_their_order(reader: Reader) -> None:
    page = reader.open(TRANSLATED)
    number = page.locator(".bs-figure b", has_text="1.5–2").first
    assert number.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert number.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"


def test_each_language_leads_to_the_other(reader: Reader) -> None:
    page = reader.open("briefs/sample/")
    page.get_by_role("link", name="فارسی").click()
    page.wait_for_url(f"**/{TRANSLATED}")
    expect(page.locator("h1")).to_have_text("گزارش نمونه")
    links = page.locator("link[hreflang]")
    found = [(link.get_attribute("hreflang"), link.get_attribute("href")) for link in links.all()]
    original, translated = (reader.address + way for way in ("briefs/sample/", TRANSLATED))
    assert found == [("en", original), ("x-default", original), ("fa", translated)]
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/briefs/sample/")
    assert reader.wrong == []


def test_what_is_not_translated_says_in_which_language_it_is(reader: Reader) -> None:
    page = reader.open(TRANSLATED)
    expect(page.locator(".bs-notice")).to_contain_text("The desk")
    claim = page.locator("#pipeline-unbuilt .bs-claim__text [lang='en']")
    expect(claim).to_have_attribute("dir", "ltr")
    expect(claim).to_contain_text("A review of 2020")
    assert page.locator("#pipeline-announced .bs-claim__text [lang]").count() == 0
    # Figures, dates and sources are those of the original.
    expect(page.locator("#figures + *").first).to_contain_text("1.5–2")
    expect(page.locator("#pipeline-announced")).to_contain_text("Doe 2020")


def test_scripts_speak_the_language_of_the_page(reader: Reader) -> None:
    page = reader.open("timeline/")
    expect(page.locator("form[data-filters] output")).to_have_text("1 از 1")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("pipeline")
    expect(page.locator("#bs-search output")).to_contain_text("نتیجه")
    page.locator("#bs-search summary").click()
    # Nothing here is contested, so that there is nothing to filter by.
    expect(page.locator("#bs-search select[name='confidence'] option")).not_to_have_count(1)
    expect(page.locator("#bs-search output")).to_contain_text("نتیجه")
    # Results are in the publication's language, or in that of a translation.
    languages = page.locator("#bs-search ol > li").evaluate_all("all => all.map(e => e.lang)")
    assert set(languages) == {"fa"}
    page.get_by_role("searchbox").fill("zzzzzz")
    expect(page.locator("#bs-search output")).to_have_text("چیزی پیدا نشد")
    assert page.locator("#bs-search output").get_attribute("lang") is None
    # What nobody has translated says that it is English.
    page.get_by_role("searchbox").fill("pipeline zzzzzz")
    expect(page.locator("#bs-search output")).to_contain_text("none has all")
    expect(page.locator("#bs-search output")).to_have_attribute("lang", "en")
    page.keyboard.press("Escape")
    assert reader.wrong == []


def test_a_card_is_in_the_language_of_what_it_tells(reader: Reader) -> None:
    page = reader.open(TRANSLATED)
    page.locator(".bs-summary a.bs-ref").first.focus()
    card = page.locator(".bs-popcard")
    expect(card).to_have_attribute("lang", "fa")
    # The way on is a message that nobody has translated.
    expect(card.locator(".bs-popcard__way a")).to_have_attribute("lang", "en")
    page.keyboard.press("Escape")


def test_the_map_of_a_translation_speaks_its_language(reader: Reader) -> None:
    page = reader.open(TRANSLATED)
    picture = page.locator(".bs-map__picture")
    expect(picture).to_have_attribute("alt", re.compile("A line from Alphaville"))
    expect(picture).to_have_attribute("lang", "en")
    address = page.locator("iframe.bs-map__live").get_attribute("src")
    assert address is not None
    page.goto(urljoin(page.url, address))
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("h1")).to_have_text("مسیر خط لوله")
    expect(page.locator(".name.country", has_text="آذربایجان")).to_have_count(1)
    page.locator("#route-main-line").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_text("خط لولهٔ پیشنهادی")
    expect(page.locator(".buttons button").first).to_have_attribute("lang", "en")
    assert reader.wrong == []


def test_a_missing_page_speaks_the_publications_language(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}404.html")
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    expect(page.locator(".bs-kicker")).to_have_text("صفحه پیدا نشد")


def test_a_map_is_mirrored_around_a_ground_that_is_not(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 1280, "height": 900})
    reader.open("maps/sample-map/")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert side(page, "#panel") == "left"
    # West stays on the left, and so do the buttons; the scale is read from there.
    assert page.locator("#map").evaluate("e => getComputedStyle(e).direction") == "ltr"
    west, east = (
        page.locator(f"#place-{key}").bounding_box() for key in ("betatown", "alphaville")
    )
    assert west is not None
    assert east is not None
    assert west["x"] < east["x"]
    # What nobody has translated says that it is English.
    expect(page.locator("#panel > summary span")).to_have_attribute("lang", "en")
    expect(page.locator("footer summary").first).to_have_text("مکان‌ها و مسیرها در جدول")
    page.locator("#place-alphaville").click()
    expect(page.locator(".card")).to_have_attribute("dir", "rtl")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, iframes=False) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.wrong == []
