"""The build manifest: every file of a site with its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import briefsite

NAME = "build-manifest.json"


def manifest(folder: Path, root: Path, engine: Mapping[str, str]) -> bytes:
    """The manifest of a built site as JSON.

    `engine` names the programs that built it with their versions. The git revision stands here
    and nowhere else, so that a shallow clone builds the same pages.
    """
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }
    document = {
        "generator": {"briefsite": briefsite.__version__, **engine},
        "revision": revision(root),
        "files": files,
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def revision(root: Path) -> str | None:
    """The git commit of a project, with `+` behind it if its files differ; None without git."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain")
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{commit}+" if changed else commit


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
