"""Searching, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE, Published, Reader, Scheme, violations

from briefsite.search.words import words

pytestmark = pytest.mark.browser
Read = Callable[..., Reader]


def ask(page: Page, query: str) -> None:
    """Open the box from the keyboard and type."""
    page.keyboard.press("/")
    box = page.locator("#bs-search input")
    expect(box).to_be_focused()
    box.fill(query)
    expect(page.locator("#bs-search output")).to_contain_text("result")


def test_nothing_is_loaded_before_a_search_and_little_by_one(read: Read) -> None:
    reader = read()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open("briefs/energy-ties/")
    assert not [url for url in asked if "/search" in url]
    ask(page, "Ceyhan tanker")
    assert 3 < len([url for url in asked if "/search/" in url]) < 40
    assert reader.wrong == []


def test_a_claim_is_found_and_opened_by_keyboard(read: Read) -> None:
    reader = read()
    page = reader.open("")
    ask(page, "khalifa-zadeh 2.5 million tonnes")
    page.locator("#bs-search summary").click()
    page.locator("#bs-search select[name=kind]").select_option("claim")
    link = page.locator("#bs-search ol a").first
    expect(link).to_contain_text("2.5 million tonnes")
    page.locator("#bs-search input").focus()
    page.keyboard.press("ArrowDown")
    expect(link).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#bs-search input")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#bs-search")).not_to_be_visible()
    expect(page.locator(".bs-claim:target")).to_be_in_viewport()
    # The box works on from the page that was found.
    ask(page, "Meghri")
    page.keyboard.press("Escape")
    expect(page.locator("#bs-search")).not_to_be_visible()
    assert reader.wrong == []


@pytest.mark.parametrize("query", ["pipeline", "genocide", "Zangezur corridor"])
def test_what_is_said_here_stands_before_the_headlines_of_others(read: Read, query: str) -> None:
    page = read().open("")
    ask(page, query)
    told = page.locator("#bs-search .bs-search__about").all_inner_texts()
    assert len(told) > 8
    assert not any(each.startswith("Source, grade") for each in told[:8])


@pytest.mark.parametrize(
    "query", ["Stepanakert", "Khankendi", "Xankəndi", "xankendi", "stepanekert"]
)
def test_each_name_of_a_place_and_a_slip_find_it(read: Read, query: str) -> None:
    page = read().open("method/")
    ask(page, query)
    expect(page.locator("#bs-search a[href$='places/khankendi/']")).to_have_count(1)


def test_filters_count_and_narrow(read: Read) -> None:
    page = read().open("")
    ask(page, "gas pipeline")
    page.locator("#bs-search summary").click()
    actor = page.locator("#bs-search select[name=actor]")
    expect(actor.locator("option", has_text="Iran (")).to_have_count(1)
    label = actor.locator("option", has_text="Iran (").inner_text()
    actor.select_option("Iran")
    count = label.rpartition("(")[2].strip(")")
    expect(page.locator("#bs-search output")).to_have_text(f"{count} results")
    page.locator("#bs-search select[name=confidence]").select_option(index=1)
    expect(page.locator("#bs-search output")).not_to_have_text(f"{count} results")
    page.locator("#bs-search button[type=reset]").click()
    expect(page.locator("#bs-search output")).to_be_empty()


def test_words_are_made_in_the_browser_as_in_the_index(read: Read, published: Published) -> None:
    texts = [
        "Şuşa Ağdam İIıi ƏəŞş", "ΟΔΟΣ ὈΔΥΣΣΕΎΣ", "ﬁn ½ Ⅳ x² a\u0301 e\u200db",
        "نخجوان אשדוד Ստեփանակերտ",
        "a_b-c’d'e", "\ud7ff𝒜𐐀 🙂x", "Straße Æsir Œuvre Łódź đ",
    ]  # fmt: skip
    page = read().open("")
    script = (published.folder / "assets/briefsite/search.js").read_text(encoding="utf-8")
    start, end = script.index("var PLAIN"), script.index("/* The pieces that words")
    made = page.evaluate(
        f"(() => {{ {script[start:end]} return {json.dumps(texts)}.map(words); }})()"
    )
    assert made == [[*words(text)] for text in texts]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_box_is_accessible(read: Read, size: tuple[int, int], scheme: Scheme) -> None:
    page = read(size, scheme).open("briefs/")
    page.locator("[data-search-open]").click()
    page.locator("#bs-search input").fill("Nakhchivan")
    page.locator("#bs-search summary").click()
    expect(page.locator("#bs-search ol a").first).to_be_visible()
    assert violations(page) == []
    widest = page.evaluate("document.querySelector('#bs-search').scrollWidth")
    assert widest <= size[0]


def test_search_works_from_disk(read: Read, published: Published) -> None:
    page = read().page
    page.goto((published.folder / "method" / "index.html").as_uri())
    page.locator("[data-search-open]").click()
    page.locator("#bs-search input").fill("Meghri")
    link = page.locator("#bs-search ol a", has_text="Meghri").first
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").endswith("index.html") or "#" in str(
        link.get_attribute("href")
    )


def test_without_scripts_there_is_no_box(read: Read) -> None:
    page = read(scripts=False).open("")
    expect(page.locator("[data-search-open]")).to_be_hidden()


def test_what_closes_the_box_is_told_from_what_clears_it(read: Read) -> None:
    reader = read()
    page = reader.open("")
    ask(page, "Meghri")
    close = page.locator("#bs-search [data-search-close]")
    expect(close).to_have_text("Close")
    assert close.locator("svg").count() == 0
    close.click()
    expect(page.locator("#bs-search")).not_to_be_visible()
    assert reader.wrong == []
