"""Material's style without what our pages cannot hold."""

from __future__ import annotations

import pytest

from briefsite.styles import lean, parse, sheets, style_sheet


def test_it_is_less_than_half_of_what_material_has() -> None:
    assert len(style_sheet().encode()) < 0.5 * sum(len(text.encode()) for text in sheets())


@pytest.mark.parametrize("number", [0, 1])
def test_every_rule_of_material_is_understood(number: int) -> None:
    given = sheets()[number]
    assert "".join(rule.text() for rule in parse(given)) == given.strip()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (".md-post{color:red}.md-nav{color:red}", ".md-nav{color:red}"),
        (".md-post__title,.md-nav:hover{top:0}", ".md-nav:hover{top:0}"),
        (".md-nav:not(.md-post){top:0}", ".md-nav:not(.md-post){top:0}"),
        (".md-typeset :is(.admonition,details){top:0}",
         ".md-typeset :is(.admonition,details){top:0}"),
        (".md-typeset details{top:0}", ".md-typeset details{top:0}"),
        ("@media print{.md-banner{top:0}}", ""),
        ("@media print{.md-banner{top:0}.md-top{top:0}}", "@media print{.md-top{top:0}}"),
        ("[data-md-color-primary=red]{--md-a:1}", ""),
        (":root{--md-a:1;--md-b:var(--md-c);--md-c:2}.md-top{top:var(--md-a)}",
         ":root{--md-a:1}.md-top{top:var(--md-a)}"),
        ('.md-top:after{content:"}.md-post{"}', '.md-top:after{content:"}.md-post{"}'),
        (".md-top{mask:url(a;b)}", ".md-top{mask:url(a;b)}"),
        ("@keyframes fade{0%{top:0}to{top:1px}}", "@keyframes fade{0%{top:0}to{top:1px}}"),
    ],
)  # fmt: skip
def test_what_no_page_can_hold_is_left_out(given: str, kept: str) -> None:
    assert lean([given], "").strip() == kept


def test_a_colour_that_our_own_style_reads_is_kept() -> None:
    assert "--md-a:1" in lean([":root{--md-a:1;--md-b:2}"], ".bs-a{color:var(--md-a)}")
