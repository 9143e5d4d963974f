"""A file that cannot be read is one problem, and makes none in any other file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.check import Checker, check_tree
from briefsite.load import list_sources, load_tree

TESTS = Path(__file__).parents[1]
OVERLAYS = (
    TESTS / "golden" / "contested-and-overtaken" / "input",
    TESTS / "golden" / "drafts-and-withdrawals" / "input",
)
PAGE = """\
schema: 1
sources:
  - id: stored-page
    type: webpage
    title: A stored page
    stance: A company's own page; it sells roads.
    perspective: company
    grade: {reliability: C, credibility: 3, reason: It speaks for itself alone.}
    read: excerpt
"""
BRIEF = """\
schema: 1
title: Brief on {id}
topic: energy
publish_on: {since}
summary: The ministry of energy spoke of {id} in 2020 [@{id}-claim].
cutoff: 2024-02
reviewed: {reviewed}
review_by: 2040
judgements:
  - id: {id}-judgement
    text: It is likely.
    likelihood: likely
    confidence: {{level: moderate, reason: What was said agrees.}}
    claims: [{claims}]
sections:
  - id: {id}-section
    heading: Section
    prose: |
      The ministry of energy spoke of {id} in 2020 [@{id}-claim].
claims:
  - id: {id}-claim
    text: The ministry of energy spoke of {id} in 2020.
    kind: event
    said_by: energy-ministry
    sources: [{{source: {source}, locator: line 1, seen: 2024-02-01}}]
    date: 2020
    as_of: 2020
    confidence: {{level: moderate, reason: Its own words.}}
    compared: 2024-02-01
"""
# What a file becomes, from what it was.
UNREAD: dict[str, Callable[[bytes], bytes]] = {
    "a tab": lambda data: data + b"\n\ttitle: x\n",
    "a quote": lambda data: b'"' + data,
    "another encoding": lambda data: b"# \xff\n" + data,
    "a conflict": lambda data: b"<<<<<<< HEAD\n" + data,
    "two documents": lambda data: data + b"\n---\nschema: 1\n",
    "nothing": lambda data: b"",
    "a mark": lambda data: b"\xef\xbb\xbf",
    "a comment": lambda data: b"# To be written.\n",
}


@pytest.fixture
def linked(project: Path) -> Path:
    """A project of several briefs and registry files that lean on each other."""
    for overlay in OVERLAYS:
        shutil.copytree(overlay, project, dirs_exist_ok=True)
    registry, briefs = project / "briefs" / "registry", project / "briefs"
    (registry / "page.yaml").write_text(PAGE)
    for identity, fields in {
        # Public since the newest was reviewed.
        "due": {"since": "2024-04-20", "claims": "due-claim"},
        "newest": {"reviewed": "2024-05-01", "claims": "newest-claim"},
        # Its judgement rests on one page, but for what is said elsewhere.
        "resting": {"claims": "resting-claim, due-claim", "source": "stored-page"},
    }.items():
        others = {"since": "2024-01-01", "reviewed": "2024-02-01", "source": "ministry-report"}
        text = BRIEF.format(id=identity, **{**others, **fields})
        (briefs / f"{identity}.yaml").write_text(text)
    assert check_tree(load_tree(project)).problems == ()
    return project


@pytest.mark.parametrize("what", UNREAD)
def test_a_file_that_cannot_be_read_makes_no_problem_elsewhere(linked: Path, what: str) -> None:
    checker = Checker(linked)
    for _, name in list_sources(linked):
        path = linked / name
        data = path.read_bytes()
        path.write_bytes(UNREAD[what](data))
        problems = check_tree(load_tree(linked)).problems
        assert {problem.path for problem in problems} == {name}, problems
        assert checker.problems() == problems
        path.write_bytes(data)
    assert checker.problems() == ()


def test_a_file_that_is_a_link_makes_no_problem_elsewhere(linked: Path) -> None:
    for _, name in list_sources(linked):
        path = linked / name
        kept = path.rename(linked / "kept")
        path.symlink_to(kept)
        problems = check_tree(load_tree(linked)).problems
        assert [(each.path, each.code) for each in problems] == [(name, "not-a-plain-file")]
        path.unlink()
        kept.rename(path)
