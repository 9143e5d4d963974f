"""The project under git that these tests change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.changes.repository import History

TESTS = Path(__file__).parents[1]
MINIMAL = TESTS / "projects" / "minimal"
OVERLAY = TESTS / "golden" / "contested-and-overtaken" / "input"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The minimal project with the contested brief, committed once."""
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    shutil.copytree(OVERLAY, root, dirs_exist_ok=True)
    made = History(root)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.commit()
    return made
