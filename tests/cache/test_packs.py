"""What builds keep takes little space, and is found again as long as it is there and whole."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from briefsite.cache import store as storing
from briefsite.cache.store import MAX_PACKS, RUNS, Store
from briefsite.processes import Forked

MUCH = 100_000
Made = Mapping[str, bytes]


@contextmanager
def opened(cache: Path) -> Iterator[Store]:
    store = Store(cache, cache)
    yield store
    store.close()


def build(cache: Path, made: Made | None = None, asked: Iterable[str] = ()) -> list[bytes | None]:
    """What a build finds of what it asks for; it also keeps what it has made."""
    with opened(cache) as store:
        found = [store.get([name.encode()]) for name in asked]
        for name, content in (made or {}).items():
            store.put([name.encode()], content)
        store.save()
    return found


def find(cache: Path, *names: str) -> list[bytes | None]:
    with opened(cache) as store:
        return [store.get([name.encode()]) for name in names]


def packs(cache: Path) -> list[Path]:
    return sorted((cache / "site").glob("*/*.pack"))


def index(cache: Path) -> Path:
    (path,) = (cache / "site").glob("*/index.db")
    return path


def size(cache: Path) -> int:
    return sum(path.stat().st_size for path in packs(cache))


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    build(tmp_path, {"asked for": b"1", "not asked for": b"2"})
    for _ in range(RUNS + 1):
        assert build(tmp_path, asked=["asked for"]) == [b"1"]
    assert find(tmp_path, "asked for", "not asked for") == [b"1", None]


def test_a_pack_of_which_all_is_forgotten_is_removed(tmp_path: Path) -> None:
    build(tmp_path, {"old": bytes(MUCH)})
    for number in range(RUNS):
        build(tmp_path, {"new": b"%d" % number}, ["new"])
    assert size(tmp_path) < MUCH
    assert find(tmp_path, "new") == [b"3"]


def test_what_is_wanted_of_a_pack_of_which_most_is_forgotten_is_moved(tmp_path: Path) -> None:
    build(tmp_path, {"wanted": b"1" * 100, "not wanted": bytes(MUCH)})
    for _ in range(RUNS):
        assert build(tmp_path, asked=["wanted"]) == [b"1" * 100]
    assert size(tmp_path) == 100
    assert find(tmp_path, "wanted") == [b"1" * 100]


def test_a_small_edit_moves_nothing(tmp_path: Path) -> None:
    """Of what the edit before has made, most is made again."""
    build(tmp_path, {"first": bytes(MUCH)})
    build(tmp_path, {"edit": b"1" * 100, "index": b"1" * 300}, ["first"])
    before = packs(tmp_path)
    build(tmp_path, {"index": b"2" * 300}, ["first", "edit"])
    assert {*before} < {*packs(tmp_path)}


def test_many_small_edits_leave_few_packs_and_little_that_is_not_wanted(tmp_path: Path) -> None:
    """Of each edit something stays, and something is made again by the next."""
    wanted = {"first": bytes(MUCH)}
    build(tmp_path, wanted)
    for number in range(60):
        asked = list(wanted)
        edit = {f"edit {number}": b"%d" % number * 500, "index": b"%d" % number * 300}
        assert build(tmp_path, edit, asked) == [wanted[name] for name in asked]
        wanted |= edit
        assert len(packs(tmp_path)) <= MAX_PACKS + 1
        assert size(tmp_path) <= 2 * sum(map(len, wanted.values()))
    assert find(tmp_path, *wanted) == list(wanted.values())


def test_a_pack_that_is_gone_costs_what_was_in_it(tmp_path: Path) -> None:
    build(tmp_path, {"one": b"1"})
    (gone,) = packs(tmp_path)
    build(tmp_path, {"two": b"2"}, ["one"])
    gone.unlink()
    with opened(tmp_path) as store:
        assert [store.has([name]) for name in (b"one", b"two")] == [False, True]
    assert build(tmp_path, {"three": b"3"}, ["one", "two"]) == [None, b"2"]
    build(tmp_path, {"one": b"again"})
    assert find(tmp_path, "one", "two", "three") == [b"again", b"2", b"3"]


def test_a_pack_that_was_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    build(tmp_path, {"one": b"1" * 100, "two": b"2" * 100, "three": b"3" * 100})
    (path,) = packs(tmp_path)
    os.truncate(path, 150)
    for _ in range(2):
        assert find(tmp_path, "one", "two", "three") == [b"1" * 100, None, None]
    build(tmp_path, {"two": b"again"}, ["one"])
    assert find(tmp_path, "one", "two") == [b"1" * 100, b"again"]


@pytest.mark.parametrize(
    "said",
    ["start = -1", "start = 1 << 62", "length = -1", "length = 1 << 62", "pack = 0", "digest = 0"]
    + [f"{name} = 'x'" for name in ("pack", "start", "length", "digest")],
)
def test_an_index_that_says_anything_gives_nothing(said: str, tmp_path: Path) -> None:
    build(tmp_path, {"one": b"1", "two": b"2"})
    with closing(sqlite3.connect(index(tmp_path))) as base, base:
        base.execute(f"update kept set {said}")
    assert build(tmp_path, asked=["one", "two"]) == [None, None]
    build(tmp_path, {"one": b"again"})
    assert find(tmp_path, "one") == [b"again"]


def test_without_its_index_a_store_is_begun_anew(tmp_path: Path) -> None:
    build(tmp_path, {"one": b"1"})
    index(tmp_path).unlink()
    assert build(tmp_path, {"two": b"2"}, ["one"]) == [None]
    assert find(tmp_path, "two") == [b"2"]


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        build(tmp_path, {"one": b"1"})
    finally:
        os.umask(before)
    found = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    modes = [(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in found]
    assert sorted(modes) == [(False, 0o600), (False, 0o600), (True, 0o700), (True, 0o700)]


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.put([b"one"], b"1")
    assert packs(tmp_path) == []


def test_what_a_killed_build_has_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    build(tmp_path, {"one": b"1"})
    (kept,) = packs(tmp_path)
    left = kept.with_name("1234.pack")
    left.write_bytes(b"of a build that was killed, or of one that still goes on")
    build(tmp_path, asked=["one"])
    assert packs(tmp_path) == sorted([kept, left])
    for path in (kept, left):
        os.utime(path, (time.time() - 7200,) * 2)
    build(tmp_path, asked=["one"])
    assert packs(tmp_path) == [kept]


def test_a_build_finds_what_another_one_moves_or_makes_anew_meanwhile(tmp_path: Path) -> None:
    build(tmp_path, {"wanted": b"1" * 100, "not wanted": bytes(MUCH), "index": b"old"})
    with opened(tmp_path) as one:
        assert one.has([b"wanted"])
        one.put([b"of one"], b"made")
        for _ in range(RUNS):
            build(tmp_path, {"index": b"new"}, ["wanted"])
        assert size(tmp_path) < MUCH
        assert [one.get([name]) for name in (b"wanted", b"index")] == [b"1" * 100, b"old"]
        one.save()
    wanted = [b"1" * 100, b"new", b"made"]
    assert find(tmp_path, "wanted", "index", "of one") == wanted
    assert build(tmp_path, asked=["wanted", "index", "of one"]) == wanted


def test_what_is_too_large_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, {"one": bytes(MUCH)})
    monkeypatch.setattr(storing, "MAX_BYTES", MUCH)
    assert build(tmp_path, {"two": b"2"}, ["one"]) == [None]
    assert size(tmp_path) == 1
    assert find(tmp_path, "two") == [b"2"]


def test_projects_that_were_not_built_for_long_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MAX_PROJECTS", 2)
    cache = tmp_path / "cache"
    for number in range(4):
        store = Store(cache, tmp_path / f"project-{number}")
        store.put([b"one"], b"%d" % number)
        store.save()
        store.close()
        for path in (cache / "site").iterdir():
            os.utime(path, (path.stat().st_mtime - 60,) * 2)
    found = []
    for number in range(4):
        store = Store(cache, tmp_path / f"project-{number}")
        found.append(store.get([b"one"]))
        store.close()
    assert found == [None, None, b"2", b"3"]


def test_a_disk_that_is_full_costs_what_was_made_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with opened(tmp_path) as store:
        store.put([b"before"], b"one")
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", is_full)
            store.put([b"then"], b"two")
        store.put([b"after"], b"three")
        store.save()
    assert find(tmp_path, "before", "then", "after") == [b"one", None, b"three"]


def test_what_another_process_lays_aside_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        told = [store.spool(b"of the first")]
        with Forked(2, lambda n, pipe: pipe.send(store.spool(b"of %d" % n * 1_000))) as pipes:
            told += [pipe.recv() for pipe in pipes]
        told.append(store.spool(b"of the first again"))
        for number, where in enumerate(told):
            assert where is not None
            store.put([b"%d" % number], where)
        store.put([b"wrong"], told[0]._replace(digest=bytes(32)))  # type: ignore[union-attr]
        store.save()
    wanted = [b"of the first", b"of 0" * 1_000, b"of 1" * 1_000, b"of the first again", None]
    assert find(tmp_path, "0", "1", "2", "3", "wrong") == wanted
    assert len(packs(tmp_path)) == 1


def test_another_process_finds_what_is_kept(tmp_path: Path) -> None:
    """Whether or not the first one has looked there before."""
    build(tmp_path, {"one": b"1"})
    with opened(tmp_path) as store:
        for _ in range(2):
            with Forked(2, lambda _, pipe: pipe.send(store.get([b"one"]))) as pipes:
                assert [pipe.recv() for pipe in pipes] == [b"1", b"1"]
            assert store.get([b"one"]) == b"1"
