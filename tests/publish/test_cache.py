"""The cache gives what was made, makes what it lacks, and loses nothing but time."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.publish import Cache


def fail() -> bytes:
    raise AssertionError("made a second time")


def test_a_result_is_made_once(tmp_path: Path) -> None:
    first = Cache(tmp_path / "cache")
    assert first.get((b"a", b"b"), lambda: b"result") == b"result"
    assert first.made == 1
    second = Cache(tmp_path / "cache")
    assert second.get((b"a", b"b"), fail) == b"result"
    assert second.made == 0


def test_parts_do_not_run_into_each_other(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get((b"ab", b"c"), lambda: b"one") == b"one"
    assert cache.get((b"a", b"bc"), lambda: b"two") == b"two"


def test_nothing_half_made_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with pytest.raises(AssertionError):
        cache.get((b"a",), fail)
    assert cache.get((b"a",), lambda: b"result") == b"result"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("left", [b"", b"res", bytes(40)], ids=["nothing", "a part", "zeros"])
def test_what_a_disk_has_lost_is_made_again(left: bytes, tmp_path: Path) -> None:
    Cache(tmp_path).get((b"a",), lambda: b"result")
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(left)
    assert Cache(tmp_path).get((b"a",), lambda: b"result") == b"result"
    assert Cache(tmp_path).get((b"a",), fail) == b"result"


def test_what_cannot_be_forgotten_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (tmp_path / "ab" / "a-folder").mkdir(parents=True)
    cache.prune()
    assert (tmp_path / "ab" / "a-folder").is_dir()


def test_what_nobody_asked_for_goes(tmp_path: Path) -> None:
    old = Cache(tmp_path)
    old.get((b"old",), lambda: b"old")
    old.get((b"kept",), lambda: b"kept")
    new = Cache(tmp_path)
    new.get((b"kept",), fail)
    new.prune()
    third = Cache(tmp_path)
    assert third.get((b"kept",), fail) == b"kept"
    assert third.get((b"old",), lambda: b"made anew") == b"made anew"


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.get((b"a",), lambda: b"one")
    assert cache.get((b"a",), lambda: b"two") == b"two"
    cache.prune()
