"""One build by MkDocs: what it need not see is written beside it, and all of it put in place."""

from __future__ import annotations

import importlib.metadata
import logging
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler

from briefsite.cache.revision import revision
from briefsite.cache.store import Store
from briefsite.cache.survey import Survey, survey
from briefsite.engine.documents import Documents, frame_sign, in_navigation
from briefsite.engine.given import Resources, Settings
from briefsite.engine.latest import LatestSite
from briefsite.engine.markdown import KeptMarkdown
from briefsite.engine.renew import Left
from briefsite.engine.sources import is_alone
from briefsite.model.dates import parse_date
from briefsite.pages import TemplateError
from briefsite.project import Project
from briefsite.site import (
    InPlace,
    KeptBytecode,
    Output,
    Reuse,
    UnsettledError,
    Writer,
    framed,
    list_files,
    manifest,
    may_replace,
)
from briefsite.site.framed import KnownFrames
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import SIGN


def output_of(project: Project, target: Path, in_place: InPlace | None) -> Output:
    """The folder to build in what takes the place of `target`. Raises PluginError."""
    sources = (*project.watched, project.docs)
    if any(target.is_relative_to(folder) or folder.is_relative_to(target) for folder in sources):
        raise PluginError(f"{target} holds sources: name another folder for the site")
    if not may_replace(target, MANIFEST, SIGN):
        raise PluginError(f"{target} is not empty, and no site of ours: remove it first")
    try:
        return Output(target, in_place)
    except OSError as error:
        raise PluginError(f"{target} cannot be written: {error.strerror}") from error


