"""What commands ask of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from briefsite.check import Checked, check_tree
from briefsite.load import load_tree


def checked_tree(options: argparse.Namespace) -> Checked:
    """The project as it stands, for the day and the drafts that were asked for."""
    drafts = getattr(options, "drafts", False)
    return check_tree(load_tree(options.root), as_of=getattr(options, "as_of", None), drafts=drafts)


def inside_of(path: Path, root: Path) -> str | None:
    """A path as problems name it: below the project; None if it is not in it."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None
