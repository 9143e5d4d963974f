"""A scripted history: each commit gives exactly what an editor would say that it did."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.changes.repository import History

from briefsite.data.differences import Revisions, print_differences

SAMPLE, CONTESTED = "briefs/sample.yaml", "briefs/contested.yaml"
REGISTRY, MAP = "briefs/registry/registry.yaml", "maps/sample-map.yaml"

Step = tuple[str, str, str]


@dataclass(frozen=True)
class Commit:
    """Edits (file, old text, new text), and what they come to: kind, id, before and after."""

    name: str
    edits: tuple[Step, ...]
    expected: tuple[tuple[str, str, str, str], ...]


NEW_CLAIM = """  - id: pipeline-surveyed
    text: In 2021 the ministry of energy said that a route had been surveyed.
    kind: event
    said_by: energy-ministry
    sources: [{source: ministry-report, locator: p. 31}]
    date: 2021
    as_of: 2021-03
    confidence: {level: moderate, reason: One report of the ministry itself.}
    compared: 2024-03-04
"""
NEW_SOURCE = """  - id: second-report
    type: report
    title: A second report
    stance: Official; speaks for the ministry.
    perspective: official
    grade: {reliability: C, credibility: 3, reason: Nobody has checked it so far.}
    read: whole
"""
WITHDRAWN = """    status:
      {state: withdrawn, since: 2024-03, reason: The review had looked elsewhere.}
"""
BACKGROUND = (
    "The ministry announced a pipeline in February 2012. A review of 2020 found no construction. "
    "Cost, as of 2012: {} billion USD."
)
AS_WRITTEN = """\
    text: A review of 2020 found that no part of the pipeline had been built.
"""
FOLDED = """\
    text: >-
      A review of 2020 found
      that no part of the pipeline
      had been built.
