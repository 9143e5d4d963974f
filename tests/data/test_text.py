"""Whatever a text holds, it is a text in every format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefsite.data import Addresses
from briefsite.data.bibtex import bibtex, bibtex_entry
from briefsite.data.cite import cite
from briefsite.data.csl import csl_date, csl_item
from briefsite.data.entries import Entry, entries_of
from briefsite.data.feeds import atom, json_feed, make_feed
from briefsite.data.markdown import brief_markdown, escaped
from briefsite.data.ris import ris
from briefsite.data.table import claims_csv, inert
from briefsite.data.works import Work
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.model.prose import parse_prose
from briefsite.model.records import Change, Person

SITE = Addresses("https://example.org/base")
TEX = r"\input{/etc/passwd} $x$ 100 % {a} }} {{ #1 _ ^ ~ & \write18{rm} @book{x, title={y}}"
WORK = Work(
    id="one",
    type="article-journal",
    title=TEX,
    authors=(
        Person(family="Smith, and Sons", given="A and B"),
        Person(literal="Əliyev and والی }"),
    ),
    container="Journal } @misc{z,",
    volume="1\u20132",
    issued=parse_date("2012-02~"),
    url="https://example.org/a?b=%7B&c=_",
    doi="10.1/a}b{c",
)
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def bib(text: str) -> Any:
    return parse_string(text, parse_stack=[RemoveEnclosingMiddleware()])


def test_tex_in_a_title_is_text() -> None:
    found = bib(bibtex_entry(WORK))
    assert found.failed_blocks == []
    (entry,) = found.entries
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"].startswith(r"{\textbackslash{}input\textbraceleft{}/etc/passwd")
    assert (
        fields["author"] == r"{Smith, and Sons}, {A and B} and {Əliyev and والی \textbraceright{}}"
    )
    assert fields["url"] == "https://example.org/a?b=%7B&c=_"
    assert fields["doi"] == "10.1/a%7Db%7Bc"
    assert (fields["year"], fields["date"]) == ("2012", "2012-02~")


@given(any_text)
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_a_reference(text: str) -> None:
    works = [WORK._replace(title=text, container=text, page=text, doi=text, url=""), WORK]
    found = bib(bibtex(works).decode())
    assert [entry.key for entry in found.entries][-1] == "one"
    assert len(found.entries) + len(found.failed_blocks) == 2
    entry = bibtex_entry(works[0])
    assert entry.count("{") == entry.count("}")
    read = rispy.loads(ris(works).decode().replace("\r\n", "\n"))
    assert len(read) == 2
    assert read[0]["title"].strip() == " ".join(text.splitlines()).strip()


def test_a_line_break_starts_no_tag() -> None:
    found = ris([WORK._replace(title="One\r\nER  - \r\nTY  - BOOK\u2028UR  - x")]).decode()
    assert len(rispy.loads(found.replace("\r\n", "\n"))) == 1


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("'tis", "''tis"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert inert(text) == cell


def test_a_negative_number_stays_a_number(library: Library, edited: Edited) -> None:
    changed = edited(library, value=-1.5, unit="=1+1", text="=cmd|' /C calc'!A0, \"so\"\nit is")
    (row, *_) = csv.DictReader(
        io.StringIO(claims_csv(changed, changed.briefs.values(), SITE).decode(), newline="")
    )
    assert row["text"] == "'=cmd|' /C calc'!A0, \"so\"\nit is"
    assert '"value":-1.5' in row["figures"]


Edited = Callable[..., Library]


@pytest.fixture
def edited() -> Edited:
    """The library with another text, and another first figure, of its first claim."""

    def edit(library: Library, *, text: str, **figure: Any) -> Library:
        entry = library.briefs["sample"]
        first, *others = entry.record.claims
        figures = (first.figures[0].model_copy(update=figure), *first.figures[1:])
        claim = first.model_copy(update={"text": text, "figures": figures})
        record = entry.record.model_copy(update={"claims": (claim, *others)})
        return replace(library, briefs={"sample": replace(entry, record=record)})

    return edit


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark").render(text))


@given(any_text)
@settings(max_examples=150, deadline=None)
def test_any_text_is_text_in_markdown(text: str) -> None:
    wanted = " ".join(text.split())
    if wanted:
        for start in ("", "- ", "1.  ", "## "):
            tokens = MarkdownIt("commonmark").parse(f"{start}{escaped(text)}")
            (inline,) = [token for token in tokens if token.type == "inline"]
            read = "".join(child.content for child in inline.children or ())
            assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
            assert " ".join(read.split()) == wanted


@pytest.mark.parametrize(
    "prose",
    [
        r"It was so [@pipeline-announced]\(https://example.com).",
        r"[@pipeline-announced]: https://example.com and so on.",
        r"It was \[x\]\(javascript:alert(1)\) so [@pipeline-announced].",
        r"\# It was so [@pipeline-announced].",
        r"1\. It was so [@pipeline-announced].",
        r"\- It was so [@pipeline-announced].",
        r"&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; [@pipeline-announced].",
    ],
)
def test_prose_cannot_write_markup(library: Library, prose: str) -> None:
    entry = library.briefs["sample"]
    section = entry.record.sections[0].model_copy(update={"prose": parse_prose(prose)})
    record = entry.record.model_copy(update={"sections": (section,)})
    text = brief_markdown(library, replace(entry, record=record), SITE).decode()
    part = text.partition(f"## {escaped(section.heading)}\n")[2].partition("\n## ")[0]
    html = rendered(part)
    assert html.count("<p>") == 1
    assert "<a" not in html
    assert "<script" not in html
    assert "<li>" not in html
    assert html.count("<h") == 0


def test_markup_of_prose_is_kept(library: Library) -> None:
    entry = library.briefs["sample"]
    prose = (
        "It *was* **so** [@pipeline-announced], as [they](https://example.org/?a=1&b=2) say.\n\n"
        "1. One [~].\n2. Two [~].\n\n> Quoted [~].\n\n- See [it](actors/alphaland/) [~]."
    )
    section = entry.record.sections[0].model_copy(update={"prose": parse_prose(prose)})
    record = entry.record.model_copy(update={"sections": (section,)})
    text = brief_markdown(library, replace(entry, record=record), SITE).decode()
    html = rendered(text.partition(f"## {escaped(section.heading)}\n")[2].partition("\n## ")[0])
    assert "<em>was</em> <strong>so</strong> [1]," in html
    assert '<a href="https://example.org/?a=1&amp;b=2">they</a>' in html
    assert html.count("<ol>") == html.count("<ul>") == html.count("<blockquote>") == 1
    assert '<a href="https://example.org/base/actors/alphaland/">it</a>' in html


def test_what_xml_cannot_hold_is_dropped() -> None:
    called, day, text = "T\x00\x0b<]]>&\ufffe", parse_date("2024"), "x\x1b\ud800"
    news = Entry("b", "a", called, day, text, "t", ("&",), "en", "briefs/b/")
    feed = make_feed("feed", "", "<t>", "s", [news], "2024-01-01")
    root = ElementTree.fromstring(atom(feed, SITE).decode())
    (title,) = root.iterfind("{*}entry/{*}title")
    assert title.text == "T<]]>&"


def test_a_feed_without_news_is_a_feed() -> None:
    feed = make_feed("topics/x/feed", "briefs/", "t", "s", [], "2024-01-01")
    root = ElementTree.fromstring(atom(feed, SITE))
    assert root.findtext("{*}updated") == "2024-01-01T00:00:00Z"
    assert b'"items": []' in json_feed(feed, SITE)


def test_entries_of_one_day_keep_their_names_when_another_comes(library: Library) -> None:
    def anchors(*changes: tuple[str, str]) -> dict[str, str]:
        entry = library.briefs["sample"]
        log = tuple(Change(date=parse_date(day), text=text) for day, text in changes)
        record = entry.record.model_copy(update={"changes": log})
        return {e.text: e.anchor for e in entries_of(library, replace(entry, record=record))}

    old = [("2024-03-05", "b"), ("2024-03-05", "a"), ("2024-02", "first")]
    before, after = anchors(*old), anchors(("2024-03-05", "c"), *old)
    assert before == {
        "b": "change-2024-03-05-2",
        "a": "change-2024-03-05",
        "first": "change-2024-02",
    }
    assert {key: after[key] for key in before} == before
    assert after["c"] == "change-2024-03-05-3"


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2012", {"date-parts": [[2012]]}),
        ("2012-02", {"date-parts": [[2012, 2]]}),
        ("2012-02-05", {"date-parts": [[2012, 2, 5]]}),
        ("2012-02~", {"date-parts": [[2012, 2]], "circa": True}),
        ("2020-09-27/2020-11", {"date-parts": [[2020, 9, 27], [2020, 11]]}),
        ("199X", {"literal": "1990s"}),
        ("2020/..", {"literal": "since 2020"}),
    ],
)
def test_csl_dates_are_as_precise_as_they_are_known(date: str, parts: object) -> None:
    assert csl_date(parse_date(date)) == parts
    assert csl_item(WORK._replace(issued=parse_date(date)))["issued"] == parts


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2012", "DA  - 2012///"),
        ("2012-02", "DA  - 2012/02//"),
        ("2012-02-05", "DA  - 2012/02/05/"),
        ("199X", "DA  - 1990///1990s"),
        ("2012~", "DA  - 2012///about 2012"),
    ],
)
def test_ris_dates(date: str, line: str) -> None:
    assert line in ris([WORK._replace(issued=parse_date(date))]).decode().split("\r\n")


BRIEF = Work(
    "brief-x",
    "report",
    "Who pays?",
    (Person(literal="A. Ö."), Person(literal="B"), Person(literal="C")),
    publisher="The Desk",
    issued=parse_date("2024-03"),
)


def test_every_style_of_citation() -> None:
    at = BRIEF._replace(url="https://example.org/briefs/x/")
    assert {each.style: each.text for each in cite(at)} == {
        "APA": "A. Ö., B, & C. (2024, March). Who pays? The Desk. https://example.org/briefs/x/",
        "Chicago": "A. Ö., B, and C. 2024. “Who pays?” The Desk. Version of March 2024."
        " https://example.org/briefs/x/.",
        "MLA": "A. Ö., et al. “Who pays?” The Desk, version of March 2024,"
        " https://example.org/briefs/x/.",
        "Harvard": "A. Ö., B and C (2024) Who pays? The Desk. Version of March 2024."
        " Available at: https://example.org/briefs/x/",
    }


def test_citations_without_an_address() -> None:
    one = BRIEF._replace(title="Oil", authors=(Person(literal="B"),), issued=parse_date("2024~"))
    assert [each.text for each in cite(one)] == [
        "B. (about 2024). Oil. The Desk.",
        "B. 2024. “Oil.” The Desk. Version of about 2024.",
        "B. “Oil.” The Desk, version of about 2024.",
        "B (2024) Oil. The Desk. Version of about 2024.",
    ]
