"""Every page of a library."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.pages.page import ids
from briefsite.site import Project, Site, assemble

CASES = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="session")
def root(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    overlays = [CASES / name / "input" for name in ("hostile-text", "contested-and-overtaken")]
    return Path(lay_out(tmp_path_factory.mktemp("pages") / "project", *overlays))


@pytest.fixture(scope="session")
def wide(root: Path) -> Library:
    library = check_tree(load_tree(root)).library
    assert library is not None
    return library


@pytest.fixture(scope="session")
def site(root: Path, wide: Library) -> Site:
    return assemble(Project(root), wide)


def body(site: Site, address: str) -> str:
    (page,) = [page for page in site.pages if page.address == address]
    return page.body


def links(site: Site, address: str) -> set[str]:
    """Where the links of a page lead, as addresses of the site."""
    base = "https://site.example/"
    found = re.findall(r'\shref="([^"]*)"', body(site, address))
    return {urljoin(base + address, link).removeprefix(base) for link in found}


def test_every_link_within_the_site_leads_somewhere(site: Site) -> None:
    anchors = {page.address: set(ids(page.body)) for page in site.pages}
    base = "https://site.example/"
    for page in site.pages:
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', page.body):
            target = urljoin(base + page.address, link)
            if not target.startswith(base):
                continue
            parts = urlsplit(target)
            address = parts.path.removeprefix("/")
            known = address in site.addresses or address in site.files
            assert known or f"{address}index.html" in site.files, f"{page.address}: {link}"
            if parts.fragment and address in anchors:
                assert parts.fragment in anchors[address], f"{page.address}: {link}"


def test_ids_are_unique_on_every_page(site: Site) -> None:
    for page in site.pages:
        assert [key for key, count in Counter(ids(page.body)).items() if count > 1] == []


def test_anchors_are_there(site: Site) -> None:
    for page in site.pages:
        assert set(page.anchors) <= set(ids(page.body))
        assert {heading.id for heading in page.contents} <= set(ids(page.body))


def test_bodies_are_one_block_of_markup(site: Site) -> None:
    for page in site.pages:
        assert page.body.startswith("<")
        assert "\n\n" not in page.body
        assert page.body.count("<h1") == 1, page.address


def test_every_page_names_the_file_it_comes_from(site: Site) -> None:
    for page in site.pages:
        assert re.fullmatch(r"(?:briefs|macros/pages)/[\w/-]+\.(?:yaml|html\.j2)", page.origin)


def test_a_withdrawn_brief_says_so_wherever_it_is_shown(site: Site) -> None:
    pages = {page.address: page.body for page in site.pages}
    assert "<strong>Withdrawn, " in pages["briefs/gone/"]
    assert "told better elsewhere" in pages["briefs/"]
    for text in (pages["briefs/"], site.docs["index.md"].markdown):
        cards = re.findall(r"<article.*?</article>", text, re.DOTALL)
        assert not [card for card in cards if "gone/" in card]
        assert "almost certain" not in text.lower()


# Records and their addresses over all pages


def test_a_claim_has_one_place_in_the_whole_site(site: Site, wide: Library) -> None:
    counts = Counter(key for page in site.pages for key in ids(page.body))
    assert {key: counts[key] for key in wide.claims} == dict.fromkeys(wide.claims, 1)


def test_a_claim_stands_on_the_page_of_its_brief(site: Site, wide: Library) -> None:
    for key, brief in wide.home.items():
        assert key in ids(body(site, f"briefs/{brief}/"))


def test_a_source_lists_every_claim_that_cites_it(site: Site, wide: Library) -> None:
    for key in wide.sources:
        citing = {
            f"briefs/{wide.home[claim.id]}/#{claim.id}"
            for claim in wide.claims.values()
            if key in {source for c in claim.sources for source in (c.source, *c.cites)}
        }
        assert citing <= links(site, f"sources/{key}/")


def test_a_source_leads_to_what_was_corrected_in_it(site: Site, wide: Library) -> None:
    for correction in wide.corrections.values():
        page = links(site, f"sources/{correction.source}/")
        assert f"corrections/#{correction.id}" in page


# The timeline


EVENT = re.compile(r'<li class="bs-event"([^>]*)>(.*?)</li>', re.DOTALL)


def test_every_event_is_there_without_a_script(site: Site, wide: Library) -> None:
    events = EVENT.findall(body(site, "timeline/"))
    assert len(events) == sum(len(e.record.timeline) for e in wide.briefs.values()) == 8
    assert [attributes for attributes, _ in events if "hidden" in attributes] == []


def test_events_stand_in_the_order_of_their_dates(site: Site) -> None:
    dates = re.findall(r'(?:datetime|data-edtf)="([^"]+)"', body(site, "timeline/"))
    assert dates == [
        *("18XX", "2012", "2012-02", "2013", "2014~"),
        *("2018-11/2019-01", "2019/..", "2020-02-29"),
    ]


def test_an_event_says_its_topic_and_its_actors(site: Site) -> None:
    told = {
        text.partition('__body">')[2].partition(" <a")[0]: attributes.strip()
        for attributes, text in EVENT.findall(body(site, "timeline/"))
    }
    assert told["The pipeline is announced"] == 'data-topic="energy" data-actor="energy-ministry"'
    # Its own actors, and otherwise those of its claims.
    assert told["The road is agreed"] == 'data-topic="transit" data-actor="betaland alphaland"'
    assert told["A track is there"] == 'data-topic="transit" data-actor="betaland alphaland"'
    assert told["The road is built"] == 'data-topic="transit" data-actor=""'


def test_the_filters_offer_what_events_have(site: Site) -> None:
    form = body(site, "timeline/").partition("<form")[2].partition("</form>")[0]
    assert "hidden" in form.partition(">")[0]  # until the script that it needs is there
    offered = re.findall(r'<option value="([^"]*)"', form)
    events = EVENT.findall(body(site, "timeline/"))
    held = {
        value
        for attributes, _ in events
        for values in re.findall(r'data-(?:topic|actor)="([^"]*)"', attributes)
        for value in values.split()
    }
    assert sorted(offered) == sorted(["", "", *held])


def test_a_publication_without_events_offers_no_filter(whole: Path) -> None:
    file = whole / "briefs" / "sample.yaml"
    text = file.read_text(encoding="utf-8")
    head, _, rest = text.partition("timeline:\n")
    file.write_text(head + rest[rest.index("maps:") :], encoding="utf-8")
    library = check_tree(load_tree(whole)).library
    assert library is not None
    page = body(assemble(Project(whole), library), "timeline/")
    assert "<form" not in page
    assert "No dated event has been recorded yet." in page


# Positions and corrections


def test_every_question_is_asked_with_every_party(site: Site, wide: Library) -> None:
    page = body(site, "positions/")
    for question, entry in wide.questions.values():
        section = page.partition(f'id="{entry.id}.{question.id}"')[2].partition("</section>")[0]
        rows = re.findall(r'<tr data-basis="([a-z-]+)"><th scope="row"><a href="([^"]+)"', section)
        assert rows == [(c.basis, f"../actors/{c.party}/") for c in question.cells]


def test_the_contents_of_the_positions_lead_to_every_question(site: Site, wide: Library) -> None:
    contents = body(site, "positions/").partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="#([^"]+)"', contents) == [
        f"{entry.id}.{question.id}"
        for entry in wide.briefs.values()
        for question in entry.record.positions
    ]


def test_a_question_of_another_brief_is_shown_and_says_where_it_is_asked(site: Site) -> None:
    page = body(site, "briefs/gone/")
    assert "is-it-a-road" in ids(page)
    assert "briefs/contested/#is-it-a-road" in links(site, "briefs/gone/")


def test_every_correction_has_its_place_under_its_source(site: Site, wide: Library) -> None:
    page = body(site, "corrections/")
    for key, correction in wide.corrections.items():
        section = page.partition(f'id="source-{correction.source}"')[2]
        assert f'id="{key}"' in section.partition("<h2")[0]


def test_sums_are_shown_done(site: Site) -> None:
    page = body(site, "corrections/")
    shown = dict(
        re.findall(r'__label">([^<]+):</span>.*?= <b>([^<]+)</b>', page),
    )
    assert {key: value for key, value in shown.items() if "script" not in key} == {
        "Dollars a kilometre": "28,901.73 USD a kilometre",
        "Against what the Gazette says": "2.9%",
        "Day of the week": "Saturday",
        "Days until the poll": "1 day",
        "A year of 365 days later": "28 February 2021",
        "Years from the treaty": "122 years",
    }


def test_a_corrected_claim_says_so_where_it_stands(site: Site) -> None:
    claim = body(site, "briefs/contested/").partition('id="road-name"')[2].partition("</li>")[0]
    assert "<dt>Corrected</dt>" in claim
    assert 'href="../../corrections/#poll-day"' in claim


def test_what_has_aged_is_marked_on_its_page(site: Site) -> None:
    """The Gazette was due before the day the site speaks from, and the poll was withdrawn."""
    for address in ("sources/gazette/", "briefs/contested/", "briefs/gone/"):
        assert 'class="bs-stale"' in body(site, address), address
    assert 'class="bs-stale"' not in body(site, "briefs/sample/")
    assert "<strong>Withdrawn, " in body(site, "sources/road-poll/")


def test_the_corrections_page_exists_while_there_is_none(whole: Path) -> None:
    library = check_tree(load_tree(whole)).library
    assert library is not None
    page = body(assemble(Project(whole), library), "corrections/")
    assert "No correction has been recorded yet." in page


# What signs mean


def test_what_the_numbers_mean_is_said_once_and_by_the_first_of_them(site: Site) -> None:
    told = "A number leads to its evidence."
    for address, first in (
        ("briefs/sample/", 'id="key-judgements"'),
        ("positions/", 'class="bs-contents"'),
    ):
        text = body(site, address)
        assert text.count(told) == 1
        assert text.index(told) < text.index(first)
    # The bottom line of a brief has none; its summary has, and comes right before.
    between = body(site, "briefs/sample/").partition(told)[0].rpartition("bs-summary")[2]
    assert re.search(r"</p>\s*</div>\s*<p[^>]*>$", between)
