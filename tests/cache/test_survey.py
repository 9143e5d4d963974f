"""A folder is looked at while others write to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from briefsite.cache.survey import digest_state, is_same, survey


def test_a_file_that_is_gone_meanwhile_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those are that Python compiles beside its modules, and then renames."""
    (tmp_path / "below").mkdir()
    for name in ("here", "gone", "below/here"):
        (tmp_path / name).write_text("x")
    scan = os.scandir

    def look(folder: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        found = list(scan(folder))
        (tmp_path / "gone").unlink(missing_ok=True)
        return nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", look)
    assert survey(tmp_path).keys() == {"here", "below/", "below/here"}


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda path: path.write_text("y"),
    "mode": lambda path: path.chmod(0o600),
    "another name": lambda path: path.rename(path.with_name("there")),
    "another file": lambda path: path.with_name("below").rename(path),
    "one name more": lambda path: path.with_name("too").hardlink_to(path),
    "a folder": lambda path: path.with_name("folder").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_is_another_state(change: Callable[[Path], object], tmp_path: Path) -> None:
    names = ("here", "below", os.fsdecode(b"\xff"))
    for name in names:
        (tmp_path / name).write_text("x")
    before = survey(tmp_path)
    again = dict(reversed([*survey(tmp_path).items()]))  # a disk lists names in any order
    assert digest_state(again) == digest_state(before)
    change(tmp_path / "here")
    assert digest_state(survey(tmp_path)) != digest_state(before)


def test_a_file_is_the_same_wherever_it_is_linked(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    (site / "page").write_text("x")
    before = survey(site)
    (other / "page").hardlink_to(site / "page")
    assert is_same(survey(other), before)
    assert digest_state(survey(other)) != digest_state(before)
    (other / "page").chmod(0o600)
    assert not is_same(survey(other), before)
    assert not is_same({**before, "more/": None}, before)
