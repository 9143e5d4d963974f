"""What is made of a publication, as the files that MkDocs knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from briefsite.pages import Page
from briefsite.pages.page import ids


class Anchors:
    """The ids in a page, looked for when a hand-written page has a link to one."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _found(self) -> frozenset[str]:
        return frozenset(ids(self._page.body))

    def __contains__(self, anchor: object) -> bool:
        # Only the other anchors must be looked for: a page is not made again for those it promises.
        return anchor in self._page.anchors or anchor in self._found


class Generated(File):
    """A file whose content is made when it is asked for."""

    def __init__(self, config: MkDocsConfig, name: str, make: Callable[[], bytes]) -> None:
        self._make = make
        self.is_written = False
        """Whether it gets into its place without the engine."""
        super().__init__(name, None, config.site_dir, config.use_directory_urls)
        self.generated_by = "briefsite"

    def copy_file(self, dirty: bool = False) -> None:
        if not self.is_written:
            super().copy_file(dirty)

    @property
    def _content(self) -> bytes:
        return self._make()

    @_content.setter
    def _content(self, value: str | bytes | None) -> None:
        content = value if isinstance(value, bytes) else (value or "").encode()
        self._make = lambda: content


class Linkable(Generated):
    """A page that gets into its place without the engine; hand-written pages may link to it."""

    def __init__(self, config: MkDocsConfig, page: Page) -> None:
        super().__init__(config, page.source, bytes)
        self.dest_uri = f"{page.address}index.html"
        self.inclusion, self.is_written = InclusionLevel.NOT_IN_NAV, True
        told = SimpleNamespace(title=escape(page.title), present_anchor_ids=Anchors(page))
        self.page = cast(MkDocsPage, told)

    def is_documentation_page(self) -> bool:
        return False


def as_it_is(config: MkDocsConfig, name: str, make: Callable[[], bytes]) -> Generated:
    """A file that reaches the site unchanged, also if it looks like a page."""
    if not name.endswith(".md"):
        return Generated(config, name, make)
    file = Generated(config, f"{name}.txt", make)
    file.dest_uri = file.url = name
    return file
