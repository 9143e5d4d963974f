"""A site that is rendered page by page, as a browser asks for it, by MkDocs' own builder."""

from __future__ import annotations

import posixpath
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from briefsite.engine.given import Resources, settings_of
from briefsite.engine.latest import LatestSite
from briefsite.pages import TemplateError
from briefsite.site import SEARCH_INDEX, stamp


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is at an address: content (None if it never could be made), and what lies over it.

    The content of a page is byte for byte what a build gives.
    """

    content: bytes | None
    overlay: str = ""


class Preview:
    """The site of a project as its sources stand, and nothing rendered that nobody looks at.

    `renew` reads what has changed; the frame of the site (settings, theme, navigation) is made
    again only if one of them did. Problems keep the last good site below them.
    """

    def __init__(self, latest: LatestSite, config: MkDocsConfig, resources: Resources) -> None:
        """Preview what a configuration describes, as MkDocs loaded it to serve, whose plugin has
        the `latest` site."""
        self._latest = latest
        self.resources = resources
        self._url = config.site_url
        self._settings = Path(config.config_file_path)
        self._lock = threading.RLock()
        self._frame: object = None
        self._makers: Mapping[str, Callable[[], bytes]] = {}
        self._made: dict[str, Shown] = {}
        self._last: dict[str, bytes] = {}
        self._read: object = None
        self._untitled: list[Page] = []
        self._docs_read: object = None
        self._config = config
        self.folder = Path(config.site_dir)
        self._pieces: Mapping[str, bytes] = {}
        self._trouble = ""
        self.looks = b""
        """What every page looks like, besides its own bytes: styles, scripts, pictures, maps."""

    def renew(self) -> None:
        """Bring the site up to date with what is on disk; nothing is rendered yet."""
        with self._lock:
            self._made.clear()
            self._trouble = ""
            try:
                self._renew()
            except MkDocsException as error:
                self._trouble = f"{self._settings.name}: {error}\n"
                sys.stderr.write(self._trouble)

    def _renew(self) -> None:
        settings = stamp(self._settings, *map(Path, self._config.hooks))
        fresh = self._read != settings
        if fresh:
            self._config, self._read = self._load(), settings
        self._latest.renew(settings_of(self._config), self.resources)
        site = self._latest.site
        theme = stamp(*(Path(folder) for folder in self._config.theme.dirs[:1]))
        docs = stamp(Path(self._config.docs_dir))
        maps = stamp(self._settings.parent / "maps")
        self.looks = repr(
            (theme, [row for row in docs if not row[0].endswith(".md")], maps)
        ).encode()
        names = [name for name, *_ in docs]
        frame = (settings, theme, names, tuple(site.page_at), tuple(site.files.known))
        before = self._frame
        if frame != before:
            if not fresh:
                self._config = self._load()
            self._frame = None
            self._prepare()
            self._frame = frame
        self._set_titles(written=frame != before or docs != self._docs_read)
        self._docs_read = docs

    def _load(self) -> MkDocsConfig:
        config = load_config(config_file=str(self._settings), site_dir=str(self.folder))
        config.site_url = self._url
        return config

    def _prepare(self) -> None:
        """What `mkdocs build` does before it reads the first page, in the same order."""
        config = self._config = self._config.plugins.on_config(self._config)
        plugins = config.plugins
        plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = plugins.on_nav(get_navigation(files, config), config=config, files=files)
        for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
            if file.page is None:
                Page(None, file, config)
        self._env = plugins.on_env(env, config=config, files=files)
        self._files, self._nav = files, nav
        self._docs = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self._untitled = [page for page in nav.pages if "title" not in vars(page)]
        # As in a build, what is named later takes the place of what was named before.
        self._makers = {
            **{
                file.dest_uri: partial(getattr, file, "content_bytes")
                for file in files
                if not file.is_documentation_page() and file.inclusion.is_in_serve()
            },
            **{name: partial(self._theme_template, name) for name in config.theme.static_templates},
            **{name: partial(self._extra_template, name) for name in config.extra_templates},
            **{file.dest_uri: partial(self._page, file) for file in self._docs},
        }

    def fail(self, trouble: str) -> None:
        """Let every page tell of some trouble, until the next renewal."""
        with self._lock:
            self._trouble = trouble
            self._made.clear()

    def show(self, name: str) -> Shown | None:
        """What is at a path of the site, such as `briefs/index.html`; None if nothing is."""
        with self._lock:
            maker = self._makers.get(name)
            if maker is None:
                return self._piece(name)
            if name not in self._made:
                self._made[name] = self._make(name, maker)
            return self._made[name]

    def _piece(self, name: str) -> Shown | None:
        """A piece of the search index: of that which was asked for last, for its names change."""
        if not name.startswith(f"{posixpath.dirname(SEARCH_INDEX)}/"):
            return None
        if name == SEARCH_INDEX or name not in self._pieces:
            self._pieces = self._latest.site.files
        content = self._pieces.get(name)
        return None if content is None else Shown(content)

    def overlay(self) -> str:
        """What lies over every page."""
        latest = self._latest
        if not latest.headline and not self._trouble:
            return ""
        headline = latest.headline or "the site cannot be renewed"
        return problem_overlay(headline, latest.report + self._trouble, stale=latest.is_there)

    def _make(self, name: str, maker: Callable[[], bytes]) -> Shown:
        try:
            self._last[name] = maker()
        except TemplateError as error:
            over = "a macro cannot be rendered", f"macros/{error}\n"
        except MkDocsException as error:
            over = "the page cannot be built", f"{error}\n"
        else:
            return Shown(self._last[name], self.overlay())
        content = self._last.get(name)
        return Shown(content, self.overlay() or problem_overlay(*over, stale=content is not None))

    def _page(self, file: File) -> bytes:
        page = file.page
        assert page is not None
        self._populate(page)
        Path(file.abs_dest_path).unlink(missing_ok=True)
        build._build_page(
            page,
            self._config,
            self._docs,
            self._nav,
            self._env,
            excluded=file.inclusion.is_excluded(),
        )
        self._validate(page)
        return self._written(file.dest_uri)

    def _populate(self, page: Page) -> None:
        build._populate_page(page, self._config, self._files)

    def _validate(self, page: Page) -> None:
        """Tell of links to headings that are not there, as a build does."""
        for file in page.links_to_anchors or ():
            if file.page is not None and file.page is not page:
                self._populate(file.page)
        level = self._config.validation.links.anchors
        page.validate_anchor_links(files=self._files, log_level=level)

    def _set_titles(self, *, written: bool) -> None:
        """What the navigation must know of pages that the settings give no title.

        Those of hand-written pages stand in the pages, which must be read for it.
        """
        for page in self._untitled:
            if not self._set_title(page) and written:
                with suppress(TemplateError):  # told when the page is looked at
                    self._populate(page)

    def _set_title(self, page: Page) -> bool:
        """Give a generated page the title that it would have once it is read; whether it is one."""
        generated = self._latest.site.page_at.get(page.file.src_uri)
        if generated is not None:
            page.markdown, page.meta = "", {"title": escape(generated.title)}
        return generated is not None

    def _theme_template(self, name: str) -> bytes:
        # It may name pages that nobody looked at since they changed.
        for file in self._docs:
            if file.page is not None:
                self._set_title(file.page)
        build._build_theme_template(name, self._env, self._files, self._config, self._nav)
        return self._written(name)

    def _extra_template(self, name: str) -> bytes:
        build._build_extra_template(name, self._files, self._config, self._nav)
        return self._written(name)

    def _written(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else b""


def problem_overlay(headline: str, report: str, *, stale: bool) -> str:
    """HTML that lies over the foot of a page and prints problems as the command line does; it can
    be folded.

    `stale` tells that the page is of the last good build; otherwise there was none yet.
    """
    shown = "The page shown is the last good one. It comes up to date" if stale else "Pages come"
    return (
        '<div class="bs-problems" role="alert"><details open>'
        f"<summary>{escape(headline)}</summary>"
        f"<p>{shown} when these are mended.</p>"
        f"<pre>{escape(report)}</pre></details></div>"
    )
