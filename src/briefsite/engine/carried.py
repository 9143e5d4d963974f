"""Pages that the build before has put into their frames: they pass the engine by.

An engine takes a millisecond or more for each page, also for one that is the same as before. A
page's document is kept as what stands around its body, by all that either of them is made from;
where all of that is the same, the document is written as it was. The engine sees of such a page
that it is there, so that hand-written pages can link to it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from briefsite.cache.inputs import DoubtError, digest_files, digest_variables
from briefsite.cache.store import Store
from briefsite.engine.sources import frame_sources
from briefsite.pages import Page
from briefsite.site import Reuse


class Carried:
    """The documents of the pages of one build, in the frames that its settings give."""

    def __init__(self, store: Store, reuse: Reuse, config: MkDocsConfig) -> None:
        self._store = store
        self._reuse = reuse
        self._config = config
        self._frame = self._look()
        self._in_nav = frozenset(_named(config.nav))
        self.sources: set[str] = set()
        """The pages that were written as they were before."""

    def write(self, page: Page, folder: Path) -> bool:
        """Write the document of a page into a site if it would be the same as before."""
        # What navigation names, the engine must know as a page.
        if self._frame is None or page.source in self._in_nav:
            return False
        key = self._reuse.key_of(page)
        kept = self._store.get((b"frame", self._frame, *key)) if key else None
        body = self._reuse.read(page.source) if kept is not None else None
        if kept is None or body is None:
            return False
        head, _, tail = zlib.decompress(kept).partition(b"\0")
        # Of thousands of pages: paths as objects take as long as writing does.
        place = f"{folder}/{page.address}"
        os.makedirs(place, exist_ok=True)  # noqa: PTH103
        with open(f"{place}/index.html", "wb") as file:  # noqa: PTH123
            file.write(b"".join((head, body, tail)))
        self.sources.add(page.source)
        return True

    def keep(self, page: Page, folder: Path) -> None:
        """Keep what stands around the body of a page in a site that is whole."""
        if page.source in self.sources or page.source in self._in_nav:
            return
        key = self._reuse.key_of(page)
        if self._frame is None or key is None:
            return
        document = (folder / page.address / "index.html").read_bytes()
        head, body, tail = document.partition(page.body.encode())
        if body and b"\0" not in head + tail:
            framed = zlib.compress(b"\0".join((head, tail)), 1)
            self._store.put((b"frame", self._frame, *key), framed)

    def is_as_it_was(self) -> bool:
        """Whether nobody has edited settings, theme, macros or hand-written pages since."""
        is_same = self._frame is not None and self._frame == self._look()
        return is_same and self._reuse.is_as_it_was()

    def _look(self) -> bytes | None:
        settings = Path(self._config.config_file_path)
        paths = frame_sources(self._config)
        if paths is None:
            return None
        try:
            files = digest_files([settings, *paths])
            variables = digest_variables(settings.read_bytes())
        except (DoubtError, OSError):
            return None
        return f"{files} {variables}".encode()


def _named(nav: Any) -> Iterator[str]:
    """The files that a navigation names."""
    match nav:
        case str():
            yield nav
        case list() | tuple():
            for each in nav:
                yield from _named(each)
        case dict():
            for each in nav.values():
                yield from _named(each)
