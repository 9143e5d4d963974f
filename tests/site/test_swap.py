"""A new folder takes the place of an old one, whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefsite.site import (
    Building,
    UnsettledError,
    former,
    may_replace,
    publish_folder,
    replace_folder,
    roll_back,
    swap,
)
from briefsite.site.swap import spare, take_spare


def fill(folder: Path, text: str) -> Path:
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "file").write_text(text)
    return folder


@pytest.fixture(params=["in one step", "in several"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's exchange, and without."""
    if request.param == "in several":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)


@pytest.mark.usefixtures("way")
def test_the_old_is_replaced_and_nothing_left_over(tmp_path: Path) -> None:
    new, target = fill(tmp_path / ".new", "new"), fill(tmp_path / "site", "old")
    (target / "only-in-the-old").touch()
    replace_folder(new, target)
    assert (target / "below" / "file").read_text() == "new"
    assert not (target / "only-in-the-old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_many_folders_are_removed_by_a_process_that_nobody_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_MANY", 100)
    new, target = fill(tmp_path / ".site-abcdefgh", "new"), fill(tmp_path / "site", "old")
    for number in range(500):
        (target / str(number)).mkdir()
    (target / "link").symlink_to(tmp_path / "site")
    replace_folder(new, target)
    assert (target / "below" / "file").read_text() == "new"
    Building(target).discard()  # another build leaves alone what is being removed
    deadline = time.monotonic() + 60
    while new.exists():
        assert {name for _, _, names in os.walk(new) for name in names} == set()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert (target / "below" / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("way")
def test_the_first_site_has_nothing_to_replace(tmp_path: Path) -> None:
    replace_folder(fill(tmp_path / ".new", "new"), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("way")
def test_a_failure_leaves_the_old(tmp_path: Path) -> None:
    target = fill(tmp_path / "site", "old")
    with pytest.raises(OSError, match="No such file"):
        replace_folder(tmp_path / "not-there", target)
    assert (target / "below" / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("names", "allowed"),
    [([], True), (["mark", "other"], True), (["other"], False), ([".hidden"], False)],
)
def test_only_our_own_may_be_replaced(names: list[str], allowed: bool, tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).write_text("made by us")
    assert may_replace(tmp_path, "mark", b"by us") is allowed


def test_a_mark_of_someone_else_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / "mark").write_text("{}")
    assert not may_replace(tmp_path, "mark", b"by us")


def test_what_is_absent_may_be_made_and_a_file_never_replaced(tmp_path: Path) -> None:
    assert may_replace(tmp_path / "absent", "mark", b"")
    (tmp_path / "file").touch()
    assert not may_replace(tmp_path / "file", "mark", b"")


def test_what_a_killed_build_left_is_swept_away_and_what_another_builds_is_not(
    tmp_path: Path,
) -> None:
    left = fill(tmp_path / ".site-ab12cd3_", "half a site")
    held = Building(tmp_path / "site")
    for name in (".site-before", ".site-notes", ".site-ab12cd3_-mine", ".sites-ab12cd3_"):
        fill(tmp_path / name, "someone's")
    another = Building(tmp_path / "site")
    assert not left.exists()
    assert held.folder.exists()
    held.close()
    another.discard()
    Building(tmp_path / "site").discard()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".site-ab12cd3_-mine",
        ".site-before",
        ".site-notes",
        ".sites-ab12cd3_",
    ]


def test_a_site_that_was_moved_aside_when_its_build_was_killed_is_put_back(tmp_path: Path) -> None:
    fill(tmp_path / ".site-ab12cd3_.old", "the last good one")
    Building(tmp_path / "site").discard()
    assert (tmp_path / "site" / "below" / "file").read_text() == "the last good one"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def built_in_the_spare(target: Path, text: str) -> None:
    """What a build does that has found most of the site to be the same."""
    held = take_spare(target)
    building = Building(target)
    if held is not None:
        assert building.take_up(held)
        shutil.rmtree(building.folder / "below")
    fill(building.folder, text)
    replace_folder(building.folder, target, lay_by=True)
    building.close()


@pytest.mark.usefixtures("way")
def test_the_folder_that_is_replaced_is_spare_and_the_next_is_built_in_it(tmp_path: Path) -> None:
    target, there = fill(tmp_path / "site", "one"), set()
    numbers = {target.stat().st_ino}
    for text in ("two", "three", "four"):
        built_in_the_spare(target, text)
        assert (target / "below" / "file").read_text() == text
        numbers |= {target.stat().st_ino, spare(target).stat().st_ino}
        there |= {path.name for path in tmp_path.iterdir()}
    assert there == {"site", ".site-spare"}
    assert len(numbers) == 2
    # A build that has no use for it, such as publishing, removes it.
    Building(target).discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_was_spare_is_so_again_after_a_build_that_failed(tmp_path: Path) -> None:
    target = fill(tmp_path / "site", "one")
    built_in_the_spare(target, "two")
    held = take_spare(target)
    building = Building(target)
    assert held is not None
    # Until then it is kept from others, and they build beside it.
    assert take_spare(target) is None
    assert building.take_up(held)
    another = Building(target)
    assert building.folder.exists()
    replace_folder(fill(another.folder / "all", "three"), target, lay_by=True)
    another.discard()
    assert (spare(target) / "below" / "file").read_text() == "two"
    building.discard()  # there is another by now
    assert (spare(target) / "below" / "file").read_text() == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-spare", "site"]


