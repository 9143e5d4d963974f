"""The site as a tree of Markdown files, for any generator."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.lazy import Lazy
from briefsite.site import Project, Site, StageError, assemble, stage


@pytest.fixture
def site(whole: Path) -> Site:
    (whole / "docs" / "assets").mkdir()
    (whole / "docs" / "assets" / "photo.png").write_bytes(b"\x89PNG")
    (whole / "docs" / ".notes").write_text("private")
    library = check_tree(load_tree(whole)).library
    assert library is not None
    return assemble(Project(whole), library)


def test_every_page_and_file_is_written(whole: Path, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "staged"
    count = stage(Project(whole), site, folder)
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    expected = {page.source for page in site.pages} | set(site.docs) | set(site.files)
    expected |= set(site.assets)
    assert written == expected | {"assets/photo.png", ".briefsite-stage"}
    assert count == len(expected)
    assert (folder / "assets/photo.png").read_bytes() == b"\x89PNG"
    assert [path.name for path in folder.parent.iterdir()] == ["staged"]


def test_a_staged_tree_is_replaced_whole(whole: Path, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "staged"
    stage(Project(whole), site, folder)
    (folder / "briefs" / "renamed-since.md").write_text("old")
    stage(Project(whole), site, folder)
    assert not (folder / "briefs" / "renamed-since.md").exists()
    assert (folder / "briefs" / "sample.md").exists()


def test_an_empty_folder_is_filled(whole: Path, site: Site, tmp_path: Path) -> None:
    (tmp_path / "staged").mkdir()
    assert stage(Project(whole), site, tmp_path / "staged") > 20


def test_a_folder_of_someone_else_is_refused(whole: Path, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.md").write_text("years of work")
    with pytest.raises(StageError, match="not empty and was not staged before"):
        stage(Project(whole), site, folder)
    assert (folder / "chapter.md").read_text() == "years of work"
    with pytest.raises(StageError):
        stage(Project(whole), site, folder / "chapter.md")


def test_a_failure_leaves_the_tree_that_was_there(whole: Path, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "staged"
    stage(Project(whole), site, folder)
    before = (folder / "index.md").read_bytes()
    impossible = dataclasses.replace(
        site, docs={}, files=Lazy({"briefs": lambda: b"also a folder"})
    )
    with pytest.raises(OSError, match="directory"):
        stage(Project(whole), impossible, folder)
    assert (folder / "index.md").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["staged", "whole"]
