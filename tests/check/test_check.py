"""The check of a whole tree: what is let through, and what is told of everything at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.check import Checked, check_tree
from briefsite.load import load_tree
from briefsite.report import Problem

Check = Callable[[], Checked]
Edit = Callable[[str, str, str], None]

BRIEF = "briefs/sample.yaml"
REGISTRY = "briefs/registry/registry.yaml"
MAP = "maps/sample-map.yaml"


def found(checked: Checked) -> list[tuple[str, int, int, str]]:
    return [(p.path, p.line, p.column, p.code) for p in checked.problems]


def only(checked: Checked) -> Problem:
    assert [p.code for p in checked.problems] == [checked.problems[0].code], checked.problems
    return checked.problems[0]


def test_a_good_project_has_no_problems(check: Check) -> None:
    checked = check()
    assert checked.problems == ()
    assert checked.library is not None


def test_an_error_leaves_no_library(check: Check, edit: Edit) -> None:
    edit(BRIEF, "topic: energy", "topic: enrgy")
    checked = check()
    assert found(checked) == [(BRIEF, 3, 8, "unknown-id")]
    assert checked.library is None


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    checked = check_tree(load_tree(tmp_path))
    assert found(checked) == [
        ("briefs", 1, 1, "no-briefs"),
        ("briefs/registry", 1, 1, "no-publication"),
    ]
    assert checked.library is None


def test_a_brief_that_cannot_be_parsed_is_not_also_a_missing_one(
    project: Path, check: Check
) -> None:
    (project / BRIEF).write_text("title: 'x\n")
    (project / REGISTRY).write_text("schema: 'x\n")
    (project / MAP).write_text("")
    assert found(check()) == [
        (REGISTRY, 1, 9, "yaml-syntax"),
        (BRIEF, 1, 8, "yaml-syntax"),
        (MAP, 1, 1, "yaml-empty"),
    ]


# Drafts


def test_a_draft_is_checked_but_not_published(project: Path, check: Check) -> None:
    text = (project / BRIEF).read_text().replace("pipeline-", "draft-")
    text = text.replace("title: Sample brief", "title: Draft\nstatus: draft")
    other = "contested: [{position: Another said so., claims: [pipeline-announced]}]"
    text = text.replace("agreements: [draft-accord]", other)
    (project / "briefs" / "draft.yaml").write_text(text)
    checked = check()
    assert checked.problems == ()
    assert checked.library is not None
    assert list(checked.library.briefs) == ["sample"]
    assert "draft-announced" not in checked.library.claims
    assert ("claim", "draft-announced") not in checked.library.origins
    assert ("actor", "energy-ministry") in checked.library.briefs_of


def test_drafts_may_refer_to_drafts(project: Path, check: Check) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        text = (project / BRIEF).read_text().replace("pipeline-", f"{name}-")
        contested = f"contested: [{{position: Another said so., claims: [{other}-unbuilt]}}]"
        text = text.replace(f"agreements: [{name}-accord]", contested)
        text = text.replace("title: Sample brief", f"title: D\nstatus: draft\nrelated: [{other}]")
        (project / "briefs" / f"{name}.yaml").write_text(text)
    assert check().problems == ()


def test_a_withdrawn_brief_keeps_its_address(check: Check, edit: Edit) -> None:
    reason = "withdrawn: {date: 2024, reason: It was wrong.}"
    edit(BRIEF, "topic: energy", f"topic: energy\nstatus: withdrawn\n{reason}")
    library = check().library
    assert library is not None
    assert "sample" in library.briefs


# Did you mean


@pytest.mark.parametrize(
    ("path", "old", "new", "hint"),
    [
        (BRIEF, "topic: energy", "topic: enrgy", "did you mean 'energy'?"),
        (BRIEF, "[@pipeline-unbuilt]", "[@pipeline-unbiult]", "did you mean 'pipeline-unbuilt'?"),
        (BRIEF, "maps: [sample-map]", "maps: [sample]", "did you mean 'sample-map'?"),
        (BRIEF, "maps: [sample-map]", "maps: [alphaland]", "'alphaland' is the id of an actor"),
        (BRIEF, "maps: [sample-map]", "maps: [zzz]", "maps: sample-map"),
        (BRIEF, "likelihood: unlikely", "likelihood: Unlikely", "did you mean 'unlikely'? ("),
        (BRIEF, "cutoff:", "cut-off:", "did you mean 'cutoff'?"),
        (BRIEF, "  - id: background", "  - ID: background", "did you mean 'id'?"),
        (REGISTRY, "    read: whole", "    read: wohle", "did you mean 'whole'? ("),
        (REGISTRY, "part_of: alphaland", "part_of: alfaland", "did you mean 'alphaland'?"),
        (REGISTRY, "    accessed:", "    acessed:", "did you mean 'accessed'?"),
        (REGISTRY, "    publisher:", "    container_title:", "did you mean 'container-title'?"),
        (MAP, "kind: gas-pipeline", "kind: gas-pipline", "did you mean 'gas-pipeline'? ("),
        (MAP, "place: betatown", "place: betatwon", "did you mean 'betatown'?"),
    ],
)
def test_a_hint_names_what_was_meant(
    check: Check, edit: Edit, path: str, old: str, new: str, hint: str
) -> None:
    edit(path, old, new)
    problem = only(check())
    assert problem.path == path
    assert problem.hint.startswith(hint)
    assert bool(problem.hint) == bool(hint)


# One cause, one problem


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (BRIEF, "title: Sample brief", "titel: Sample brief", "unknown-key"),
        (BRIEF, "\nclaims:\n", "\nclaim:\n", "unknown-key"),
        (REGISTRY, "publication:\n", "publicaton:\n", "unknown-key"),
        (REGISTRY, "\nactors:\n", "\nactor:\n", "unknown-key"),
        (REGISTRY, "  - id: energy\n", "  - Id: energy\n", "unknown-key"),
        (REGISTRY, "  - id: energy\n    title", "  - title", "missing-key"),
        (REGISTRY, "    lat: 39.2", "    lat: 139.2", "out-of-range"),
        (REGISTRY, "parties: [alphaland]", "parties: [Alpha Land]", "bad-id"),
        (REGISTRY, "parties: [alphaland]", "parties: alphaland", "wrong-type"),
        (BRIEF, "level: moderate\n      reason: T", "level:\n      reason: T", "empty-value"),
        (BRIEF, "  - date: 2012-02\n    title", "  - date:\n    title", "empty-value"),
        (BRIEF, "value: 1.2", "value: ~", "empty-value"),
        (BRIEF, "text: The", "text: With high confidence the", "likelihood-with-confidence"),
        (
            BRIEF,
            "2020 found *no* construction [@pipeline-unbuilt]",
            "2020 found *no* construction [@Pipeline Unbuilt]",
            "prose-reference",
        ),
        (MAP, "extent: {west: 44", "extent: {west: 440", "out-of-range"),
        (MAP, "extent: {west: 44", "extent: {west: 52", "inconsistent"),
        (MAP, "      - place: betatown\n", "      - place:\n", "empty-value"),
    ],
)
def test_one_cause_gives_one_problem(
    check: Check, edit: Edit, path: str, old: str, new: str, code: str
) -> None:
    edit(path, old, new)
    assert only(check()).code == code


def test_a_list_is_not_also_empty_when_all_its_items_are_wrong(check: Check, edit: Edit) -> None:
    edit(BRIEF, "    heading: Background\n", "")
    assert only(check()).code == "missing-key"


def test_a_list_that_is_too_short_is_told_its_length(project: Path, check: Check) -> None:
    with (project / BRIEF).open("a") as file:
        file.write(
            "positions:\n  - id: q\n    question: Q?\n    cells:\n"
            "      - {party: alphaland, basis: none-found, position: None., date: 2020}\n"
        )
    problem = only(check())
    assert (problem.code, problem.message) == ("out-of-range", "'cells' needs at least 2 items")


def test_a_record_with_one_mistake_is_looked_at_for_all_others(check: Check, edit: Edit) -> None:
    edit(BRIEF, "    heading: Background\n", "    colour: green\n    heading: Background\n")
    edit(BRIEF, "found *no*", "found <b>no</b>")
    edit(BRIEF, "quotation: a pipeline will be built", f"page: 1\n        quotation: {'a ' * 13}")
    edit(BRIEF, "    likelihood: unlikely\n", "    likelihood: doubtful\n")
    edit(BRIEF, "level: moderate\n      reason: Two", "level: low\n      reason: Two")
    edit(MAP, "    title: Pipelines", "    titel: Pipelines")
    edit(MAP, "extent: {west: 44", "extent: {west: 46")
    assert [(path, code) for path, _, _, code in found(check())] == [
        (BRIEF, "not-a-choice"),
        (BRIEF, "judgement-on-low-confidence"),
        (BRIEF, "unknown-key"),
        (BRIEF, "prose-markup"),
        (BRIEF, "unknown-key"),
        (BRIEF, "long-quotation"),
        (MAP, "unknown-key"),
        (MAP, "outside-extent"),
    ]


def test_a_wrong_status_does_not_hide_the_rest(check: Check, edit: Edit) -> None:
    edit(BRIEF, "topic: energy", "topic: energy\nstatus: drfat")
    problem = only(check())
    assert problem.hint.startswith("did you mean 'draft'?")


def test_what_a_broken_file_may_define_is_not_reported_missing(
    project: Path, check: Check, edit: Edit
) -> None:
    edit(REGISTRY, "    kind: organisation", "   kind: organisation")
    edit(BRIEF, "topic: energy", "topic: enrgy")
    problems = check().problems
    assert [(p.path, p.code) for p in problems] == [
        (REGISTRY, "yaml-syntax"),
        (BRIEF, "unknown-id"),
    ]
    assert problems[1].hint == "did you mean 'energy'?"


@pytest.mark.parametrize("data", [b"\xff\n", b"#" * (1 << 21)])
def test_a_registry_that_cannot_be_read_at_all_may_define_anything(
    project: Path, check: Check, data: bytes
) -> None:
    (project / REGISTRY).write_bytes(data)
    assert only(check()).path == REGISTRY


def test_a_file_with_a_bad_name_still_has_its_id(project: Path, check: Check) -> None:
    (project / MAP).rename(project / "maps" / "Sample_Map.yaml")
    assert found(check()) == [("maps/Sample_Map.yaml", 1, 1, "file-name")]


def test_the_same_id_may_name_things_of_different_kinds(check: Check, edit: Edit) -> None:
    edit(REGISTRY, "  - id: betatown", "  - id: energy")
    edit(MAP, "      - place: betatown", "      - place: energy")
    edit(MAP, "[47.5, 40.1], betatown]", "[47.5, 40.1], energy]")
    assert check().problems == ()


def test_field_names_of_python_are_no_keys(check: Check, edit: Edit) -> None:
    edit(MAP, "schema: 1", "schema_version: 1")
    assert only(check()).hint == "did you mean 'schema'?"


# Cycles


@pytest.mark.parametrize(
    ("links", "closing"),
    [
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["a"]}, ["b"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["c"]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["c"]),
        ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, ["b", "c"]),
    ],
)
def test_each_circle_is_one_problem_at_the_link_that_closes_it(
    project: Path, check: Check, links: dict[str, list[str]], closing: list[str]
) -> None:
    source = (project / REGISTRY).read_text().split("sources:\n")[1].split("\nactors:")[0]
    records = [
        source.replace("ministry-report", name) + f"    cited_in: [{', '.join(targets)}]\n"
        for name, targets in links.items()
    ]
    registry = project / "briefs" / "registry" / "more.yaml"
    registry.write_text("schema: 1\nsources:\n" + "".join(records))
    problems = [p for p in check().problems if p.code not in ("unused-record", "same-name")]
    assert [problem.code for problem in problems] == ["reference-cycle"] * len(closing)
    assert [problem.message.split("'")[1] for problem in problems] == closing


# Bounds


def many(project: Path, claims: str) -> None:
    file = project / BRIEF
    file.write_text(file.read_text().replace("\ntimeline:", f"\n{claims}timeline:"))


@pytest.mark.parametrize(
    "claims",
    [
        "".join(f"  - id: c{n}\n    supersedes: [c{n + 1}]\n" for n in range(10_000)),
        "".join(f"  - id: c{n}\n    supersedes: [x{n}]\n" for n in range(10_000)),
        "".join(f"  - id: c{n}\n    k{n}: 1\n" for n in range(10_000)),
    ],
    ids=["a long chain", "unknown ids", "unknown keys"],
)
def test_ten_thousand_problems_take_seconds(project: Path, check: Check, claims: str) -> None:
    many(project, claims)
    start = time.process_time()
    assert len(check().problems) >= 10_000
    assert time.process_time() - start < 10


def test_a_megabyte_of_bad_prose_takes_seconds(check: Check, edit: Edit) -> None:
    edit(BRIEF, "found *no*", "é <b>" * 50_000)
    start = time.process_time()
    problems = check().problems
    assert len(problems) == 50_000
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "piece",
    [
        "'a' ", "'a ", "“a” ", "1.", "1,000 ", "9", "9 9", "regime ", "[@a] ", "- ", "a-", "x.",
        "generally ", "he is generally ", "they had 5 in ", "*77* ", "four hundred ", "may ", "MM",
        "said, ", "not denied ", "“", "the U.S. Alphaland ", "1 000 000 ",
    ],
)  # fmt: skip
def test_a_long_text_of_anything_takes_no_time(check: Check, edit: Edit, piece: str) -> None:
    edit(BRIEF, "2020 found *no* construction [@", f"2020 {piece * (30_000 // len(piece))} [@")
    start = time.process_time()
    check()
    assert time.process_time() - start < 3


def test_a_number_of_any_length_is_read(check: Check, edit: Edit) -> None:
    nines = "9" * 400
    edit(BRIEF, "2020 found *no* construction [@", f"2020 found {nines} in 2020 [@")
    assert "number-not-in-claim" in {problem.code for problem in check().problems}


def test_a_loaded_word_of_marks_alone_is_refused_and_one_with_marks_takes_no_time(
    check: Check, edit: Edit
) -> None:
    word = f"x{'.' * 40}y"
    edit(
        "briefs/registry/registry.yaml",
        "topics:",
        f"loaded_words:\n  - {{words: ['{word}', '-'], reason: It is not used.}}\ntopics:",
    )
    edit(BRIEF, "2020 found *no* construction", f"2020 found x{'.' * 60}z xy")
    start = time.process_time()
    assert "inconsistent" in {problem.code for problem in check().problems}
    assert time.process_time() - start < 3


def test_an_id_on_a_map_that_is_no_text_is_one_problem(check: Check, edit: Edit) -> None:
    edit(MAP, "  - id: pipelines", "  - id: {a: b}")
    edit(MAP, "      - id: main-line", "      - id: [main-line]")
    assert [(p.line, p.code) for p in check().problems] == [(8, "wrong-type"), (17, "wrong-type")]


@pytest.mark.parametrize("value", ["[nobody]", "nobody", "{a: nobody}"])
def test_a_list_that_is_a_mapping_is_told_of(project: Path, check: Check, value: str) -> None:
    """References are found in it all the same, and belong to no record."""
    more = project / "briefs/registry/more.yaml"
    more.write_text(f"schema: 1\nactors:\n  part_of: {value}\n")
    assert (more.name, 3, 3, "wrong-type") in [
        (p.path.rsplit("/", 1)[-1], p.line, p.column, p.code) for p in check().problems
    ]
