"""The MkDocs plugin (ProperDocs runs it unchanged): declares options, calls the core, returns."""

from __future__ import annotations

import gc
import importlib.metadata
import logging
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler
from mkdocs.utils.meta import get_data

from briefsite.cache.revision import revision
from briefsite.cache.store import Store
from briefsite.cache.survey import Survey, state_of, survey
from briefsite.cache.unchanged import Note
from briefsite.check import Checked, Checker, KnownIds, Parts, check_project, check_tree
from briefsite.engine.documents import Documents, frame_sign, in_navigation
from briefsite.engine.files import Anchors, Generated, Known, Linkable, Listed, as_it_is
from briefsite.engine.markdown import KeptMarkdown
from briefsite.engine.sources import PLUGIN, project_of
from briefsite.engine.theme import list_shown
from briefsite.load import load_tree, uncollected
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.model.lazy import Lazy
from briefsite.pages import TemplateError, forbidden
from briefsite.progress import Progress
from briefsite.publish import PublishError
from briefsite.report import has_errors, render, summary
from briefsite.site import (
    Assembler,
    AssemblyError,
    Building,
    InPlace,
    KeptBytecode,
    Project,
    Reuse,
    Site,
    UnsettledError,
    Writer,
    framed,
    list_files,
    manifest,
    may_replace,
    publish_folder,
    renew_ids,
    replace_folder,
    sitemaps,
    verify,
)
from briefsite.site.assemble import NOINDEX
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import SIGN

if TYPE_CHECKING:  # no build needs a server, which takes long to import
    from mkdocs.livereload import LiveReloadServer

    from briefsite.engine.preview import Preview
    from briefsite.publish import Press

