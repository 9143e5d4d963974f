"""A new folder takes the place of an old one, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.site import may_replace, replace_folder, swap


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
