"""A site brought up to date without the engine, which takes longer to begin than an edit is worth.

After a sentence was edited, all that an engine makes stands, and so do nearly all pages and files:
that much is known before any of it is made. A part of the site is put together, what is concerned
is made, and all else is linked from the site in place. In any doubt nothing is done, and whoever
asked builds the whole.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from briefsite.cache.revision import revision
from briefsite.cache.store import Store
from briefsite.cache.survey import Survey, state_of, survey
from briefsite.cache.unchanged import Note, Standing, standing
from briefsite.check import Parts, check_standing
from briefsite.load import list_translations, uncollected
from briefsite.model.dates import parse_date
from briefsite.model.wanted import Wanted
from briefsite.pages import Page
from briefsite.progress import Progress
from briefsite.project import Project
from briefsite.site import (
    Assembler,
    Building,
    InPlace,
    Reuse,
    Site,
    Writer,
    framed,
    list_files,
    manifest,
    replace_folder,
    verify,
)
from briefsite.site.framed import KnownFrames
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import renew as renew_manifest
from briefsite.site.outline import recall_outline
from briefsite.site.searched import recall as recall_search


class _DoubtError(Exception):
    """It cannot be told that all else stands."""


def renew(cache: Path, line: Sequence[str], told: Progress) -> Path | None:
    """Bring the site up to date that the same command `line` has built before; gives where it is.

    None if there is no telling that nothing else is concerned: then nothing was done.
    """
    stands = standing(line)
    if stands is None or not stands.extra or not stands.site.exists():
        return None
    root = stands.settings.parent
    store, note = Store(cache, root), Note(cache, line)
    with ExitStack() as stack:
        stack.callback(store.close)
        stack.callback(gc.unfreeze)
        stack.enter_context(uncollected())
        try:
            renewal = _Renewal(root, stands, store, note, told)
            stack.callback(renewal.close)
            is_noted = renewal.run()
        except Exception:  # noqa: BLE001 - whatever is wrong, the whole build meets it, and tells
            return None
    if is_noted:
        note.keep(stands.site, "", quiet=told.quiet, extra=renewal.extra)
    return stands.site


class _Renewal:
    """The site of a command, on its way from what is in place to what the sources say now."""

    def __init__(
        self, root: Path, stands: Standing, store: Store, note: Note, told: Progress
    ) -> None:
        """`stands.extra` is what the build before has noted for this one."""
        self.extra: dict[str, Any] = dict(stands.extra)
        self._root = root
        self._stands = stands
        self._store = store
        self._note = note
        self._told = told
        self._in_place = InPlace(store, stands.site, whole=self.extra["in_place"])

    def close(self) -> None:
        """Wait until nobody works in a folder any more."""
        self._in_place.close()

    def run(self) -> bool:
        """Whether the next build can take up from here. Raises _DoubtError, and whatever else a
        build may fail by: the site in place is whole then, the old one or the new one.
        """
        before = self._in_place.manifest()
        if before is None:
            raise _DoubtError("the site in place is another than was noted")
        part = self._assemble()
        gc.freeze()
        building = Building(self._stands.site)
        try:
            self._in_place.link(building)
            writer = self._write(part, building.folder)
            found = self._look(part, writer, building.folder)
            self._told.enter("listing hashes")
            path, revised = building.folder / MANIFEST, revision(self._root)
            path.write_bytes(self._list(part, writer, found, before, revised, building.folder))
            found = {**found, MANIFEST: state_of(path.lstat())}
            self._note.resume(self._stands)
            self._note.close(found, revised)
            self._told.enter("putting in place")
            shared = self._in_place.is_shared
            is_as_found = replace_folder(building.folder, self._stands.site, lay_by=shared)
        except BaseException:
            self._in_place.close()
            building.discard()
            raise
        building.close()
        self._told.enter("keeping")
        return self._keep(part, writer, found if is_as_found else survey(self._stands.site))

    def _assemble(self) -> _Part:
        """The part of the site that is concerned."""
        self._told.enter("checking")
        extra, store, project = self.extra, self._store, Project(self._root)
        as_of = extra["as_of"] and parse_date(extra["as_of"])
        outline = recall_outline(store, extra["outline"])
        # A translation says whatever its brief does.
        if outline is None or any(True for _ in list_translations(self._root)):
            raise _DoubtError("nothing is noted of its sources, or there are translations")
        checked = check_standing(
            self._root,
            Parts(store),
            outline.digests,
            outline.outline,
            as_of=as_of,
            drafts=extra["drafts"],
        )
        if checked is None or checked.problems or checked.library is None:
            raise _DoubtError("other files have changed, or there are problems to tell of")
        self._told.enter("assembling")
        given = extra["site_url"], False, extra["drafts"]
        reuse = Reuse(project, store, checked, given, scales=outline.scales)
        # Another build may have noted its own meanwhile, of another site.
        concerned = reuse.stand() if reuse.before == extra["noted"] else None
        frames = framed.recall(reuse, extra["frame"])
        if concerned is None or frames is None:
            raise _DoubtError("there may be other pages or files")
        site = Assembler(project).assemble(
            reuse.library.whole,
            site_url=extra["site_url"],
            unlisted=extra["drafts"],
            reuse=reuse,
            wanted=Wanted(concerned),
        )
        linked = [page.source for page in site.pages if page.address in frames.linked]
        by_engine = concerned.intersection([*linked, *(f"docs/{name}" for name in site.docs)])
        is_told = bool(site.notes) or not reuse.is_at_hand(concerned)
        if is_told or not reuse.gives_the_same(by_engine):
            raise _DoubtError("something is concerned that the engine makes, or to be told of")
        digests = {n: d for n, d in checked.digests.items() if d != outline.digests[n]}
        return _Part(site, reuse, frames, linked, digests)

    def _write(self, part: _Part, folder: Path) -> Writer:
        """Make and write what is concerned, where all else is linked."""

        def document(page: Page) -> bytes:
            made = part.frames.render(page)
            if made is None:
                raise _DoubtError(f"nobody knows the frame of {page.source}")
            return made

        frame = self.extra["frame"]
        writer = Writer(part.site, folder, part.passed, in_place=self._in_place, frame=frame)
        # The folder that the search index lies in is called by what it holds.
        searched = recall_search(part.reuse).files
        stands = self._in_place.every()
        writer.placed |= {name: each for name, each in stands.items() if name not in searched}
        self._told.enter("drawing maps")
        writer.prepare(self._told.step)
        self._told.enter("rendering", writer.size)
        writer.write(document, self._told.step)
        return writer

    def _look(self, part: _Part, writer: Writer, folder: Path) -> Survey:
        """What is there now, and is what should be."""
        self._told.enter("verifying")
        found = self._in_place.survey(writer.placed)
        if verify(folder, part.site, writer.placed, found) or writer.missing:
            raise _DoubtError("it is not whole")
        return found

    def _list(
        self,
        part: _Part,
        writer: Writer,
        found: Survey,
        before: bytes,
        revised: str | None,
        folder: Path,
    ) -> bytes:
        """The manifest: that of `before`, if there are the same files."""
        was, placed = self._in_place.every(), writer.placed
        if placed.keys() == was.keys():
            changed = {n: p.digest for n, p in placed.items() if p.digest != was[n].digest}
            content = renew_manifest(before, changed, part.digests, revised)
            if content is not None:
                return content
        files = list_files(folder, placed, found)
        extra = self.extra
        return manifest(files, self._root, extra["day"], extra["versions"], preview=extra["drafts"])

    def _keep(self, part: _Part, writer: Writer, found: Survey) -> bool:
        """Keep what the next build can use again; False if somebody has edited meanwhile what all
        is made from."""
        self._note.seal(found)
        is_as_it_was = part.reuse.save()
        if is_as_it_was:
            self.extra |= {
                "in_place": self._in_place.note_again(writer.placed, found, writer.signs()),
                "noted": part.reuse.noted,
                "outline": part.reuse.note_outline(),
            }
        self._store.save(forgets=False)
        return is_as_it_was


class _Part(NamedTuple):
    """What of a site is put together."""

    site: Site
    reuse: Reuse
    frames: KnownFrames
    passed: Sequence[str]
    """The pages in it that an engine has made, and would make as they are."""
    digests: Mapping[str, str]
    """Of the sources that hold something else than before."""
