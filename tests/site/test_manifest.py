"""The manifest: every file by its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from briefsite.site import manifest
from briefsite.site.manifest import NAME, revision


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    for key in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(key, raising=False)
    for kind in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{kind}_NAME", "A. Person")
        monkeypatch.setenv(f"GIT_{kind}_EMAIL", "person@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    (root / "file").write_text("text")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "First"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True)
    return root


def test_every_file_is_named_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "ü.html").write_bytes(b"page")
    (tmp_path / "a.json").write_bytes(b"")
    (tmp_path / NAME).write_bytes(b"of the last build")
    found = json.loads(manifest(tmp_path, tmp_path, "2026-11-20", {"mkdocs": "1.6.1"}))
    assert found["files"] == {
        "a.json": hashlib.sha256(b"").hexdigest(),
        "b/ü.html": hashlib.sha256(b"page").hexdigest(),
    }
    assert list(found["generator"]) == ["briefsite", "mkdocs"]


def test_it_says_the_same_every_time(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / name).write_text(name)
    assert manifest(tmp_path, tmp_path, "2026-11-20", {}) == manifest(
        tmp_path, tmp_path, "2026-11-20", {}
    )


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    assert revision(tmp_path) is None
    assert json.loads(manifest(tmp_path, tmp_path, "2026-11-20", {}))["revision"] is None


def test_revision_is_the_commit_marked_where_files_differ(repository: Path) -> None:
    commit = revision(repository)
    assert commit is not None
    assert len(commit) == 40
    (repository / "file").write_text("changed")
    assert revision(repository) == f"{commit}+"
