"""The MkDocs plugin (ProperDocs runs it unchanged): declares options, calls the core, returns."""

from __future__ import annotations

import gc
import logging
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from briefsite.engine.build import Build, output_of
from briefsite.engine.files import Anchors, add_files, all_pages, refuse_links, refuse_templates
from briefsite.engine.given import Resources, settings_of
from briefsite.engine.latest import LatestSite
from briefsite.engine.markdown import KeptMarkdown
from briefsite.engine.sources import is_alone, project_of
from briefsite.engine.theme import list_shown, refuse_theme
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.pages import forbidden
from briefsite.site import InPlace, Site
from briefsite.site.assemble import NOINDEX

if TYPE_CHECKING:  # no build needs a server, which takes long to import
    from mkdocs.livereload import LiveReloadServer

    from briefsite.engine.preview import Preview


class _Day(BaseConfigOption[Edtf]):
    def run_validation(self, value: object) -> Edtf:
        try:
            return parse_date(str(value))  # YAML may have made a date of it
        except DateError as error:
            raise ValidationError(str(error)) from None


class Options(Config):
    """The plugin's options in `mkdocs.yml`."""

    as_of = config_options.Optional(_Day())
    drafts = config_options.Type(bool, default=False)
    """Whether to build a preview, with drafts and scheduled briefs; `serve` always shows them."""


