"""The audit: every statement is followed to its sources, and what has none is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.check import Audit, Coverage, audit, check_tree
from briefsite.cli import main
from briefsite.load import load_tree

Edit = Callable[[str, str, str], None]
Capture = pytest.CaptureFixture[str]
BRIEF = "briefs/sample.yaml"
REGISTRY = "briefs/registry/registry.yaml"
CASE = Path(__file__).parents[1] / "golden" / "contested-and-overtaken" / "input"


def audited(root: Path) -> Audit:
    return audit(check_tree(load_tree(root)).readings)


def missing(root: Path) -> list[tuple[int, int, str, str]]:
    return [(u.line, u.column, u.text, u.why) for u in audited(root).unsourced]


def test_a_publication_that_rests_on_sources_is_covered_whole(
    project: Path, capsys: Capture
) -> None:
    assert main(["--root", str(project), "audit"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.split() == ["brief", "statements", "sourced", "connective", "coverage"]
    # Its summary, three sentences of prose, a judgement and an event.
    assert rest[0].split() == ["sample", "6", "6", "0", "100.0", "%"]
    assert rest[1].split() == ["overall", "6", "6", "0", "100.0", "%"]


def test_a_claim_that_loses_its_source_is_named_by_every_sentence_on_it(
    project: Path, edit: Edit, capsys: Capture
) -> None:
    edit(BRIEF, "    sources:\n      - source: ministry-report\n        locator: p. 30\n", "")
    assert main(["--root", str(project), "audit"]) == 1
    why = "(claim 'pipeline-unbuilt' has no source)"
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith(BRIEF)] == [
        f"{BRIEF}:4:10: A pipeline was announced in 2012, and a review of 2020 found none. {why}",
        f"{BRIEF}:11:11: The pipeline is unlikely to be built before 2030. {why}",
        f"{BRIEF}:22:81: A review of 2020 found no construction. {why}",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        (
            BRIEF, " [@pipeline-announced]. A review", ". A review",
            (22, 7, "The ministry announced a pipeline in February 2012.", "it names no claim"),
        ),
        (
            BRIEF, "found *no* construction [@pipeline-unbuilt]", "found *no* one [@nobody]",
            (22, 81, "A review of 2020 found no one.", "there is no claim 'nobody'"),
        ),
        (
            BRIEF, "      - Cost, as of 2012: 1.2 billion USD [@pipeline-announced].",
            "      - Cost\n\n      > Who *pays*?",
            (25, 9, "Cost", "it names no claim"),
        ),
    ],
)  # fmt: skip
def test_a_sentence_without_evidence_is_named_with_its_place(
    project: Path, edit: Edit, path: str, old: str, new: str, found: tuple[int, int, str, str]
) -> None:
    edit(path, old, new)
    assert missing(project)[0] == found


def test_a_source_that_is_gone_takes_its_sentences_with_it(project: Path, edit: Edit) -> None:
    edit(REGISTRY, "  - id: ministry-report", "  - id: another-report")
    assert {why for *_, why in missing(project)} == {
        "claim 'pipeline-announced' cites 'ministry-report', which is no source",
        "claim 'pipeline-unbuilt' cites 'ministry-report', which is no source",
    }
    assert audited(project).overall.percent == 0


def test_events_and_positions_are_statements_too(project: Path, edit: Edit) -> None:
    edit(BRIEF, "    claims: [pipeline-announced]\n    places", "    claims: []\n    places")
    with (project / BRIEF).open("a", encoding="utf-8") as file:
        file.write(
            "positions:\n  - id: whose\n    question: Whose is it?\n    cells:\n"
            "      - {party: alphaland, basis: own-words, position: It said that it is its own.,"
            " date: 2020, claims: []}\n"
            "      - {party: energy-ministry, basis: none-found, position: Its site was searched.,"
            " date: 2020}\n"
        )
    assert [(text, why) for _, _, text, why in missing(project)] == [
        ("The pipeline is announced", "it names no claim"),
        ("It said that it is its own.", "it names no claim"),
    ]


def test_a_position_may_rest_on_a_source_alone(project: Path) -> None:
    cell = "basis: reported, position: It said so., date: 2020, sources: [{source: %s, locator: x}]"
    with (project / BRIEF).open("a", encoding="utf-8") as file:
        file.write("positions:\n  - id: whose\n    question: Whose is it?\n    cells:\n")
        file.write(f"      - {{party: alphaland, {cell % 'ministry-report'}}}\n")
        file.write(f"      - {{party: energy-ministry, {cell % 'nowhere'}}}\n")
    assert [why for *_, why in missing(project)] == ["'nowhere' is no source"]


def test_connective_sentences_are_counted_apart(project: Path, edit: Edit) -> None:
    edit(BRIEF, "A review\n", "What came of it is soon told [~]. A review\n")
    found = audited(project)
    assert found.coverage == (Coverage("sample", 6, 6, 1),)
    assert found.unsourced == ()


def test_coverage_is_never_rounded_up_to_the_whole(project: Path, edit: Edit) -> None:
    lines = "".join("      It is told [@pipeline-announced].\n\n" for _ in range(3000))
    edit(BRIEF, "      - Cost", f"{lines}      It is not told.\n\n      - Cost")
    assert 99.9 < audited(project).overall.percent < 100


def test_the_percentage_that_is_printed_is_not_rounded_up(
    project: Path, edit: Edit, capsys: Capture
) -> None:
    lines = "".join("      It is told [@pipeline-announced].\n\n" for _ in range(3000))
    edit(BRIEF, "      - Cost", f"{lines}      It is not told.\n\n      - Cost")
    main(["--root", str(project), "audit"])
    assert capsys.readouterr().out.splitlines()[1].split()[-2:] == ["99.9", "%"]


def test_drafts_are_no_part_of_it(project: Path, edit: Edit, capsys: Capture) -> None:
    edit(BRIEF, "topic: energy", "topic: energy\nstatus: draft")
    found = audited(project)
    assert found == Audit((), (), {}, {}, {}, left_out=("sample",))
    assert main(["--root", str(project), "audit"]) == 1


def test_what_only_a_draft_says_is_no_evidence(project: Path) -> None:
    text = (project / BRIEF).read_text(encoding="utf-8").replace("pipeline-", "draft-")
    draft = text.replace("title: Sample brief", "title: D\nstatus: draft")
    (project / "briefs" / "draft.yaml").write_text(draft, encoding="utf-8")
    file = project / BRIEF
    named = file.read_text(encoding="utf-8").replace("[@pipeline-unbuilt]", "[@draft-unbuilt]")
    file.write_text(named, encoding="utf-8")
    assert [text for _, _, text, _ in missing(project)] == [
        "A review of 2020 found no construction."
    ]


def test_a_tree_with_other_mistakes_is_audited_all_the_same(project: Path, edit: Edit) -> None:
    edit(BRIEF, "topic: energy", "topic: enrgy")
    edit(BRIEF, "found *no*", "found <b>no</b>")
    (project / "briefs" / "broken.yaml").write_text("title: 'x\n", encoding="utf-8")
    assert audited(project).coverage == (Coverage("sample", 6, 6, 0),)


@pytest.mark.parametrize("identity", ["{}", "[]", "[[x]]", "{a: b}", "1", "~", "true"])
def test_an_id_of_the_wrong_type_is_no_reason_to_stop(
    project: Path, edit: Edit, identity: str
) -> None:
    edit(BRIEF, "  - id: pipeline-unbuilt", f"  - id: {identity}")
    assert "there is no claim 'pipeline-unbuilt'" in {why for *_, why in missing(project)}


# How the evidence leans


@pytest.fixture
def contested(lay_out: Callable[..., Path], tmp_path: Path) -> Audit:
    return audited(lay_out(tmp_path / "contested", CASE))


def test_claims_are_tallied_by_source_the_most_first(contested: Audit) -> None:
    # A claim that cites a source twice, or for the other side only, counts once, or not.
    assert list(contested.by_source.items()) == [
        ("gazette", 5),
        ("ministry-report", 4),
        ("road-poll", 1),
    ]


def test_claims_are_tallied_by_the_perspective_of_their_sources(contested: Audit) -> None:
    # `road-agreed` rests on a newspaper and on a report, and is counted for both.
    assert list(contested.by_perspective.items()) == [
        ("independent press", 5),
        ("official", 4),
        ("pollster", 1),
    ]


def test_claims_are_tallied_by_the_state_that_says_them(contested: Audit) -> None:
    # The ministry is part of Alphaland, the road office of Betaland.
    assert list(contested.by_party.items()) == [("betaland", 6), ("alphaland", 4)]


def test_an_office_of_an_office_is_its_states_too(project: Path, edit: Edit) -> None:
    edit(REGISTRY, "  - id: alphaland\n", "  - {id: desk, kind: organisation, name: Desk,"
         " part_of: energy-ministry}\n  - id: alphaland\n")  # fmt: skip
    file = project / BRIEF
    text = file.read_text(encoding="utf-8").replace("said_by: energy-ministry", "said_by: desk", 1)
    file.write_text(text, encoding="utf-8")
    assert dict(audited(project).by_party) == {"alphaland": 2}


def test_actors_that_are_part_of_each_other_are_counted_somewhere(
    project: Path, edit: Edit
) -> None:
    edit(REGISTRY, "    name: Alphaland\n", "    name: Alphaland\n    part_of: energy-ministry\n")
    assert sum(audited(project).by_party.values()) == 2


def test_a_draft_is_named_and_counted_once_it_is_asked_for(
    project: Path, edit: Edit, capsys: Capture
) -> None:
    text = (project / BRIEF).read_text(encoding="utf-8")
    draft = text.replace("reviewed:", "status: draft\nreviewed:").replace("pipeline-", "ferry-")
    (project / "briefs/waiting.yaml").write_text(draft, encoding="utf-8")
    assert main(["--root", str(project), "audit"]) == 0
    printed = capsys.readouterr().out
    assert "drafts, not counted unless they are named: waiting" in printed.splitlines()
    assert not any(line.startswith("waiting ") for line in printed.splitlines())
    assert main(["--root", str(project), "audit", "waiting"]) == 0
    _, only, overall, *rest = capsys.readouterr().out.splitlines()
    assert (only.split()[:2], overall.split()[:2]) == (["waiting", "6"], ["overall", "6"])
    assert "drafts" not in "".join(rest)


def test_a_brief_that_is_not_there_is_refused(project: Path, capsys: Capture) -> None:
    assert main(["--root", str(project), "audit", "sampel"]) == 2
    assert "no brief 'sampel': did you mean 'sample'?" in capsys.readouterr().err