def test_a_second_spare_folder_is_removed(tmp_path: Path) -> None:
    target = fill(tmp_path / "site", "one")
    fill(spare(target), "in the hands of another build")
    assert not replace_folder(fill(tmp_path / ".new", "two"), target, lay_by=True)
    assert (spare(target) / "below" / "file").read_text() == "in the hands of another build"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-spare", "site"]


def of_another_user(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)


def a_link(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.symlink_to(fill(place.with_name("elsewhere"), "not ours"))


@pytest.mark.parametrize(
    "make",
    [
        lambda place, monkeypatch: None,
        lambda place, monkeypatch: place.write_text("a file"),
        a_link,
        of_another_user,
    ],
    ids=["absent", "a file", "a link", "of another user"],
)
def test_what_is_no_spare_folder_is_not_taken_for_one(
    make: Callable[[Path, pytest.MonkeyPatch], object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = fill(tmp_path / "site", "one")
    make(spare(target), monkeypatch)
    assert take_spare(target) is None
    built_in_the_spare(target, "two")
    assert (target / "below" / "file").read_text() == "two"
    elsewhere = tmp_path / "elsewhere" / "below" / "file"
    assert not elsewhere.exists() or elsewhere.read_text() == "not ours"


@pytest.mark.usefixtures("way")
def test_the_one_before_is_kept_and_put_back(tmp_path: Path) -> None:
    target = tmp_path / "site"

    def says() -> list[str]:
        return [(path / "below" / "file").read_text() for path in (target, former(target))]

    for text in ("one", "two", "three"):
        publish_folder(fill(tmp_path / ".new", text), target)
    assert says() == ["three", "two"]
    roll_back(target)
    assert says() == ["two", "three"]
    roll_back(target)
    assert says() == ["three", "two"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site-before", "site"]


@pytest.mark.usefixtures("way")
def test_what_is_published_is_on_the_disk_before_it_takes_its_place_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, settled = fill(tmp_path / "site", "old"), []

    def settle(folder: Path) -> None:
        settled.append((folder, (target / "below" / "file").read_text()))

    monkeypatch.setattr(swap, "_settle", settle)
    publish_folder(fill(tmp_path / ".new", "new"), target)
    assert settled == [(tmp_path / ".new", "old"), (tmp_path, "new")]
    roll_back(target)
    assert settled[2:] == [(tmp_path, "old")]


def test_a_disk_that_fails_leaves_online_what_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some tell only then that a file could not be written."""

    def fail(descriptor: int) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    target = fill(tmp_path / "site", "old")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(syncfs=fail))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        publish_folder(fill(tmp_path / ".new", "new"), target)
    assert (target / "below" / "file").read_text() == "old"


@pytest.mark.usefixtures("way")
def test_what_is_online_though_the_disk_may_not_hold_it_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = fill(tmp_path / "site", "old")

    def settle(folder: Path) -> None:
        if folder == tmp_path:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(swap, "_settle", settle)
    with pytest.raises(UnsettledError, match="Input/output error"):
        publish_folder(fill(tmp_path / ".new", "new"), target)
    assert (target / "below" / "file").read_text() == "new"
    with pytest.raises(UnsettledError):
        roll_back(target)
    assert (target / "below" / "file").read_text() == "old"


def test_two_first_builds_of_one_moment_both_end_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    one, other = fill(tmp_path / ".one", "one"), fill(tmp_path / ".other", "other")
    absent = iter([False])
    really = Path.exists
    monkeypatch.setattr(
        Path, "exists", lambda path: next(absent, True) if path == target else really(path)
    )
    fill(target, "the faster one's")
    replace_folder(one, target)
    replace_folder(other, target)
    assert (target / "below" / "file").read_text() == "other"


@pytest.mark.parametrize("keep", ["nothing", "keep", "lay_by"])
@pytest.mark.parametrize(
    "step", ["_sweep", "_hold", "_replace", "_exchange", "_keep", "_rename", "rmtree"]
)
def test_a_build_that_is_killed_at_any_step_leaves_a_whole_site(
    step: str, keep: str, tmp_path: Path
) -> None:
    """The moments that chance hardly meets: before each step, and between two of a kind."""
    target = tmp_path / "site"
    fill(target, "old")
    for at in (1, 2, 3):
        subprocess.run([sys.executable, "-c", DYING, swap.__file__, target, step, str(at), keep])
        assert (target / "below" / "file").read_text() in ("old", "new 1", "new 2", "new 3")
    Building(target).discard()
    assert {path.name for path in tmp_path.iterdir()} <= {"site", ".site-before"}


DYING = """
import importlib.util, itertools, os, pathlib, shutil, signal, sys
path, target, step, at, keep = sys.argv[1:]
spec = importlib.util.spec_from_file_location("swap", path)
swap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(swap)
module, count = swap if hasattr(swap, step) else shutil, itertools.count(1)
really = getattr(module, step)
def die(*arguments, **options):
    if next(count) == int(at):
        os.kill(os.getpid(), signal.SIGKILL)
    return really(*arguments, **options)
setattr(module, step, die)
building = swap.Building(pathlib.Path(target))
(building.folder / "below").mkdir()
(building.folder / "below" / "file").write_text(f"new {at}")
how = {} if keep == "nothing" else {keep: True}
swap.replace_folder(building.folder, pathlib.Path(target), **how)
"""
"""Makes a site with `swap.py` alone, and kills itself before a step of it."""
