"""The hook that other repositories run before a commit."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml

from briefsite.cli import main

ROOT = Path(__file__).parents[1]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hook_runs_the_check_of_the_whole_tree(project: Path) -> None:
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "briefsite"
    assert HOOK["pass_filenames"] is False
    assert main(["--root", str(project), *arguments]) == 0
    (project / "briefs" / "sample.yaml").write_text("schema: 1\n")
    assert main(["--root", str(project), *arguments]) == 1


def test_the_hook_looks_at_every_kind_of_file_that_is_checked() -> None:
    looked_at = re.compile(HOOK["files"])
    for path in ("briefs/a.yaml", "briefs/registry/b.yaml", "maps/c.yaml", "docs/d.md"):
        assert looked_at.search(path)
    assert not looked_at.search("tests/e.yaml")


def test_the_guide_names_the_hook() -> None:
    guide = (ROOT / "docs" / "authors" / "problems.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(repos:.*?)```", guide, re.DOTALL)
    (repository,) = yaml.safe_load(example)["repos"]
    assert repository["hooks"] == [{"id": HOOK["id"]}]
