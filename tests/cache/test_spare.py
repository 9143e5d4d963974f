"""A build in the folder that the one before has replaced gives what one elsewhere gives."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cache.test_carried import carried, is_as_cold, numbers
from tests.cache.test_reuse import MORE, files
from tests.seeds import seeds

from briefsite.engine.run import build
from briefsite.site import altered
from briefsite.site.swap import spare


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path) -> Path:
    """A project that was built twice, and then edited."""
    root = lay_out(tmp_path / "project")
    for edit in ("another brief", "claim"):
        MORE[edit](root, 1)
        assert build(root, cache=tmp_path / "cache") == 0
    MORE["claim"](root, 2)
    return root


def beside(site: Path) -> set[str]:
    return {path.name for path in site.parent.iterdir() if path.name.startswith(".")}


def is_doubled(site: Path) -> bool:
    """Whether a spare folder holds the very files of a site, and nothing else is left."""
    whole = numbers(site)
    del whole["build-manifest.json"]
    return beside(site) == {".site-spare"} and numbers(spare(site)) == whole


def test_most_of_the_site_is_there_by_links_already(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, link, linked = project / "site", os.link, []

    def spy(here: str, there: str, **options: bool) -> None:
        linked.append(there)
        link(here, there, **options)

    monkeypatch.setattr(os, "link", spy)
    folders, before = [site.stat().st_ino, spare(site).stat().st_ino], numbers(site)
    assert build(project, cache=tmp_path / "cache") == 0
    assert [spare(site).stat().st_ino, site.stat().st_ino] == folders
    assert len(linked) < len(carried(before, site))
    assert numbers(spare(site)) == before
    assert beside(site) == {".site-spare"}
    assert altered(site) == []
    assert is_as_cold(project, tmp_path)


def test_a_build_that_fails_leaves_the_spare_folder_to_the_next(
    project: Path, tmp_path: Path
) -> None:
    site, page = project / "site", project / "docs" / "method.md"
    text, content, before = page.read_text(encoding="utf-8"), files(site), numbers(site)
    for line in ("[nowhere](nowhere.md)", "<script>"):  # found at the end, and by the check
        page.write_text(f"{text}\n{line}\n", encoding="utf-8")
        assert build(project, cache=tmp_path / "cache") == 1
        assert (numbers(site), files(site)) == (before, content)
        assert beside(site) == {".site-spare"}
    page.write_text(text, encoding="utf-8")
    folder = spare(site).stat().st_ino
    assert build(project, cache=tmp_path / "cache") == 0
    assert site.stat().st_ino == folder
    assert is_as_cold(project, tmp_path)


def test_for_other_eyes_folders_are_made_anew_too(project: Path, tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        assert build(project, cache=tmp_path / "cache") == 0
    finally:
        os.umask(umask)
    below = list((project / "site").rglob("*"))
    assert [path for path in below if path.stat().st_mode & 0o077] == []
    assert build(project, cache=tmp_path / "cache") == 0
    below = list((project / "site").rglob("*"))
    assert [path for path in below if path.stat().st_mode & 0o044 != 0o044] == []


@pytest.mark.parametrize("options", [{"publish": True}, {"cache": None}], ids=["published", "cold"])
def test_who_links_nothing_leaves_no_spare_folder(
    options: dict[str, Any], project: Path, tmp_path: Path
) -> None:
    assert build(project, **{"cache": tmp_path / "cache", **options}) == 0
    assert beside(project / "site") <= {".site-before"}
    assert altered(project / "site") == []
    assert build(project, cache=tmp_path / "cache") == 0
    assert is_as_cold(project, tmp_path)


def test_without_its_site_a_spare_folder_goes(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / "site")
    assert build(project, cache=tmp_path / "cache") == 0
    assert is_doubled(project / "site")
    assert is_as_cold(project, tmp_path)


def test_when_most_of_a_site_is_another_the_one_before_goes(project: Path, tmp_path: Path) -> None:
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("- Method:", "- How we work:"), encoding="utf-8")
    MORE["reviewed"](project, 2)
    MORE["component"](project, 1)
    assert build(project, cache=tmp_path / "cache") == 0
    assert is_doubled(project / "site")
    assert is_as_cold(project, tmp_path)


def disturbed(chance: random.Random, site: Path) -> None:
    """Somebody works where only builds should."""
    folder = chance.choice([site, spare(site)])
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in chance.sample(found, min(5, len(found))):
        match chance.randrange(6):
            case 0:
                path.write_bytes(bytes(reversed(path.read_bytes())))
            case 1:
                os.truncate(path, path.stat().st_size // 2)
            case 2:
                path.unlink()
            case 3:
                path.with_name("added.html").write_bytes(b"added")
            case 4:
                path.rename(path.with_name("renamed.html"))
            case 5:
                path.unlink()
                (path / "below").mkdir(parents=True)


@pytest.mark.parametrize("seed", seeds(2))
def test_after_any_edits_builds_and_disturbances_the_site_is_that_of_a_cold_build(
    seed: int, project: Path, tmp_path: Path
) -> None:
    chance, cache, site = random.Random(seed), tmp_path / "cache", project / "site"
    page = project / "docs" / "method.md"
    for number in range(3, 9):
        for name in chance.sample(["claim", "sentence", "renamed", "another brief", "grade"], 2):
            MORE[name](project, number)
        if chance.random() < 0.5:
            disturbed(chance, site)
        match chance.randrange(4):
            case 0:
                text = page.read_text(encoding="utf-8")
                page.write_text(f"{text}\n[nowhere](nowhere.md)\n", encoding="utf-8")
                assert build(project, cache=cache) == 1
                page.write_text(text, encoding="utf-8")
            case 1:
                assert build(project, cache=cache, publish=True) == 0
            case 2 if spare(site).exists():  # as a build leaves it that is killed
                spare(site).rename(site.with_name(".site-abcdefgh"))
        assert build(project, cache=cache) == 0
        assert altered(site) == []
        assert beside(site) <= {".site-spare", ".site-before"}
    assert is_as_cold(project, tmp_path)
