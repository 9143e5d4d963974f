"""The git revision of a project: it stands in a site's manifest, and nowhere else."""

from __future__ import annotations

import subprocess
from pathlib import Path


def revision(root: Path) -> str | None:
    """The git commit of a project, with `+` behind it if its files differ; None without git."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain")
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{commit}+" if changed else commit


def _git(root: Path, *arguments: str) -> str:
    # Whoever commits while a site is built or served would find the index locked.
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
