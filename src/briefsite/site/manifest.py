"""The build manifest: every file of a site with its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import briefsite

NAME = "build-manifest.json"
SIGN = b'"generator": {\n  "briefsite":'
"""What a manifest of ours holds, and one of another program does not."""


def manifest(
    folder: Path, root: Path, as_of: str, engine: Mapping[str, str], *, preview: bool = False
) -> bytes:
    """The manifest of a built site as JSON.

    `as_of` is the day the site speaks from, `preview` whether it shows what is not public yet;
    `engine` names the programs that built it, with their versions. The git revision stands here
    and nowhere else, so that a shallow clone builds the same pages.
    """
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }
    document = {
        "generator": {"briefsite": briefsite.__version__, **engine},
        "as_of": as_of,
        **({"preview": True} if preview else {}),
        "revision": revision(root),
        "files": files,
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def built_as_of(folder: Path) -> str | None:
    """The day that the site in a folder speaks from, if its manifest tells."""
    try:
        document = json.loads((folder / NAME).read_bytes())
        return str(document["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def built_at(folder: Path) -> str | None:
    """Where the site in a folder will be published, if its feed tells, whatever built it."""
    try:
        document = json.loads((folder / "feed.json").read_bytes())
        return str(document["home_page_url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


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
