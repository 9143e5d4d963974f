"""A project on disk: where its parts lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The folders of a project, below its root."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def macros(self) -> Path:
        return self.root / "macros"

    @property
    def components(self) -> tuple[str, ...]:
        """The names of the components that hand-written pages can take."""
        found = (self.macros / "inserts").glob("*.html.j2")
        return tuple(sorted(path.name.removesuffix(".html.j2") for path in found))

    @property
    def basemap(self) -> Path:
        return self.root / "maps" / "basemap"

    @property
    def languages(self) -> Path:
        return self.root / "languages"

    @property
    def watched(self) -> tuple[Path, ...]:
        """What a preview must watch, besides the hand-written pages."""
        return (self.root / "briefs", self.root / "maps", self.macros, self.languages)


def is_project(folder: Path) -> bool:
    """Whether a folder has anything of a project: its settings, or briefs."""
    # Never raises, whatever may be looked into.
    return any(os.path.lexists(folder / name) for name in ("mkdocs.yml", "briefs"))


def project_above(folder: Path) -> Path | None:
    """The nearest folder above that is a project."""
    return next(filter(is_project, folder.resolve().parents), None)


def stamp(*paths: Path) -> tuple[tuple[str, int, int], ...]:
    """The state of files and folders on disk: name, time of change and size of each file below.

    Equal stamps mean that nothing was written in between.
    """
    return tuple(sorted(row for path in paths for row in _rows(str(path))))


def _rows(path: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _rows(entry.path)
                else:
                    yield _row(entry.path)
    except NotADirectoryError:
        yield _row(path)
    except OSError:
        yield path, 0, -1  # that it is not there is a state too


def _row(path: str) -> tuple[str, int, int]:
    try:
        stat = os.lstat(path)
    except OSError:
        return path, 0, -1
    return path, stat.st_mtime_ns, stat.st_size
