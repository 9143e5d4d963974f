"""Components in hand-written pages."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from briefsite.model.library import Library
from briefsite.pages import Templates, check_inserts, expand_inserts

KNOWN = ["briefs", "hero", "publisher"]


@pytest.fixture
def templates(library: Library, tmp_path: Path) -> Templates:
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "hero.html.j2").write_text(
        "<h1>{{ library.publication.title }}</h1>\n\n<a href=\"{{ url('') }}\">home</a>"
    )
    (tmp_path / "inserts" / "hero.html.j2~").write_text("an editor's copy")
    return Templates(tmp_path, library, {})


def test_a_marker_becomes_its_component(templates: Templates) -> None:
    text = "before\n\n<!-- briefsite: hero -->\n\nafter {{ 7*7 }}\n"
    assert expand_inserts(text, "a/b.md", templates).markdown == (
        'before\n\n<h1>Sample publication</h1>\n<a href="../../">home</a>\n\nafter {{ 7*7 }}\n'
    )


def test_only_components_have_names(templates: Templates) -> None:
    assert templates.names("inserts") == ["hero"]
    assert templates.names("nothing") == []


@pytest.mark.parametrize(
    "text",
    [
        "text <!-- briefsite: hero --> text",
        "    <!-- briefsite: hero -->",
        "<!-- another: comment -->",
        "```html\n<!-- briefsite: hero -->\n```",
        "~~~~\n```\n<!-- briefsite: hero -->\n~~~~",
        "`<!-- briefsite: hero -->`",
    ],
)
def test_what_is_no_marker_stays(text: str, templates: Templates) -> None:
    assert expand_inserts(text, "index.md", templates).markdown == text
    assert check_inserts(text.replace("hero", "nothing"), "docs/index.md", KNOWN) == []


def test_markers_after_code_are_found(templates: Templates) -> None:
    text = "```\ncode\n```\n<!-- briefsite: hero -->\n```\nmore\n```\n"
    assert "<h1>" in expand_inserts(text, "index.md", templates).markdown


def test_an_unknown_component_has_its_place_and_a_hint() -> None:
    text = "---\ntitle: x\n---\n\n<!--  briefsite:  heroo  -->\n"
    (problem,) = check_inserts(text, "docs/index.md", KNOWN)
    assert (problem.path, problem.line, problem.column) == ("docs/index.md", 5, 19)
    assert problem.code == "unknown-component"
    assert problem.message == "there is no component 'heroo'"
    assert problem.hint == "did you mean 'hero'?"
    assert problem.excerpt == "<!--  briefsite:  heroo  -->"


def test_a_component_unlike_any_lists_them_all() -> None:
    (problem,) = check_inserts("<!-- briefsite: zzz -->", "docs/index.md", KNOWN)
    assert problem.hint == "components: briefs, hero, publisher"


@pytest.mark.parametrize(
    "text", ["<!-- briefsite: -->", "<!-- briefsite: ../pages/brief -->", "<!-- briefsite: <b> -->"]
)
def test_no_other_template_can_be_named(text: str, templates: Templates) -> None:
    assert expand_inserts(text, "index.md", templates).markdown == text
    assert len(check_inserts(text, "docs/index.md", KNOWN)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "`" * 500_000,
        "```\n" * 20_001,
        "~~~a\n" * 100_000,
        "<!--" * 100_000,
        "<!-- briefsite:" + " " * 500_000 + "x",
        "\n".join("`" * count for count in range(3, 1000)),
    ],
    ids=["ticks", "fences", "open", "comments", "spaces", "lengths"],
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    started = time.process_time()
    assert check_inserts(text, "docs/index.md", KNOWN) == []
    assert time.process_time() - started < 2
