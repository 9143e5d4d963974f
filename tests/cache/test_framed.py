"""What a theme puts around pages is learnt once, while all that it is made from is the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.cache.test_carried import is_as_cold
from tests.cache.test_reuse import MORE

from briefsite import processes
from briefsite.cache.store import RUNS
from briefsite.engine.documents import Documents
from briefsite.engine.run import build
from briefsite.pages import Page
from briefsite.site import Writer

BRIEF = "briefs/sample/"


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path) -> Path:
    """A project with a theme of its own."""
    root = lay_out(tmp_path / "project")
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    theme = text.split("custom_dir: ")[1].split("\n")[0]
    shutil.copytree(theme, root / "theme")
    (root / "mkdocs.yml").write_text(text.replace(theme, "theme"), encoding="utf-8")
    return root


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages for which this process asks the theme's template."""
    addresses: list[str] = []
    describe = Documents.context

    def spy(documents: Documents, page: Page) -> Mapping[str, Any]:
        addresses.append(page.address)
        return describe(documents, page)

    monkeypatch.setattr(Documents, "context", spy)
    return addresses


def made_anew(root: Path, tmp_path: Path, asked: list[str]) -> set[str]:
    """For which pages the template is asked if there is no site to link any from."""
    shutil.rmtree(root / "site", ignore_errors=True)
    asked.clear()
    assert build(root, cache=tmp_path / "cache") == 0
    return {*asked}


def learnt(root: Path, tmp_path: Path, asked: list[str]) -> set[str]:
    """For which pages it was asked before, in as many builds as it takes to learn of each page."""
    return set().union(*(made_anew(root, tmp_path, asked) for _ in range(3)))


def test_the_theme_is_not_asked_what_earlier_builds_have_learnt(
    project: Path, tmp_path: Path, asked: list[str]
) -> None:
    assert BRIEF in learnt(project, tmp_path, asked)
    for number in range(1, RUNS + 3):  # longer than what nobody asks for is kept
        MORE["sentence"](project, number)
        asked.clear()
        assert build(project, cache=tmp_path / "cache") == 0
        assert asked == []
    assert made_anew(project, tmp_path, asked) == set()
    assert is_as_cold(project, tmp_path)


def test_what_other_processes_have_learnt_is_known(
    project: Path, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 3)
    monkeypatch.setattr(processes, "MIN_TASKS", 1)
    learnt(project, tmp_path, asked)
    monkeypatch.setattr(processes, "cores", lambda: 1)
    assert made_anew(project, tmp_path, asked) == set()
    assert is_as_cold(project, tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("mkdocs.yml", "- Method:", "- How we work:"),
        ("theme/main.html", "{% block", "<!-- x -->{% block"),
        ("docs/method.md", "# ", "# Our "),
    ],
    ids=["a setting", "the theme", "what navigation shows"],
)
def test_it_is_asked_again_if_anything_differs_that_frames_are_made_from(
    name: str, old: str, new: str, project: Path, tmp_path: Path, asked: list[str]
) -> None:
    before = learnt(project, tmp_path, asked)
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert made_anew(project, tmp_path, asked) == before
    assert is_as_cold(project, tmp_path)
    path.write_text(text, encoding="utf-8")
    assert made_anew(project, tmp_path, asked) == set()


def test_a_theme_that_is_edited_during_a_build_is_not_kept_under_its_old_name(
    project: Path, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project / "theme/main.html"
    text = path.read_text(encoding="utf-8")
    make = Writer.prepare

    def edit(*given: Any, **options: Any) -> None:
        path.write_text(text.replace("{% block", "<!-- x -->{% block"), encoding="utf-8")
        make(*given, **options)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Writer, "prepare", edit)
        for _ in range(3):
            made_anew(project, tmp_path, asked)
            path.write_text(text, encoding="utf-8")
    assert BRIEF in made_anew(project, tmp_path, asked)
    assert is_as_cold(project, tmp_path)
