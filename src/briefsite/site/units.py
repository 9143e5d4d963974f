"""Pieces that are made, kept and used again together."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any, NamedTuple

from briefsite.cache.packs import Spooled
from briefsite.cache.store import Store
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question

Make = Callable[[], Any]
_EVERYTHING: frozenset[Question] = frozenset({("claims",)})
"""What is asked by what tells of all briefs."""


class Closed(NamedTuple):
    """What is told of a unit when it is closed."""

    unit: str
    asked: set[Question]
    pieces: dict[str, Any]
    """Those that were made, if they are not all of them."""
    is_whole: bool
    spooled: Spooled | None


class Unit:
    """Some pieces that are made from much the same, such as all data files of a brief.

    They are kept and used again together: to note what each has asked for by itself would take
    longer than it saves.
    """

    def __init__(self, name: str, store: Store) -> None:
        self.name = name
        self.makers: dict[str, Make] = {}
        self.asked: set[Question] = set()
        self.made: dict[str, Any] = {}
        self.held: str | None = None
        """What its makers hold, as `Answers` prints it; None until anything is asked for."""
        self.kept_as: bytes | None = None
        """Under which digest its pieces are kept, if they are what would be made."""
        self._store = store
        self._is_read = False
        """Whether pieces that are kept were read, and not let go of since."""
        self.is_closed = False
        """Whether all its pieces were made, in whichever process, and let go of."""
        self._spooled: Spooled | None = None
        """Where they then are, if they are worth keeping."""

    @property
    def is_kept(self) -> bool:
        """Whether its pieces are taken as they were."""
        return self.kept_as is not None

    @property
    def is_made(self) -> bool:
        """Whether all its pieces were made now."""
        return self.is_closed or self.made.keys() == self.makers.keys()

    @property
    def is_worth_keeping(self) -> bool:
        """Whether it can be known again; what tells of all briefs is made again after any edit."""
        return bool(self.held) and _EVERYTHING.isdisjoint(self.asked)

    def make(self, name: str, library: NotedLibrary) -> Any:
        """A piece: as it was kept, or as its maker makes it of a library, which notes what is
        asked of it."""
        if self.kept_as is not None and not self._is_read:
            kept = self.read(self.kept_as)
            if kept is None:  # it is broken, or another build has removed it
                self.kept_as = None
            else:
                self.made, self._is_read = kept, True
        if name in self.made:
            return self.made[name]
        if self.is_closed:  # it was let go of, and what it has asked for is known
            return self._again(name, library)
        with library.noting(self.asked):
            self.made[name] = self.makers[name]()
        return self.made[name]

    def read(self, digest: bytes) -> dict[str, Any] | None:
        """The pieces that are kept under a digest."""
        pack = self._store.get(digest)
        return None if pack is None else marshal.loads(pack)  # noqa: S302 - our own

    def _again(self, name: str, library: NotedLibrary) -> Any:
        pack = None if self._spooled is None else self._store.read_spooled(self._spooled)
        if pack is not None:
            return marshal.loads(pack)[name]  # noqa: S302 - our own
        with library.noting(set()):
            return self.makers[name]()

    def close(self) -> Closed | None:
        """Let go of its pieces, once they are made or were read; those that are worth keeping are
        laid aside. Gives what another process has to know of it."""
        if self.is_kept:
            self.made, self._is_read = {}, False
            return None
        if not self.is_made:
            return Closed(self.name, self.asked, self.made, is_whole=False, spooled=None)
        self.is_closed = True
        if self.is_worth_keeping:
            self._spooled = self._store.spool(marshal.dumps(self.made))
        self.made = {}
        return Closed(self.name, self.asked, {}, is_whole=True, spooled=self._spooled)

    def take(self, told: Closed) -> None:
        """Know what another process tells, which has closed it."""
        self.kept_as = None
        self.asked |= told.asked
        self.made |= told.pieces
        self.is_closed, self._spooled = told.is_whole, told.spooled

    def keep(self, digest: bytes) -> None:
        """Keep its pieces, all of which were made, under a digest."""
        if self._spooled is not None:
            self._store.put(digest, self._spooled)
        elif not self.is_closed:
            self._store.put(digest, marshal.dumps(self.made))
