"""What is kept of records: after any edits, broken or not, the check finds what it finds anew."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.engine.test_preview import BRIEF, EDITS, REGISTRY, another_brief

from briefsite.cache.store import Store
from briefsite.check import Checked, Parts, check_project, check_tree
from briefsite.check.publication import Part
from briefsite.engine.run import build
from briefsite.load import Kind, load_tree
from briefsite.model.records import Record


class Count(Parts):
    """Counts what was taken from the store."""

    taken = 0

    def get_all(self, files: Iterable[tuple[Kind, str, str]]) -> Iterator[Part | None]:
        for found in super().get_all(files):
            self.taken += found is not None
            yield found


def kept(root: Path, cache: Path) -> tuple[Checked, int]:
    """The check of a project with a cache, and how many files it did not need to read."""
    store = Store(cache, root)
    parts = Count(store)
    checked = check_project(root, parts)
    store.save()
    store.close()
    return checked, parts.taken


def is_right(found: Checked, root: Path) -> bool:
    wanted = check_tree(load_tree(root))
    return (found.problems, found.library) == (wanted.problems, wanted.library)


def test_after_any_edits_the_library_is_as_if_all_was_read(project: Path, tmp_path: Path) -> None:
    chance, taken = random.Random(2026), 0
    for number in range(1, 13):
        for name in chance.sample(("title", "claim", "source", "actor", "place", "map"), 2):
            EDITS[name](project, number)
        if chance.random() < 0.5:
            another_brief(project, number)
        found, count = kept(project, tmp_path / "cache")
        assert found.library is not None
        assert is_right(found, project)
        taken += count
    assert taken > 5


def test_a_mistake_is_found_whatever_is_kept(project: Path, tmp_path: Path) -> None:
    kept(project, tmp_path / "cache")
    path = project / REGISTRY
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("- id: ministry-report", "- id: other-report"), encoding="utf-8")
    found, _ = kept(project, tmp_path / "cache")
    assert found.library is None
    assert is_right(found, project)
    path.write_text(whole, encoding="utf-8")
    found, taken = kept(project, tmp_path / "cache")
    assert is_right(found, project)
    assert taken == 3


def test_what_nobody_asks_for_stays_packed(project: Path, tmp_path: Path) -> None:
    kept(project, tmp_path / "cache")
    EDITS["title"](project, 1)
    library = kept(project, tmp_path / "cache")[0].library
    assert library is not None
    records: list[Record] = [entry.record for entry in library.briefs.values()]
    records += (entry.record for entry in library.maps.values())
    assert all(record.apart and vars(record).keys().isdisjoint(record.apart) for record in records)


@pytest.fixture
def known(project: Path, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A project and its cache, both after a check."""
    cache = tmp_path / "cache"
    kept(project, cache)
    assert kept(project, cache)[1] == 3
    yield project, cache
    assert is_right(kept(project, cache)[0], project)


def the_file(cache: Path) -> Path:
    (path,) = (cache / "site").glob("*/index.db")
    return path


def packs(cache: Path) -> list[Path]:
    return sorted((cache / "site").glob("*/*.pack"))


def test_a_cache_that_was_tampered_with_gives_nothing(known: tuple[Path, Path]) -> None:
    project, cache = known
    for path in packs(cache):
        path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    found, taken = kept(project, cache)
    assert taken == 0
    assert is_right(found, project)


@pytest.mark.parametrize("length", [0, 100, 5000])
def test_a_cache_that_was_cut_off_is_begun_anew(length: int, known: tuple[Path, Path]) -> None:
    project, cache = known
    path = the_file(cache)
    path.write_bytes(path.read_bytes()[:length])
    assert is_right(kept(project, cache)[0], project)


def test_a_cache_of_something_else_is_begun_anew(known: tuple[Path, Path]) -> None:
    project, cache = known
    the_file(cache).write_bytes(b"no base at all, but long enough to look like one" * 100)
    assert kept(project, cache)[1] == 0
    assert kept(project, cache)[1] == 3


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there, files have no such owner")
@pytest.mark.parametrize("pattern", ["site", "site/*", "site/*/index.db", "site/*/*.pack"])
def test_a_cache_that_others_can_write_to_is_not_read(
    pattern: str, known: tuple[Path, Path]
) -> None:
    """Records are read as Python objects: whoever writes them could run code."""
    project, cache = known
    for path in cache.glob(pattern):
        path.chmod(0o777)
    assert kept(project, cache)[1] == 0
    (cache / "site").chmod(0o700)


def test_a_cache_that_is_deleted_meanwhile(known: tuple[Path, Path]) -> None:
    project, cache = known
    store = Store(cache, project)
    shutil.rmtree(cache)
    store.put([b"key"], b"content")
    store.save()
    store.close()


def test_two_builds_with_one_cache(known: tuple[Path, Path]) -> None:
    project, cache = known
    one, other = Store(cache, project), Store(cache, project)
    one.put([b"one"], b"1")
    other.put([b"other"], b"2")
    one.save()
    other.save()
    assert (other.get([b"one"]), one.get([b"other"])) == (b"1", b"2")
    one.close()
    other.close()


def test_a_cache_that_another_build_locks_is_asked_again(
    known: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, cache = known
    monkeypatch.setattr("briefsite.cache.store._PATIENCE", 0.001)
    store = Store(cache, project)
    store.put([b"one"], b"1")
    store.save()
    other = sqlite3.connect(the_file(cache), isolation_level=None)
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    assert (store.has([b"one"]), store.get([b"one"])) == (False, None)
    assert store._patience == 0.0, "each of thousands of questions would wait"
    other.close()
    assert (store.has([b"one"]), store.get([b"one"])) == (True, b"1")
    store.close()


def files(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def test_a_build_with_a_cache_is_that_of_a_cold_one_elsewhere(whole: Path, tmp_path: Path) -> None:
    """Manifest and all."""
    cache = tmp_path / "cache"
    assert build(whole, cache=cache) == 0
    EDITS["title"](whole, 1)
    assert BRIEF in {path.relative_to(whole).as_posix() for path in whole.rglob("*.yaml")}
    assert build(whole, cache=cache) == 0
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(whole, elsewhere, ignore=shutil.ignore_patterns("site"))
    assert build(elsewhere) == 0
    assert files(whole / "site") == files(elsewhere / "site")
