"""Hand-written pages: what they may hold, and where a mistake in one stands."""

from __future__ import annotations

import pytest

from briefsite.pages import check_written, forbidden

PATH = "docs/page.md"


def found(text: str) -> list[str]:
    """`line:column code` of each problem."""
    return [f"{p.line}:{p.column} {p.code}" for p in check_written(text, PATH, ["hero"])]


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nText, a [page](method.md#part), <https://example.org/> and `<script>`.\n",
        "---\ntitle: A page\nhide:\n  - toc\n---\n\n<!-- briefsite: hero -->\n",
        "```html\n<script>alert(1)</script>\n```\n",
        "    <b>indented code</b>\n",
        "| a | b |\n|---|--:|\n| 1 < 2 | x |\n",
        "![a picture](pictures/a.png)\n\n1 <2 and 3> 4\n",
        "[mail](mailto:desk@example.org)\n",
        "`&#x202e;` and\n\n    &shy;\n\nR&D &amp; &mdash; &#169; &zwnj; &#x202eeee; می\u200cشود\n",
    ],
)
def test_markdown_is_welcome(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("<script>alert(1)</script>\n", ["1:1 docs-html"]),
        ("text\n\nŞuşa <img/src=x onerror=alert(1)> x\n", ["3:6 docs-html"]),
        ("<!-- a comment -->\n", ["1:1 docs-html"]),
        ("a <?php ?>\n", ["1:3 docs-html"]),
        ("[x](javascript:alert(1))\n", ["1:1 docs-link"]),
        ("[x](JaVaScRiPt&#58;alert(1))\n", ["1:1 docs-link"]),
        ("text\n\n[x][a]\n\n[a]: data:text/html,x\n", ["3:1 docs-link"]),
        ("![x](https://elsewhere.example/x.png)\n", ["1:1 docs-link"]),
        ("![x](//elsewhere.example/x.png)\n", ["1:1 docs-link"]),
        ("[x](//elsewhere.example/)\n", ["1:1 docs-link"]),
        ("---\ntitle: <b>x</b>\n---\n", ["2:8 docs-front-matter"]),
        ("---\ntitel: x\n---\n", ["2:1 docs-front-matter"]),
        ("---\ntemplate: evil.html\n---\n", ["2:1 docs-front-matter"]),
        ('---\ntitle: x\ndescription: a" http-equiv="refresh\n---\n', ["3:14 docs-front-matter"]),
        ("---\ntitle: x\ntitle: y\n---\n", ["3:1 duplicate-key"]),
        ("---\ntitle: x\nhide: 7\n---\n", ["3:1 docs-front-matter"]),
        ("---\ntitle: [x]\nhide: toc\n---\n", [f"{n}:1 docs-front-matter" for n in (2, 3)]),
        ("---\ntitle: [x\n---\n", ["2:8 yaml-syntax"]),
        ("title: <script>\n\ntext\n", ["1:1 docs-front-matter", "1:8 docs-html"]),
        ("<!-- briefsite: heroo -->\n", ["1:17 unknown-component"]),
        ("text\n\nŞuşa \u202etxt\n", ["3:6 hidden-character"]),
        (
            "text\n\nŞuşa &#x202e;txt &#8238 x &#X0200B;\n",
            [f"3:{n} hidden-character" for n in (6, 18, 27)],
        ),
        (
            "a&shy;b &ZeroWidthSpace; &rlm; &shy\n",
            [f"1:{n} hidden-character" for n in (2, 9, 26, 32)],
        ),
        ('[x](b.md "&#x2066;") `\u200b`\n', ["1:11 hidden-character", "1:23 hidden-character"]),
        ("---\ntitle: a\u202eb\n---\n\nx\n", ["2:9 hidden-character"]),
    ],
)
def test_what_a_page_may_not_hold_has_its_place(text: str, where: list[str]) -> None:
    assert found(text) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x\n" + "[" * 5_000, "2:1001 file-too-large"),
        ("x `" + "<a@b" * 2_000 + "`\n", "1:4004 file-too-large"),
        ("x\n\n" + "`a" * 6_000, "3:1 file-too-large"),
        ("Words.\n\n" * 40_000, "65537:1 file-too-large"),
        ("# a\n\n" * 501, "1001:1 file-too-large"),
        ("a\n=\n\n" * 501, "1502:1 file-too-large"),
        ("1. " * 500 + "a\n", "1:61 yaml-too-deep"),
        ("\n".join("    " * n + "- a" for n in range(30)) + "\n", "21:79 yaml-too-deep"),
        ("> " * 500 + "a\n", "1:41 yaml-too-deep"),
    ],
)
def test_what_would_take_an_engine_long_is_refused(text: str, where: str) -> None:
    assert found(text) == [where]


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">A</h2><p>Text <a href="../b/#c">b</a> <code>&lt;b&gt;</code></p>',
        '<table><thead><tr><th style="text-align: right;">x</th></tr></thead></table>',
        '<p><img alt="x" src="a.png"></p><!-- briefsite: hero -->',
        '<div class="highlight"><pre><span></span><code>x</code></pre></div>',
    ],
)
def test_what_markdown_makes_is_allowed(html: str) -> None:
    assert forbidden(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p><script>alert(1)</script>",
        "<img/src=x onerror=alert(1)>",
        '<p onclick="alert(1)">',
        '<a href="javascript:alert(1)">',
        '<img src="https://elsewhere.example/x">',
        '<p style="background: url(//elsewhere.example)">',
        "<svg><animate>",
        "<iframe src=x>",
        "<form><input>",
        "<base href=//elsewhere.example>",
        "<!DOCTYPE x>",
        "<p>a&#x202e;b</p>",
        '<p title="&shy;">x</p>',
    ],
)
def test_what_slips_through_markdown_is_found(html: str) -> None:
    assert forbidden(html) != []
