"""A project on disk: where its parts lie."""

from __future__ import annotations

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
    def basemap(self) -> Path:
        return self.root / "maps" / "basemap"

    @property
    def watched(self) -> tuple[Path, ...]:
        """What a preview must watch, besides the hand-written pages."""
        return (self.root / "briefs", self.root / "maps", self.macros)
