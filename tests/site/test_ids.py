"""The list of ids for editors: on the author's machine, and in nobody's commits."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from briefsite.check import check_tree, known_ids
from briefsite.cli import main
from briefsite.load import load_tree
from briefsite.model.schema import IDS, ids_schema
from briefsite.site import fill_ids, renew_ids


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clone(project: Path) -> Path:
    """A project in git, as it is cloned."""
    assert main(["--root", str(project), "schema"]) == 0
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Start")
    return project


def offered(root: Path, kind: str) -> list[str]:
    ids = json.loads((root / "schemas" / IDS).read_text(encoding="utf-8"))
    return list(ids["$defs"][kind].get("anyOf", [{"enum": []}])[0]["enum"])


def test_a_clone_has_no_list_and_a_preview_does_not_make_one(clone: Path) -> None:
    assert not renew_ids(clone, {"actor": {"alphaland": "Alphaland"}})
    assert offered(clone, "actor") == []


def test_the_list_holds_every_id_and_git_does_not_see_it(clone: Path) -> None:
    assert main(["--root", str(clone), "schema", "--ids"]) == 0
    assert offered(clone, "actor") == ["alphaland", "energy-ministry"]
    assert offered(clone, "claim") == ["pipeline-announced", "pipeline-unbuilt"]
    assert offered(clone, "brief") == ["sample"]
    assert offered(clone, "map") == ["sample-map"]
    assert git(clone, "status", "--porcelain") == ""
    git(clone, "add", "-A")
    assert git(clone, "diff", "--cached", "--name-only") == ""


def test_a_list_that_is_there_follows_the_files(clone: Path) -> None:
    main(["--root", str(clone), "schema", "--ids"])
    registry = clone / "briefs" / "registry" / "more.yaml"
    registry.write_text("schema: 1\nactors:\n  - {id: betaland, kind: stat, name: Betaland}\n")
    assert renew_ids(clone, known_ids(check_tree(load_tree(clone)).readings))
    assert offered(clone, "actor") == ["alphaland", "betaland", "energy-ministry"]
    main(["--root", str(clone), "schema"])
    assert offered(clone, "actor") == ["alphaland", "betaland", "energy-ministry"]


def test_without_git_the_list_is_a_file_like_others(project: Path) -> None:
    main(["--root", str(project), "schema"])
    assert (project / "schemas" / IDS).read_text(encoding="utf-8") == ids_schema()
    assert fill_ids(project, {"actor": {"alphaland": "Alphaland"}}) is not None
    assert offered(project, "actor") == ["alphaland"]


def test_a_project_without_schemas_gets_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "schema", "--ids"]) == 1
    assert "no schemas" in capsys.readouterr().err
    assert not (project / "schemas").exists()
