"""A site brought up to date without the engine, which takes longer to begin than an edit is worth.

After a sentence was edited, all that an engine makes stands, and so do nearly all pages and files:
that much is known before any of it is made. A part of the site is put together, what is concerned
is made, and all else is linked from the site in place. In any doubt nothing is done, and whoever
asked builds the whole.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from briefsite.cache.revision import revision
from briefsite.cache.store import Store
from briefsite.cache.survey import Survey
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
    InPlace,
    Output,
    Reuse,
    Site,
    Writer,
    framed,
    list_files,
    manifest,
)
from briefsite.site.framed import KnownFrames
from briefsite.site.manifest import renew as renew_manifest
from briefsite.site.outline import recall_outline
from briefsite.site.searched import recall as recall_search


class Left(NamedTuple):
    """What a build leaves for one that takes up from there without the engine."""

    as_of: str | None
    """The day that was asked for; `day` is the one that the site speaks from."""
    day: str
    drafts: bool
    frame: str
    """What differs if anything does that frames are made from."""
    in_place: str
    noted: str
    outline: str
    """By these three is found what was noted of the site in place, of what it was made from, and
    of its sources."""
    site_url: str
    versions: Mapping[str, str]


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
        note.keep("", quiet=told.quiet, extra=renewal.left._asdict())
    return stands.site


class _Renewal:
    """The site of a command, on its way from what is in place to what the sources say now."""

    def __init__(
        self, root: Path, stands: Standing, store: Store, note: Note, told: Progress
    ) -> None:
        """`stands.extra` is what the build before has left."""
        self.left = Left(**stands.extra)
        self._root = root
        self._stands = stands
        self._store = store
        self._note = note
        self._told = told
        self._in_place = InPlace(store, stands.site, whole=self.left.in_place)

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
        with closing(Output(self._stands.site, self._in_place)) as output:
            output.link()
            writer = self._write(part, output.folder)
            found = self._look(part, writer, output)
            self._told.enter("listing hashes")
            revised = revision(self._root)
            content = self._list(part, writer, found, before, revised, output.folder)
            found = output.describe(content, found)
            self._note.resume(self._stands)
            self._note.close(found, revised)
            self._told.enter("putting in place")
            is_as_found = output.put_in_place()
        self._told.enter("keeping")
        return self._keep(part, writer, found if is_as_found else output.found_in_place())

    def _assemble(self) -> _Part:
        """The part of the site that is concerned."""
        self._told.enter("checking")
        left, store, project = self.left, self._store, Project(self._root)
        as_of = parse_date(left.as_of) if left.as_of else None
        outline = recall_outline(store, left.outline)
        # A translation says whatever its brief does.
        if outline is None or any(True for _ in list_translations(self._root)):
            raise _DoubtError("nothing is noted of its sources, or there are translations")
        checked = check_standing(
            self._root,
            Parts(store),
            outline.digests,
            outline.outline,
            as_of=as_of,
            drafts=left.drafts,
        )
        if checked is None or checked.problems or checked.library is None:
            raise _DoubtError("other files have changed, or there are problems to tell of")
        self._told.enter("assembling")
        given = left.site_url, False, left.drafts
        reuse = Reuse(project, store, checked, given, scales=outline.scales)
        # Another build may have noted its own meanwhile, of another site.
        concerned = reuse.stand() if reuse.before == left.noted else None
        frames = framed.recall(reuse, left.frame)
        if concerned is None or frames is None:
            raise _DoubtError("there may be other pages or files")
        site = Assembler(project).assemble(
            reuse.library.whole,
            site_url=left.site_url,
            unlisted=left.drafts,
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

        writer = Writer(
            part.site, folder, part.passed, in_place=self._in_place, frame=self.left.frame
        )
        # The folder that the search index lies in is called by what it holds.
        searched = recall_search(part.reuse).files
        stands = self._in_place.every()
        writer.placed |= {name: each for name, each in stands.items() if name not in searched}
        self._told.enter("drawing maps")
        writer.prepare(self._told.step)
        self._told.enter("rendering", writer.size)
        writer.write(document, self._told.step)
        return writer

    def _look(self, part: _Part, writer: Writer, output: Output) -> Survey:
        """What is there now, and is what should be."""
        self._told.enter("verifying")
        found = self._in_place.survey(writer.placed)
        if output.missing(part.site, writer, found):
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
        left = self.left
        return manifest(
            files, self._root, left.day, left.versions, revised=revised, preview=left.drafts
        )

    def _keep(self, part: _Part, writer: Writer, found: Survey) -> bool:
        """Keep what the next build can use again; False if somebody has edited meanwhile what all
        is made from."""
        self._note.seal(found)
        is_as_it_was = part.reuse.save()
        if is_as_it_was:
            self.left = self.left._replace(
                in_place=self._in_place.note_again(writer.placed, found, writer.signs()),
                noted=part.reuse.noted,
                outline=part.reuse.note_outline(),
            )
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
