"""The workflows run code of strangers: they hold no secret, and take no text as a command."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What the forge itself makes, and no proposal can choose.
TRUSTED = re.compile(
    r"github\.(?:ref|repository|server_url|sha|token)|runner\.temp|steps\.[\w-]+\.outputs\.[\w-]+|matrix\.[\w-]+"
)


def read(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job.get("steps", ())


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    folder = str(ROOT / ".github" / "workflows")
    command = [str(program), "--offline", "--no-progress", "--no-config", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_no_more(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    triggers = workflow[True]  # YAML 1.1 reads `on` so
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(triggers)
    if "pull_request" in triggers:
        assert all("permissions" not in job for job in workflow["jobs"].values())
        assert "secrets." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_job_ends_in_time(path: Path) -> None:
    """One that hangs would keep the next from its turn for the six hours that the forge grants."""
    for name, job in read(path)["jobs"].items():
        assert job.get("timeout-minutes", 360) <= 60, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_script_holds_an_expression(path: Path) -> None:
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []
    for expression in re.findall(r"\$\{\{\s*(.*?)\s*\}\}", path.read_text(encoding="utf-8")):
        assert TRUSTED.fullmatch(expression), expression


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_one_commit_and_keeps_no_credentials(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step["uses"].startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_what_asks_other_hosts_cannot_write_and_what_writes_runs_nothing_of_theirs() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "watch.yml")["jobs"]
    asking, telling = jobs["look"], jobs["tell"]
    assert "permissions" not in asking
    assert "token" not in str(asking)
    assert telling["permissions"] == {"contents": "read", "issues": "write"}
    assert [step["run"] for step in telling["steps"] if "run" in step] == [
        "bash .ci/tell report/report.md"
    ]
    (fetched,) = (s for s in telling["steps"] if "download-artifact" in s.get("uses", ""))
    assert fetched["with"]["path"] == "report"  # and over no file of the checkout


def test_what_a_run_prints_is_no_command_to_the_forge() -> None:
    """GitHub obeys `##[error]` wherever it stands in a line, and so within a quoted text."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert text.index("::stop-commands::$(od -An -N16") < text.index('step "')


def test_every_file_that_a_workflow_names_is_there() -> None:
    for path in WORKFLOWS:
        for name in re.findall(r"\.ci/[\w.]+", path.read_text(encoding="utf-8")):
            assert (ROOT / name).is_file(), name
