"""Pages and files of the build before, as far as they would be made the same again."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from briefsite.cache.inputs import (
    DoubtError,
    digest_files,
    digest_of,
    digest_program,
    running_program,
)
from briefsite.cache.store import Store
from briefsite.check import Checked, Parts
from briefsite.data import Joined
from briefsite.languages import Language, Languages
from briefsite.maps import Ground
from briefsite.model.answers import Answers
from briefsite.model.lazy import Forms, Lazy
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question
from briefsite.pages import Templates
from briefsite.processes import Task
from briefsite.project import Project
from briefsite.site.bytecode import KeptBytecode
from briefsite.site.impact import concerned_units, edited_briefs, looked_at
from briefsite.site.joins import Joins, piece_of
from briefsite.site.notes import KeptNotes, Told
from briefsite.site.outline import Outline, note_outline
from briefsite.site.rebuilder import Rebuilder
from briefsite.site.traces import UNIT, note_traces, recall_traces
from briefsite.site.units import Closed, Unit

P = TypeVar("P", bytes, str, tuple[str, tuple[str, ...]])
_SIGNS: Mapping[type, Callable[[Any], str]] = {
    # Whatever these give is asked of the library, or follows from files that all depends on.
    **dict.fromkeys((Forms, Lazy, Ground, Languages), lambda _: "-"),
    Templates: lambda templates: str(templates.language.code),
    Language: lambda language: str(language.code),
}
_MOVED = "moved"
"""What `Overviews` are asked for where a link leads to."""


class Reuse:
    """What was made for a library before, and what is made for this one now.

    Everything must be made from its `library`, which notes what is looked up in it.
    """

    def __init__(
        self,
        project: Project,
        store: Store,
        checked: Checked,
        options: Sequence[object] = (),
        *,
        scales: Sequence[str] | None = None,
    ) -> None:
        """What pieces depend on besides a library are code, macros, basemaps, languages and
        `options`. `scales` are the basemaps that its maps are drawn on, if that is known.
        """
        library = checked.library
        if library is None:
            raise ValueError("what has errors has no library")
        self.library = NotedLibrary(library)
        self._project = project
        self._store = store
        if scales is None:
            scales = sorted({entry.record.basemap for entry in library.maps.values()})
        self.scales = [*scales]
        self._options = (*options, self.scales)  # each map's page names what all of them share
        self._given = self._look(running_program())
        self._checked = checked
        self.before, self._traces = recall_traces(store, self._given)
        """What stands for all that the build before has noted here; empty if there is none."""
        answers = Answers(self.library, checked.digests, _SIGNS, checked.prints)
        self._rebuilder = Rebuilder(store, self._given, answers, self._traces)
        self._unit_of: dict[str, Unit] = {}
        """The unit of each piece."""
        self.notes = KeptNotes(store, self._given)
        """What others keep for the next build, with the same code and options."""
        self._joins = Joins(self._traces.places, self.notes)
        self._outlined: set[Question] = set()
        """What was asked while the site was put together."""
        self._process = os.getpid()
        self.noted = ""
        """What stands for all that this build has noted, once it is saved."""

    @contextmanager
    def assembling(self) -> Iterator[None]:
        """Note what is asked while a site is put together: all of its pages and files follow from
        that."""
        with self.library.noting(self._outlined):
            yield

    def stand(self) -> frozenset[str] | None:
        """Let all stand that the build before has made, but for the units that what was edited
        inside of briefs concerns: gives their names.

        None if the site itself may have other pages or files; then nothing stands by that.
        """
        now, before, library = self._checked.digests, self._traces, self.library.whole
        edited = edited_briefs(now, before.sources, library, Parts(self._store))
        concerned = None if edited is None else concerned_units(edited, before, library)
        if concerned is not None:
            self._rebuilder.concerned = concerned
            self.library.recall(_MOVED, before.moved)
        return concerned

    def note_outline(self) -> str:
        """Note what this build knew of its sources; gives by what it is found."""
        outline = Outline(self._checked.digests, self._checked.outline, self.scales)
        return note_outline(self._store, outline)

    def gives_the_same(self, names: Iterable[str]) -> bool:
        """Whether some of the units that do not stand are made again as they were."""
        for unit in map(self._rebuilder.units.__getitem__, names):
            made = {name: self._make(unit, name) for name in unit.makers}
            if self._rebuilder.before(unit) != made:
                return False
        return True

    def is_at_hand(self, concerned: Collection[str]) -> bool:
        """Whether there are makers of all that is concerned, and all else that files are joined of
        is still kept: what it would be made of again need not have been put together."""
        others = (self._unit_of[piece] for piece in self._joins.every)
        return self._rebuilder.units.keys() >= {*concerned} and all(
            self._rebuilder.opened(unit).is_kept for unit in others if unit.name not in concerned
        )

    def piece(self, unit: str, name: str, make: Callable[[], P]) -> Callable[[], P]:
        """What makes a piece of a unit: it is taken as it was, if it would be the same.

        No two pieces have one name.
        """
        whole = self._unit_of[name] = self._rebuilder.unit(unit)
        whole.makers[name] = make
        return lambda: self._make(whole, name)

    def _make(self, unit: Unit, name: str) -> Any:
        self.library.ask((UNIT, unit.name))  # where it is a part of another
        return self._rebuilder.opened(unit).make(name, self.library)

    def join(self, name: str, joined: Joined) -> Callable[[], bytes]:
        """What makes a file of its parts, each of which is a piece."""
        parts = {
            part: self.piece(f"{joined.kin}/{part}", piece_of(name, part), make)
            for part, make in joined.parts.items()
        }
        held = self._rebuilder.held([("", joined.order)])
        self._joins.add(name, replace(joined, parts=parts), held)
        return lambda: b"".join(self.pieces(name))

    def is_joined(self, name: str) -> bool:
        """Whether `pieces` tells of a file."""
        return name in self._joins

    def pieces(self, name: str, before: Path | None = None) -> Iterator[bytes]:
        """A file that is joined, from its head to its end, taken from that of the build `before`
        where its parts still stand there."""
        return self._joins.read(name, self.is_kept, before)

    def is_kept(self, name: str) -> bool:
        """Whether a piece will be taken as it was, or all that a file is joined of."""
        if name in self._joins:
            return all(map(self.is_kept, self._joins.pieces(name)))
        unit = self._unit_of.get(name)
        return unit is not None and self._rebuilder.opened(unit).is_kept

    def follow(self, names: Collection[str], task: Task) -> Task:
        """A task that makes pieces, and tells what was asked for in them, whichever process does.

        It also tells what was noted.
        """

        def make() -> tuple[Any, list[tuple[str, bytes, set[Question]]], Told]:
            value = task.make()
            pieces = self._joins.pieces(*names)
            units = [(name, self._unit_of[name]) for name in pieces if name in self._unit_of]
            made = [(n, u.made[n], u.asked) for n, u in units if n in u.made and not u.is_kept]
            return value, made, self.notes.tell()

        def put(told: tuple[Any, list[tuple[str, bytes, set[Question]]], Told]) -> None:
            value, made, noted = told
            for name, content, asked in made:
                unit = self._unit_of[name]
                unit.made[name] = content
                unit.asked |= asked
            self.notes.take(noted)
            task.put(value)

        return Task(make, put)

    def closing(self, names: Collection[str]) -> Task:
        """A task that lets go of pieces, once they are made or were read, in whichever process.

        Those that will be kept are laid aside, and it is told what was asked for in them.
        """
        pieces = self._joins.pieces(*names)
        units = list(dict.fromkeys(self._unit_of[n] for n in pieces if n in self._unit_of))

        def make() -> tuple[list[Closed], Told]:
            told = [self._close(unit) for unit in units if unit.made]
            return [each for each in told if each is not None], self.notes.tell()

        def put(made: tuple[list[Closed], Told]) -> None:
            closed, noted = made
            for told in closed:
                unit = self._rebuilder.units[told.unit]
                unit.take(told)
                self._rebuilder.settle(unit)
            self.notes.take(noted)

        return Task(make, put)

    def _close(self, unit: Unit) -> Closed | None:
        told = self._rebuilder.opened(unit).close()
        if os.getpid() == self._process:
            self._rebuilder.settle(unit)
        elif unit.is_closed:
            unit.asked = set()
        return told

    def bytecode(self, language: Language) -> KeptBytecode | None:
        """Where macros are kept as they were compiled for a language; None if that is in doubt."""
        try:
            said = f"{language.code} {digest_files([self._project.languages])}"
        except DoubtError:
            return None
        return KeptBytecode(self._store, said.encode())

    @property
    def untold(self) -> list[str]:
        """The units of which there is no telling what they are made from: they are never kept."""
        units = map(self._rebuilder.opened, self._rebuilder.units.values())
        return [unit.name for unit in units if not unit.held]

    def sign_of(self, name: str, *around: str) -> str | None:
        """What differs if anything does that a piece or file is made from, or of what stands
        `around` it; None if it cannot be told, or not yet. Pieces of one unit can have the same.
        """
        if name in self._joins:
            signs = [self._joins.held[name], *map(self.sign_of, self._joins.pieces(name))]
            return None if None in signs else digest_of(str(each).encode() for each in signs)
        unit = self._unit_of.get(name)
        trace = None if unit is None else self._rebuilder.trace(unit)
        if trace is None:
            return None
        if not around:
            return trace[2].hex()
        return digest_of((trace[2], *(each.encode(errors="surrogatepass") for each in around)))

    def is_as_it_was(self) -> bool:
        """Whether nobody has edited a macro, a basemap, a catalogue or the program since."""
        return self._given == self._look(digest_program())

    def save(self) -> bool:
        """Keep all units of which every piece was made; False if a macro was edited meanwhile."""
        if not self.is_as_it_was():
            return False
        traces, is_whole = self._rebuilder.save()
        self.notes.save(but=self._joins)
        is_new = self._rebuilder.concerned is None
        assembled = looked_at(self._outlined) if is_new else self._traces.assembled
        traces = traces._replace(
            places=self._joins.places(whole=is_new),
            assembled=assembled if is_whole else None,
            sources=dict(self._checked.digests),
            moved=self._moved(traces.answers),
        )
        self.noted = note_traces(self._store, self._given, traces)
        return True

    def _moved(self, asked: Iterable[Question]) -> Mapping[str, str | None]:
        targets = [question[1] for question in asked if question[0] == _MOVED and len(question) > 1]
        found: Mapping[str, str] = self.library.answer(_MOVED) if targets else {}
        return {target: found.get(target) for target in targets}

    def _look(self, program: str) -> bytes:
        """What pieces depend on besides a library and what their makers hold."""
        project = self._project
        try:
            files = digest_files([project.macros, project.basemap, project.languages])
        except DoubtError:
            files = os.urandom(16).hex()  # what cannot be told is never the same
        return f"{program} {files} {self._options!r}".encode()
