"""What all tests share: a copy of the minimal good project, to break at will."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from briefsite.check import Checked, check_tree
from briefsite.load import load_tree
from briefsite.model.library import Library

ROOT = Path(__file__).parents[1]
MINIMAL = Path(__file__).parent / "projects" / "minimal"
FRAME = Path(__file__).parent / "projects" / "frame"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds keep is kept apart from what the user's own have kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFSITE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of the minimal good project."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "project"))


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], None]:
    """Replaces text that stands exactly once in a file of the project."""

    def replace(path: str, old: str, new: str) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def check(project: Path) -> Callable[[], Checked]:
    """Checks the project as it stands."""
    return lambda: check_tree(load_tree(project))


class LayOut(Protocol):
    """Writes a project that can be built into a folder, and returns it."""

    def __call__(self, folder: Path, *overlays: Path) -> Path: ...


@pytest.fixture(scope="session")
def lay_out() -> LayOut:
    """Lays out the minimal good project, folders of other files over it, and around them what the
    repository itself has: macros, basemap, and `mkdocs.yml` with the theme's path made absolute.
    """
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = "custom_dir: src/briefsite/theme\n"
    assert settings.count(theme) == 1

    def write(folder: Path, *overlays: Path) -> Path:
        for source in (MINIMAL, FRAME, *overlays):
            shutil.copytree(source, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "macros", folder / "macros")
        shutil.copytree(ROOT / "maps" / "basemap", folder / "maps" / "basemap")
        absolute = f"custom_dir: {ROOT / 'src/briefsite/theme'}\n"
        (folder / "mkdocs.yml").write_text(settings.replace(theme, absolute), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def whole(lay_out: LayOut, tmp_path: Path) -> Path:
    """A fresh project that can be built, to break at will."""
    return lay_out(tmp_path / "whole")


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of the minimal good project."""
    found = check_tree(load_tree(MINIMAL)).library
    assert found is not None
    return found
