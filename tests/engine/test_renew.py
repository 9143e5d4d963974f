"""A site that is brought up to date without the engine is that of a cold build, to the byte."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cache.test_carried import carried, numbers
from tests.cache.test_reuse import MORE, PERSIAN, differing, files
from tests.cache.test_spare import beside, disturbed
from tests.cache.test_standing import INSIDE, OUTSIDE
from tests.seeds import seeds

from briefsite.cache.unchanged import repeat
from briefsite.cli import main
from briefsite.engine import renew as renewing
from briefsite.site import Writer, altered
from briefsite.site.swap import spare

COMMAND = ["build"]
PAGE = "briefs/sample/index.html"


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of some briefs, which was built."""
    root = lay_out(tmp_path / "project")
    INSIDE["unknown"](root, 1)
    brief = (root / "briefs/sample.yaml").read_text(encoding="utf-8")
    for name in ("third", "fourth"):  # a frame is known when several pages have had it
        (root / f"briefs/{name}.yaml").write_text(
            brief.replace("id: pipeline-", f"id: {name}-").replace("pipeline-", f"{name}-")
            .replace(f"[{name}-accord]", "[pipeline-accord]"),
            encoding="utf-8",
        )  # fmt: skip
    MORE["another brief"](root, 1)
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    assert main(COMMAND) == 0
    return root


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each build whether the site was brought up to date without the engine."""
    told: list[bool] = []
    renew = renewing.renew

    def spy(*given: object) -> Path | None:
        found = renew(*given)  # type: ignore[arg-type]
        told.append(found is not None)
        return found

    monkeypatch.setattr(renewing, "renew", spy)
    return told


def is_as_cold(root: Path, tmp_path: Path) -> bool:
    elsewhere = tmp_path / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("site", ".site-*"))
    here = Path.cwd()
    os.chdir(elsewhere)
    try:
        assert main([*COMMAND, "--no-cache"]) == 0
    finally:
        os.chdir(here)
    return differing(files(root / "site"), files(elsewhere / "site")) == []


ON_MAPS = {"claim", "figure"}
"""What the atlas may show, which navigation leads to: only the engine can make it."""


@pytest.mark.parametrize("edit", sorted({*INSIDE} - ON_MAPS))
def test_an_edit_inside_of_a_brief_needs_no_engine(
    edit: str, project: Path, tmp_path: Path, times: list[bool]
) -> None:
    site = project / "site"
    for number in (3, 4):  # without a spare folder, and with one
        before = numbers(site)
        INSIDE[edit](project, number)
        assert main(COMMAND) == 0
        assert altered(site) == []
        assert repeat(COMMAND) == 0
        assert {"index.html", "404.html", "actors/alphaland/index.html"} <= carried(before, site)
        assert beside(site) == {".site-spare"}
    assert times == [True, True]
    assert is_as_cold(project, tmp_path)


@pytest.mark.parametrize("edit", sorted({*OUTSIDE, "claim"} - {"translation"}))
def test_any_other_edit_is_built_whole(
    edit: str, project: Path, tmp_path: Path, times: list[bool]
) -> None:
    MORE[edit](project, 3)
    assert main(COMMAND) == 0
    assert times == [False]
    assert is_as_cold(project, tmp_path)


@pytest.mark.parametrize("seed", seeds(2))
def test_after_any_edits_and_disturbances_the_site_is_that_of_a_cold_build(
    seed: int, project: Path, tmp_path: Path, times: list[bool]
) -> None:
    chance, site = random.Random(seed), project / "site"
    for number in range(2, 12):
        whole = {*INSIDE, *OUTSIDE} - {"translation"}
        names = sorted({*INSIDE} - ON_MAPS if number % 3 else whole)
        for name in chance.sample(names, chance.choice((1, 2))):
            (INSIDE.get(name) or MORE[name])(project, number)
        match chance.randrange(8):
            case 0 if spare(site).exists():
                disturbed(chance, site)
            case 1 if spare(site).exists():  # as a build leaves it that is killed
                spare(site).rename(site.with_name(".site-abcdefgh"))
            case 2:
                assert main([*COMMAND, "--drafts", "--site-dir", str(tmp_path / "drafts")]) == 0
            case 3:
                assert main([*COMMAND, "--as-of", "2024-09-01"]) == 0
            case 4:
                assert main([*COMMAND, "--site-dir", str(tmp_path / "other")]) == 0
        assert main(COMMAND) == 0
        assert altered(site) == []
        assert beside(site) <= {".site-spare"}
        if number % 3 == 0:
            assert is_as_cold(project, tmp_path)
    # Whatever came before: after a build, an edit is taken up from there.
    for number in (12, 13):
        INSIDE["sentence"](project, number)
        assert main(COMMAND) == 0
    assert times[-1]
    assert times.count(True) > 1
    assert is_as_cold(project, tmp_path)


def test_another_site_of_the_same_project_has_its_own_past(
    project: Path, tmp_path: Path, times: list[bool]
) -> None:
    other = [*COMMAND, "--site-dir", str(tmp_path / "other")]
    assert main(other) == 0
    INSIDE["sentence"](project, 1)
    assert main(other) == 0
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)
    assert main(other) == 0
    INSIDE["unknown"](project, 2)
    for command in (COMMAND, other):
        assert main(command) == 0
    assert is_as_cold(project, tmp_path)
    assert differing(files(tmp_path / "other"), files(project / "site")) == []


def test_pages_that_were_edited_and_put_back_meanwhile(project: Path, tmp_path: Path) -> None:
    """What another site was made of stands for nothing here."""
    page = project / "docs/method.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nAnother word.\n", encoding="utf-8")
    assert main([*COMMAND, "--site-dir", str(tmp_path / "other")]) == 0
    page.write_text(text, encoding="utf-8")
    INSIDE["sentence"](project, 1)
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)


def test_a_translation_that_is_edited_is_built_whole(project: Path, tmp_path: Path) -> None:
    shutil.copytree(PERSIAN, project, dirs_exist_ok=True)
    assert main(COMMAND) == 0
    MORE["retold"](project, 2)
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)


def test_a_cache_of_which_a_part_is_lost(project: Path, tmp_path: Path, times: list[bool]) -> None:
    for lost in (0, 1):
        INSIDE["heading"](project, lost + 5)
        assert main(COMMAND) == 0
        packs = sorted((tmp_path / "cache").rglob("*.pack"), key=lambda path: path.stat().st_mtime)
        packs[min(lost, len(packs) - 1)].unlink()
        INSIDE["claim"](project, lost + 5)
        INSIDE["heading"](project, lost + 7)
        assert main(COMMAND) == 0
        assert is_as_cold(project, tmp_path)
    assert True in times


def test_a_macro_that_is_edited_and_put_back_meanwhile(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    macro = project / "macros/pages/brief.html.j2"
    text, prepare = macro.read_text(encoding="utf-8"), Writer.prepare

    def edit(writer: Writer, *given: Any) -> None:
        macro.write_text(f"{text}zzz", encoding="utf-8")
        prepare(writer, *given)

    INSIDE["sentence"](project, 1)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Writer, "prepare", edit)
        assert main(COMMAND) == 0
    macro.write_text(text, encoding="utf-8")
    assert repeat(COMMAND) is None
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)


def test_a_site_that_somebody_has_written_to_is_built_whole(
    project: Path, tmp_path: Path, times: list[bool]
) -> None:
    (project / "site/index.html").write_text("Nothing to see", encoding="utf-8")
    INSIDE["sentence"](project, 1)
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)


def test_a_brief_with_a_mistake_stops_it_and_leaves_the_site(
    project: Path, times: list[bool], capsys: pytest.CaptureFixture[str]
) -> None:
    before, path = numbers(project / "site"), project / "briefs/sample.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cutoff:", "cutof:"), encoding="utf-8")
    assert main(COMMAND) == 1
    assert "cutof" in capsys.readouterr().err
    assert numbers(project / "site") == before
    path.write_text(text, encoding="utf-8")
    INSIDE["sentence"](project, 1)
    assert main(COMMAND) == 0
    assert altered(project / "site") == []


def test_a_disk_that_is_full_leaves_the_site(
    project: Path, times: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project / "site")
    INSIDE["sentence"](project, 1)
    with monkeypatch.context() as meanwhile:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        meanwhile.setattr("briefsite.site.write._new", refuse)
        assert main(COMMAND) == 1
    assert files(project / "site") == before
    assert beside(project / "site") <= {".site-spare"}
    assert main(COMMAND) == 0
    assert "soon" in (project / "site" / PAGE).read_text(encoding="utf-8")


def test_what_is_interrupted_leaves_the_site_and_nothing_beside_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project / "site")
    INSIDE["sentence"](project, 1)
    with monkeypatch.context() as meanwhile:

        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        meanwhile.setattr("briefsite.site.output.replace_folder", interrupt)
        with pytest.raises(KeyboardInterrupt):
            main(COMMAND)
    assert files(project / "site") == before
    assert beside(project / "site") <= {".site-spare"}
    assert main(COMMAND) == 0
    assert altered(project / "site") == []


def test_the_home_page_that_shows_what_was_edited_is_made_by_the_engine(
    project: Path, tmp_path: Path, times: list[bool]
) -> None:
    """The newest brief stands there with its first judgements."""
    site = project / "site"
    for path in sorted((project / "briefs").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("pipeline is unlikely", "new pipeline is unlikely"), encoding="utf-8"
        )
    before = (site / "index.html").read_bytes()
    assert main(COMMAND) == 0
    assert times == [(site / "index.html").read_bytes() == before]
    assert is_as_cold(project, tmp_path)


def test_a_translation_says_whatever_its_brief_does(
    project: Path, tmp_path: Path, times: list[bool]
) -> None:
    shutil.copytree(PERSIAN, project, dirs_exist_ok=True)
    assert main(COMMAND) == 0
    INSIDE["sentence"](project, 1)
    assert main(COMMAND) == 0
    assert is_as_cold(project, tmp_path)
