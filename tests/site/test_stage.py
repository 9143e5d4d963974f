"""The site as a tree of Markdown files, for any generator."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.lazy import Lazy
from briefsite.site import Project, Site, StageError, assemble, built_at, stage


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
    expected = {page.source for page in site.pages} | set(site.docs) | set(site.assets)
    # A generator would make a page of Markdown that is meant as a file.
    expected |= {f".as-is/{name}" if name.endswith(".md") else name for name in site.files}
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
        site, docs={}, drawn=Lazy(), files=Lazy({"briefs": lambda: b"also a folder"})
    )
    with pytest.raises(OSError, match="directory"):
        stage(Project(whole), impossible, folder)
    assert (folder / "index.md").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["staged", "whole"]


def test_feeds_are_staged_where_the_site_is_known(whole: Path, tmp_path: Path) -> None:
    library = check_tree(load_tree(whole)).library
    assert library is not None
    for site_url in ("", "https://example.org/base"):
        site = assemble(Project(whole), library, site_url=site_url)
        folder = tmp_path / "staged"
        stage(Project(whole), site, folder)
        assert (folder / "feed.xml").exists() == bool(site_url)
        assert built_at(folder) == (f"{site_url}/" if site_url else None)
        text = (folder / ".as-is/data/sample.md").read_text(encoding="utf-8")
        assert ("https://example.org/base/briefs/sample/" in text) == bool(site_url)


def test_a_preview_is_for_no_crawler(whole: Path) -> None:
    library = check_tree(load_tree(whole)).library
    assert library is not None
    assert assemble(Project(whole), library).files["robots.txt"].startswith(b"User-agent: *\nAllow")
    preview = assemble(Project(whole), library, unlisted=True)
    assert preview.files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
