"""A page: its address, links from it, its contents list, its front matter."""

from __future__ import annotations

import html
import json
from urllib.parse import urljoin

import pytest
import yaml
from mkdocs.utils.meta import get_data

from briefsite.pages import Page
from briefsite.pages.page import address_of, compact, ids, indented, printed, relative

ADDRESSES = ["", "timeline/", "briefs/", "briefs/a/", "briefs/a/b/"]
TARGETS = [*ADDRESSES, "maps/m.svg", "data/library.json", "maps/m/", "briefs/a/#claim", "#top"]


@pytest.mark.parametrize("here", ADDRESSES)
@pytest.mark.parametrize("target", TARGETS)
def test_a_link_leads_where_it_should_from_every_page(here: str, target: str) -> None:
    for base in ("https://example.org/", "https://example.org/below/this/"):
        assert urljoin(base + here, relative(target, here)) == base + target


@pytest.mark.parametrize(
    ("target", "here", "link"),
    [
        ("briefs/a/#claim", "briefs/a/", "#claim"),
        ("briefs/a/", "briefs/a/", "./"),
        ("", "", "./"),
        ("", "briefs/a/", "../../"),
        ("briefs/", "briefs/a/", "../"),
        ("data/a.json", "", "data/a.json"),
        ("/briefs/a/", "briefs/ab/", "../a/"),  # as authors may write it
    ],
)
def test_links_are_as_short_as_they_can_be(target: str, here: str, link: str) -> None:
    assert relative(target, here) == link


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("method.md", "method/"),
        ("briefs/index.md", "briefs/"),
        ("briefs/a.md", "briefs/a/"),
        ("a/b/README.md", "a/b/"),
        ("v1.2.md", "v1.2/"),
    ],
)
def test_addresses_are_folders(source: str, address: str) -> None:
    assert address_of(source) == address


def test_contents_are_the_headings_of_the_second_level() -> None:
    body = (
        '<h1>Title</h1>\n<h2 id="a" class="x">One &amp; <em>two</em></h2>\n'
        '<h3 id="b">Below</h3>\n<h2 id="c"><a href="x">Three &lt;b&gt;</a></h2>\n<h2>No id</h2>'
    )
    page = Page("a.md", "Title", "", lambda: body, "briefs/a.yaml")
    assert [(item.id, item.title) for item in page.contents] == [
        ("a", "One & two"),
        ("c", "Three <b>"),
    ]


HOSTILE = [
    "with \"double\" and 'single' quotes",
    "---",
    "a\n---\nb",
    "...\n--- \n",
    "{{ 7*7 }} {% raw %} {# #}",
    "<script>alert(1)</script>",
    "</title></head><body>",
    "trailing: colon # and comment",
    "- list, [flow], {map}, *alias, &anchor, !tag, %directive, @at, `tick`",
    "null",
    "1e3",
    "2012-02-05",
    "ünï ə Ж 日本 🙂 \\ \t back",
    "]]> &amp; &#x3c; ${x}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_front_matter_carries_any_title_and_description(text: str) -> None:
    body = f'<h1>x</h1>\n<h2 id="a">{"x"}</h2>'
    markdown = Page("a.md", text, text, lambda: body, "briefs/a.yaml").markdown()
    rest, matter = get_data(markdown)
    assert rest == f"{body}\n"
    for key in ("title", "description"):
        assert "<" not in matter[key]
        assert '"' not in matter[key]

    assert html.unescape(matter["title"]) == text
    assert html.unescape(matter["description"]) == text
    assert matter["origin"] == "briefs/a.yaml"
    # JSON is YAML, for whichever reader comes first.
    assert json.loads(markdown.split("\n---\n")[0].removeprefix("---\n")) == matter
    assert yaml.safe_load(markdown.split("\n---\n")[0].removeprefix("---\n")) == matter


def test_a_body_has_no_blank_line() -> None:
    assert compact("\n  <p>\n\n   a  \n \t\n</p>\n\n") == "<p>\na\n</p>"
    assert compact("") == ""


def test_text_keeps_its_indentation_where_markup_loses_it() -> None:
    entry = "@report{a,\n  title = {<b> & c},\n}"
    shown = compact(f"  <pre>{indented(entry)}</pre>")
    assert html.unescape(shown) == f"<pre>{entry}</pre>"
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("<p>Israel's oil, and Iran&#39;s</p>", "<p>Israel’s oil, and Iran’s</p>"),
        ("<p>'no', 5'30 long, parties' own</p>", "<p>'no', 5'30 long, parties' own</p>"),
        (
            """<a href="/o'b" title='it&#39;s'>it's</a>""",
            """<a href="/o'b" title='it&#39;s'>it’s</a>""",
        ),
        ("<code>a's\nb&#39;s</code> c's", "<code>a's\nb&#39;s</code> c’s"),
        ('<p title="5 %">5 % of 10</p> 6 %', '<p title="5 %">5\u00a0% of 10</p> 6\u00a0%'),
        ("<code>5 %</code> % 5", "<code>5 %</code> % 5"),
    ],
)
def test_apostrophes_and_percents_are_set_as_printers_do_and_nothing_else_is(
    typed: str, set_: str
) -> None:
    assert printed(typed) == set_


def test_ids_are_those_of_elements_and_of_no_text() -> None:
    page = (
        '<h2 class="x" id="a">An id="b" and id=c</h2> id="d" <p title=" id=e" id=\'f\'>'
        '<b data-id="g" hid="h">valid="i"</b><i id=j><br id="k"/><a href="?id=l"></a>'
    )
    assert ids(page) == ["a", "f", "j", "k"]
    assert ids('id="a" <b') == []


def test_a_body_is_written_once_whatever_is_put_around_it() -> None:
    written: list[str] = []

    def write() -> str:
        written.append("body")
        return "<h1>A</h1>"

    page = Page("a.md", "A", "About A", write, "a.yaml")
    assert page.body == page.with_frame(robots="noindex", card=("card.png", "A")).body
    assert written == ["body"]
    assert page.with_frame(robots="noindex").front_matter()["robots"] == "noindex"