class BriefsitePlugin(BasePlugin[Options]):
    """Adds the generated pages and files to a build, and publishes it in one step."""

    def __init__(self) -> None:
        self.serving = False
        self.publishing = False
        self.resources = Resources()
        self.latest = LatestSite()
        self.preview: Preview | None = None
        """What shows the site while it is served, once MkDocs is about to."""
        self._build: Build | None = None
        """What is built, from when all is checked to when it is in place; nothing while serving."""
        self._open = ExitStack()
        """What has to be closed however a build ends."""
        self._nav = Navigation([], [])

    @property
    def site(self) -> Site:
        """The site that events tell of."""
        return self.latest.site

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this event makes MkDocs keep the plugin when settings are read again."""
        self.serving = command == "serve"
        self.publishing = command == "gh-deploy"
        self.latest = LatestSite(follows=self.serving)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything before anything is written; build beside the site that is there."""
        if self.publishing and self.config.drafts:
            raise PluginError("drafts are never published: take `drafts` out of mkdocs.yml")
        refuse_theme(config.theme)
        if not self.serving:
            self._build = self._begin(config)
        else:
            refuse_links(Path(config.docs_dir))
            if not self.latest.is_there:
                _expect_missing_pages(config, logging.INFO if self.preview else logging.DEBUG)
        config.extra["published"] = self.resources.press is not None
        # The theme's own sitemap carries the clock's date.
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def _begin(self, config: MkDocsConfig) -> Build:
        given, resources = settings_of(config), self.resources
        target, in_place = Path(config.site_dir).resolve(), None
        # What publishing makes is written to once more, and what it replaces is kept; nobody
        # knows where other plugins write.
        if is_alone(config) and resources.store is not None and resources.press is None:
            in_place = InPlace(resources.store, target)
            self._open.callback(in_place.close)
        self.latest.renew(given, resources)
        if self.latest.headline:
            raise PluginError(f"nothing was published: {self.latest.headline}")
        output = output_of(given.project, target, in_place)
        self._open.callback(output.close)
        config.site_dir = str(output.folder)
        if is_alone(config):
            list_shown(config.theme)
        return Build(config, given, resources, self.latest, output)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and file."""
        if self.serving and self.preview is None:
            # MkDocs builds once before it serves; the preview makes no use of that.
            return Files([])
        if not config.use_directory_urls:  # another plugin may have said so
            raise PluginError("each page is a folder: take `use_directory_urls: false` away")
        refuse_templates(config, self.site)
        passed = None if self._build is None else self._build.prepare(config)
        self.resources.told.enter("listing files")
        files = add_files(config, self.latest, files, passed)
        self.resources.told.enter("reading pages", len(files.documentation_pages()))
        return files

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """A generated page has its front matter as it is; to write and to parse it takes long."""
        return "" if page.file.src_uri in self.site.page_at else None

    @property
    def _markdown(self) -> KeptMarkdown | None:
        return None if self._build is None else self._build.markdown

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Generated pages are HTML already and pass Markdown by; written ones get components."""
        source = page.file.src_uri
        self.resources.told.step()
        if source in self.site.page_at:
            page.meta = self.site.page_at[source].front_matter()
            # To set Markdown up, for nothing, takes longer than all else that is done here.
            vars(page)["render"] = partial(_leave_blank, page)
            return ""
        if source in self.site.docs:
            page.meta.update(self.site.frame)
            if self._markdown is not None:
                vars(page)["render"] = partial(self._markdown.render, page)
            return str(get_data(self.site.docs[source].markdown)[0])
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """The body of a generated page; a written one may hold what Markdown makes, and no more."""
        generated = self.site.page_at.get(page.file.src_uri)
        if generated is None:
            if self._markdown is None or page.file.src_uri not in self._markdown.taken:
                self._refuse_markup(html, page.file.src_uri)
            return html
        page.present_anchor_ids = cast(set[str], Anchors(generated))
        return generated.body

    def _refuse_markup(self, html: str, source: str) -> None:
        for piece in self.site.docs[source].pieces if source in self.site.docs else ():
            html = html.replace(piece, "")
        if found := forbidden(html):
            raise PluginError(f"docs/{source} became HTML that is not allowed: {', '.join(found)}")

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Frames are the same but for what the navigation knows of a page."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """All pages that the engine knows are read; each gets its frame next."""
        pages = [*files.documentation_pages()]
        if self._build is not None:
            self._build.write(config, env, self._nav, pages)
        self.resources.told.enter("writing pages", len(pages))
        return env

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Another page gets its frame; search engines list none of a preview."""
        self.resources.told.step()
        if self.site.unlisted:
            page.meta["robots"] = NOINDEX
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """What is no page, such as that of a missing one, speaks the publication's language."""
        context["frame"] = self.site.frame
        if self._build is not None:
            context["pages"] = all_pages(config, self.site, context["pages"])
        return context

    # Other plugins still write into the site in this event; whole means: after them.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the build; if it is whole and strict mode found nothing, put it in place."""
        if self._build is not None:
            self._build.finish(config)
        self._close()

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing half-built stays behind."""
        self._close()

    def on_shutdown(self) -> None:
        """Nor when the build was interrupted."""
        gc.unfreeze()
        self._close()

    def _close(self) -> None:
        self._build = None
        self._open.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Serve a preview that renders on request, instead of a folder that is built whole."""
        from briefsite.engine.preview import Preview
        from briefsite.engine.server import PreviewServer

        server.server_close()
        self.preview = Preview(self.latest, config, self.resources)
        host, port = config.dev_addr
        serving = PreviewServer(self.preview, host, port, server.mount_path)
        serving.renew()
        self.resources.told.done()
        self.resources = self.preview.resources = Resources()  # an edit is too short to tell of
        project = project_of(config)
        theme = (Path(folder) for folder in config.theme.dirs[:1])
        settings = (Path(config.config_file_path), *map(Path, config.hooks))
        for path in (*project.watched, project.docs, *theme, *settings):
            if path.exists():
                serving.watch(str(path))
        return serving


def _leave_blank(page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
    """What becomes of a page without Markdown."""
    page.content, page.toc, page.links_to_anchors = "", get_toc([]), {}


def _expect_missing_pages(config: MkDocsConfig, level: int) -> None:
    """A preview that starts with problems has no generated page yet: no link to one is news.

    In strict mode each would stop the preview before it could show the problems.
    """
    links = config.validation.links
    config.validation.nav.not_found = links.not_found = links.anchors = level
