"""What a reader does with the publication, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import (
    NARROW,
    WIDE,
    Published,
    Reader,
    bring_into_view,
    violations,
)

pytestmark = pytest.mark.browser

# One of every kind of page.
KINDS = {
    "home": "",
    "brief": "briefs/zangezur-corridor/",
    "briefs": "briefs/",
    "timeline": "timeline/",
    "positions": "positions/",
    "atlas": "atlas/",
    "source": "sources/khalifa-zadeh-2013/",
    "sources": "sources/",
    "actor": "actors/azerbaijan/",
    "actors": "actors/",
    "place": "places/nakhchivan/",
    "places": "places/",
    "agreement": "agreements/turkmenchay-1828/",
    "agreements": "agreements/",
    "term": "glossary/zangezur-corridor/",
    "glossary": "glossary/",
    "corrections": "corrections/",
    "written": "method/",
    "words": "editorial-policy/",
    "rules": "authors/rules/",
    "problems": "authors/problems/",
    "map": "maps/nakhchivan-syunik/",
    "missing": "404.html",
}
BRIEF = KINDS["brief"]

Read = Callable[..., Reader]


def test_no_page_asks_another_host_and_nothing_fails(read: Read) -> None:
    reader = read()
    for path in KINDS.values():
        page = reader.open(path)
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state("networkidle")
    assert reader.wrong == []


def test_clicking_through_all_tabs_asks_no_other_host(read: Read) -> None:
    reader = read()
    page = reader.open("")
    for name in ("Briefs", "Positions", "Timeline", "Atlas", "Registry", "About"):
        page.locator(".md-tabs__link", has_text=name).click()
        expect(page.locator(".md-tabs__item--active")).to_contain_text(name)
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert reader.wrong == []


def test_a_brief_is_reached_from_home_and_its_map_draws(read: Read) -> None:
    reader = read()
    page = reader.open("")
    page.locator(".bs-cards a[href*=zangezur]").click()
    expect(page.locator("h1")).to_contain_text("Nakhchivan")
    frame = page.locator("iframe.bs-map__live").first
    bring_into_view(frame)
    live = page.frame_locator("iframe.bs-map__live").first
    expect(live.locator(".leaflet-container")).to_be_visible()
    expect(live.locator("body")).to_contain_text("Meghri")
    assert reader.wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(read: Read, kind: str) -> None:
    # A frame is a page of its own: looked at as one ("map"). The dark has other colours alone.
    light, dark = (read(scheme=scheme).look_at(KINDS[kind]) for scheme in ("light", "dark"))
    for width, height in (WIDE, NARROW):
        for page, options in ((light, {}), (dark, {"runOnly": ["color-contrast"]})):
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page, iframes=False, **options) == [], f"{width} px"


def test_nothing_is_wider_than_a_small_phone(read: Read) -> None:
    reader, plain = read((320, 640)), read((390, 640), scripts=False)
    for kind, path in KINDS.items():
        assert plain.look_at(path).evaluate("document.documentElement.scrollWidth") == 390, kind
        page = reader.look_at(path)
        widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], kind


CHARTS = "briefs/energy-ties/"


@pytest.mark.parametrize("width", [360, 1280])
def test_charts_can_be_read_at_any_width(read: Read, width: int) -> None:
    page = read((width, 740), scripts=False).open(CHARTS)
    assert page.locator(".bs-chart").count() > 3
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("svg.ink")].flatMap(svg => {
          const box = svg.viewBox.baseVal, drawn = svg.getBoundingClientRect();
          const scale = box && box.width ? drawn.width / box.width : 1;
          return [...svg.querySelectorAll("text")].map(text => {
            const at = text.getBoundingClientRect();
            const px = parseFloat(getComputedStyle(text).fontSize) * scale;
            return [text.textContent, px, at.left - drawn.left, drawn.right - at.right];
          });
        })"""
    )
    assert len(sizes) > 40
    assert [row for row in sizes if row[1] < 11] == []
    assert [row for row in sizes if min(row[2:]) < -2] == []


