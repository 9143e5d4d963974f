"""A translation that was begun says nothing yet, and is filled in by uncommenting."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from briefsite.check import read_translations
from briefsite.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "tests" / "projects" / "minimal", root)
    return root


def new(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "new", "translation", *arguments])


def test_what_was_begun_lacks_its_translator_alone(project: Path) -> None:
    assert new(project, "sample", "az") == 0
    path = project / "briefs" / "sample.az.yaml"
    assert [problem.code for problem in read_translations(project).problems] == ["blank"]
    text = path.read_text(encoding="utf-8").replace("'TODO: who translates it'", "The desk")
    path.write_text(text, encoding="utf-8")
    found = read_translations(project)
    assert found.problems == ()
    assert [(each.brief, each.language, each.address) for each in found.entries] == [
        ("sample", "az", "briefs/sample/az/")
    ]
    assert found.entries[0].record.title is None


def test_a_text_goes_where_its_comment_stands(project: Path) -> None:
    new(project, "sample", "az")
    path = project / "briefs" / "sample.az.yaml"
    text = path.read_text(encoding="utf-8").replace("'TODO: who translates it'", "The desk")
    text = text.replace("# title:", "title: Nümunə")
    text = re.sub(r"# (text): *\n", r"\1: 2012 2020 2030\n", text, count=1)
    path.write_text(text, encoding="utf-8")
    (problem,) = {problem.code for problem in read_translations(project).problems}
    assert problem == "translation-number"  # the original says 2030 alone
    path.write_text(text.replace("2012 2020 2030", "2030-cu il"), encoding="utf-8")
    (entry,) = read_translations(project).entries
    assert entry.record.title == "Nümunə"
    assert entry.record.judgements[0].text == "2030-cu il"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sample", "qqq"), "'qqq' is no language"),
        (("sample", "../az"), "is no language"),
        (("nothing", "az"), "there is no brief 'nothing' (briefs: sample)"),
        (("smaple", "az"), "there is no brief 'smaple' (did you mean 'sample'?)"),
        (("../briefs/sample", "az"), "there is no brief"),
        (("sample", "en"), "the brief is in 'en' already"),
    ],
)
def test_what_cannot_be_begun_is_told(
    project: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, *arguments) == 1
    assert words in capsys.readouterr().err
    new(project, "sample", "az")
    assert new(project, "sample", "az") == 1
    assert "is there already" in capsys.readouterr().err