_EMPTY = Site((), {}, Lazy())


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
        self.preview: Preview | None = None
        self.progress = Progress()
        self.publishing = False
        self.press: Press | None = None
        """What `briefsite publish` sets; without it there are pages, and nothing beside them."""
        self.site = _EMPTY
        self.as_of = ""
        self.headline = ""
        self.report = ""
        self.told = ""
        """What whoever publishes was told besides problems."""
        self.note: Note | None = None
        self.standing: Mapping[str, Any] | None = None
        """What a build noted for one that takes up from there without the engine."""
        self.store: Store | None = None
        """What the builds before have made, if anything may be used again."""
        self._reuse: Reuse | None = None
        self._in_place: InPlace | None = None
        self._writer: Writer | None = None
        """What writes generated pages and files, if the engine need not see them."""
        self.frame: str | None = None
        """What differs if settings, theme or hand-written pages do; None if that is in doubt."""
        self._documents: Documents | None = None
        self._markdown: KeptMarkdown | None = None
        """What makes HTML of hand-written pages, if nobody else tells them something."""
        self._pages: Sequence[File] = ()
        self.target: Path | None = None
        self.building: Building | None = None
        self.nav: Navigation | None = None
        # What an edit does not touch is kept from one renewal to the next.
        self._assembler: Assembler | None = None
        self._checker: Checker | None = None
        self._known_ids = KnownIds()

    @property
    def has_site(self) -> bool:
        """Whether there ever was a good one."""
        return self.site is not _EMPTY

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this event makes MkDocs keep the plugin when settings are read again."""
        self.serving = command == "serve"
        self.publishing = command == "gh-deploy"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything before anything is written; build beside the site that is there."""
        if self.publishing and self.config.drafts:
            raise PluginError("drafts are never published: take `drafts` out of mkdocs.yml")
        if self.serving:
            if not self.has_site:
                _expect_missing_pages(config, logging.INFO if self.preview else logging.DEBUG)
        else:
            project = project_of(config)
            target = Path(config.site_dir).resolve()
            # What publishing makes is written to once more, and what it replaces is kept; nobody
            # knows where other plugins write.
            if _is_alone(config) and self.store is not None and self.press is None:
                self._in_place = InPlace(self.store, target)
            self.renew(config)
            if self.headline:
                raise PluginError(f"nothing was published: {self.headline}")
            self._redirect(config, project, target)
            if _is_alone(config):
                list_shown(config.theme)
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
            building = Building(target)
        except OSError as error:
            raise PluginError(f"{target} cannot be written: {error.strerror}") from error
        self.target, self.building = target, building
        config.site_dir = str(building.folder)

    def renew(self, config: MkDocsConfig) -> None:
        """The site as its sources stand, or the last good one with the `report` of what is wrong.

        Nothing is rendered yet that nobody has asked for.
        """
        project = project_of(config)
        self.progress.enter("checking")
        if self._assembler is None or self._assembler.project != project:
            self._assembler = Assembler(project)
        checked = self._check(project)
        problems, mistake = checked.problems, ""
        if checked.library is not None:
            self.as_of = str(checked.library.as_of)
            try:
                self.progress.enter("assembling")
                self._reuse = None
                if self.store is not None:
                    options = (config.site_url or "", self.press is not None, self.config.drafts)
                    self._reuse = Reuse(project, self.store, checked, options)
                with uncollected():
                    site = self._assembler.assemble(
                        checked.library,
                        self.press,
                        site_url=config.site_url or "",
                        # What `serve` shows, nobody lists; a build gives the same, to the byte.
                        unlisted=self.config.drafts,
                        reuse=self._reuse,
                    )
                    if not self.serving:
                        gc.freeze()
                self.told = "".join(f"{note}\n" for note in site.notes)
                sys.stderr.write(self.told)
                self.site = site
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
        self.progress.hush()
        sys.stderr.write(self.report)

    def _check(self, project: Project) -> Checked:
        """Every problem of a project; a preview looks again only at what an edit can change."""
        as_of = self.config.as_of
        if not self.serving:
            with uncollected():
                checked = self._check_once(project)
                gc.freeze()  # or all that was read would be looked through at once
            return checked
        checker = self._checker
        if checker is None or (checker.root, checker.as_of) != (project.root, as_of):
            checker = self._checker = Checker(project.root, as_of=as_of, drafts=True)
        checked = checker.check()
        if known := self._known_ids.renewed(checked.readings):
            renew_ids(project.root, known)
        return checked

    def _check_once(self, project: Project) -> Checked:
        as_of, drafts = self.config.as_of, self.config.drafts
        if self.store is None:
            return check_tree(load_tree(project.root), as_of=as_of, drafts=drafts)
        return check_project(project.root, Parts(self.store), as_of=as_of, drafts=drafts)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and file."""
        if self.serving and self.preview is None:
            # MkDocs builds once before it serves; the preview makes no use of that.
            return Files([])
        self._writer = self._documents = None
        self._refuse_templates(config)
        if not self.serving:
            self._prepare(config)
        self.progress.enter("listing files")
        # A theme's own sitemap is a template, which would be published as it is.
        if theirs := files.get_file_from_path("sitemap.xml"):
            files.remove(theirs)
        sources: Collection[str] = self.site.page_at
        names: Collection[str] = self.site.files.known
        if self._writer is not None and _is_alone(config):
            # Nobody looks through them, and hand-written pages have links to a few.
            files = Known(files, partial(self._find, config))
            sources = [source for source in sources if source in self._writer.passed]
            names = ()
        for source in sources:
            made = Generated(config, source, partial(self._markdown_of, source))
            made.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(made)
        for name in names:
            files.append(self._file(config, name))
        if url := config.site_url:
            for name, content in sitemaps(self.site.addresses, url).items():
                files.append(Generated(config, name, partial(bytes, content)))
        self.progress.enter("reading pages", len(files.documentation_pages()))
        return files

    def _file(self, config: MkDocsConfig, name: str) -> File:
        file = as_it_is(config, name, partial(self._content_of, name))
        if self._writer is not None:
            file.inclusion, file.is_written = InclusionLevel.NOT_IN_NAV, True
        return file

    def _refuse_templates(self, config: MkDocsConfig) -> None:
        """MkDocs writes a template of its own into the file that stands there, which may be linked
        from the site in place. Raises PluginError."""
        for name in sorted({*config.extra_templates, *config.theme.static_templates}):
            if name in self.site.files.known:
                raise PluginError(f"{name} is generated: mkdocs.yml cannot name it as a template")

    def _find(self, config: MkDocsConfig, path: str) -> File | None:
        """A generated page or file that gets into its place without the engine."""
        if path in self.site.page_at:
            return Linkable(config, self.site.page_at[path])
        for name in (path, path.removesuffix(".txt")):
            if name in self.site.files.known:
                file = self._file(config, name)
                if file.src_uri == path:
                    return file
        return None

    def _prepare(self, config: MkDocsConfig) -> None:
        """Make what the engine reads itself, and what that and all pages look at."""
        is_alone = _is_alone(config)
        named = {*in_navigation(config.nav)} & self.site.page_at.keys()
        passed = named if is_alone else {*self.site.page_at}
        folder = Path(config.site_dir)
        if self._in_place is not None and self.building is not None:
            self._in_place.link(self.building)  # not before: MkDocs clears the folder it is given
        # Pages that navigation names stand by their titles in every frame.
        titles = [(source, self.site.page_at[source].title) for source in sorted(named)]
        frame = self.frame and f"{self.frame} {titles!r}"
        self._markdown = None
        if self.store is not None and self.frame is not None:
            self._markdown = KeptMarkdown(self.store, self.frame)
        self._writer = Writer(self.site, folder, passed, in_place=self._in_place, frame=frame)
        if is_alone:
            self.progress.enter("drawing maps")
        else:
            self.progress.enter("rendering", len(passed))
        self._attempt(partial(self._writer.prepare, self.progress.step))

    def _attempt(self, work: Callable[[], object]) -> None:
        """Do what may meet a mistake in a macro, and tell of it as of any other."""
        try:
            work()
        except TemplateError as error:
            said = f"macros/{error}\n"
            self.report += said
            self.headline = "a macro cannot be rendered"
            self.progress.hush()
            sys.stderr.write(said)
            raise PluginError(f"nothing was published: {self.headline}") from error

    def _markdown_of(self, source: str) -> bytes:
        return self.site.page_at[source].markdown().encode()

    def _content_of(self, name: str) -> bytes:
        return self.site.files[name]

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """A generated page has its front matter as it is; to write and to parse it takes long."""
        return "" if page.file.src_uri in self.site.page_at else None

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Generated pages are HTML already and pass Markdown by; written ones get components."""
        source = page.file.src_uri
        self.progress.step()
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
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """All pages that the engine knows are read; each gets its frame next."""
        pages = files.documentation_pages()
        self._pages = Listed(partial(self._list, config, pages))
        if self.store is not None:
            env.bytecode_cache = KeptBytecode(self.store)
        if self._writer is not None and self.nav is not None:
            self.progress.enter("rendering", self._writer.size)
            before = None
            if self._reuse is not None and self._writer.frame is not None:
                before = framed.recall(self._reuse, self._writer.frame)
            documents = Documents(config, env, self.nav, list(pages), before)
            write = partial(self._writer.write, telling=[documents.telling])
            self._attempt(partial(write, documents.make, self.progress.step))
            self._documents = documents
        self.progress.enter("writing pages", len(pages))
        return env

    def _list(self, config: MkDocsConfig, pages: Iterable[File]) -> list[File]:
        """All pages, of which the engine knows some."""
        known = {file.src_uri: file for file in pages}
        written = (file for source, file in known.items() if source not in self.site.page_at)
        generated = (known.get(p.source) or Linkable(config, p) for p in self.site.pages)
        return [*written, *generated]

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Another page gets its frame; search engines list none of a preview."""
        self.progress.step()
        if self.site.unlisted:
            page.meta["robots"] = NOINDEX
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """What is no page, such as that of a missing one, speaks the publication's language."""
        context["frame"] = self.site.frame
        if self._writer is not None:
            context["pages"] = self._pages
        return context

    # Other plugins still write into the site in this event; whole means: after them.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Verify the build; if it is whole and strict mode found nothing, put it in place."""
        if self.building is None or self.target is None:
            return
        folder = self.building.folder
        self.progress.enter("verifying")
        placed = self._writer.placed if self._writer is not None else None
        if self._in_place is not None:
            self._in_place.double(self.building)
        found = survey(folder)
        missing = verify(folder, self.site, placed, found)
        if self._writer is not None:
            missing = sorted({*missing, *self._writer.missing})
        if missing:
            raise PluginError("the build is not whole:\n  " + "\n  ".join(missing))
        if self.press is not None:
            self.progress.enter("packing")
            day = parse_date(self.as_of).last
            self.press.finish(folder, title=config.site_name, day=day)
            found = survey(folder)
        self.progress.enter("listing hashes")
        root = project_of(config).root
        path = folder / MANIFEST
        listed = list_files(folder, placed or {}, found)
        preview, revised = self.site.unlisted, revision(root)
        path.write_bytes(
            manifest(listed, root, self.as_of, _versions(), revised=revised, preview=preview)
        )
        if _has_warnings():
            # Strict mode stops the build after this event; the old site must stay.
            self._discard()
            return
        whole: Survey | None = {**found, MANIFEST: state_of(path.lstat())}
        if self._in_place is not None and self._in_place.doubled():
            whole = survey(folder)
        if self.note is not None:
            self.note.close(whole or {}, revised)
        self.progress.enter("putting in place")
        try:
            # What is online outlasts the machine, and can be put back; a build at home need not.
            if self.press is not None:
                publish_folder(folder, self.target)
            elif not replace_folder(folder, self.target, lay_by=self._is_shared()):
                whole = None  # what was removed changed the state of what was linked
        except UnsettledError as error:
            said = f"{self.target} is in place, but the disk may not hold it: {error.strerror}"
            raise PluginError(said) from error
        except OSError as error:
            raise PluginError(f"{self.target} cannot be replaced: {error.strerror}") from error
        if self._in_place is not None:
            self._in_place.lay_by()
        self._keep(config, whole, listed)
        self.building.close()
        self.building = None
        config.site_dir = str(self.target)  # where `gh-deploy` looks for it

    def _is_shared(self) -> bool:
        return self._in_place is not None and self._in_place.is_shared

    def _keep(self, config: MkDocsConfig, found: Survey | None, listed: Mapping[str, str]) -> None:
        """Keep what the next build can use again, once the site is in its place as it was found."""
        if self.store is None or self.target is None:
            return
        self.progress.enter("keeping")
        if found is None:
            found = _found(self.target)
        is_as_it_was = True
        if self._reuse is not None:
            is_framed = self.frame == frame_sign(config)  # nobody has edited the theme since
            if is_framed:
                self._note_frames(self._reuse)
            is_as_it_was = self._reuse.save() and is_framed
            if self._writer is not None:
                placed = self._writer.note(found, listed, is_as_it_was=is_as_it_was)
                if placed is not None and is_as_it_was:
                    self.standing = self._stand(config, placed)
        if self.note is not None and is_as_it_was:
            self.note.seal(found)
        self.store.save()
        self._reuse = self._writer = self._documents = self._in_place = None

    def _stand(self, config: MkDocsConfig, placed: str) -> Mapping[str, Any] | None:
        """What a build must know that takes up from here without the engine; nothing if some of it
        is in doubt, or would have to be said again."""
        if self._writer is None or self._writer.frame is None or self._reuse is None or self.told:
            return None
        return {
            "as_of": self.config.as_of and str(self.config.as_of),
            "day": self.as_of,
            "drafts": self.config.drafts,
            "frame": self._writer.frame,
            "in_place": placed,
            "noted": self._reuse.noted,
            "outline": self._reuse.note_outline(),
            "site_url": config.site_url or "",
            "versions": _versions(),
        }

    def _note_frames(self, reuse: Reuse) -> None:
        frame = None if self._writer is None else self._writer.frame
        if self._documents is not None and frame is not None and self._documents.frames.are_new:
            framed.note(reuse, frame, self._documents.frames.known)

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing half-built stays behind."""
        self._discard()

    def on_shutdown(self) -> None:
        """Nor when the build was interrupted."""
        gc.unfreeze()
        self._discard()

    def _discard(self) -> None:
        if self._in_place is not None:
            self._in_place.close()
            self._in_place = None
        if self.building is not None:
            self.building.discard()
            self.building = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Serve a preview that renders on request, instead of a folder that is built whole."""
        from briefsite.engine.preview import Preview
        from briefsite.engine.server import PreviewServer

        server.server_close()
        self.preview = Preview(self, config)
        host, port = config.dev_addr
        serving = PreviewServer(self.preview, host, port, server.mount_path)
        serving.renew()
        self.progress.done()
        self.progress = Progress()  # an edit is too short to tell of
        project = project_of(config)
        theme = (Path(folder) for folder in config.theme.dirs[:1])
        settings = (Path(config.config_file_path), *map(Path, config.hooks))
        for path in (*project.watched, project.docs, *theme, *settings):
            if path.exists():
                serving.watch(str(path))
        return serving


def _found(site: Path) -> Survey:
    """What is in place; nothing if another build puts its own there."""
    try:
        return survey(site)
    except OSError:
        return {}


def _leave_blank(page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
    """What becomes of a page without Markdown."""
    page.content, page.toc, page.links_to_anchors = "", get_toc([]), {}


def _expect_missing_pages(config: MkDocsConfig, level: int) -> None:
    """A preview that starts with problems has no generated page yet: no link to one is news.

    In strict mode each would stop the preview before it could show the problems.
    """
    links = config.validation.links
    config.validation.nav.not_found = links.not_found = links.anchors = level


def _is_alone(config: MkDocsConfig) -> bool:
    """Whether nobody else may wish to see each page, or give it what its siblings have not."""
    return set(config.plugins) == {PLUGIN} and not config.hooks


def _has_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers + logging.getLogger("properdocs").handlers
    return any(h.get_counts() for h in handlers if isinstance(h, CountHandler))


def _versions() -> dict[str, str]:
    names = ("mkdocs", "mkdocs-material", "folium", "xstatic-leaflet", "pyromark")
    return {name: importlib.metadata.version(name) for name in names}
