"""What the command line finds by several processes and from a cache is what a whole check finds."""

from __future__ import annotations

import gc
import os
import re
from contextlib import closing
from pathlib import Path

import pytest
from bench.workload import write_workload

from briefsite import processes
from briefsite.cache.store import Store
from briefsite.check import Parts, check_project, check_tree, files, find_problems
from briefsite.check import cache as keeping
from briefsite.check import check as whole
from briefsite.check import checker as checking
from briefsite.check import problems as finding
from briefsite.check.cache import MAX_PROJECTS, cache_file
from briefsite.check.entry import Entry
from briefsite.check.workers import Workers
from briefsite.load import Document, list_sources, load_tree, read_document, uncollected

MISTAKES = {
    "briefs/brief-0001.yaml": ("likelihood: likely", "likelihood: sure"),
    "briefs/brief-0002.yaml": ("[@c0002-01]", "[@c0001-19]"),
    "briefs/brief-0003.yaml": ("c0003-01", "c0002-01"),
    "briefs/brief-0004.yaml": ("kind: position", "kind: [position"),
    "briefs/registry/places.yaml": ("id: place-0000", "id: place-zero"),
    "maps/brief-0000.yaml": ("basemap: core", "basemap: cor"),
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication that counts as a large one, and a cache folder of its own."""
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(checking, "MIN_FILES", 2)
    monkeypatch.setattr(finding, "MIN_CACHED", 2)
    write_workload(5, tmp_path / "project")
    return tmp_path / "project"


def note_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that this process will read."""
    read: list[str] = []

    def noted(name: str, data: bytes) -> Document:
        read.append(name)
        return read_document(name, data)

    monkeypatch.setattr(files, "read_document", noted)
    return read


def spoil(root: Path) -> None:
    for name, (old, new) in MISTAKES.items():
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_find_the_same(
    count: int, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "cores", lambda: count)
    spoil(tree)
    expected = check_tree(load_tree(tree)).problems
    assert len({problem.path for problem in expected}) >= len(MISTAKES)
    assert find_problems(tree, cached=False) == expected
    monkeypatch.setattr(whole, "MIN_FILES", 2)
    monkeypatch.setattr(processes, "cores", lambda: count)
    assert check_tree(load_tree(tree)).problems == expected


@pytest.mark.parametrize("count", [1, 2])
def test_any_number_of_processes_give_the_same_library(
    count: int, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "cores", lambda: count)
    wanted = check_tree(load_tree(tree)).library
    assert wanted is not None
    for _ in ("from the files", "from what was kept"):
        store = Store(tmp_path / "kept", tree)
        assert check_project(tree, Parts(store)).library == wanted
        store.save()
        store.close()


def test_the_first_process_leaves_their_share_of_files_to_the_others(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Threads that other tests have left do no harm here.
    monkeypatch.setattr(checking, "can_fork", lambda: True)
    monkeypatch.setattr(finding, "cores", lambda: 2)
    read = note_reads(monkeypatch)
    assert find_problems(tree, cached=False) == ()
    ours = {name for name in read if not name.startswith("briefs/registry/")}
    every = {name for _, name in list_sources(tree) if not name.startswith("briefs/registry/")}
    assert 0 < len(ours) < len(every)


def test_a_library_needs_no_more_of_what_the_first_process_read(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "can_fork", lambda: True)
    monkeypatch.setattr(finding, "cores", lambda: 2)
    read = note_reads(monkeypatch)
    store = Store(tmp_path / "kept", tree)
    assert check_project(tree, Parts(store)).library is not None
    store.close()
    briefs = [name for name in read if not name.startswith("briefs/registry/")]
    assert len(briefs) == len({*briefs})


def test_nothing_is_held_of_a_check_but_its_library(tree: Path, tmp_path: Path) -> None:
    gc.collect()
    store = Store(tmp_path / "kept", tree)
    with uncollected():  # as all of a check is, and what stands in cycles then stays
        found = check_project(tree, Parts(store))
        assert found.library is not None
        assert not [each for each in gc.get_objects() if isinstance(each, Entry | Document)]
    store.close()


def test_work_is_done_if_a_process_dies(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "cores", lambda: 2)
    monkeypatch.setattr(Workers, "_work", lambda *_: os._exit(3))
    spoil(tree)
    assert find_problems(tree, cached=False) == check_tree(load_tree(tree)).problems


def test_what_was_found_is_found_again(tree: Path) -> None:
    assert find_problems(tree) == ()
    spoil(tree)
    expected = check_tree(load_tree(tree)).problems
    assert find_problems(tree) == expected
    kept = cache_file(tree)
    assert kept is not None
    written = kept.stat().st_mtime_ns
    assert find_problems(tree) == expected
    assert kept.stat().st_mtime_ns == written
    for name, (old, new) in list(MISTAKES.items())[-2:]:
        path = tree / name
        path.write_text(path.read_text(encoding="utf-8").replace(new, old), encoding="utf-8")
        assert find_problems(tree) == check_tree(load_tree(tree)).problems


def test_only_what_changed_is_read_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find_problems(tree)
    path = tree / "briefs" / "brief-0002.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Roads", "Ways"), encoding="utf-8")
    monkeypatch.setattr(finding, "cores", lambda: 1)
    read = note_reads(monkeypatch)
    assert find_problems(tree) == ()
    briefs = [name for name in read if not name.startswith("briefs/registry/")]
    assert briefs == ["briefs/brief-0002.yaml"]


