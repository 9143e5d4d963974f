"""`briefsite check`: exit codes, and what goes where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.cli import main

Edit = Callable[[str, str, str], None]


def test_a_good_project_ends_with_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "check"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err != ""


def test_problems_end_with_1(project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("briefs/sample.yaml", "topic: energy", "topic: enrgy")
    assert main(["--root", str(project), "check"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("briefs/sample.yaml:3:8: error: there is no topic 'enrgy' [")
    assert printed.err == "1 error in 1 file\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "xml"),
        ("check", "--no-such-option"),
        ("no-such-command",),
        (),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "usage: briefsite" in printed.err


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_what_a_tool_reads_is_nothing_but_json(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    assert main(["--root", str(project), "check", "--format", style]) == 0
    json.loads(capsys.readouterr().out)
    edit("briefs/sample.yaml", "topic: energy", "topic: enrgy")
    assert main(["--root", str(project), "check", "--format", style]) == 1
    json.loads(capsys.readouterr().out)


def test_github_annotations(project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("maps/sample-map.yaml", "place: betatown", "place: betatwon")
    assert main(["--root", str(project), "check", "--format", "github"]) == 1
    expected = "::error file=maps/sample-map.yaml,line=14,col=16,title=unknown-id::"
    assert capsys.readouterr().out.startswith(expected)


def test_the_command_speaks_any_language_of_the_machine(project: Path, edit: Edit) -> None:
    edit("briefs/sample.yaml", "title: Sample brief", "titel: Ərdəbil")
    command = [sys.executable, "-m", "briefsite", "--root", str(project), "check"]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "", "PYTHONIOENCODING": ""}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "titel: Ərdəbil".encode() in done.stdout
