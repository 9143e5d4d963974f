"""What is measured of a build: the cases, in the order in which one leads to the next."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.process import Measured, run
from bench.workload import write_plain, write_workload

FLOOR, COLD = "plain Material", "cold"
CASES = (COLD, "unchanged", "one sentence", "one title", "one shared source")
PUBLISHING = ("published, cold", "published, unchanged")
_ADDRESS = "https://example.org/"
_STAGE = re.compile(r"^(\S.*?) +(\d+\.\d\d) s$", re.MULTILINE)


@dataclass(frozen=True)
class Built:
    """A build: what it took, how many pages it made, and its stages in seconds of the clock."""

    measured: Measured
    pages: int
    stages: Mapping[str, float]


class Bench:
    """A workload and its floor, side by side in a folder, and the ways to build them.

    Nothing is removed in between: ext4 takes up to ten times as long for files that are made soon
    after thousands were removed, which no build from nothing meets.
    """

    def __init__(self, briefs: int, folder: Path) -> None:
        self.project, self.plain = folder / "project", folder / "plain"
        self._cache, self._gone = folder / "cache", folder / "gone"
        write_workload(briefs, self.project)
        write_plain(briefs, self.plain)
        self._brief = self.project / "briefs" / f"brief-{briefs // 2:04}.yaml"
        self._sources = self.project / "briefs" / "registry" / "sources-000.yaml"

    def floor(self) -> Built:
        """The same text as hand-written Markdown, by plain Material, from nothing."""
        self._put_aside(self.plain / "site")
        ran = run(_python("mkdocs", "build", "--quiet"), self._environment(), self.plain)
        return Built(ran.measured, _pages(self.plain), {})

    def round(self) -> Iterator[tuple[str, Built]]:
        """Every case once, each from where the one before left the project."""
        brief, sources = (path.read_text(encoding="utf-8") for path in (self._brief, self._sources))
        page = f"briefs/{self._brief.stem}/index.html"
        source = re.search(r"- id: (\S+)", sources)
        assert source is not None
        try:
            self._clear()
            yield CASES[0], self.build()
            yield CASES[1], self.build()
            _replace(self._brief, "is not known.", "is not known to anybody.")
            yield CASES[2], self._holds(page, "is not known to anybody.")
            _replace(self._brief, ", part ", ", volume ")
            yield CASES[3], self._holds(page, ", volume ")
            _replace(self._sources, f" {source[1]}\n", f" {source[1]}, again\n", "title:")
            page = f"sources/{source[1]}/index.html"
            yield CASES[4], self._holds(page, f" {source[1]}, again")
        finally:
            self._brief.write_text(brief, encoding="utf-8")
            self._sources.write_text(sources, encoding="utf-8")

    def publishing(self) -> Iterator[tuple[str, Built]]:
        """The same with what goes online beside the pages: from nothing, and once more."""
        self._clear()
        yield PUBLISHING[0], self.build("publish")
        yield PUBLISHING[1], self.build("publish")

    def cold(self) -> Built:
        self._clear()
        return self.build()

    def check(self) -> Measured:
        """The check alone, with an empty cache."""
        self._clear()
        return run(_python("briefsite", "check"), self._environment(), self.project).measured

    def build(self, command: str = "build") -> Built:
        arguments = _python("briefsite", command, "--verbose")
        ran = run(arguments, self._environment(), self.project)
        stages = {name: float(seconds) for name, seconds in _STAGE.findall(ran.errors)}
        return Built(ran.measured, _pages(self.project), stages)

    def page(self) -> bytes:
        """A brief's page, as it was built last."""
        path = self.project / "site" / "briefs" / self._brief.stem / "index.html"
        return path.read_bytes()

    def _holds(self, page: str, text: str) -> Built:
        """Build; what was changed must have reached its page."""
        built = self.build()
        found = (self.project / "site" / page).read_text(encoding="utf-8")
        assert text in found, f"{page} does not hold {text!r}"
        return built

    def _clear(self) -> None:
        """Leave nothing of an earlier build: no site, no cache of the project or the user."""
        project = self.project
        for path in (self._cache, *project.glob(".cache"), *project.glob(".site-*")):
            self._put_aside(path)
        self._put_aside(project / "site")

    def _put_aside(self, path: Path) -> None:
        """Have nothing there, without removing what was."""
        if path.exists():
            self._gone.mkdir(exist_ok=True)
            path.rename(self._gone / str(len(list(self._gone.iterdir()))))

    def _environment(self) -> dict[str, str]:
        given = {key: value for key, value in os.environ.items() if key not in _DISTURBING}
        return {
            **given,
            "XDG_CACHE_HOME": str(self._cache),
            "NO_MKDOCS_2_WARNING": "1",
            "SITE_URL": _ADDRESS,
        }


_DISTURBING = {"CI", "PYTHONDONTWRITEBYTECODE", "BRIEFSITE_CACHE"}
"""Variables of a desk that would make its measurements its own."""


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _pages(project: Path) -> int:
    return sum(1 for _ in (project / "site").rglob("*.html"))


def _replace(path: Path, old: str, new: str, before: str = "") -> None:
    """Replace a text once, after another if one is given; it must be there."""
    text = path.read_text(encoding="utf-8")
    at = text.index(old, text.index(before))
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
