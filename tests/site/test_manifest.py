"""The manifest: every file by its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from briefsite.cache.revision import revision
from briefsite.site import altered, manifest, renewed
from briefsite.site.manifest import NAME, Placed


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


def test_what_is_as_it_was_placed_is_not_read_again(tmp_path: Path) -> None:
    placed = {}
    for name in ("same", "other", "gone"):
        path = tmp_path / name
        path.write_text("text")
        stat = path.stat()
        placed[name] = Placed("known", stat.st_size, stat.st_mtime_ns, stat.st_ino)
    (tmp_path / "other").write_text("longer text")
    (tmp_path / "gone").unlink()
    found = json.loads(manifest(tmp_path, tmp_path, "2026-11-20", {}, placed=placed))
    assert found["files"] == {
        "other": hashlib.sha256(b"longer text").hexdigest(),
        "same": "known",
    }


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    assert revision(tmp_path) is None
    assert json.loads(manifest(tmp_path, tmp_path, "2026-11-20", {}))["revision"] is None


def test_revision_is_the_commit_marked_where_files_differ(repository: Path) -> None:
    commit = revision(repository)
    assert commit is not None
    assert len(commit) == 40
    (repository / "file").write_text("changed")
    assert revision(repository) == f"{commit}+"


def test_every_input_is_named_with_its_hash(project: Path, tmp_path: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_bytes(b"# Home")
    (project / "docs" / ".hidden").write_bytes(b"")
    (project / "docs" / "linked.md").symlink_to("/etc/passwd")
    site = tmp_path / "site"
    site.mkdir()
    (site / NAME).write_bytes(manifest(site, project, "2026-11-20", {}))
    found = json.loads((site / NAME).read_bytes())
    assert list(found["inputs"]) == [
        "briefs/registry/registry.yaml",
        "briefs/sample.yaml",
        "docs/index.md",
        "maps/sample-map.yaml",
    ]
    assert found["inputs"]["docs/index.md"] == hashlib.sha256(b"# Home").hexdigest()
    assert len(found["code"]) == 64
    assert renewed(site, project) == []
    (project / "docs" / "index.md").write_bytes(b"# Hume")
    (project / "briefs" / "sample.yaml").unlink()
    assert renewed(site, project) == [
        "briefs/sample.yaml is not what the site was made from",
        "docs/index.md is not what the site was made from",
    ]


def test_a_site_is_held_to_its_manifest(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_text(name)
    (tmp_path / NAME).write_bytes(manifest(tmp_path, tmp_path, "2026-11-20", {}))
    assert altered(tmp_path) == []
    (tmp_path / "a.html").write_text("x")
    (tmp_path / "b.html").unlink()
    (tmp_path / "d.html").touch()
    assert altered(tmp_path) == [
        "file a.html was changed",
        f"file b.html is in {NAME} and not there",
        f"file d.html is not in {NAME}",
    ]
    (tmp_path / NAME).unlink()
    assert altered(tmp_path) == [f"{NAME} cannot be read"]
