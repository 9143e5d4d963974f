"""The manifest: every file by its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from briefsite.cache.revision import revision
from briefsite.site import altered, list_files, manifest, renewed
from briefsite.site.manifest import NAME, Placed, inputs, renew


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
    found = json.loads(manifest(list_files(tmp_path), tmp_path, "2026-11-20", {"mkdocs": "1.6.1"}))
    assert found["files"] == {
        "a.json": hashlib.sha256(b"").hexdigest(),
        "b/ü.html": hashlib.sha256(b"page").hexdigest(),
    }
    assert list(found["generator"]) == ["briefsite", "mkdocs"]


def test_it_says_the_same_every_time(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / name).write_text(name)
    assert manifest(list_files(tmp_path), tmp_path, "2026-11-20", {}) == manifest(
        list_files(tmp_path), tmp_path, "2026-11-20", {}
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
    found = json.loads(manifest(list_files(tmp_path, placed), tmp_path, "2026-11-20", {}))
    assert found["files"] == {
        "other": hashlib.sha256(b"longer text").hexdigest(),
        "same": "known",
    }


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    assert revision(tmp_path) is None
    found = manifest(list_files(tmp_path), tmp_path, "2026-11-20", {}, revised=revision(tmp_path))
    assert json.loads(found)["revision"] is None


def test_revision_is_the_commit_marked_where_files_differ(repository: Path) -> None:
    commit = revision(repository)
    assert commit is not None
    assert len(commit) == 40
    (repository / "file").write_text("changed")
    assert revision(repository) == f"{commit}+"


def test_whoever_commits_meanwhile_finds_nothing_locked(repository: Path) -> None:
    index = repository / ".git" / "index"
    os.utime(repository / "file", (1, 1))  # git would write its index anew
    before = index.stat()
    assert revision(repository)
    assert (index.stat().st_ino, index.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_every_input_is_named_with_its_hash(project: Path, tmp_path: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_bytes(b"# Home")
    (project / "docs" / ".hidden").write_bytes(b"")
    (project / "docs" / "linked.md").symlink_to("/etc/passwd")
    site = tmp_path / "site"
    site.mkdir()
    (site / NAME).write_bytes(manifest(list_files(site), project, "2026-11-20", {}))
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
    (tmp_path / NAME).write_bytes(manifest(list_files(tmp_path), tmp_path, "2026-11-20", {}))
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


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# more\n")


NAMES = ("a.html", "a/b.html", 'a/é\\\n".html', "a-b.html", "a/a.html", "files", "inputs/files")


@pytest.mark.parametrize(
    ("before", "revised", "preview"),
    [
        (None, None, False),
        (None, "0123abcd+", True),
        ("4567ef", None, False),
        ("4567ef+", "0123abcd", True),
    ],
)
def test_a_manifest_is_renewed_to_the_byte(
    before: str | None,
    revised: str | None,
    preview: bool,
    project: Path,
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    for name in NAMES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)

    def made(revised: str | None) -> bytes:
        engine = {"mkdocs": "1.6.1"}
        return manifest(
            list_files(site), project, "2026-11-20", engine, revised=revised, preview=preview
        )

    old = made(before)
    assert renew(old, {}, {}, before) == old
    changed = [name for name in NAMES if name != "a/b.html"]
    for path in (*(site / name for name in changed), project / "briefs" / "sample.yaml"):
        edited(path)
    files, sources = list_files(site), inputs(project)
    new = renew(
        old,
        {name: files[name] for name in changed},
        {"briefs/sample.yaml": sources["briefs/sample.yaml"]},
        revised,
    )
    assert new == made(revised)


def test_of_other_files_no_manifest_is_renewed(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.html").touch()
    text, known = manifest(list_files(site), project, "2026-11-20", {}), "0" * 64
    assert renew(text, {"a.html": known}, {"briefs/sample.yaml": known}, None) is not None
    assert renew(text, {"b.html": known}, {}, None) is None
    assert renew(text, {"briefs/sample.yaml": known}, {}, None) is None
    assert renew(text, {}, {"a.html": known}, None) is None
    assert renew(text[: len(text) // 2], {}, {"briefs/sample.yaml": known}, None) is None
    for other in (b"", b"{}\n", text.replace(b"\n ", b"\n"), text.replace(b'": "', b'": "0')):
        assert renew(other, {"a.html": known}, {}, None) is None
    empty = manifest({}, tmp_path / "nowhere", "2026-11-20", {})
    assert renew(empty, {}, {}, None) == empty
    assert renew(empty, {"a.html": known}, {}, None) is None
