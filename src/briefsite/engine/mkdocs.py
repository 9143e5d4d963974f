"""The MkDocs plugin (ProperDocs runs it unchanged): declares options, calls the core, returns."""

from __future__ import annotations

import importlib.metadata
import logging
import shutil
import sys
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.meta import get_data

from briefsite.check import check_tree, known_ids
from briefsite.engine.preview import problem_overlay, quick_observer
from briefsite.load import load_tree
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.pages import Page, TemplateError, forbidden
from briefsite.pages.page import ids
from briefsite.publish import Press, PublishError
from briefsite.report import has_errors, render, summary
from briefsite.site import (
    AssemblyError,
    Project,
    Site,
    assemble,
    folder_beside,
    manifest,
    may_replace,
    renew_ids,
    replace_folder,
    sitemap,
    verify,
)
from briefsite.site.assemble import NOINDEX
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import SIGN

_EMPTY = Site((), {}, {})


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
        self.press: Press | None = None
        """What `briefsite publish` sets; without it there are pages, and nothing beside them."""
        self.site = _EMPTY
        self.as_of = ""
        self.headline = ""
        self.report = ""
        self.pages: dict[str, Page] = {}
        self.target: Path | None = None
        self.building: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this event makes MkDocs keep the plugin between the builds of a preview."""
        self.serving = command == "serve"
        self.publishing = command == "gh-deploy"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything before anything is written; build beside the site that is there."""
        project = _project(config)
        if self.publishing and self.config.drafts:
            raise PluginError("drafts are never published: take `drafts` out of mkdocs.yml")
        self._make(project)
        if self.serving:
            if self.site is _EMPTY:
                _expect_missing_pages(config)
        else:
            self._redirect(config, project, Path(config.site_dir).resolve())
        config.extra["published"] = self.press is not None
        # The theme's own sitemap carries the clock's date.
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def _redirect(self, config: MkDocsConfig, project: Project, target: Path) -> None:
        sources = (*project.watched, project.docs)
        if any(
            target.is_relative_to(folder) or folder.is_relative_to(target) for folder in sources
        ):
            raise PluginError(f"{target} holds sources: name another folder for the site")
        if not may_replace(target, MANIFEST, SIGN):
            raise PluginError(f"{target} is not empty, and no site of ours: remove it first")
        try:
            building = folder_beside(target)
        except OSError as error:
            raise PluginError(f"{target} cannot be written: {error.strerror}") from error
        self.target, self.building = target, building
        config.site_dir = str(building)

    def _make(self, project: Project) -> None:
        """A new site, or, in a preview, the last good one with the problems of the new."""
        drafts = self.serving or self.config.drafts
        checked = check_tree(load_tree(project.root), as_of=self.config.as_of, drafts=drafts)
        if self.serving:
            renew_ids(project.root, known_ids(checked.readings))
        problems, mistake = checked.problems, ""
        if checked.library is not None:
            self.as_of = str(checked.library.as_of)
            try:
                # What `serve` shows, nobody lists; so it is what a build gives, to the byte.
                unlisted = self.config.drafts
                self.site = assemble(project, checked.library, self.press, unlisted=unlisted)
                sys.stderr.write("".join(f"{note}\n" for note in self.site.notes))
            except AssemblyError as error:
                problems = (*problems, *error.problems)
            except TemplateError as error:
                mistake = f"macros/{error}\n"
            except PublishError as error:
                raise PluginError(f"nothing was published: {error}") from error
        self.report = render(problems) + mistake
        self.headline = "a macro cannot be rendered" if mistake else ""
        if has_errors(problems):
            self.headline = summary(problems)
        sys.stderr.write(self.report)
        if self.headline and not self.serving:
            raise PluginError(f"nothing was published: {self.headline}")
        self.pages = {page.source: page for page in self.site.pages}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and file."""
        for page in self.site.pages:
            file = File.generated(config, page.source, content=page.markdown())
            file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        for name, content in self.site.files.items():
            files.append(File.generated(config, name, content=content))
        # A theme's own sitemap is a template, which would be published as it is.
        if theirs := files.get_file_from_path("sitemap.xml"):
            files.remove(theirs)
        if config.site_url:
            xml = sitemap(self.site.addresses, config.site_url)
            files.append(File.generated(config, "sitemap.xml", content=xml))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Generated pages are HTML already and pass Markdown by; written ones get components."""
        source = page.file.src_uri
        if source in self.pages:
            return ""
        if source in self.site.docs:
            return str(get_data(self.site.docs[source].markdown)[0])
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """The body of a generated page; a written one may hold what Markdown makes, and no more."""
        generated = self.pages.get(page.file.src_uri)
        if generated is None:
            self._refuse_markup(html, page.file.src_uri)
            return html
        page.present_anchor_ids = set(ids(generated.body))
        return generated.body

    def _refuse_markup(self, html: str, source: str) -> None:
        for piece in self.site.docs[source].pieces if source in self.site.docs else ():
            html = html.replace(piece, "")
        if found := forbidden(html):
            raise PluginError(f"docs/{source} became HTML that is not allowed: {', '.join(found)}")

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any
    ) -> Any:
        """Hand-written pages of a preview are not listed by search engines either."""
        if self.site.unlisted:
            page.meta["robots"] = NOINDEX
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """In a preview, problems lie over every page until they are mended."""
        return self._with_problems(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Also over the page for addresses that lead nowhere, which then are many."""
        return self._with_problems(output_content)

    def _with_problems(self, output: str) -> str:
        if not (self.serving and self.headline):
            return output
        overlay = problem_overlay(self.headline, self.report, stale=self.site is not _EMPTY)
        return output.replace("</body>", f"{overlay}</body>", 1)

    # Other plugins still write into the site in this event; whole means: after them.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the build; if it is whole and strict mode found nothing, put it in place."""
        if self.building is None or self.target is None:
            return
        folder = self.building
        missing = verify(folder, self.site)
        if missing:
            raise PluginError("the build is not whole:\n  " + "\n  ".join(missing))
        if self.press is not None:
            day = parse_date(self.as_of).last
            self.press.finish(folder, title=config.site_name, day=day)
        root = _project(config).root
        (folder / MANIFEST).write_bytes(
            manifest(folder, root, self.as_of, _versions(), preview=self.site.unlisted)
        )
        if _has_warnings():
            # Strict mode stops the build after this event; the old site must stay.
            self._discard()
            return
        try:
            replace_folder(folder, self.target)
        except OSError as error:
            raise PluginError(f"{self.target} cannot be replaced: {error.strerror}") from error
        self.building = None
        config.site_dir = str(self.target)  # where `gh-deploy` looks for it

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing half-built stays behind."""
        self._discard()

    def on_shutdown(self) -> None:
        """Nor when the build was interrupted."""
        self._discard()

    def _discard(self) -> None:
        if self.building is not None:
            shutil.rmtree(self.building, ignore_errors=True)
            self.building = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch what the pages are made from, with the system's own notices."""
        quick_observer(server)
        project = _project(config)
        for folder in (*project.watched, *(Path(d) for d in config.theme.dirs[:1])):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _project(config: MkDocsConfig) -> Project:
    return Project(Path(config.config_file_path or "mkdocs.yml").resolve().parent)


def _expect_missing_pages(config: MkDocsConfig) -> None:
    """A preview that starts with problems has no generated page yet: no link to one is news.

    In strict mode each would stop the preview before it could show the problems.
    """
    links = config.validation.links
    config.validation.nav.not_found = links.not_found = links.anchors = logging.INFO


def _has_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers + logging.getLogger("properdocs").handlers
    return any(h.get_counts() for h in handlers if isinstance(h, CountHandler))


def _versions() -> dict[str, str]:
    names = ("mkdocs", "mkdocs-material", "folium", "xstatic-leaflet", "pyromark")
    return {name: importlib.metadata.version(name) for name in names}
