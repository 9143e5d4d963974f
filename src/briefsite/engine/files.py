"""What is made of a publication, as the files that MkDocs knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import cast, overload

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
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


class Known(Files):
    """The files that an engine reads or copies; all others it finds when it asks by their path.

    Those are thousands, and a handful is linked to from hand-written pages.
    """

    def __init__(self, files: Iterable[File], find: Callable[[str], File | None]) -> None:
        """`find` makes the file of a path, instead of one of the `files` with the same path; None
        if there is none.
        """
        super().__init__(file for file in files if find(file.src_uri) is None)
        self._find = find
        self._found: dict[str, File | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file of a path, the same one each time; None if there is none."""
        known = super().get_file_from_path(path)
        if known is None and path not in self._found:
            self._found[path] = self._find(path)
        return known or self._found[path]

    def __contains__(self, path: str) -> bool:
        return self.get_file_from_path(path) is not None


class Listed(Sequence[File]):
    """Files that are listed when somebody asks for them, as a theme's template may."""

    def __init__(self, make: Callable[[], Sequence[File]]) -> None:
        self._make = make

    @cached_property
    def _files(self) -> Sequence[File]:
        return self._make()

    @overload
    def __getitem__(self, index: int) -> File: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[File]: ...

    def __getitem__(self, index: int | slice) -> File | Sequence[File]:
        return self._files[index]

    def __len__(self) -> int:
        return len(self._files)
