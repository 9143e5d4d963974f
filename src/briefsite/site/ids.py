"""The list of ids beside the schemas: committed empty, and filled on the machine of an author.

The first line of a file names a schema, which refers to the list. So the list must be there in
every clone, and must not be in anyone's commits: git is told that this copy of it is not its own.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from briefsite.model.schema import IDS, Known, ids_schema


def fill_ids(root: Path, known: Known) -> Path | None:
    """Write the ids that are known into `schemas/`, out of git's sight; None if that cannot be."""
    path = root / "schemas" / IDS
    if not path.is_file():
        return None
    if _state(path) == "tracked":
        _git(path, "update-index", "--skip-worktree", "--", path.name)
    return path if renew_ids(root, known) else None


def renew_ids(root: Path, known: Known) -> bool:
    """Bring a list that was filled before up to date; whether there is one."""
    path = root / "schemas" / IDS
    if not path.is_file() or _state(path) == "tracked":
        return False
    text = ids_schema(known)
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return True


def _state(path: Path) -> str:
    """`tracked` if a change to the file would be seen as a change to the publication."""
    listed = _git(path, "ls-files", "-v", "--", path.name)
    return "tracked" if listed and not listed.startswith(("S", "s")) else "own"


def _git(path: Path, *arguments: str) -> str:
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=path.parent, capture_output=True, text=True, check=False
        )
    except OSError:  # no git: nothing is tracked
        return ""
    return run.stdout
