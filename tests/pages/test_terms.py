"""Names in the analysis lead to who or what they are, the first time in a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.model.prose import parse_prose
from briefsite.pages import Templates
from briefsite.pages.terms import Terms
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]
NAMES = """\
schema: 1
actors:
  - {id: roe, kind: person, name: Ann Roe, role: Surveyor}
  - {id: gamma, kind: state, name: Gamma, adjectives: [Gamman], note: An island.}
  - {id: gamma-today, kind: company, name: Gamma Today, role: Newspaper of Gamma}
  - {id: twin-a, kind: person, name: Sam Poe, role: A writer}
  - {id: twin-b, kind: person, name: Sam Poe, role: A soldier}
  - {id: bare, kind: organisation, name: Bare Bureau}
places:
  - {id: ford, name: The Ford, kind: crossing, note: Closed since 1990.}
  - {id: plain, name: Plainville, kind: town}
agreements:
  - id: ford-accord
    title: Accord of The Ford
    names: [{name: Ford Accord}]
    kind: treaty
    signed: 2012
    parties: [gamma]
    summary: It opens the crossing.
    claims: [pipeline-announced]
terms:
  - id: toll
    name: toll
    names: [{name: tolls}]
    definition: What is paid.
    claims: [pipeline-announced]
  - {id: ford-name, name: The Ford, definition: A name in dispute., claims: [pipeline-announced]}
  - {id: old-toll, name: old toll at The Ford, definition: Paid once., claims: [pipeline-announced]}
"""


@pytest.fixture(scope="module")
def library(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = lay_out(tmp_path_factory.mktemp("terms") / "project")
    (root / "briefs" / "registry" / "names.yaml").write_text(NAMES, encoding="utf-8")
    checked = check_tree(load_tree(root))
    assert checked.library, checked.problems
    return checked.library


def found(library: Library, text: str) -> Sequence[tuple[str, str]]:
    return [(text[start:end], term.anchor) for start, end, term in Terms(library).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Roe's count", [("Ann Roe", "actor.roe")]),
        ("Roe and Ann went", []),
        ("Joann Roe", []),
        ("the Ann Roe–Poe count", []),
        ("Gamma Today wrote of Gamma", [("Gamma Today", "actor.gamma-today")]),
        ("a Gamman office", []),
        ("Sam Poe wrote", []),
        ("the Bare Bureau in Plainville", []),
        ("The Ford and the Ford Accord", [
            ("The Ford", "place.ford"), ("Ford Accord", "agreement.ford-accord")]),
        ("Accord of The Ford", [("Accord of The Ford", "agreement.ford-accord")]),
    ],
)  # fmt: skip
def test_names_of_which_something_is_told(
    library: Library, text: str, names: list[tuple[str, str]]
) -> None:
    assert found(library, text) == names


@pytest.mark.parametrize(
    ("text", "listed", "names"),
    [
        ("a toll and the tolls", ["toll"], [("toll", "term.toll"), ("tolls", "term.toll")]),
        ("Tolls are paid", ["toll"], [("Tolls", "term.toll")]),
        ("the TOLL of Tollgate, a bridge-toll", ["toll"], []),
        ("a toll on the bridge", [], []),
        ("a toll on the bridge", ["ford-name"], []),
        ("at The Ford", [], [("The Ford", "place.ford")]),
        ("at The Ford", ["ford-name"], [("The Ford", "term.ford-name")]),
        ("Accord of The Ford", ["ford-name"], [("Accord of The Ford", "agreement.ford-accord")]),
        ("the old toll at The Ford", ["toll"], [("toll", "term.toll"), ("The Ford", "place.ford")]),
        ("the old toll at The Ford", ["old-toll"], [("old toll at The Ford", "term.old-toll")]),
    ],
)  # fmt: skip
def test_terms_are_those_that_the_brief_lists(
    library: Library, text: str, listed: list[str], names: list[tuple[str, str]]
) -> None:
    terms = Terms(library).find(text, listed)
    assert [(text[start:end], term.anchor) for start, end, term in terms] == names


def test_the_first_use_in_a_section_is_marked_and_told_on_the_page(library: Library) -> None:
    page = Templates(ROOT / "macros", library, {}).context("briefs/sample/")
    text = (
        "Ann Roe counted [~]. *Ann Roe* counted again at The Ford [~]. [Ann Roe](method/) left [~]."
    )
    first = str(page["analysis"](parse_prose(text)))
    mark = '<a class="bs-term" href="../../actors/roe/" data-card="actor.roe">Ann Roe</a>'
    assert first.startswith(f"<p>{mark} counted. <em>Ann Roe</em> counted again at ")
    assert '<a href="../../method/">Ann Roe</a>' in first
    assert mark in str(page["analysis"](parse_prose("Ann Roe came back [~].")))
    assert [term.name for term in page["terms"]("actor")] == ["Ann Roe"]
    assert [term.name for term in page["terms"]("place")] == ["The Ford"]
    gamma = library.actors["gamma"]
    assert [term.name for term in page["terms"]("actor", [gamma])] == ["Ann Roe", "Gamma"]


@pytest.fixture(scope="module")
def bodies(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The brief of the minimal project, with prose that names what the registry tells of."""
    root = lay_out(tmp_path_factory.mktemp("marked") / "project")
    brief = root / "briefs" / "sample.yaml"
    (root / "briefs" / "registry" / "names.yaml").write_text(NAMES, encoding="utf-8")
    text = brief.read_text(encoding="utf-8")
    assert "prose: |\n" in text
    brief.write_text(
        text.replace(
            "prose: |\n", "prose: |\n      Ann Roe was at The Ford [@pipeline-announced].\n\n", 1
        ),
        encoding="utf-8",
    )
    checked = check_tree(load_tree(root))
    assert checked.library, checked.problems
    return {page.address: page.body for page in assemble(Project(root), checked.library).pages}


def test_what_is_marked_has_an_entry_on_its_page(bodies: dict[str, str]) -> None:
    marked = 0
    for body in bodies.values():
        for anchor in re.findall(r'data-card="([^"]+)"', body):
            assert body.count(f' id="{anchor}"') == 1
            marked += 1
    assert marked
