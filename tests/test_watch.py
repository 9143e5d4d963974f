"""The weekly report: what it says, and the one issue that is kept at it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def watch() -> ModuleType:
    spec = importlib.util.spec_from_file_location("watch", ROOT / ".ci" / "watch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(
    watch: ModuleType, day: str, links: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The report of a project at a day, where asking for links found this."""
    real = watch.briefsite
    monkeypatch.setattr(
        watch, "briefsite", lambda name, *rest: links if name == "links" else real(name, *rest)
    )
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["watch.py", day, "report.md"])
    assert watch.main() == 0
    return Path("report.md").read_text(encoding="utf-8")


def test_it_says_what_has_aged_and_what_is_broken(
    watch: ModuleType, lay_out: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out(tmp_path / "project")
    broken = "x.yaml:3: source a: https://a.example/ is broken: 404\n"
    text = report(watch, "2999-01-01", broken, project, monkeypatch)
    assert "## To be looked at again" in text
    assert "brief sample: review due" in text
    assert f"```text\n{broken}```" in text
    assert "As of 2999-01-01." in text


def test_it_is_empty_when_nothing_is_left(
    watch: ModuleType, lay_out: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out(tmp_path / "project")
    assert report(watch, "2024-04-11", "", project, monkeypatch) == ""


def test_a_tree_that_cannot_be_read_is_no_good_news(
    watch: ModuleType, lay_out: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay_out(tmp_path / "project")
    (project / "briefs" / "sample.yaml").write_text("schema: [", encoding="utf-8")
    with pytest.raises(RuntimeError, match="briefsite stale ended with 1"):
        report(watch, "2024-04-11", "", project, monkeypatch)


def test_nothing_quoted_leaves_its_block_and_a_long_list_is_cut(watch: ModuleType) -> None:
    assert watch.fenced("a ``` b\n@someone #1\n") == "````text\na ``` b\n@someone #1\n````"
    long = watch.fenced("a line\n" * 10_000)
    assert len(long) < 31_000
    shown = long.count("a line")
    assert long.endswith(f"… and {10_000 - shown} more lines\n```")


@pytest.mark.parametrize(
    ("text", "open_issue", "done"),
    [
        ("found", "", "issue create"),
        ("found", "12", "issue edit 12"),
        ("", "12", "issue close 12"),
        ("", "", None),
    ],
)
def test_one_issue_is_opened_renewed_and_closed(
    tmp_path: Path, text: str, open_issue: str, done: str | None
) -> None:
    program = tmp_path / "gh"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'
        f'[ "$1 $2" != "issue list" ] || echo {open_issue}\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    path = f"{tmp_path}:{os.environ['PATH']}"
    command = ["bash", str(ROOT / ".ci" / "tell"), "report.md"]
    subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ, "PATH": path}, timeout=30)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[1].startswith("issue list --label watch --state open")
    assert [line.startswith(done or "") for line in asked[2:]] == [True] * (done is not None)
