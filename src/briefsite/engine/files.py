"""What is made of a publication, as the files that MkDocs knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, partial
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import cast, overload

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from briefsite.engine.latest import LatestSite
from briefsite.engine.sources import is_alone
from briefsite.load.tree import LEADS_ELSEWHERE, printable_name, walk
from briefsite.pages import Page
from briefsite.pages.page import ids
from briefsite.site import Site, sitemaps


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


def refuse_links(docs: Path) -> None:
    """A link ends a build as a problem; a preview goes on, and MkDocs would go where it leads."""
    for path in sorted((docs, *walk(docs))):
        if path.is_symlink():
            name = printable_name(path.relative_to(docs.parent).as_posix())
            raise PluginError(f"{name}: {LEADS_ELSEWHERE}")


def refuse_templates(config: MkDocsConfig, site: Site) -> None:
    """MkDocs writes a template of its own into the file that stands there, which may be linked
    from the site in place. Raises PluginError."""
    for name in sorted({*config.extra_templates, *config.theme.static_templates}):
        if name in site.files.known:
            raise PluginError(f"{name} is generated: mkdocs.yml cannot name it as a template")


def add_files(
    config: MkDocsConfig, latest: LatestSite, files: Files, passed: Collection[str] | None
) -> Files:
    """The files that MkDocs has found, and every generated page and file.

    `passed` are the sources of pages that MkDocs makes itself, where all else gets into its place
    without it; None if it makes everything, when it is asked for.
    """
    # A theme's own sitemap is a template, which would be published as it is.
    if theirs := files.get_file_from_path("sitemap.xml"):
        files.remove(theirs)
    make = _Maker(config, latest, is_written=passed is not None)
    sources: Collection[str] = latest.site.page_at
    names: Collection[str] = latest.site.files.known
    if passed is not None and is_alone(config):
        # Nobody looks through them, and hand-written pages have links to a few.
        files = Known(files, make.find)
        sources = [source for source in sources if source in passed]
        names = ()
    for source in sources:
        files.append(make.page(source))
    for name in names:
        files.append(make.file(name))
    if url := config.site_url:
        for name, content in sitemaps(latest.site.addresses, url).items():
            files.append(Generated(config, name, partial(bytes, content)))
    return files


def all_pages(config: MkDocsConfig, site: Site, pages: Sequence[File]) -> Sequence[File]:
    """All pages of a site, of which the engine knows some `pages`; listed if they are asked for."""

    def make() -> Sequence[File]:
        known = {file.src_uri: file for file in pages}
        written = (file for source, file in known.items() if source not in site.page_at)
        generated = (known.get(page.source) or Linkable(config, page) for page in site.pages)
        return [*written, *generated]

    return Listed(make)


class _Maker:
    """Makes files of the latest site: what they hold is of the one that is the latest then."""

    def __init__(self, config: MkDocsConfig, latest: LatestSite, *, is_written: bool) -> None:
        self._config = config
        self._latest = latest
        self._is_written = is_written

    def page(self, source: str) -> File:
        made = Generated(self._config, source, lambda: self._markdown(source))
        made.inclusion = InclusionLevel.NOT_IN_NAV
        return made

    def _markdown(self, source: str) -> bytes:
        return self._latest.site.page_at[source].markdown().encode()

    def file(self, name: str) -> File:
        file = as_it_is(self._config, name, lambda: self._latest.site.files[name])
        if self._is_written:
            file.inclusion, file.is_written = InclusionLevel.NOT_IN_NAV, True
        return file

    def find(self, path: str) -> File | None:
        """A page or file that gets into its place without the engine."""
        site = self._latest.site
        if path in site.page_at:
            return Linkable(self._config, site.page_at[path])
        for name in (path, path.removesuffix(".txt")):
            if name in site.files.known:
                file = self.file(name)
                if file.src_uri == path:
                    return file
        return None
