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
    def components(self) -> tuple[str, ...]:
        """The names of the components that hand-written pages can take."""
        found = (self.macros / "inserts").glob("*.html.j2")
        return tuple(sorted(path.name.removesuffix(".html.j2") for path in found))

    @property
    def basemap(self) -> Path:
        return self.root / "maps" / "basemap"

    @property
    def watched(self) -> tuple[Path, ...]:
        """What a preview must watch, besides the hand-written pages."""
        return (self.root / "briefs", self.root / "maps", self.macros)