class Build:
    """The build of a site that is assembled, until it is in place.

    MkDocs makes hand-written pages and those that navigation names, or all pages if somebody else
    may wish to see them; everything else is written without it. Raises PluginError.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        given: Settings,
        resources: Resources,
        latest: LatestSite,
        output: Output,
    ) -> None:
        self._given = given
        self._resources = resources
        self._latest = latest
        self._output = output
        site = latest.site
        self._site = site
        named = {*in_navigation(config.nav)} & site.page_at.keys()
        # Pages that navigation names stand by their titles in every frame.
        titles = [(source, site.page_at[source].title) for source in sorted(named)]
        frame = resources.frame and f"{resources.frame} {titles!r}"
        passed = named if is_alone(config) else {*site.page_at}
        in_place = output.in_place
        self._writer = Writer(site, output.folder, passed, in_place=in_place, frame=frame)
        self.markdown: KeptMarkdown | None = None
        """What makes HTML of hand-written pages, if nobody else tells them something."""
        if resources.store is not None and resources.frame is not None:
            self.markdown = KeptMarkdown(resources.store, resources.frame)
        self._learnt: KnownFrames | None = None
        """What is known of frames now, if that is more than the build before knew."""

    def prepare(self, config: MkDocsConfig) -> Collection[str]:
        """Make what MkDocs reads itself, and what that and all pages look at; gives the sources of
        the generated pages among it."""
        told, passed = self._resources.told, self._writer.passed
        self._output.link()  # not before: MkDocs clears the folder it is given
        if is_alone(config):
            told.enter("drawing maps")
        else:
            told.enter("rendering", len(passed))
        with self._telling_mistakes():
            self._writer.prepare(told.step)
        return passed

    def write(
        self, config: MkDocsConfig, env: Environment, nav: Navigation, pages: list[File]
    ) -> None:
        """Write all that MkDocs does not, where it knows but some `pages`."""
        told, writer, reuse = self._resources.told, self._writer, self._site.reuse
        told.enter("rendering", writer.size)
        if self._resources.store is not None:
            env.bytecode_cache = KeptBytecode(self._resources.store)
        before = None
        if reuse is not None and writer.frame is not None:
            before = framed.recall(reuse, writer.frame)
        documents = Documents(config, env, nav, pages, before)
        with self._telling_mistakes():
            writer.write(documents.make, told.step, telling=[documents.telling])
        if documents.frames.are_new:
            self._learnt = documents.frames.known

    @contextmanager
    def _telling_mistakes(self) -> Iterator[None]:
        """Tell of a mistake in a macro, which shows when a page is made, as of any other."""
        try:
            yield
        except TemplateError as error:
            self._resources.told.hush()
            sys.stderr.write(f"macros/{error}\n")
            raise PluginError("nothing was published: a macro cannot be rendered") from error

    def finish(self, config: MkDocsConfig) -> None:
        """Verify what was built; if it is whole and strict mode found nothing, put it in place."""
        told, note, output = self._resources.told, self._resources.note, self._output
        told.enter("verifying")
        found = self._verified(config)
        told.enter("listing hashes")
        listed = list_files(output.folder, self._writer.placed, found)
        revised = revision(self._given.project.root)
        found = output.describe(self._manifest(listed, revised), found)
        if _has_warnings():
            return  # strict mode stops the build after this event; the old site must stay
        if note is not None:
            note.close(found, revised)
        told.enter("putting in place")
        is_as_found = self._put_in_place()
        if self._resources.store is not None:
            told.enter("keeping")
            found = found if is_as_found else output.found_in_place()
            self._keep(self._resources.store, config, found, listed)
        config.site_dir = str(output.target)  # where `gh-deploy` looks for it

    def _verified(self, config: MkDocsConfig) -> Survey:
        """What there is, with what publishing adds, if it is whole."""
        folder, press = self._output.folder, self._resources.press
        self._output.double()
        found = survey(folder)
        if missing := self._output.missing(self._site, self._writer, found):
            raise PluginError("the build is not whole:\n  " + "\n  ".join(missing))
        if press is None:
            return found
        self._resources.told.enter("packing")
        press.finish(folder, title=config.site_name, day=parse_date(self._latest.as_of).last)
        return survey(folder)

    def _manifest(self, listed: Mapping[str, str], revised: str | None) -> bytes:
        root, day, preview = self._given.project.root, self._latest.as_of, self._site.unlisted
        return manifest(listed, root, day, _versions(), revised=revised, preview=preview)

    def _put_in_place(self) -> bool:
        target = self._output.target
        try:
            return self._output.put_in_place(online=self._resources.press is not None)
        except UnsettledError as error:
            said = f"{target} is in place, but the disk may not hold it: {error.strerror}"
            raise PluginError(said) from error
        except OSError as error:
            raise PluginError(f"{target} cannot be replaced: {error.strerror}") from error

    def _keep(
        self, store: Store, config: MkDocsConfig, found: Survey, listed: Mapping[str, str]
    ) -> None:
        """Keep what the next build can use again, once the site is in its place as it was found."""
        note, reuse = self._resources.note, self._site.reuse
        assert reuse is not None  # with a store, a site is made so
        is_framed = self._resources.frame == frame_sign(config)  # nobody has edited the theme since
        if is_framed and self._learnt is not None and self._writer.frame is not None:
            framed.note(reuse, self._writer.frame, self._learnt)
        is_as_it_was = reuse.save() and is_framed
        placed = self._writer.note(found, listed, is_as_it_was=is_as_it_was)
        left = self._left(placed, reuse) if is_as_it_was else None
        store.save()
        if note is not None and is_as_it_was:
            note.seal(found)
            said, quiet = self._latest.notes + self._latest.report, self._resources.told.quiet
            note.keep(said, quiet=quiet, extra=left and left._asdict())

    def _left(self, placed: str | None, reuse: Reuse) -> Left | None:
        """What a build must know that takes up from here without the engine; None if some of it
        is in doubt, or would have to be said again."""
        if placed is None or self._writer.frame is None or self._latest.notes:
            return None
        return Left(
            as_of=str(self._given.as_of) if self._given.as_of else None,
            day=self._latest.as_of,
            drafts=self._given.drafts,
            frame=self._writer.frame,
            in_place=placed,
            noted=reuse.noted,
            outline=reuse.note_outline(),
            site_url=self._given.site_url,
            versions=_versions(),
        )


def _has_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers + logging.getLogger("properdocs").handlers
    return any(h.get_counts() for h in handlers if isinstance(h, CountHandler))


def _versions() -> dict[str, str]:
    names = ("mkdocs", "mkdocs-material", "folium", "xstatic-leaflet", "pyromark")
    return {name: importlib.metadata.version(name) for name in names}