def test_a_figure_of_a_chart_leads_to_its_evidence_by_keyboard(read: Read) -> None:
    reader = read()
    page = reader.open(CHARTS)
    figure = page.locator(".bs-chart svg a").last
    target = figure.get_attribute("xlink:href") or ""
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f".bs-claim[id='{target[1:]}']")).to_be_in_viewport()
    for link in page.locator(".bs-chart figcaption a[download]").all():
        found = page.request.get(str(link.evaluate("link => link.href")))
        assert found.ok
        assert found.body()
    assert reader.wrong == []


def test_charts_follow_the_pages_colours_and_print_light(read: Read) -> None:
    page = read(scheme="dark").open(CHARTS)
    title = page.locator(".bs-chart svg text").first
    bright = "text => getComputedStyle(text).fill.match(/\\d+/g).map(Number)[0] > 128"
    assert title.evaluate(bright)
    page.emulate_media(media="print")
    assert not title.evaluate(bright)


def test_a_reference_leads_to_its_claim_and_the_claim_to_its_source(read: Read) -> None:
    reader = read()
    page = reader.open(BRIEF)
    fold = page.locator(".bs-claim details").last
    fold.locator("summary").click()
    reference = page.locator(".bs-prose a.bs-ref").first
    number = reference.inner_text()
    reference.click()
    claim = page.locator(".bs-claim:target")
    expect(claim).to_be_in_viewport()
    assert claim.get_attribute("value") == number
    expect(fold).to_have_attribute("open", "")  # nothing is loaded anew
    page.go_back()
    expect(reference).to_be_in_viewport()
    page.go_forward()
    expect(claim).to_be_in_viewport()
    claim.locator(".bs-citation a").first.click()
    expect(page.locator("#claims")).to_be_visible()
    assert "/sources/" in page.url
    back = page.locator(f".bs-backlinks a[href*='{BRIEF}#']").first
    named = (back.get_attribute("href") or "").partition("#")[2]
    back.click()
    expect(page.locator(f"li[id='{named}']")).to_be_in_viewport()
    page.locator(".md-toc a[href$='#key-judgements'], a[href$='#key-judgements']").first.click()
    expect(page.locator("#key-judgements")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(f"li[id='{named}']")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#claims")).to_be_visible()
    assert "/sources/" in page.url
    assert reader.wrong == []


def test_a_brief_is_whole_without_scripts(read: Read) -> None:
    page = read(scripts=False).open(BRIEF)
    picture = page.locator("img.bs-map__picture").first
    bring_into_view(picture)
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(page.locator("iframe.bs-map__live").first).to_be_hidden()
    assert page.locator(".bs-claim").count() > 12
    page.locator(".bs-map__table summary").first.click()
    expect(page.locator(".bs-map__table table").first).to_be_visible()


def test_paper_is_light_whatever_the_screen_is(read: Read) -> None:
    looks = """() => ["h1", ".bs-prose p", ".bs-prose a",
            ".bs-claim", ".bs-map figcaption", "table th"]
        .map((part) => getComputedStyle(document.querySelector(".md-content " + part)))
        .map((style) => [style.color, style.backgroundColor])"""
    printed = []
    for scheme in ("light", "dark"):
        page = read(scheme=scheme).open(BRIEF)
        on_screen = page.evaluate(looks)
        page.emulate_media(media="print")
        printed.append(page.evaluate(looks))
    assert on_screen != printed[1]
    assert printed[0] == printed[1]


def test_the_timeline_is_filtered_by_topic_and_actor_and_keeps_it_in_its_address(
    read: Read,
) -> None:
    reader = read()
    page = reader.open("timeline/")
    shown = page.locator("#events > li:visible")
    whole = shown.count()
    page.locator(".bs-filter").get_by_label("Topic").select_option("energy")
    energy = shown.count()
    assert 0 < energy < whole
    page.locator(".bs-filter").get_by_label("Actor").select_option("iran")
    both = shown.count()
    assert 0 < both < energy
    assert page.locator(".bs-filter output").inner_text() == f"{both} of {whole} shown"
    for item in shown.all():
        assert item.get_attribute("data-topic") == "energy"
        assert "iran" in (item.get_attribute("data-actor") or "").split()
    page.reload()
    expect(shown).to_have_count(both)
    page.locator(".bs-filter").get_by_label("Topic").select_option("")
    page.locator(".bs-filter").get_by_label("Actor").select_option("")
    expect(shown).to_have_count(whole)
    assert "?" not in page.url
    assert reader.wrong == []


def test_the_timeline_is_whole_without_scripts(read: Read) -> None:
    page = read(scripts=False).open("timeline/")
    assert page.locator("#events > li:visible").count() > 60
    expect(page.locator(".bs-filter")).to_be_hidden()
    link = page.locator("#events a").first
    assert "#" in (link.get_attribute("href") or ""), "an event leads to the claim it rests on"


def test_a_reader_finds_what_every_party_says_about_the_route(read: Read) -> None:
    page = read().open(BRIEF)
    rows = page.locator("section[id='question-what-rules'] tbody tr")
    found = {row.locator("th").inner_text(): row for row in rows.all()}
    parties = ("Azerbaijan", "Armenia", "Iran", "Turkey", "Russia", "United States")
    assert set(parties) <= set(found)
    for party in parties:
        words, when = (found[party].locator("td").nth(column) for column in (1, 2))
        assert words.inner_text() in ("Its own words", "As reported", "None found")
        expect(when.locator("[data-edtf], time")).not_to_have_count(0)
        if words.inner_text() != "None found":
            assert found[party].locator("a.bs-ref, .bs-citation").count() > 0, party
    assert page.locator(".bs-unknowns li").count() >= 3


def test_a_sum_is_shown_with_its_working(read: Read) -> None:
    page = read().open("corrections/")
    sums = page.locator(".bs-sum", has_text="2.5 million tonnes")
    expect(sums.first).to_contain_text("18.5 million barrels ÷ 2.5 million tonnes = 7.40 barrels")
    assert page.locator(".bs-sum").count() > 20


def test_a_map_keeps_its_place_while_it_loads(read: Read) -> None:
    page = read().open(BRIEF)
    page.evaluate(
        """() => {
            window.shift = 0;
            new PerformanceObserver(list => {
                for (const entry of list.getEntries()) window.shift += entry.value;
            }).observe({type: 'layout-shift', buffered: true});
        }"""
    )
    bring_into_view(page.locator("iframe.bs-map__live").first)
    live = page.frame_locator("iframe.bs-map__live").first
    expect(live.locator(".leaflet-container")).to_be_visible()
    assert page.evaluate("window.shift") < 0.01


def test_live_maps_follow_the_pages_colours(read: Read) -> None:
    page = read(scheme="light").open(BRIEF)
    bring_into_view(page.locator("iframe.bs-map__live").first)
    live = page.frame_locator("iframe.bs-map__live").first
    expect(live.locator(".leaflet-container")).to_be_visible()
    ground = "getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"
    before = live.locator("body").evaluate(f"() => {ground}")
    page.locator("label[title='Switch to dark']").click()
    expect(page.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
    (frame,) = [frame for frame in page.frames if "/maps/" in frame.url][:1]
    frame.wait_for_function(f"before => {ground} !== before", arg=before)


def test_shared_map_assets_are_fetched_once(read: Read) -> None:
    reader = read()
    page = reader.open("atlas/")
    for frame in page.locator("iframe.bs-map__live").all():
        bring_into_view(frame)
        expect(frame).to_contain_class("bs-map__live--loaded")
    served = [
        entry
        for frame in page.frames
        for entry in frame.evaluate(
            "performance.getEntriesByType('resource').map(e => [e.name, e.transferSize])"
        )
        if "basemap-core" in entry[0]
    ]
    assert len(served) > 1
    # A server without cache headers is asked whether the file has changed: 300 bytes, no body.
    assert sum(size > 1000 for _, size in served) == 1, served


def test_the_skip_link_and_the_keyboard_reach_the_text(read: Read) -> None:
    page = read().open(BRIEF)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#bs-content'")
    page.keyboard.press("Tab")
    inside = "document.querySelector('#bs-content').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_every_link_and_anchor_of_the_site_leads_somewhere(published: Published) -> None:
    """All pages, read as files: each local link has its file, each fragment its element."""
    import html.parser
    from urllib.parse import unquote, urljoin, urlsplit

    class Reading(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.links: list[str] = []
            self.ids: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            self.ids |= {given["id"] or ""} if "id" in given else set()
            self.links += [v for k, v in attrs if k in ("href", "src") and v]

    root = published.folder
    pages: dict[str, Reading] = {}
    for path in root.rglob("*.html"):
        reading = Reading()
        reading.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(published.root).as_posix()] = reading
    broken = []
    for name, reading in pages.items():
        if name.endswith("404.html"):
            continue  # It is served at any depth, so its links start at the configured root.
        for link in reading.links:
            target = urlsplit(urljoin(f"http://site/{name}", link))
            if target.netloc != "site":
                continue
            file = unquote(target.path).lstrip("/")
            file += "index.html" if file.endswith("/") or not file else ""
            if not (published.root / file).is_file():
                broken.append(f"{name}: {link}")
            elif (
                target.fragment
                and file in pages
                and unquote(target.fragment) not in pages[file].ids
                and not target.fragment.startswith("__")
            ):
                broken.append(f"{name}: {link} has no such element")
    assert broken == []


def test_every_claim_is_an_anchor_that_exists_once(published: Published) -> None:
    root = published.folder
    library: dict[str, Any] = json.loads((root / "data" / "library.json").read_bytes())
    text = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.html"))
    claims = [claim["id"] for brief in library["briefs"] for claim in brief["claims"]]
    assert len(claims) >= 36
    assert {claim: text.count(f' id="{claim}"') for claim in claims} == dict.fromkeys(claims, 1)


def test_evidence_shows_where_it_is_cited(read: Read) -> None:
    reader = read()
    page = reader.open("briefs/energy-ties/")
    number = page.locator(".bs-prose a.bs-ref[data-contested]").first
    claim = page.locator(f"li[id='{(number.get_attribute('href') or '').rpartition('#')[2]}']")
    card = page.locator(".bs-popcard")
    number.hover()
    expect(card).to_be_visible()
    statement = claim.locator(".bs-claim__text").inner_text().removesuffix("#").strip()
    expect(card).to_contain_text(statement)
    expect(card).to_contain_text("grade")
    expect(card).to_contain_text("Contested")
    assert card.locator("[id]:not([id='bs-told'])").count() == 0
    page.mouse.move(5, 500)
    expect(card).to_be_hidden()
    number.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    assert violations(page, iframes=False) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    number.click()
    expect(claim).to_be_in_viewport()
    assert reader.wrong == []


def test_a_tap_shows_evidence_before_it_leads_on(browser: Browser, published: Published) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(published.address + "briefs/energy-ties/")
    page.wait_for_load_state("networkidle")
    number = page.locator(".bs-summary a.bs-ref").first
    number.tap()
    card = page.locator(".bs-popcard")
    expect(card).to_be_visible()
    assert "#" not in page.url
    box = card.bounding_box()
    assert box
    assert box["x"] == 0
    assert box["width"] == 390
    card.locator(".bs-popcard__way a").tap()
    expect(card).to_be_hidden()
    expect(page.locator(".bs-claim:target")).to_be_in_viewport()
    context.close()


def test_the_contents_list_shows_the_heading_that_was_gone_to(read: Read) -> None:
    page = read().open("briefs/energy-ties/")
    page.locator(".md-nav--secondary .md-nav__link", has_text="Evidence").click()
    expect(page.locator(".md-nav--secondary .md-nav__link--active")).to_have_text("Evidence")


def test_a_name_shows_who_that_is_where_it_stands(read: Read) -> None:
    reader = read()
    page = reader.open("briefs/energy-ties/")
    name = page.locator(".bs-prose a.bs-term").first
    entry = page.locator(f"[id='{name.get_attribute('data-card')}']")
    card = page.locator(".bs-popcard")
    name.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text((entry.locator("a").first.text_content() or "").strip())
    assert card.locator("[id]").count() == 0
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    actor = (name.get_attribute("href") or "").rstrip("/").rpartition("/")[2]
    name.click()
    page.wait_for_url(f"**/{actor}/")
    expect(card).to_be_hidden()
    assert reader.wrong == []


def test_a_term_is_explained_where_it_stands_and_led_to_its_evidence(read: Read) -> None:
    reader = read()
    page = reader.open("briefs/zangezur-corridor/")
    term = page.locator(".bs-prose a[data-card='term.tripp']").first
    card = page.locator(".bs-popcard")
    term.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card).to_contain_text("Trump Route for International Peace and Prosperity")
    expect(card).to_contain_text("Source")
    assert violations(page) == []
    card.get_by_role("link", name="TRIPP in the glossary").click()
    page.wait_for_url("**/glossary/tripp/")
    page.locator("#rests-on + ul a").first.click()
    page.wait_for_url("**/briefs/zangezur-corridor/#washington-declaration-2025")
    reader.open("glossary/tripp/").locator("#briefs + ul a").click()
    page.wait_for_url("**/briefs/zangezur-corridor/")
    assert reader.wrong == []


def test_a_name_is_a_link_without_scripts(read: Read) -> None:
    page = read(scripts=False).open("briefs/energy-ties/")
    section = page.locator("section.bs-prose").first
    for part in page.locator("section.bs-prose").all():
        cards = [mark.get_attribute("data-card") for mark in part.locator("a.bs-term").all()]
        assert len(cards) == len(set(cards)), "a name is marked once in a section"
    section.locator("a.bs-term").first.click()
    expect(page.locator("h2#claims")).to_be_visible()


def test_a_missing_page_leads_on_by_search_and_briefs(read: Read) -> None:
    page = read().open("404.html")
    expect(page.locator(".bs-index a").first).to_be_visible()
    page.locator(".bs-button").click()
    expect(page.locator("dialog.bs-search input[name=query]")).to_be_focused()
    plain = read(scripts=False).open("404.html")
    expect(plain.locator(".bs-button")).to_be_hidden()
    plain.locator(".bs-index a").first.click()
    expect(plain.locator("#key-judgements")).to_be_visible()


def test_a_phone_has_the_way_through_a_brief_and_paper_has_none(read: Read) -> None:
    page = read(NARROW).open(BRIEF)
    jump = page.locator(".bs-jump")
    jump.locator("summary").click()
    for link in jump.locator("a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 24
    jump.locator("a[href$='#positions']").click()
    expect(page.locator("h2#positions")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(jump).to_be_hidden()
    expect(page.locator(".bs-named").first).to_be_visible()
    wide = read(WIDE).open(BRIEF)
    expect(wide.locator(".bs-jump")).to_be_hidden()
    expect(wide.locator(".md-sidebar--secondary")).to_be_visible()


def test_lines_of_text_hold_some_66_characters(read: Read) -> None:
    measure = """() => {
        const p = document.querySelector('.bs-prose p');
        const range = document.createRange();
        range.selectNodeContents(p);
        const feet = [...range.getClientRects()].map((box) => Math.round(box.bottom / 20));
        return p.textContent.length / new Set(feet).size;
    }"""
    assert 50 < read(WIDE).open(BRIEF).evaluate(measure) < 85


def test_printed_a_brief_is_what_its_pdf_is(read: Read) -> None:
    page = read().open("briefs/israel-turkey/")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for left_out in (".bs-map__table", ".bs-downloads", ".bs-jump", ".md-header", ".md-footer"):
        expect(page.locator(left_out).first).to_be_hidden()
    for kept in (".bs-judgement", ".bs-claim__more dl", ".bs-question tr", ".bs-cite"):
        expect(page.locator(kept).first).to_be_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
    assert 10 < sheets < 45
