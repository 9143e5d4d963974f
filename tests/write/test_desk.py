"""The page for authors says what happens: its commands are run, its fields are read."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.cli import main
from briefsite.load import load_tree
from briefsite.model.dates import parse_date

PAGE = Path(__file__).parents[2] / "docs" / "authors" / "desk.md"


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_its_commands_do_what_it_says(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    (citation,) = blocks("bibtex")
    Path("refs.bib").write_text(citation, encoding="utf-8")
    lines = [line for block in blocks("console") for line in block.splitlines()]
    commands = [shlex.split(line[2:]) for line in lines if line.startswith("$ ")]
    assert len(commands) >= 5
    for program, *arguments in commands:
        assert program == "briefsite"
        assert main(arguments) == 0, capsys.readouterr().err
    assert {problem.code for problem in check_tree(load_tree(project)).problems} == {"blank"}
    brief = (project / "briefs/water-sharing.yaml").read_text(encoding="utf-8")
    assert "\nstatus: draft\n" in brief
    assert "  - id: board-founded\n" in brief
    (blank,) = blocks("yaml")[0].strip().split(" One of")[:1]
    assert blank in brief
    registry = (project / "briefs/registry/registry.yaml").read_text(encoding="utf-8")
    assert "    page: 56-70\n    issued: 2013-03\n" in registry


def test_its_fields_are_those_of_a_brief(project: Path) -> None:
    file = project / "briefs" / "sample.yaml"
    text = file.read_text(encoding="utf-8")
    _, scheduled, withdrawn = blocks("yaml")
    for fields, day in ((scheduled, "2026-12-01"), (withdrawn, None)):
        file.write_text(text.replace("topic: energy\n", f"topic: energy\n{fields}"))
        checked = check_tree(load_tree(project), as_of=parse_date(day) if day else None)
        assert checked.library is not None, checked.problems
        assert "sample" in checked.library.briefs
