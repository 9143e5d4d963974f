"""Links in prose that lead nowhere are problems, at their place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.report import Problem
from briefsite.site import AssemblyError, Project, assemble


def found(root: Path, link: str) -> list[str]:
    """`column code hint` of each problem with a link at the end of the first prose."""
    path = root / "briefs" / "sample.yaml"
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("prose: |\n")
    indent = rest[: len(rest) - len(rest.lstrip())]
    path.write_text(
        f"{head}{mark}{indent}Şuşa [here]({link}) [@pipeline-announced].\n\n{rest}",
        encoding="utf-8",
    )
    line = head.count("\n") + 2
    library = check_tree(load_tree(root)).library
    assert library is not None
    problems: Sequence[Problem] = ()
    try:
        assemble(Project(root), library)
    except AssemblyError as error:
        problems = error.problems
    assert all((p.path, p.line) == ("briefs/sample.yaml", line) for p in problems)
    return [f"{p.column - len(indent)} {p.code} {p.hint}".strip() for p in problems]


def test_links_of_a_summary_are_looked_at(whole: Path) -> None:
    path = whole / "briefs" / "sample.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("A pipeline was", "A [pipeline](nowhere/) was"), encoding="utf-8")
    library = check_tree(load_tree(whole)).library
    assert library is not None
    with pytest.raises(AssemblyError) as caught:
        assemble(Project(whole), library)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("briefs/sample.yaml", 4, 12)
    assert problem.code == "dead-link"


@pytest.mark.parametrize(
    "link",
    [
        "timeline/",
        "/atlas/#map-sample-map",
        "briefs/sample/#evidence",
        "#evidence",
        "sources/ministry-report/",
        "maps/sample-map.svg",
        "data/library.json",
        "method/",
        "https://example.org/",
    ],
)
def test_a_link_to_something_is_no_problem(link: str, whole: Path) -> None:
    assert found(whole, link) == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("nowhere/at/all/", "6 dead-link such as sources/ID/"),
        ("timelin/", "6 dead-link did you mean 'timeline/'?"),
        ("briefs/sample.md", "6 dead-link did you mean 'briefs/sample/'?"),
        ("#evidenc", "6 dead-link did you mean 'evidence'?"),
        ("briefs/sample/#nothing-here", "6 dead-link"),
    ],
)
def test_a_link_to_nothing_has_its_place(link: str, problem: str, whole: Path) -> None:
    assert found(whole, link) == [problem]
