"""A second folder is left to the next build whole, or not at all."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from briefsite.site import Building
from briefsite.site.spare import Double
from briefsite.site.swap import spare

NAMES = ("index.html", "a/b/c.json")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = Building(tmp_path / "site").folder
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_it_holds_the_same_files(built: Path, tmp_path: Path) -> None:
    with closing(Double(built, tmp_path / "site")) as double:
        assert double.settle()
        assert not double.settle()  # nothing was linked since
        double.lay_by()
    for name in NAMES:
        assert (spare(tmp_path / "site") / name).samefile(built / name)


def test_without_links_nothing_is_left(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    with closing(Double(built, tmp_path / "site")) as double:
        assert double.settle()
        double.lay_by()
    assert list(tmp_path.iterdir()) == [built]


def test_what_is_not_laid_by_is_removed(built: Path, tmp_path: Path) -> None:
    Double(built, tmp_path / "site").close()
    assert list(tmp_path.iterdir()) == [built]
