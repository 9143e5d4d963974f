"""Ten questions of somebody who opens the publication for the first time, and the ways to answers.

A way is a list of clicks from the home page, or of keys where it says so; at its end stands the
answer, on the screen. A change that makes a way longer fails here.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import NARROW, Reader, bring_into_view

pytestmark = pytest.mark.browser
Read = Callable[..., Reader]
OIL = "Azerbaijani oil, Israel and the quarrels about the way there"
ROUTE = "zangezur-corridor"


class Way:
    """The steps of a reader from the home page."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page: Page = reader.open("")
        self.clicks = 0

    def click(self, target: Locator) -> None:
        target.first.click()
        self.clicks += 1

    def link(self, name: str, within: str = "main") -> None:
        self.click(self.page.locator(within).get_by_role("link", name=name))

    def tab(self, name: str) -> None:
        self.click(self.page.locator(".md-tabs").get_by_role("link", name=name, exact=True))

    def search(self, words: str) -> None:
        """The key for the search, and words: one step."""
        self.page.keyboard.press("/")
        self.page.locator("#bs-search input").fill(words)
        expect(self.page.locator("#bs-search output")).to_contain_text("result")
        self.clicks += 1

    def answer(self, place: Locator, *words: str) -> int:
        """See that an answer is on the screen once its place is; how many clicks it took."""
        bring_into_view(place.first)
        for each in words:
            expect(place.first).to_contain_text(each, use_inner_text=True)
        expect(place.first).to_be_in_viewport()
        assert self.reader.wrong == []
        return self.clicks


def test_what_share_of_israels_oil_is_azerbaijans_and_who_says_so(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    chart = way.page.locator("figure.bs-chart").first
    assert way.answer(chart, "46.4", "said by Kpler", "contested") == 1


def test_how_sure_that_is_and_who_denies_it(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    judgement = way.page.locator(".bs-judgement").nth(1)
    way.click(judgement.locator("summary"))
    words = ("Very likely", "80–95", "Moderate confidence", "contested by Turkey, SOCAR")
    assert way.answer(judgement, *words) == 2


def test_what_iran_says_of_the_rules_on_the_route_through_southern_armenia(read: Read) -> None:
    way = Way(read())
    way.tab("Positions")
    way.click(way.page.locator(f".bs-contents a[href^='#{ROUTE}.question-what-rules']"))
    row = way.page.locator(f"[id='{ROUTE}.question-what-rules'] tr", has_text="Iran")
    assert way.answer(row, "Iran") == 2


def test_where_a_statement_comes_from_and_how_its_source_is_graded(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.page.locator(".bs-summary a.bs-ref").first.hover()
    card = way.page.locator(".bs-popcard")
    assert way.answer(card, "grade", "confidence") == 1  # to point is no click


def test_the_same_by_touch(read: Read) -> None:
    reader = read(NARROW)
    way = Way(reader)
    way.link(OIL)
    number = way.page.locator(".bs-summary a.bs-ref").first
    number.evaluate(
        "(mark) => mark.dispatchEvent(new PointerEvent('click', "
        "{ bubbles: true, cancelable: true, pointerType: 'touch' }))"
    )
    way.clicks += 1
    assert way.answer(way.page.locator(".bs-popcard"), "grade", "confidence") == 2


def test_what_became_of_the_treaty_of_1828(read: Read) -> None:
    way = Way(read())
    way.search("Turkmenchay treaty")
    way.click(way.page.locator("#bs-search ol a"))
    assert way.answer(way.page.locator("main"), "Turkmenchay") == 2


def test_where_the_pipelines_run(read: Read) -> None:
    way = Way(read())
    way.tab("Atlas")
    way.link("Oil and gas pipelines from the Caspian coast", ".bs-contents")
    shown = way.page.locator("figure.bs-map:target")
    assert way.answer(shown, "Oil and gas pipelines", "Ceyhan") == 2


def test_what_a_source_got_wrong(read: Read) -> None:
    way = Way(read())
    way.tab("Registry")
    way.link("Karami 2021")
    checked = way.page.locator("section", has=way.page.locator("#corrections"))
    assert way.answer(checked, "What was checked in it") == 2


def test_what_happened_between_iran_and_others_by_date(read: Read) -> None:
    way = Way(read())
    way.tab("Timeline")
    way.page.locator(".bs-filter").get_by_label("Actor").select_option("iran")
    way.clicks += 1
    first = way.page.locator("#events > li:visible").first
    assert way.answer(first, "1") == 2
    assert "iran" in (first.get_attribute("data-actor") or "").split()


def test_how_to_cite_a_brief_and_to_take_its_figures_along(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.link("Cite this brief", ".md-sidebar--secondary")
    assert way.answer(way.page.locator("footer.bs-foot .bs-cite"), OIL, "version of") == 2
    with way.page.expect_download() as download:
        way.link("figures as CSV")
    assert download.value.suggested_filename.endswith(".csv")
    assert way.clicks == 3


def test_who_writes_who_pays_and_what_has_changed(read: Read) -> None:
    way = Way(read())
    assert way.answer(way.page.locator("main .bs-facts"), "Funding", "No funding") == 0
    news = way.page.locator(".bs-news li", has_text=OIL)
    assert way.answer(news, "New contested question") == 0
    way.click(news.get_by_role("link"))
    assert way.answer(way.page.locator("#changes ~ dl.bs-changes"), "SOCAR’s denial") == 1


def test_what_it_comes_to_how_sure_and_when_it_is_looked_at_again(read: Read) -> None:
    reader = read(NARROW)
    way = Way(reader)
    way.link(OIL)
    first = way.page.locator(".bs-bottom")
    assert way.answer(first, "reaching Israel", "Very likely", "Moderate confidence") == 1
    way.page.evaluate("scrollTo(0, 0)")
    scales = first.locator(".bs-bottom__contested")
    expect(scales).to_be_in_viewport()  # all of it on the first screen of a phone
    assert way.answer(way.page.locator(".bs-status"), "Information to", "Review due") == 1


def test_whether_the_sources_lean_to_one_side(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.link("Sources", ".md-sidebar--secondary")
    assert (
        way.answer(way.page.locator(".bs-lean"), "standpoint", "pro-Azerbaijan advocacy (11)") == 2
    )


def test_who_has_said_nothing_and_where_that_was_looked_for(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.link("Who says what", ".md-sidebar--secondary")
    fold = way.page.locator(".bs-question details").first
    expect(fold.locator("summary")).to_contain_text("Nothing found from Azerbaijan, Russia, Turkey")
    way.click(fold.locator("summary"))
    row = fold.locator("tr", has_text="Iran")
    assert way.answer(row, "searched", "None found") == 3


def test_what_the_source_of_a_number_is_and_where_it_can_be_read(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.page.locator(".bs-summary a.bs-ref").first.hover()
    way.click(way.page.locator(".bs-popcard .bs-citation a"))
    work = way.page.locator(".bs-facts--record")
    assert way.answer(work, "C3", "fairly reliable", "Pro-Azerbaijan advocacy") == 2
    assert (work.locator("a[rel~=external]").first.get_attribute("href") or "").startswith("http")


def test_whom_to_tell_that_a_claim_is_wrong(read: Read) -> None:
    way = Way(read())
    way.link(OIL)
    way.click(way.page.locator(".bs-summary a.bs-ref"))
    claim = way.page.locator(".bs-claim:target")
    way.click(claim.locator("summary"))
    contact = claim.locator("dt", has_text="Wrong?").locator("+ dd a")
    assert way.answer(contact, "Open an issue") == 3
