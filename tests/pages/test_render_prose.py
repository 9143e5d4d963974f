"""Prose to HTML: the text stays text, whatever it holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from briefsite.model.prose import parse_prose
from briefsite.pages import prose
from briefsite.pages.prose import render_prose


def cite(ids: tuple[str, ...]) -> str:
    links = "".join(f'<a class="bs-ref" href="#{key}" aria-label="Evidence">1</a>' for key in ids)
    return f'<span class="bs-refs">{links}</span>'


def render(text: str) -> str:
    return str(render_prose(parse_prose(text), cite=cite, link=lambda path: f"../../{path}"))


ONE = '<span class="bs-refs"><a class="bs-ref" href="#one" aria-label="Evidence">1</a></span>'
PROSE = {
    "With *em* and **strong**.": "<p>With <em>em</em> and <strong>strong</strong>.</p>",
    "One line\nand another.": "<p>One line and another.</p>",
    "One line  \nand a break.": "<p>One line<br>and a break.</p>",
    "First.\n\nSecond.": "<p>First.</p>\n<p>Second.</p>",
    "> Quoted.": "<blockquote><p>Quoted.</p>\n</blockquote>",
    "- a\n- b": "<ul><li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>",
    "1. a": "<ol><li><p>a</p>\n</li>\n</ol>",
    "Said[@one].": f"<p>Said{ONE}.</p>",
    # As printers do: the number stands behind the stop.
    "Said [@one]; and on.": f"<p>Said;\u202f{ONE} and on.</p>",
    "Said [@one] in 2011 [@one].": f"<p>Said&nbsp;{ONE} in 2011.\u202f{ONE}</p>",
    "Who said so [@one]?": f"<p>Who said so&nbsp;{ONE}?</p>",
    "So it goes [~].": "<p>So it goes.</p>",
    "So *it* goes [~]; and on.": "<p>So <em>it</em> goes; and on.</p>",
    "[out](https://example.org/?a=1&b=2)":
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener external">out</a></p>',
    "[in](briefs/sample/#x)": '<p><a href="../../briefs/sample/#x">in</a></p>',
    "[in](/briefs/sample/)": '<p><a href="../../briefs/sample/">in</a></p>',
    "[here](#x)": '<p><a href="#x">here</a></p>',
    "[mail](mailto:a@example.org)":
        '<p><a href="mailto:a@example.org" rel="noopener external">mail</a></p>',
}  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
def test_prose_becomes_this(text: str) -> None:
    assert render(text).strip() == PROSE[text]


def test_a_reference_within_a_link_stands_behind_it() -> None:
    text = "See [the *report* [@one]](https://example.org/) again."
    link = '<a href="https://example.org/" rel="noopener external">the <em>report</em> </a>'
    assert render(text).replace("\N{NO-BREAK SPACE}", " ") == f"<p>See {link}{ONE} again.</p>\n"


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick='x'>c</b> <!-- d --> <?php ?> <![CDATA[ e ]]>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,<script>)",
    "[a](java&#x09;script:alert(1)) [b](&#106;avascript:alert(1)) [c](%6aavascript:alert(1))",
    "[a](vbscript:x) [b](file:///etc/passwd) [c](//evil.example/x) [d](https:evil)",
    "[a](https://example.org/\"onmouseover=\"alert(1)) [b](<https://x.y/' onclick='z>)",
    '<javascript:alert(1)> <https://x.y/"><script>>',
    "&lt;script&gt; &#60;script&#62; &#x3c;img src=x onerror=y&#x3e; &amp;lt;b&amp;gt;",
    "![x](https://tracker.example/pixel.gif)",
    "[x]: javascript:alert(1)\n\n[x] and [x][x]",
    "`<script>` and ```js\nalert(1)\n```",
    "{{ 7*7 }} {% raw %} {# c #} {{ config }} ${7*7} #{x} <%= x %>",
    '[@one](javascript:alert(1)) [@<script>] [@../../x] [@one; @two" onclick="x]',
    "*" * 300 + "a" + "*" * 300,
    "[" * 200 + "](x)" * 200,
    '<svg/onload=alert(1)> <math><mi//xlink:href="data:x,<script>">',
    "a\x00b \ufffc \u202e c",
]
TAGS = {"p", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "span"}


class Reading(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_no_markup(text: str) -> None:
    reading = Reading()
    reading.feed(render(text))
    for tag, attributes in reading.tags:
        assert tag in TAGS
        assert set(attributes) <= {"href", "class", "aria-label", "rel"}
        assert re.match(r"https?://|mailto:|#|\.\./\.\./", attributes.get("href") or "#")


@pytest.mark.parametrize("text", [*PROSE, *HOSTILE, "&\N{NO-BREAK SPACE}'\"<>"])
def test_what_is_not_cleaned_was_clean(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = render(text)
    monkeypatch.setattr(prose, "_CLEAN", re.compile("(?!)"))
    assert render(text) == shown


@pytest.mark.parametrize(
    "markup",
    [
        "<script>",
        "<p onclick='x'>",
        '<p class="x">',
        '<a href="javascript:x">',
        '<a href="&#106;avascript:x">',
        '<a class="x" href="data:x">',
        '<a href="x" onclick="y">',
        '<a href="x""onclick="y">',
        "<a href=x>",
        '<a\nhref="x">',
        '<A HREF="x">',
        "<!-- x -->",
        "< p>",
        "<b",
        "&x",
        "\0",
    ],
)
def test_whatever_else_is_cleaned(markup: str) -> None:
    def cite(_: object) -> str:
        return markup

    shown = str(render_prose(parse_prose("Said [@one]."), cite=cite, link=str))
    assert shown == prose._CLEANER.clean(shown)
    assert markup not in shown


def test_template_syntax_is_printed_as_it_stands() -> None:
    reading = Reading()
    reading.feed(render("{{ 7*7 }} {% raw %} {# c #} ${x} &lt;script&gt;"))
    assert reading.text.strip() == "{{ 7*7 }} {% raw %} {# c #} ${x} <script>"
