"""Pages and files written straight into a site's folder, by whichever process makes them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from briefsite.cache.survey import Survey
from briefsite.load import frozen
from briefsite.pages import Page
from briefsite.processes import Task, share_out
from briefsite.site import searched
from briefsite.site.assembled import Site
from briefsite.site.in_place import InPlace
from briefsite.site.manifest import Placed
from briefsite.site.verify import lost_anchors


class Writer:
    """Makes what a site holds and writes it into a folder; nothing is held to the end.

    The process that makes a page or file also looks at it and writes it, and tells the first one
    what it wrote. Raises TemplateError, and OSError.
    """

    def __init__(
        self,
        site: Site,
        folder: Path,
        passed: Collection[str] = (),
        *,
        where: Callable[[str], str] | None = None,
        in_place: InPlace | None = None,
        frame: str | None = None,
    ) -> None:
        """Pages whose sources are `passed` get their frames, and are written, by an engine.

        `where` tells by the source of a page or the name of a file where it stands in the folder,
        which is its address unless something else is said. What would be as it is in the site
        `in_place` is found there; `frame` is of all that the frames of pages are made from,
        if that is known.
        """
        self._site = site
        self._folder = os.fspath(folder)
        self.passed = frozenset(passed)
        self._where = where or self._where_in_site
        self._in_place = in_place
        self.frame = frame
        self._folders: set[str] = set()
        """Those that this process knows to be there."""
        self._signs: dict[str, str] = {}
        """Of what was linked: what it is made from."""
        self.placed: dict[str, Placed] = {}
        """What was written, by its path in the site."""
        self.missing: list[str] = []
        """What is not in it that should be, in words."""

    @property
    def size(self) -> int:
        """How many steps it takes to write all."""
        site = self._site
        files = site.files.known - site.drawn.known
        return len(site.page_at) - len(self.passed) + len(files) + 1

    def prepare(self, step: Callable[[], object] = lambda: None) -> None:
        """Draw maps, which pages look at, tell the parts of the search index, which is joined when
        all else is written, and make what an engine reads before it gives frames.

        `step` is called after each page.
        """
        site = self._site
        maps = [self._of_files(names) for names in self._uncarried(site.grouped_maps())]
        # What all maps are drawn by is loaded with the first, once for all processes.
        self._share(maps[:1], processes=1)
        self._share([*maps[1:], *map(self._of_part, self._unkept(site.found.known))])
        wanted = [site.page_at[source] for source in self._unkept(sorted(self.passed))]
        bodies = [[Task(partial(getattr, page, "body"), page.put)] for page in wanted]
        self._share(map(self._noted, ([page.source] for page in wanted), bodies), step, least=2)
        for name in site.docs:
            site.docs[name]

    def write(
        self,
        document: Callable[[Page], bytes],
        step: Callable[[], object] = lambda: None,
        *,
        telling: Sequence[Task] = (),
    ) -> None:
        """Make and write all else, on every core; `step` is called after each page and file.

        `document` gives a page its frame; `telling` is done after each group, by whoever made it.
        """
        site = self._site
        search = self._closed([*site.found.known], [Task(self._write_search, self._take)])
        groups = [*self._uncarried(site.grouped(), step)]
        # With one group of pages of each kind comes what all others share, such as compiled
        # templates: each process would make that for itself.
        first = {self._kind(names): names for names in reversed(groups)}
        first.pop("", None)
        make = partial(self._making, document=document, telling=telling)
        self._share(make(first.values()), step, processes=1)
        others = (names for names in groups if names is not first.get(self._kind(names)))
        self._share([search, *make(others)], step)
        if self._in_place is None:
            return
        lost = set(self._in_place.settle(self.placed))
        if not lost:
            return
        every = [n for names in (*site.grouped_maps(), *site.grouped()) for n in names]
        again = [[name] for name in every if self._where(name) in lost]
        index = [search] if lost.difference(map(self._where, every)) else []
        self._share([*index, *make(again)])

    def _kind(self, names: Sequence[str]) -> str:
        """The folder of a group of pages, or an index; nothing for what is like no other."""
        folder, _, name = names[0].rpartition("/")
        if names[0] not in self._site.page_at:
            return ""
        return names[0] if folder and name == "index.md" else folder

    def _making(
        self,
        groups: Iterable[Sequence[str]],
        document: Callable[[Page], bytes],
        telling: Sequence[Task],
    ) -> Iterator[Sequence[Task]]:
        """Tasks that make and write pages and files."""
        site = self._site
        for names in groups:
            tasks = []
            for name in names:
                page = site.page_at.get(name)
                if page is None:
                    tasks.append(self._task(partial(self._write_file, name)))
                elif name not in self.passed:
                    tasks.append(self._task(partial(self._write_page, page, document)))
            if tasks:
                yield self._closed(names, [*tasks, *telling])

    def _uncarried(
        self, groups: Iterable[Sequence[str]], step: Callable[[], object] = lambda: None
    ) -> Iterator[Sequence[str]]:
        """What is not what stands in the site before, from where it is linked."""
        for names in groups:
            left = [name for name in names if name in self.passed or not self._carry(name)]
            for _ in range(len(names) - len(left)):
                step()
            if left:
                yield left

    def _carry(self, name: str) -> bool:
        reuse = self._site.reuse
        if self._in_place is None or reuse is None or not reuse.is_kept(name):
            return False
        path = self._where(name)
        sign = self._sign(name)
        if sign is None:
            return False
        placed = self._in_place.find(path, sign=sign)
        if placed is not None:
            self.placed[path], self._signs[path] = placed, sign
        return placed is not None

    def _where_in_site(self, name: str) -> str:
        page = self._site.page_at.get(name)
        return name if page is None else f"{page.address}index.html"

    def _sign(self, name: str) -> str | None:
        """What differs if anything does that a page or file would be made from."""
        reuse, page = self._site.reuse, self._site.page_at.get(name)
        if reuse is None or (page is not None and self.frame is None):
            return None
        return reuse.sign_of(name, *((self.frame or "", page.around) if page is not None else ()))

    def signs(self) -> Mapping[str, str | None]:
        """What each page and file was made from, by its path in the site."""
        names = {self._where(name): name for name in (*self._site.page_at, *self._site.files.known)}
        return {path: self._signs.get(path) or self._sign(name) for path, name in names.items()}

    def note(self, found: Survey, listed: Mapping[str, str], *, is_as_it_was: bool) -> str | None:
        """Note for the next build what was `found` in place now, with digests that were `listed` of
        it; if anybody has edited meanwhile what frames are made from, no page is known by it.

        Gives what stands for all that was noted, if anything was.
        """
        if self._in_place is None:
            return None
        signs = self.signs() if is_as_it_was else {}
        return self._in_place.note(self.placed, found, signs.get, listed)

    def _share(
        self,
        groups: Iterable[Sequence[Task]],
        step: Callable[[], object] = lambda: None,
        *,
        least: int | None = None,
        processes: int | None = None,
    ) -> None:
        with frozen():
            share_out(list(groups), step, least=least, processes=processes)

    def _of_files(self, names: Sequence[str]) -> list[Task]:
        return self._closed(names, [self._task(partial(self._write_file, name)) for name in names])

    def _of_part(self, name: str) -> list[Task]:
        found = self._site.found
        return self._closed(
            [name], [Task(partial(found.__getitem__, name), partial(found.put, name))]
        )

    def _unkept(self, names: Iterable[str]) -> Iterator[str]:
        """What will not be taken as it was."""
        reuse = self._site.reuse
        return (name for name in names if reuse is None or not reuse.is_kept(name))

    def _noted(self, names: Sequence[str], tasks: Sequence[Task]) -> Sequence[Task]:
        reuse = self._site.reuse
        return tasks if reuse is None else [reuse.follow(names, task) for task in tasks]

    def _closed(self, names: Sequence[str], tasks: list[Task]) -> list[Task]:
        reuse = self._site.reuse
        return tasks if reuse is None else [*tasks, reuse.closing(names)]

    def _task(self, write: Callable[[], _Report]) -> Task:
        return Task(partial(self._tell, write), self._take)

    def _tell(self, write: Callable[[], _Report]) -> _Report:
        told = write()
        self._take(told)
        return told

    def _take(self, told: _Report) -> None:
        self.placed |= told.placed
        self.missing += told.missing
        for name, size in told.sizes.items():
            self._site.sizes.put(name, size)

    def _write_page(self, page: Page, document: Callable[[Page], bytes]) -> _Report:
        content = document(page)
        missing = lost_anchors(page, content.decode(errors="replace")) if page.anchors else ()
        page.forget()
        name = self._where(page.source)
        return _Report({name: self._put(name, content)}, missing)

    def _write_file(self, name: str) -> _Report:
        site = self._site
        sizes = {name: site.sizes[name]} if name in site.sizes.known else {}
        path = self._where(name)
        if site.reuse is not None and site.reuse.is_joined(name):
            before = None if self._in_place is None else self._in_place.site / path
            placed = _write(self._path(path), site.reuse.pieces(name, before))
        else:
            placed = self._put(path, site.files[name])
        for files in (site.files, site.drawn):
            files.forget(name)
        return _Report({path: placed}, sizes=sizes)

    def _write_search(self) -> _Report:
        site, reuse = self._site, self._site.reuse
        if reuse is None or self._in_place is None:
            placed = self._put_search()
        else:
            before = searched.recall(reuse)
            parts = searched.look(reuse, site.found, before)
            placed = self._in_place.find_all(before.files) if before.is_as(parts) else {}
            placed = placed or self._put_search()
            digests = {name: each.digest for name, each in placed.items()}
            searched.note(reuse, searched.Searched(parts, digests))
        told = _Report(placed)
        self._take(told)
        return told

    def _put_search(self) -> Mapping[str, Placed]:
        files = self._site.files
        placed = {name: self._put(name, content) for name, content in files.rest().items()}
        files.forget_rest()
        return placed

    def _put(self, name: str, content: bytes) -> Placed:
        digest = hashlib.sha256(content).hexdigest()
        if self._in_place is not None:
            placed = self._in_place.find(name, digest=digest)
            if placed is not None:
                return placed
        return _write(self._path(name), [content], digest)

    def _path(self, name: str) -> str:
        """Where something is written, in a folder that is there."""
        path = f"{self._folder}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return path


class _Report(NamedTuple):
    """What a process tells of what it has written."""

    placed: Mapping[str, Placed]
    missing: Sequence[str] = ()
    sizes: Mapping[str, tuple[int, int]] = {}


def _write(path: str, pieces: Iterable[bytes], digest: str = "") -> Placed:
    """Write a new file; its digest is computed if it is not known."""
    hashed = hashlib.sha256()
    with _new(path) as file:
        for piece in pieces:
            file.write(piece)
            if not digest:
                hashed.update(piece)
        file.flush()
        stat = os.fstat(file.fileno())
    return Placed(digest or hashed.hexdigest(), stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _new(path: str) -> BinaryIO:
    try:
        return open(path, "xb")  # noqa: PTH123 - of ten thousand files
    except FileExistsError:  # a process that has ended left it, and it may be linked elsewhere
        os.unlink(path)  # noqa: PTH108
        return open(path, "xb")  # noqa: PTH123
