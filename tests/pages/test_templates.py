"""Macros: strict, escaping, and their mistakes have a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.model.library import Library
from briefsite.pages import TemplateError, Templates


@pytest.fixture
def templates(library: Library, tmp_path: Path) -> Templates:
    (tmp_path / "components").mkdir()
    return Templates(tmp_path, library, {})


def write(templates: Templates, name: str, text: str) -> None:
    (templates.folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>\n\n{{ nothing }}", "page.html.j2:3: 'nothing' is undefined"),
        ("{{ library.nothing }}", "page.html.j2:1: .* has no attribute 'nothing'"),
        ("{{ library.briefs['nothing'] }}", "page.html.j2:1: .*'nothing'"),
        ("\n{% if nothing %}{% endif %}", "page.html.j2:2: 'nothing' is undefined"),
        ("\n{% for %}", "page.html.j2:2: "),
        ("\n{{ 'x' | nothing }}", "page.html.j2:2: No filter named 'nothing'"),
        ("\n{% include 'nothing.html.j2' %}", "page.html.j2:2: no file 'nothing.html.j2'"),
        ("{% from 'components/a.html.j2' import a %}\n{{ a() }}", "components/a.html.j2:2: "),
    ],
)
def test_a_mistake_has_its_file_and_line(text: str, said: str, templates: Templates) -> None:
    write(templates, "components/a.html.j2", "{% macro a() %}\n{{ nothing }}\n{% endmacro %}")
    write(templates, "page.html.j2", text)
    with pytest.raises(TemplateError, match=f"^{said}"):
        templates.render("page", "")


def test_a_missing_page_template_is_said(templates: Templates) -> None:
    with pytest.raises(TemplateError, match="nothing"):
        templates.render("nothing", "")


def test_values_are_escaped_and_never_rendered(templates: Templates) -> None:
    write(templates, "page.html.j2", '<p title="{{ text }}">{{ text }}</p>')
    text = "{{ 7*7 }}<b>\"'&"
    escaped = "{{ 7*7 }}&lt;b&gt;&#34;&#39;&amp;"
    assert templates.render("page", "", text=text) == f'<p title="{escaped}">{escaped}</p>'


def test_references_are_numbered_own_claims_first(templates: Templates, library: Library) -> None:
    page = (
        "{{ claim_number('pipeline-unbuilt') }} {{ claim_number('pipeline-announced') }} "
        "{{ claim_href('pipeline-unbuilt') }} {{ claim_href('pipeline-announced') }}"
    )
    write(templates, "page.html.j2", page)
    announced, unbuilt = library.claims["pipeline-announced"], library.claims["pipeline-unbuilt"]
    assert templates.render("page", "x/", own=(announced,), foreign=(unbuilt,)) == (
        "2 1 #ref-pipeline-unbuilt #pipeline-announced"
    )
    # On a page without evidence of its own: in the order of first use, leading to the brief.
    assert templates.render("page", "x/") == (
        "1 2 ../briefs/sample/#pipeline-unbuilt ../briefs/sample/#pipeline-announced"
    )
