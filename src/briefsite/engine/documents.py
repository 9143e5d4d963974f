"""Documents of generated pages, made without the engine that would give each its frame.

An engine holds all pages until the last is read, and takes a millisecond or more for each. Here a
page gets what MkDocs would give it, by the same template, in whichever process has made its body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from briefsite.cache.inputs import DoubtError, digest_files, digest_variables
from briefsite.engine.frames import TEMPLATE, Frames
from briefsite.engine.sources import frame_sources
from briefsite.pages import Page
from briefsite.processes import Task
from briefsite.site.framed import KnownFrames


class Documents:
    """What each generated page becomes, in the frame that a theme and a navigation give."""

    def __init__(
        self,
        config: MkDocsConfig,
        env: Environment,
        nav: Navigation,
        files: list[File],
        before: KnownFrames | None = None,
    ) -> None:
        """`files` are those of the pages that the engine knows; `before` is what an earlier build
        knew of the same frames."""
        self._config = config
        self._nav = nav
        self._files = files
        template = env.get_template(TEMPLATE)
        self.frames = Frames(template, nav, config.site_url or "", self.context, before)

    def make(self, page: Page) -> bytes:
        """The whole document of a page."""
        return self.frames.render(page)

    @property
    def telling(self) -> Task:
        """What tells the first process what another has learnt while it made some."""
        return Task(self.frames.tell, self.frames.take)

    def context(self, page: Page) -> Mapping[str, Any]:
        """What MkDocs gives a template for a page, and the page as it has it."""
        config = self._config
        file = File(page.source, None, config.site_dir, config.use_directory_urls)
        file.generated_by = "briefsite"
        made = MkDocsPage(None, file, config)
        made.markdown, made.toc = "", get_toc([])
        made.meta, made.content = page.front_matter(), page.body
        made.active = True
        context: Mapping[str, Any] = get_context(self._nav, self._files, config, made)
        return context


def frame_sign(config: MkDocsConfig) -> str | None:
    """What differs if anything does that is read for all frames: settings, theme, hand-written
    pages, which navigation shows; None if that cannot be told."""
    settings = Path(config.config_file_path)
    paths = frame_sources(config)
    if paths is None:
        return None
    try:
        files = digest_files([settings, *paths])
        return f"{files} {digest_variables(settings.read_bytes())}"
    except (DoubtError, OSError):
        return None


def in_navigation(nav: Any) -> Iterator[str]:
    """The files that a navigation names, as the engine looks for them."""
    match nav:
        case str():
            yield PurePath(nav).as_posix()
        case list() | tuple():
            for each in nav:
                yield from in_navigation(each)
        case dict():
            for each in nav.values():
                yield from in_navigation(each)
