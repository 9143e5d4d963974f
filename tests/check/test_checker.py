"""The check that is repeated says after every edit what a check of the whole tree says."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.workload import write_workload

from briefsite.cache.store import Store
from briefsite.check import Checked, Checker, Parts, check_tree
from briefsite.check.cache import read_cache, write_cache
from briefsite.load import load_tree
from briefsite.model.dates import parse_date

PROBLEMS = Path(__file__).parents[1] / "problems"
MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"
BRIEFS = 4


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small publication without a problem, file by file."""
    root = tmp_path_factory.mktemp("workload")
    write_workload(BRIEFS, root)
    kept = [*(root / "briefs").rglob("*.yaml"), *(root / "maps").glob("*.yaml")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(kept)}


DERIVED = ("claims", "home", "claims_of", "claim_counts", "briefs_of", "maps_of", "timeline")


def lay(files: dict[str, bytes], root: Path) -> None:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def assert_same(checked: Checked, root: Path, *, drafts: bool = False) -> None:
    whole = check_tree(load_tree(root), drafts=drafts)
    assert checked.problems == whole.problems
    assert checked.day == whole.day
    assert (checked.library is None) == (whole.library is None)
    assert [r.document.path for r in checked.readings] == [r.document.path for r in whole.readings]
    assert [r.record for r in checked.readings] == [r.record for r in whole.readings]
    if checked.library is not None and whole.library is not None:
        assert checked.library == whole.library
        assert list(checked.library.origins) == list(whole.library.origins)
        assert list(checked.library.briefs) == list(whole.library.briefs)
        # Asked for each time, it is found by what was found before the edit.
        for name in DERIVED:
            found, wanted = getattr(checked.library, name), getattr(whole.library, name)
            assert found == wanted, name
        for name in ("claims", "home"):
            assert [*getattr(checked.library, name)] == [*getattr(whole.library, name)]


# What an author may do to a line, a file or the tree, right or wrong.
def swap_word(text: str, drawn: random.Random) -> str:
    words = text.split(" ")
    at = drawn.randrange(len(words))
    words[at] = drawn.choice(["regime", "2031", "about", "", "[~]", "actor-0003", "likely", "x: y"])
    return " ".join(words)


def drop_line(text: str, drawn: random.Random) -> str:
    lines = text.split("\n")
    del lines[drawn.randrange(len(lines))]
    return "\n".join(lines)


def double_line(text: str, drawn: random.Random) -> str:
    lines = text.split("\n")
    at = drawn.randrange(len(lines))
    return "\n".join([*lines[:at], lines[at], *lines[at:]])


def swap_id(text: str, drawn: random.Random) -> str:
    old = drawn.choice(
        ["c0001-", "actor-000", "place-001", "source-0002-", "brief-000", "shared-00"]
    )
    return text.replace(old, old[:-1] + drawn.choice("39x"), drawn.choice([1, 1, 99]))


def swap_grade(text: str, drawn: random.Random) -> str:
    pairs = [
        ("read: whole", "read: excerpt"),
        ("level: moderate", "level: low"),
        ("kind: position", "kind: allegation"),
        ("kind: state", "kind: organisation"),
        ("schema: 1", "schema: 1\nstatus: draft"),
        ("lat: ", "lat: 1"),
        ("status: draft", "status: published"),
        ("publication:", "publications:"),
        ("schema: 1", "schema: 1\npublish_on: 2025-02-20"),
        ("schema: 1", "schema: 1\npublish_on: 2026-01-01"),
        ("reviewed: 2025", "reviewed: 2026"),
        ("reviewed: 2025", "reviewed: 1924"),
        ("date: 20", "date: 21"),
        ("unit: ", "unit: bn "),
        ("schemas/", "schema/"),
        ("places: [", "places: [place-0009, "),
    ]
    return text.replace(*drawn.choice(pairs), drawn.choice([1, 99]))


def rename(text: str, drawn: random.Random) -> str:
    """A record, or the file, that had another id; or one that has the name of another."""
    former = drawn.choice(
        ["old", "older", "index", "c0001-03", "actor-0003", "brief-0002", "part-1"]
    )
    records = list(re.finditer(r"^( +)- id: .*\n", text, re.MULTILINE))
    if not records or drawn.randrange(4) == 0:
        return text.replace("schema: 1\n", f"schema: 1\nformerly: [{former}]\n")
    if drawn.randrange(4) == 0:
        return re.sub(r"(name|title): \w.*", r"\1: The Same", text, count=drawn.choice([2, 3]))
    record = drawn.choice(records)
    line = f"{record[1]}  formerly: [{former}, older-{drawn.randrange(3)}]\n"
    return text[: record.end()] + line + text[record.end() :]


