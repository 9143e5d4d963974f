"""One publication with hostile text in it, published twice: at two places, by two clocks."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

OVERLAY = Path(__file__).parents[1] / "golden" / "hostile-text" / "input"
SITE_URL = "https://caucasus.example/some/path/"


@dataclass(frozen=True)
class Published:
    """A project, its published site, and what was printed meanwhile."""

    root: Path
    output: str

    @property
    def site(self) -> Path:
        return self.root / "site"


def publish(root: Path, *arguments: str, **environment: str) -> Published:
    done = subprocess.run(
        [sys.executable, "-m", "briefsite", "publish", *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL, **environment},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return Published(root, done.stderr)


@pytest.fixture(scope="session")
def published(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(lay_out(tmp_path_factory.mktemp("published") / "project", OVERLAY), TZ="UTC")


@pytest.fixture(scope="session")
def published_again(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same from another folder, without a cache, in another time zone."""
    folder = tmp_path_factory.mktemp("again") / "another-project"
    return publish(lay_out(folder, OVERLAY), TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
