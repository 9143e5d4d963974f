"""Briefs on paper: all that the page says, as text that can be found, in a tagged document."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader
from tests.publish.conftest import SITE_URL, Published

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.pages import Page
from briefsite.publish import Cache
from briefsite.publish.paper import paper
from briefsite.publish.typeset import Made, Typesetter


def squeezed(text: str) -> str:
    """A text without spaces and hyphens at line ends, which paper sets as it likes."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", text)


@pytest.fixture(scope="module")
def document(published: Published) -> PdfReader:
    return PdfReader(published.site / "data" / "sample.pdf")


@pytest.fixture(scope="module")
def words(document: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in document.pages))


@pytest.fixture(scope="module")
def library(published: Published) -> Library:
    found = check_tree(load_tree(published.root)).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def entry(library: Library) -> BriefEntry:
    return library.briefs["sample"]


def test_every_statement_is_there_and_can_be_found(words: str, entry: BriefEntry) -> None:
    brief = entry.record
    texts = [brief.title, brief.summary.text]
    texts += [claim.text for claim in brief.claims]
    texts += [judgement.text for judgement in brief.judgements]
    texts += [judgement.confidence.reason for judgement in brief.judgements]
    texts += [section.heading for section in brief.sections]
    texts += [s.text for section in brief.sections for s in section.prose.sentences]
    texts += [cell.position or "" for question in brief.positions for cell in question.cells]
    texts += [event.title for event in brief.timeline]
    texts += list(brief.unknowns)
    # Numbers of references stand within; each word is looked for.
    lost = {
        word for text in texts for word in text.split() if squeezed(word.rstrip(".")) not in words
    }
    assert lost == set()
    whole = [claim.text for claim in brief.claims if squeezed(claim.text) not in words]
    assert whole == []


def test_every_claim_is_there_by_its_id(words: str, entry: BriefEntry) -> None:
    assert {
        claim.id for claim in entry.record.claims if f"#{claim.id}".replace("-", "") in words
    } == set(entry.claims)


def test_every_figure_and_source_is_there(words: str, library: Library, entry: BriefEntry) -> None:
    figures = {f"{f.value:,g}" for claim in entry.record.claims for f in claim.figures}
    assert figures
    assert {value for value in figures if value not in words} == set()
    titles = {squeezed(source.title) for source in library.sources_of(entry)}
    assert {title for title in titles if title not in words} == set()


def test_it_is_tagged_and_says_what_it_is(document: PdfReader, entry: BriefEntry) -> None:
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == entry.record.language
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert document.metadata is not None
    assert document.metadata.title == entry.record.title
    day = entry.record.reviewed.last
    assert document.metadata.creation_date == datetime(day.year, day.month, day.day, tzinfo=UTC)


def test_it_has_bookmarks_page_numbers_and_links(document: PdfReader) -> None:
    headings = [str(part["/Title"]) for part in _flat(document.outline)]
    assert {"Key judgements", "Evidence", "Sources"} <= set(headings)
    count = len(document.pages)
    for number, page in enumerate(document.pages, start=1):
        assert f"{number} / {count}" in page.extract_text()
    links = [
        annotation.get_object() for page in document.pages for annotation in page.get("/Annots", ())
    ]
    addresses = {str(link["/A"]["/URI"]) for link in links if "/URI" in link.get("/A", {})}
    assert any(address.startswith(f"{SITE_URL}sources/") for address in addresses)
    assert all(address.startswith(("https://", "http://", "mailto:")) for address in addresses)
    assert any("/Dest" in link or "/D" in link.get("/A", {}) for link in links)


def _flat(outline: object) -> list[dict[str, object]]:
    if isinstance(outline, list):
        return [found for part in outline for found in _flat(part)]
    assert isinstance(outline, dict)
    return [outline]


def test_the_page_leads_to_it(published: Published) -> None:
    page = (published.site / "briefs/sample/index.html").read_text()
    assert 'href="../../data/sample.pdf"' in page


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/x:0.1.0": *',
        "$ x^2 $ and @ref and <label>",
        "\\ #panic() `raw` *b* _i_ // comment /* */ = Heading",
        "#sys.inputs #read(&quot;/etc/passwd&quot;)",
    ],
)
def test_the_syntax_of_the_typesetter_is_only_text(text: str) -> None:

    body = f"<h1>T</h1>\n<p>{html.escape(html.unescape(text))}</p>"
    page = Page("briefs/x.md", "Title", "Words", lambda: body, "briefs/x.yaml")
    made = set_page(page, text)
    read = PdfReader(io.BytesIO(made.content))
    assert squeezed(html.unescape(text)) in squeezed(read.pages[0].extract_text())
    assert read.metadata is not None
    assert read.metadata.title == text


@pytest.mark.parametrize(
    "text",
    [
        "a \0\x01\x07\x1b\x7f\x85 \\u0001 b",
        "a \ue000\ufdd0\uffff b",
        "a \u202e\u2066\ufeff\u2028 b",
        "a 日 😀 b",
    ],
)
def test_no_letter_stops_a_publication(text: str) -> None:
    page = Page("briefs/x.md", text, text, lambda: f"<h1>{text}</h1><p>{text}</p>", "briefs/x.yaml")
    words = PdfReader(io.BytesIO(set_page(page, text).content)).pages[0].extract_text()
    assert "a" in words
    assert "b" in words


def test_letters_that_no_font_has_are_told(published: Published) -> None:
    assert "data/sample.pdf: no font has 日 本" in published.output