def log_change(text: str, drawn: random.Random) -> str:
    day, to = (
        drawn.choice(["2025-01", "2025-02-01", "2025-03"]),
        drawn.choice(["likely", "unlikely"]),
    )
    moved = f"{{judgement: judgement-{drawn.randrange(4)}, from: very likely, to: {to}}}"
    entry = f"  - date: {day}\n    text: It was looked at.\n    judgements: [{moved}]\n"
    return text.replace("changes:\n", f"changes:\n{entry}")


EDITS: list[Callable[[str, random.Random], str]] = [
    swap_word,
    drop_line,
    double_line,
    swap_id,
    swap_grade,
    rename,
    log_change,
]


@pytest.mark.parametrize("seed", range(3))
def test_every_edit_is_answered_as_by_a_whole_check(
    seed: int, good: dict[str, bytes], tmp_path: Path
) -> None:
    drawn = random.Random(seed)
    lay(good, tmp_path)
    checker = Checker(tmp_path)
    assert_same(checker.check(), tmp_path)
    for _ in range(10):
        edit(good, tmp_path, drawn)
        assert_same(checker.check(), tmp_path)


def edit(good: dict[str, bytes], root: Path, drawn: random.Random) -> None:
    name = drawn.choice(sorted(good))
    path = root / name
    match drawn.randrange(8):
        case 0:
            path.unlink(missing_ok=True)
        case 1:
            path.write_bytes(good[name])
        case 2:
            lay(good, root)
        case 3:
            other = root / drawn.choice(sorted(good))
            path.write_bytes(other.read_bytes() if other.exists() else b"")
        case _:
            text = path.read_text(encoding="utf-8") if path.exists() else "schema: 1\n"
            path.write_text(drawn.choice(EDITS)(text, drawn), encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_every_edit_is_answered_from_what_was_kept_as_by_a_whole_check(
    seed: int, good: dict[str, bytes], tmp_path: Path
) -> None:
    """Each time by another process, for another day, and with drafts or without."""
    drawn, root, kept = random.Random(seed), tmp_path / "project", tmp_path / "kept"
    lay(good, root)
    link = root / "briefs" / "away.yaml"
    for _ in range(12):
        as_of = drawn.choice([None, None, None, parse_date("2025-02-26"), parse_date("2027")])
        drafts = drawn.randrange(4) == 0
        checker = Checker(root, as_of=as_of, drafts=drafts)
        checker.recall(read_cache(kept))
        found = checker.problems()
        whole = check_tree(load_tree(root), as_of=as_of, drafts=drafts)
        assert found == whole.problems
        assert checker.checked().day == whole.day
        write_cache(kept, checker.findings())
        match drawn.randrange(5):
            case 0 if link.is_symlink():
                link.unlink()
            case 0:
                link.symlink_to(root / "briefs" / "brief-0001.yaml")
            case 1:
                lay(good, root)
            case _:
                edit(good, root, drawn)


def test_what_others_may_have_written_is_not_recalled(project: Path, tmp_path: Path) -> None:
    checker, kept = Checker(project), tmp_path / "kept"
    checker.problems()
    write_cache(kept, checker.findings())
    assert read_cache(kept).files
    kept.chmod(0o622)
    assert not read_cache(kept).files


_LOADED = "loaded_words:\n  - {words: [traffic], instead: transport, reason: It is a test.}\n"
_LONE = "schema: 1\ntopics:\n  - {id: lone, title: Lone, description: Alone.}\n"
_NAMESAKE = "schema: 1\nactors:\n  - {id: namesake, kind: state, name: The Balabek}\n"
_MOVE = (
    "  - date: 2025-02-01\n    text: It was looked at.\n"
    "    judgements: [{judgement: judgement-1, from: very likely, to: unlikely}]\n"
)
# What an edit in one file changes in the problems of another, step by step.
STEPS: dict[str, list[tuple[str, str, str]]] = {
    "a draft takes what it alone names along, and a schedule brings it back": [
        ("briefs/brief-0001.yaml", "schema: 1", "schema: 1\nstatus: draft"),
        ("briefs/brief-0002.yaml", "reviewed: 2025-02", "reviewed: 2025-03"),
        ("briefs/brief-0001.yaml", "status: draft", "publish_on: 2025-03-02"),
        ("briefs/brief-0002.yaml", "reviewed: 2025-03", "reviewed: 2025-04"),
        ("briefs/brief-0001.yaml", "publish_on: 2025-03-02", "publish_on: 2026-03-02"),
        ("briefs/brief-0001.yaml", "\npublish_on: 2026-03-02", ""),
    ],
    "a year is far until a brief was reviewed near it": [
        ("briefs/brief-0001.yaml", "cutoff: 2025-01-20", "cutoff: 2130-01-20"),
        ("briefs/brief-0002.yaml", "reviewed: 2025", "reviewed: 2035"),
        ("briefs/brief-0002.yaml", "reviewed: 2035", "reviewed: 2025"),
        ("briefs/brief-0001.yaml", "cutoff: 2130-01-20", "cutoff: 2025-01-20"),
    ],
    "a record is unused while nothing names it": [
        ("briefs/registry/topics.yaml", "", _LONE),
        ("briefs/brief-0001.yaml", "topic: transport", "topic: lone"),
        ("briefs/brief-0001.yaml", "topic: lone", "topic: transport"),
        ("briefs/registry/topics.yaml", _LONE[len("schema: 1\n") :], "topics: []\n"),
    ],
    "a former id is another's, or nobody's": [
        ("briefs/brief-0002.yaml", "claims: [c0002-00,", "claims: [old,"),
        ("briefs/brief-0001.yaml", "- id: c0001-00\n", "- id: c0001-00\n    formerly: [old]\n"),
        ("briefs/brief-0002.yaml", "claims: [old,", "claims: [c0002-00,"),
        ("briefs/brief-0003.yaml", "- id: c0003-00\n", "- id: c0003-00\n    formerly: [old]\n"),
        ("briefs/brief-0001.yaml", "schema: 1\n", "# one more line\nschema: 1\n"),
        ("briefs/brief-0001.yaml", "formerly: [old]", "formerly: [c0003-05]"),
        ("briefs/brief-0003.yaml", "formerly: [old]", "formerly: [part-0]"),
        ("briefs/brief-0003.yaml", "formerly: [part-0]", "formerly: [actor-0003]"),
        ("briefs/brief-0001.yaml", "    formerly: [c0003-05]\n", ""),
    ],
    "a record has the name of another": [
        ("briefs/registry/more.yaml", "", _NAMESAKE),
        ("briefs/registry/actors.yaml", "schema: 1\n", "# one more line\nschema: 1\n"),
        ("briefs/registry/more.yaml", "kind: state", "kind: company"),
        ("briefs/registry/more.yaml", "kind: company", "kind: state"),
        ("briefs/registry/more.yaml", "The Balabek", "Old Balabek"),
        ("briefs/registry/actors.yaml", "name: Balabek\n", "name: OLD BALABEK\n"),
        ("briefs/registry/more.yaml", _NAMESAKE[len("schema: 1\n") :].replace("The", "Old"), ""),
    ],
    "a file of the registry begins to tell words, and ends": [
        ("briefs/registry/more.yaml", "", "schema: 1\n"),
        ("briefs/registry/more.yaml", "schema: 1\n", f"schema: 1\n{_LOADED}"),
        ("briefs/registry/more.yaml", _LOADED, ""),
    ],
    "a change log is held to its brief": [
        ("briefs/brief-0001.yaml", "changes:\n", f"changes:\n{_MOVE}"),
        ("briefs/brief-0001.yaml", "to: unlikely", "to: likely"),
        ("briefs/brief-0001.yaml", "judgement: judgement-1", "judgement: judgement-9"),
        ("briefs/brief-0001.yaml", _MOVE.replace("unlikely", "likely").replace("-1", "-9"), ""),
    ],
    "a first line leads nowhere": [
        ("maps/brief-0001.yaml", "schemas/", "schema/"),
        ("maps/brief-0001.yaml", "schema/", "schemas/"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_a_step_in_one_file_is_seen_in_the_others(
    steps: list[tuple[str, str, str]], drafts: bool, good: dict[str, bytes], tmp_path: Path
) -> None:
    lay(good, tmp_path)
    checker = Checker(tmp_path, drafts=drafts)
    assert_same(checker.check(), tmp_path, drafts=drafts)
    seen = []
    for name, old, new in steps:
        path = tmp_path / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
        assert_same(checker.check(), tmp_path, drafts=drafts)
        seen.append({problem.code for problem in checker.check().problems})
    assert any(codes != seen[-1] for codes in seen)


def test_a_place_whose_numbers_are_swapped_is_told_where_it_stands(project: Path) -> None:
    """The problem of a map, in the file of the place: it moves when lines are put before it."""
    shutil.copytree(PROBLEMS / "swapped-point", project, dirs_exist_ok=True)
    checker = Checker(project)
    before = checker.check().problems
    assert "swapped-point" in {problem.code for problem in before}
    for path in sorted((project / "briefs" / "registry").glob("*.yaml")):
        path.write_text("# one more line\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert_same(checker.check(), project)
    assert checker.check().problems != before


def test_only_what_changed_and_what_looked_at_it_is_checked_again(
    good: dict[str, bytes], tmp_path: Path
) -> None:
    lay(good, tmp_path)
    checker = Checker(tmp_path)
    first = {r.document.path: r for r in checker.check().readings}
    path = tmp_path / "briefs" / "brief-0002.yaml"
    path.write_bytes(good["briefs/brief-0002.yaml"].replace(b"Roads", b"Ways"))
    second = {r.document.path: r for r in checker.check().readings}
    assert {name for name in first if first[name] is not second[name]} == {"briefs/brief-0002.yaml"}


def test_an_edit_that_keeps_size_and_time_is_seen(project: Path) -> None:
    checker = Checker(project)
    assert checker.check().problems == ()
    path = project / "briefs" / "sample.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("p. 12", "x: 12"), encoding="utf-8")
    assert_same(checker.check(), project)
    assert checker.check().problems


def test_files_that_are_none_are_looked_at_each_time(project: Path) -> None:
    checker = Checker(project)
    (project / "briefs" / "away.yaml").symlink_to(project / "briefs" / "sample.yaml")
    (project / "maps" / "folder.yaml").mkdir()
    (project / "briefs" / "deep").mkdir()
    (project / "briefs" / "deep" / "stray.yaml").write_text("schema: 1\n", encoding="utf-8")
    for _ in range(2):
        assert_same(checker.check(), project)
    (project / "briefs" / "away.yaml").unlink()
    assert_same(checker.check(), project)


def test_each_kind_of_mistake_comes_and_goes(project: Path) -> None:
    """One project turns into each case of mistakes in turn."""
    checker = Checker(project)
    for case in sorted(path for path in PROBLEMS.iterdir() if path.is_dir()):
        for name in ("briefs", "maps"):
            shutil.rmtree(project / name)
            shutil.copytree(MINIMAL / name, project / name)
            if (case / name).is_dir():
                shutil.copytree(case / name, project / name, dirs_exist_ok=True, symlinks=True)
        assert_same(checker.check(), project)


@pytest.mark.parametrize("edited", ["# Edited.", "title: [", None])
def test_what_is_edited_after_it_was_looked_at_is_checked_before_it_is_used(
    edited: str | None, good: dict[str, bytes], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    root.mkdir()
    lay(good, root)
    first = Checker(root)
    first.problems()
    write_cache(tmp_path / "cache.json", first.findings())
    store = Store(tmp_path / "cache", root)
    try:
        second = Checker(root)
        second.recall(read_cache(tmp_path / "cache.json"))
        second.parts = Parts(store)
        assert second.problems() == ()
        path = next(path for path in root.rglob("*.yaml") if b"judgements:" in path.read_bytes())
        text = path.read_text(encoding="utf-8")
        if edited is None:
            path.unlink()
        else:
            path.write_text(f"{text}{edited}\n", encoding="utf-8")
        expected = check_tree(load_tree(root))
        checked = second.checked()
        assert checked.problems == expected.problems
        assert (checked.library is None) == (expected.library is None)
        # Nor is it kept for what the file was.
        path.write_text(text, encoding="utf-8")
        store.save()
        third = Checker(root)
        third.parts = Parts(store)
        assert third.check().library == check_tree(load_tree(root)).library
    finally:
        store.close()