"""
COMMITS = (
    Commit(
        "a claim is added",
        ((SAMPLE, "\ntimeline:\n", f"{NEW_CLAIM}\ntimeline:\n"),),
        (("claim-added", "pipeline-surveyed", "", ""),),
    ),
    Commit(
        "a claim is reworded",
        ((SAMPLE, "a route had been surveyed", "the whole route had been surveyed"),),
        (
            (
                "claim-reworded",
                "pipeline-surveyed",
                "In 2021 the ministry of energy said that a route had been surveyed.",
                "In 2021 the ministry of energy said that the whole route had been surveyed.",
            ),
        ),
    ),
    Commit(
        "a claim is given another source",
        (
            (
                SAMPLE,
                "[{source: ministry-report, locator: p. 31}]",
                "[{source: gazette, locator: paragraph 1, seen: 2024-02-01}]",
            ),
        ),
        (
            (
                "claim-resourced",
                "pipeline-surveyed",
                "ministry-report, p. 31",
                "gazette, paragraph 1, seen 2024-02-01",
            ),
        ),
    ),
    Commit(
        "a claim is withdrawn that nothing rests on",
        ((SAMPLE, "    date: 2021\n", f"{WITHDRAWN}    date: 2021\n"),),
        (("claim-withdrawn", "pipeline-surveyed", "current", "The review had looked elsewhere."),),
    ),
    Commit(
        "a judgement moves up",
        (
            (SAMPLE, "is unlikely to be built", "has a roughly even chance to be built"),
            (SAMPLE, "likelihood: unlikely", "likelihood: roughly even chance"),
        ),
        (
            ("judgement-up", "pipeline-unlikely", "unlikely", "roughly even chance"),
            (
                "judgement-reworded",
                "pipeline-unlikely",
                "The pipeline is unlikely to be built before 2030.",
                "The pipeline has a roughly even chance to be built before 2030.",
            ),
        ),
    ),
    Commit(
        "a judgement moves down, and only its band is written anew",
        (
            (CONTESTED, "The road is likely to be opened", "The road is unlikely to be opened"),
            (CONTESTED, "likelihood: likely", "likelihood: unlikely"),
        ),
        (("judgement-down", "road-likely", "likely", "unlikely"),),
    ),
    Commit(
        "a figure is corrected",
        ((SAMPLE, "value: 1.2", "value: 1.3"), (SAMPLE, "2012: 1.2 billion", "2012: 1.3 billion")),
        (
            (
                "figure-changed",
                "pipeline-announced",
                "about 1.2 billion USD (2012)",
                "about 1.3 billion USD (2012)",
            ),
            (
                "section-reworded",
                "background",
                BACKGROUND.format("1.2"),
                BACKGROUND.format("1.3"),
            ),
        ),
    ),
    Commit(
        "a party's position changes",
        ((CONTESTED, "It is said to deny it.", "It is said to doubt it."),),
        (
            (
                "position-changed",
                "is-it-a-road",
                "It is said to deny it. (reported, 2020)",
                "It is said to doubt it. (reported, 2020)",
            ),
        ),
    ),
    Commit(
        "a source is added",
        ((REGISTRY, "\nactors:\n", f"{NEW_SOURCE}\nactors:\n"),),
        (("source-added", "second-report", "", ""),),
    ),
    Commit(
        "a source is graded anew",
        ((REGISTRY, "reliability: B", "reliability: D"),),
        (("source-regraded", "ministry-report", "B2", "D2"),),
    ),
    Commit(
        "a review falls due",
        ((REGISTRY, "review_by: 2025-06-30", "review_by: 2024-03-31"),),
        (
            ("source-changed", "ministry-report", "2025-06-30", "2024-03-31"),
            ("stale-due", "ministry-report", "", ""),
        ),
    ),
    Commit(
        "a route moves on a map",
        ((MAP, "[47.5, 40.1]", "[47.5, 40.4]"),),
        (
            (
                "feature-changed",
                "sample-map#route main-line",
                "path 47.5; 40.1",
                "path 47.5; 40.4",
            ),
        ),
    ),
)


def test_each_commit_gives_exactly_its_events(history: History) -> None:
    assert len(COMMITS) == 12
    for commit in COMMITS:
        for step in commit.edits:
            history.edit(*step)
        assert history.errors() == [], commit.name
        history.commit()
        found = history.compare("HEAD^", "HEAD")
        events = {(each.kind, each.id, each.before, each.after) for each in found.differences}
        assert events == set(commit.expected), commit.name
        assert len(found.differences) == len(commit.expected), commit.name
        assert (found.lost, found.left_out) == ((), ()), commit.name


def recast(history: History) -> None:
    """White space, comments, line ends, quoting, the order of keys and of lists."""
    sample = history.root / SAMPLE
    text = sample.read_text(encoding="utf-8")
    head, _, claims = text.partition("\nclaims:\n")
    claims, _, tail = claims.partition("\ntimeline:\n")
    first, second = claims.split("  - id: pipeline-unbuilt\n")
    text = (
        f"{head}\nclaims:\n  - id: pipeline-unbuilt\n{second.rstrip()}\n{first}\ntimeline:\n{tail}"
    )
    for old, new in (
        ("title: Sample brief\n", 'title: "Sample brief"   # a comment\n'),
        ("topic: energy\n", ""),
        ("reviewed: 2024-03-05\n", "reviewed: '2024-03-05'\n\ntopic: energy\nstatus: published\n"),
        (AS_WRITTEN, FOLDED),
        ("a pipeline in February 2012 [@pipeline-announced]. A review\n", "a pipeline\n"),
        (
            "      of 2020 found",
            "      in February 2012 [@pipeline-announced]. A review of 2020 found",
        ),
        (
            "[pipeline-announced, pipeline-unbuilt]",
            "\n    - pipeline-unbuilt\n    - pipeline-announced",
        ),
        ("value: 1.2", "value: 1.20"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    sample.write_bytes(text.replace("\n", "\r\n").encode())


def test_what_is_no_change_in_substance_gives_nothing(history: History) -> None:
    recast(history)
    assert history.errors() == []
    history.commit()
    found = history.compare("HEAD^", "HEAD")
    assert found.differences == ()
    assert (found.lost, found.left_out) == ((), ())
    assert history.git("diff", "--stat", "HEAD^", "HEAD") != ""


def test_the_working_tree_is_compared_before_it_is_committed(history: History) -> None:
    history.edit(SAMPLE, "level: high", "level: moderate")
    found = history.compare("HEAD")
    assert [(each.kind, each.before, each.after) for each in found.differences] == [
        ("claim-confidence", "high", "moderate")
    ]
    assert str(found.differences[0].origin.path) == SAMPLE


OTHERS = (
    (CONTESTED, "status: {state: withdrawn", "status: {state: superseded", "claim-superseded"),
    (CONTESTED, "    review_by: 2024-01\n", "", "claim-changed stale-ceased"),
    (CONTESTED, "  - Whether anyone uses it.\n", "", "unknown-removed"),
    (CONTESTED, "title: A track is there", "title: A track was there", "event-changed"),
    (CONTESTED, "The office would not comment.", "The office gave no comment.", "claim-answered"),
    (
        CONTESTED,
        "      - position: Our own check found no text of the agreement.\n",
        "",
        "claim-uncontested",
    ),
    (CONTESTED, "reviewed: 2024-04-10", "reviewed: 2024-04-11", "brief-reviewed"),
    (CONTESTED, "title: Whose road it is", "title: Whose road it was", "brief-changed"),
    (SAMPLE, "found *no* construction", "found no construction", "section-reworded"),
    ("briefs/gone.yaml", "status: withdrawn\n", "", "brief-restored"),
    (MAP, "Drawn by hand; tens of kilometres.", "Drawn by hand.", "feature-changed"),
    (REGISTRY, "name: Alphaland", "name: Alphalands", "actor-changed"),
    (REGISTRY, "definition: Work on", "definition: Any work on", "term-changed"),
)


@pytest.mark.parametrize(("path", "old", "new", "kinds"), OTHERS, ids=[row[3] for row in OTHERS])
def test_other_changes(history: History, path: str, old: str, new: str, kinds: str) -> None:
    history.edit(path, old, new)
    assert [each.kind for each in history.compare("HEAD").differences] == kinds.split()


def test_of_a_list_what_is_gone_and_what_is_new_is_told(history: History) -> None:
    def told() -> tuple[str, str, str]:
        found = history.compare("HEAD")
        (each,) = found.differences
        text = print_differences(found, Revisions("HEAD", "0" * 40, "working tree", None))
        (line,) = (line for line in text.splitlines() if "places: " in line)
        return each.before, each.after, line.partition("places: ")[2]

    rest = "\n    agreements: [pipeline-accord]"
    history.edit(SAMPLE, f"places: [alphaville]{rest}", f"places: [alphaville, betatown]{rest}")
    assert told() == ("", "betatown", "also betatown")
    history.commit()
    history.edit(SAMPLE, f"places: [alphaville, betatown]{rest}", f"places: [alphaville]{rest}")
    assert told() == ("betatown", "", "without betatown")
    history.edit(SAMPLE, f"places: [alphaville]{rest}", f"places: []{rest}")
    assert told() == ("alphaville; betatown", "none", "alphaville; betatown → none")
