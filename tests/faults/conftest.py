"""A project whose last good site must survive whatever happens to the next build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from briefsite.site import altered

Tree = Mapping[str, bytes]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Desk:
    """A project, and its two editions as they are when nothing happens to a build."""

    root: Path
    old: Tree
    new: Tree
    seconds: float = 0.0
    """How long a build takes."""

    @property
    def site(self) -> Path:
        return self.root / "site"

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "briefsite", *(arguments or ("build",))],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **options.pop("env", {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def run(self, *arguments: str, **options: Any) -> tuple[int, str]:
        """The exit code of a command, and what it said."""
        process = self.start(*arguments, **options)
        said, _ = process.communicate(timeout=240)
        return process.returncode, said

    def is_whole(self) -> bool:
        """Whether the site is one of the two editions, to the byte, and its own manifest agrees."""
        return tree(self.site) in (self.old, self.new) and altered(self.site) == []

    def left(self) -> list[str]:
        """What builds have left beside the site."""
        return sorted(path.name for path in self.root.iterdir() if path.name.startswith("."))


@pytest.fixture(scope="session")
def editions(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A project with its old site, and what its edited sources give."""
    root: Path = lay_out(tmp_path_factory.mktemp("editions") / "project")
    desk = Desk(root, {}, {})
    assert desk.run()[0] == 0
    old = tree(desk.site)
    shutil.copytree(desk.site, root.parent / "old")
    edit(root)
    start = time.monotonic()
    assert desk.run()[0] == 0
    return Desk(root, old, tree(desk.site), time.monotonic() - start)


def edit(root: Path, old: str = "Sample brief", new: str = "Another brief") -> None:
    path = root / "briefs" / "sample.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def undo(root: Path) -> None:
    edit(root, "Another brief", "Sample brief")


@pytest.fixture
def desk(editions: Desk, tmp_path: Path) -> Desk:
    """A fresh copy: the sources are edited, the site is the old one."""
    root = Path(shutil.copytree(editions.root, tmp_path / "project"))
    shutil.rmtree(root / "site")
    shutil.copytree(editions.root.parent / "old", root / "site")
    return replace(editions, root=root)


Rebuilds = Callable[[Desk], None]


@pytest.fixture
def rebuilds() -> Rebuilds:
    """The next build is right, and cleans up."""

    def check(desk: Desk) -> None:
        code, said = desk.run()
        assert code == 0, said
        assert tree(desk.site) == desk.new
        assert {*desk.left()} <= {".site-spare"}

    return check