def test_a_link_to_what_paper_does_not_show_leads_to_the_page() -> None:
    body = (
        '<p><a href="#gone">one</a> <a href="#there">two</a></p>\n<p id="there">x</p>\n'
        '<table><tbody><tr><td id="gone">y</td></tr></tbody></table>'
    )
    page = Page("briefs/x.md", "Title", "Words", lambda: f"<h1>T</h1>{body}", "briefs/x.yaml")
    read = PdfReader(io.BytesIO(set_page(page, "Words", SITE_URL).content))
    actions = [note.get_object() for note in read.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert [note.get("/A", {}).get("/URI") for note in actions] == [
        f"{SITE_URL}briefs/x/#gone",
        None,
    ]


def test_a_heading_is_never_the_last_of_a_page() -> None:
    picture = (
        '<figure class="bs-map" id="map-m">\n\n<div class="bs-map__frame">\n'
        '<img class="bs-map__picture" src="../../maps/m.svg" alt="A">\n<iframe src="x"></iframe>\n'
        "</div>\n<figcaption>Words.</figcaption>\n</figure>"
    )
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><path d="M0 0h9"/></svg>'
    body = "".join(
        f"{'<p>Filler.</p>' * number}<section>\n<h2>Heading</h2>\n{picture}</section>\n"
        for number in range(2, 26)
    )
    page = Page("briefs/x.md", "Title", "Words", lambda: f"<h1>T</h1>{body}", "briefs/x.yaml")
    read = PdfReader(io.BytesIO(set_page(page, "Words", maps={"m": drawn}).content))
    pages = [sheet.extract_text().split() for sheet in read.pages]
    assert sum(sheet.count("Heading") for sheet in pages) == 24
    for sheet in pages:
        for at, word in enumerate(sheet):
            assert word != "Heading" or "Words." in sheet[at:], sheet


def set_page(
    page: Page, text: str, site_url: str = "", maps: Mapping[str, str] | None = None
) -> Made:
    data = {
        "title": text,
        "description": text,
        "authors": [text],
        "keywords": [text],
        "publication": text,
        "lang": "en",
        "day": [2026, 1, 1],
        "url": "",
        "maps": dict(maps or {}),
        "tree": paper(page, maps or {}, site_url),
    }
    return Typesetter(Cache(None)).pdf("brief.typ", data, date(2026, 1, 1))


def tree(body: str, site_url: str = "https://x.example/") -> Any:
    return paper(Page("briefs/x.md", "T", "D", lambda: body, "o"), {"m"}, site_url)


def test_a_table_whose_rows_are_folded_in_part_is_one_table() -> None:
    def table(head: str, *rows: str) -> str:
        body = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
        heading = f"<thead><tr><th>{head}</th></tr></thead>"
        return f'<div class="bs-table"><table>{heading}<tbody>{body}</tbody></table></div>\n'

    fold = f"<details><summary>2 more</summary>{table('What', 'b', 'c')}</details>"
    page = f"<section><h2>Figures</h2>\n{table('What', 'a')}{fold}{table('Who', 'd')}</section>"
    (section,) = tree(page)
    _, one, other = section["kids"]
    rows = [
        [row["kids"][0]["kids"][0] for row in box["kids"][0]["kids"][1]["kids"]]
        for box in (one, other)
    ]
    assert rows == [["a", "b", "c"], ["d"]]


def test_links_lead_within_the_document_or_to_the_site() -> None:
    body = (
        '<p id="here"><a href="#here">a</a>'
        '<a href="../../sources/s/">b</a><a href="#gone">c</a></p>'
    )
    (p,) = tree(body)
    within, beyond, gone = p["kids"]
    assert (within["to"], within["href"]) == ("here", "https://x.example/briefs/x/#here")
    assert beyond["href"] == "https://x.example/sources/s/"
    assert "to" not in gone
    (p,) = tree(body, "")
    assert [kid.get("href", "") for kid in p["kids"]] == ["", "", ""]


def test_what_a_screen_alone_can_use_is_left_out() -> None:
    body = (
        '<div>\n<iframe src="x"></iframe>\n<svg><rect/><rect></rect></svg>\n'
        '<details class="bs-map__table"><summary>s</summary><p>t<br>u</p></details>\n'
        "<p>kept <b>all</b> <i>of it</i></p>\n</div>"
    )
    (div,) = tree(body)
    (p,) = div["kids"]
    assert [kid if isinstance(kid, str) else kid["tag"] for kid in p["kids"]] == [
        "kept ",
        "b",
        " ",
        "i",
    ]


def test_a_chart_is_a_picture_that_says_its_figures() -> None:
    body = (
        '<figure>\n<h3 id="c.title">T</h3>\n<svg data-chart="c"><a href="#x"><text>2</text></a>'
        '<path d="M0 0"/></svg>\n<figcaption>Key</figcaption>\n</figure>\n'
        '<figure class="bs-band"><svg></svg><figcaption>Gone</figcaption></figure>'
    )
    page = Page("briefs/x.md", "T", "D", lambda: body, "o")
    figure, *others = (kid for kid in paper(page, {}, "", {"c": "A: 2 km."}) if kid != " ")
    assert isinstance(figure, dict)
    assert [kid["tag"] for kid in figure["kids"]] == ["h3", "img", "figcaption"]
    assert (figure["kids"][1]["chart"], figure["kids"][1]["alt"]) == ("c", "A: 2 km.")
    assert others == []


def test_the_same_every_time(published: Published, published_again: Published) -> None:
    for path in sorted((published.site / "data").glob("*.pdf")):
        assert path.read_bytes() == (published_again.site / "data" / path.name).read_bytes()