def test_an_edited_basemap_is_looked_at(tree: Path) -> None:
    assert find_problems(tree) == ()
    (tree / "maps" / "basemap" / "core.topojson").rename(tree / "maps" / "basemap" / "a.topojson")
    found = find_problems(tree)
    assert {problem.path.split("/")[0] for problem in found} == {"maps"}
    assert found == check_tree(load_tree(tree)).problems


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "not-ours", "folder"])
def test_a_broken_cache_is_no_cache(harm: str, tree: Path) -> None:
    find_problems(tree)
    spoil(tree)
    expected = find_problems(tree)
    kept = cache_file(tree)
    assert kept is not None
    data = kept.read_bytes()
    match harm:
        case "cut":
            kept.write_bytes(data[: len(data) // 2])
        case "flipped":
            kept.write_bytes(data.replace(b"c0002-01", b"c0009-01"))
        case "empty":
            kept.write_bytes(b"")
        case "not-ours":
            kept.write_bytes(b"another version\n[]")
        case "folder":
            kept.unlink()
            kept.mkdir()
    assert find_problems(tree) == expected


def edit(tree: Path, number: int) -> None:
    path = tree / "briefs" / "brief-0002.yaml"
    text = re.sub(r"^title: .*", f"title: Title {number}", path.read_text(), flags=re.M)
    path.write_text(text, encoding="utf-8")


def test_what_was_found_about_few_files_is_written_behind_the_rest(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MAX_BEHIND", 4)
    monkeypatch.setattr(finding, "cores", lambda: 1)
    find_problems(tree)
    kept = cache_file(tree)
    assert kept is not None
    for number in range(9):
        before = kept.read_bytes()
        edit(tree, number)
        assert find_problems(tree) == ()
        is_behind = kept.read_bytes().startswith(before)
        assert is_behind == (number % 5 != 4)
        read = note_reads(monkeypatch)
        assert find_problems(tree) == ()
        assert read == []
    spoil(tree)
    assert find_problems(tree) == check_tree(load_tree(tree)).problems


@pytest.mark.parametrize("harm", ["cut", "flipped", "of-another"])
def test_a_broken_end_of_a_cache_is_written_anew(
    harm: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MAX_BEHIND", 4)
    find_problems(tree)
    kept = cache_file(tree)
    assert kept is not None
    first = kept.read_bytes()
    edit(tree, 1)
    find_problems(tree)
    behind = kept.read_bytes()[len(first) :]
    assert behind
    match harm:
        case "cut":
            kept.write_bytes(first + behind[:-9])
        case "flipped":
            kept.write_bytes(first + behind.replace(b"brief-0002", b"brief-0003"))
        case "of-another":  # a check of something else has ended meanwhile
            spoil(tree)
            find_problems(tree)
            kept.write_bytes(kept.read_bytes() + behind)
    for number in (2, 3):
        edit(tree, number)
        expected = check_tree(load_tree(tree)).problems
        assert find_problems(tree) == expected
        assert find_problems(tree) == expected


def test_two_checks_at_once_do_not_mix_what_they_have_found(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MAX_BEHIND", 4)
    claimed, citing = tree / "briefs" / "brief-0001.yaml", tree / "briefs" / "brief-0003.yaml"
    whole = claimed.read_text(encoding="utf-8")
    told = re.search(r"id: c0001-01\n.*?(\d+,\d{3})", whole, re.DOTALL)
    assert told is not None
    text = citing.read_text(encoding="utf-8")
    said = f"It was {told[1]} then [@c0001-01]."
    citing.write_text(text.replace("summary: |\n", f"summary: |\n  {said}\n", 1), encoding="utf-8")
    assert find_problems(tree) == ()
    kept = cache_file(tree)
    assert kept is not None
    first, ends = kept.read_bytes(), []
    wrong = whole.replace(told[1], "1,234").replace(told[1].replace(",", ""), "1234")
    other = re.sub(r"^title: .*", "title: Another", whole, flags=re.M)
    for changed, is_wrong in ((wrong, True), (other, False)):
        kept.write_bytes(first)
        claimed.write_text(changed, encoding="utf-8")
        found = find_problems(tree)
        assert is_wrong == any(problem.path == "briefs/brief-0003.yaml" for problem in found)
        ends.append(kept.read_bytes().removeprefix(first))
    assert all(ends)
    kept.write_bytes(first + b"".join(ends))
    for _ in range(2):
        assert find_problems(tree) == ()
    edit(tree, 1)
    assert find_problems(tree) == ()
    assert kept.read_bytes().startswith(first + b"".join(ends))


def test_what_another_program_has_found_is_not_relied_on(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_problems(tree)
    (tmp_path / "site-packages/pyyaml-9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    monkeypatch.setattr(finding, "cores", lambda: 1)
    read = note_reads(monkeypatch)
    find_problems(tree)
    assert {"briefs/brief-0001.yaml", "briefs/brief-0002.yaml"} <= set(read)


def test_a_project_cannot_bring_its_own_findings(tree: Path) -> None:
    kept = cache_file(tree)
    assert kept is not None
    assert not kept.is_relative_to(tree)


def test_a_folder_within_the_project_keeps_nothing(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tree / "cache"))
    assert find_problems(tree) == ()
    assert not (tree / "cache").exists()


def test_what_the_check_of_a_build_finds_is_kept_where_the_build_keeps_all(
    tree: Path, tmp_path: Path
) -> None:
    with closing(Store(tmp_path / "given", tree)) as store:
        check_project(tree, Parts(store))
    assert len(list((tmp_path / "given" / "check").iterdir())) == 1
    assert not (tmp_path / "cache").exists()


def test_a_cache_folder_does_not_grow_without_end(tree: Path) -> None:
    kept = cache_file(tree)
    assert kept is not None
    kept.parent.mkdir(parents=True)
    for number in range(MAX_PROJECTS + 5):
        other = kept.with_name(f"{number}.json")
        other.write_bytes(b"x")
        os.utime(other, (number, number))
    find_problems(tree)
    assert len(list(kept.parent.iterdir())) == MAX_PROJECTS
    assert kept.is_file()


def test_without_a_place_for_a_cache_there_is_none(
    tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "file"))
    assert find_problems(tree) == ()
