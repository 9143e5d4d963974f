"""Terms of the glossary: named by the briefs that use them, and found where they are explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.check import Checker, check_tree
from briefsite.load import load_tree
from briefsite.model.names import holds_any
from briefsite.model.prose import parse_prose

SAMPLE, REGISTRY = "briefs/sample.yaml", "briefs/registry/registry.yaml"
Edit = Callable[[str, str, str], None]


def problems(project: Path) -> list[str]:
    return [f"{p.code}: {p.message} ({p.hint})" for p in check_tree(load_tree(project)).problems]


def test_a_misspelt_term_is_told_with_the_one_that_was_meant(project: Path, edit: Edit) -> None:
    edit(SAMPLE, "terms: [works]", "terms: [wroks]")
    (found,) = problems(project)
    assert "there is no term 'wroks'" in found
    assert "did you mean 'works'?" in found


def test_a_term_rests_on_something(project: Path, edit: Edit) -> None:
    edit(REGISTRY, "looked for it.\n    claims: [pipeline-unbuilt]", "looked for it.")
    (found,) = problems(project)
    assert "a term needs 'claims' or 'sources' for what it means" in found


def test_our_own_voice_takes_no_side_in_a_definition(project: Path, edit: Edit) -> None:
    edit(REGISTRY, "definition: Work on the ground", "definition: Work of the regime")
    edit(
        REGISTRY,
        "terms:\n",
        "loaded_words:\n  - {words: [regime], reason: It denies a government its standing.}\n"
        "terms:\n",
    )
    (found,) = problems(project)
    assert found.startswith("loaded-word: ")


def test_a_definition_says_no_more_than_its_claims(project: Path, edit: Edit) -> None:
    edit(
        REGISTRY, "definition: Work on the ground", "definition: Since May 1987, work on the ground"
    )
    assert [found.partition(" (")[0] for found in problems(project)] == [
        "number-not-in-claim: none of the claims cited holds 'May'",
        "number-not-in-claim: none of the claims cited holds '1987'",
    ]
    # What a source says besides, a claim need not.
    rest = "looked for it.\n    claims: [pipeline-unbuilt]"
    edit(REGISTRY, rest, f"{rest}\n    sources: [{{source: ministry-report, locator: p. 3}}]")
    assert problems(project) == []


def test_a_contested_name_stands_beside_the_other_in_a_definition(
    project: Path, edit: Edit
) -> None:
    edit(REGISTRY, "definition: Work on the ground", "definition: Work on the ground of Alphaburg")
    names = "contested_names:\n  - {names: [Alphaburg, Betaburg], reason: Each has its own.}\n"
    edit(REGISTRY, "terms:\n", f"{names}terms:\n")
    (found,) = problems(project)
    assert found.startswith("contested-name: 'Alphaburg' stands alone")


def test_a_term_that_its_brief_does_not_use_is_told(project: Path, edit: Edit) -> None:
    edit(SAMPLE, "found *no* construction", "found *no* works")
    (found,) = problems(project)
    assert "the analysis does not use 'construction'" in found
    edit(REGISTRY, "name: tikinti", "name: works")
    assert problems(project) == []


def test_a_brief_is_looked_at_again_when_a_term_has_another_form(project: Path, edit: Edit) -> None:
    checker = Checker(project)
    assert checker.problems() == ()
    edit(REGISTRY, "name: construction", "name: building")
    assert [p.code for p in checker.problems()] == ["term-not-used"]
    edit(REGISTRY, "name: tikinti", "name: construction")
    assert checker.problems() == ()


@pytest.mark.parametrize(
    ("prose", "holds"),
    [
        ("Of *works* [~].", True),
        ("[Works](method/) [~].", False),
        ("Of [the *works*](method/) [~].", False),
        ("- One [~].\n- Two works [~].", True),
        ("Of ironworks and works-to-be [~].", False),
    ],
)
def test_a_name_is_found_where_a_page_can_mark_it(prose: str, holds: bool) -> None:
    assert holds_any(parse_prose(prose), ["works", "Works"]) == holds
