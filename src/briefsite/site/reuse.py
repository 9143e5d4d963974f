"""Pages and files of the build before, as far as they would be made the same again."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from briefsite.cache.inputs import (
    DoubtError,
    digest_files,
    digest_of,
    digest_program,
    running_program,
)
from briefsite.cache.packs import Spooled
from briefsite.cache.store import Store
from briefsite.check import Checked, Parts
from briefsite.data import Joined
from briefsite.languages import Language, Languages
from briefsite.load import Kind
from briefsite.maps import Ground
from briefsite.model.answers import Answers, UnknownError
from briefsite.model.lazy import Forms, Lazy
from briefsite.model.library import BriefEntry
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question
from briefsite.pages import Templates
from briefsite.processes import Task
from briefsite.project import Project
from briefsite.site.bytecode import KeptBytecode
from briefsite.site.outline import Outline, note_outline
from briefsite.site.spliced import Place, Spliced

R = TypeVar("R")
P = TypeVar("P", bytes, str, tuple[str, tuple[str, ...]])
Make = Callable[[], Any]
Row = tuple[str, Sequence[Question], bytes]
"""What is noted of a unit: what its makers hold, what they ask, and a digest of all that it was
made from, under which it is kept."""
_Notes = dict[str, bytes | Spooled]
"""What is noted under a name, and where that lies."""
_SIGNS: Mapping[type, Callable[[Any], str]] = {
    # Whatever these give is asked of the library, or follows from files that all depends on.
    **dict.fromkeys((Forms, Lazy, Ground, Languages), lambda _: "-"),
    Templates: lambda templates: str(templates.language.code),
    Language: lambda language: str(language.code),
}
_UNIT = "unit"
"""What is asked by a unit that is made of another, with the other's name."""
_MOVED = "moved"
"""What `Overviews` are asked for where a link leads to."""
_EVERYTHING: frozenset[Question] = frozenset({("claims",)})
_INSIDE = frozenset(
    ("unknowns", "coverage", "judgements", "sections", "claims", "positions", "lines")
)
"""The parts of a brief that pages and files, their addresses and anchors never follow from.

They follow from what is kept of these apart, such as ids, and how often something is named."""
_SEEN_BY = {
    "claims": "claims",
    "claims of": "claims",
    "around": "claims",
    "questions": "positions",
    "origins": "lines",
}
"""What is asked otherwise than of a brief itself, and the part of it that is looked at so."""


class Unit:
    """Some pieces that are made from much the same, such as all data files of a brief.

    They are kept and used again together: to note what each has asked for by itself would take
    longer than it saves.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.makers: dict[str, Make] = {}
        self.asked: set[Question] = set()
        self.made: dict[str, Any] = {}
        self.pack: bytes | None = None
        """Under which digest its pieces are kept, as long as they were not read."""
        self.held: str | None = None
        """What its makers hold, as `Answers` prints it; None until anything is asked for."""
        self.is_kept = False
        self.is_whole = False
        """Whether all its pieces were made, in whichever process, and let go of."""
        self.spooled: Spooled | None = None
        """Where they then are, if they are worth keeping."""

    @property
    def is_made(self) -> bool:
        return self.is_whole or self.made.keys() == self.makers.keys()


class _Index(NamedTuple):
    """What a build has noted."""

    answers: Mapping[Question, bytes]
    rows: Mapping[str, Row]
    places: Mapping[str, bytes]
    """Where parts stand in files that are joined."""
    assembled: frozenset[str] | None
    """Which parts of briefs its pages and files follow from."""
    sources: Mapping[str, str]
    """Digests of its sources."""
    moved: Mapping[str, str | None]
    """What was asked of which part of a list has an anchor, and the answers."""


class _Closed(NamedTuple):
    """What is told of a unit when it is closed."""

    unit: str
    asked: set[Question]
    pieces: dict[str, Any]
    """Those that were made, if they are not all of them."""
    is_whole: bool
    spooled: Spooled | None


class _Found(dict[Question, R]):
    """What is found for a question when it is first asked: units ask a million times."""

    def __init__(self, find: Callable[[Question], R]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, question: Question) -> R:
        found = self._find(question)
        if found is not None:  # what another unit is made from may be known later
            self[question] = found
        return found


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
        self._fingerprints = Answers(self.library, checked.digests, _SIGNS, checked.prints)
        if scales is None:
            scales = sorted({entry.record.basemap for entry in library.maps.values()})
        self.scales = [*scales]
        self._options = (*options, self.scales)  # each map's page names what all of them share
        self._rest = self._look(running_program())
        self._units: dict[str, Unit] = {}
        self._unit_of: dict[str, Unit] = {}
        self._parts: dict[str, list[str]] = {}
        """Of a file that is joined, its pieces."""
        self._joins: dict[str, str | None] = {}
        """What joins them, in words; None if that cannot be told."""
        self._answers = _Found(self._answer)
        self._differs = _Found(self._compare)
        self._checked = checked
        self.before, self._index = self._read()
        """What stands for all that the build before has noted here; empty if there is none."""
        self._answered, self._before, self._places = self._index[:3]
        self._outlined: set[Question] = set()
        """What was asked while the site was put together."""
        self._concerned: frozenset[str] | None = None
        """The units that may be made otherwise than before, if that is known of all at once."""
        self._same = dict(zip(self._answered, self._answered, strict=True))
        """Each question once, as thousands ask it."""
        self._joined: dict[str, Joined] = {}
        self._rows: dict[str, Row] = {}
        self._fresh: dict[Unit, bytes] = {}
        self._noted: _Notes = {}
        self._process = os.getpid()
        self.noted = ""
        """What stands for all that this build has noted, once it is saved."""
        self._told: set[str] = set()
        """Which notes this process has passed on."""

    @contextmanager
    def assembling(self) -> Iterator[None]:
        """Note what is asked while a site is put together: all of its pages and files follow from
        that."""
        with self.library.noting(self._outlined):
            yield

    def changed(self) -> Mapping[str, Collection[str]] | None:
        """The briefs of which anything else is said than in the build before, and which parts of
        them; None if there is any other difference between the sources of both."""
        now, before = self._checked.digests, self._index.sources
        if [*now] != [*before]:
            return None
        others: list[tuple[Kind, str, str]]
        others = [
            ("brief", name, before[name]) for name, digest in now.items() if digest != before[name]
        ]
        found: dict[str, Collection[str]] = {}
        for (_, name, _), part in zip(others, Parts(self._store).get_all(others), strict=True):
            was = None if part is None else part.record
            if not isinstance(was, BriefEntry) or was.id not in self.library.whole.briefs:
                return None
            entry = self.library.whole.briefs[was.id]
            if entry.origin.path != name:
                return None
            found[entry.id] = [
                key for key, told in entry.prints.items() if told != was.prints.get(key)
            ]
        return found

    def stand(self, changed: Mapping[str, Collection[str]]) -> frozenset[str] | None:
        """Let all stand that the build before has made, but for the units that look at some parts
        of briefs: those that are `changed` are all that is (brief → parts).

        Gives the names of those units; None if the site itself may have other pages or files.
        """
        parts = {part for each in changed.values() for part in each}
        if self._index.assembled is None or not parts <= _INSIDE or parts & self._index.assembled:
            return None
        differing = {question for brief in changed.items() for question in self._looking(*brief)}
        rows, concerned = self._before, set[str]()
        while differing:
            others = rows.keys() - concerned
            found = {name for name in others if not differing.isdisjoint(rows[name][1])}
            concerned |= found
            differing = {(_UNIT, name) for name in found}
        self._concerned = frozenset(concerned)
        self.library.recall(_MOVED, self._index.moved)
        return self._concerned

    def note_outline(self) -> str:
        """Note what this build knew of its sources; gives by what it is found."""
        outline = Outline(self._checked.digests, self._checked.outline, self.scales)
        return note_outline(self._store, outline)

    def gives_the_same(self, names: Iterable[str]) -> bool:
        """Whether some of the units that do not stand are made again as they were."""
        for unit in map(self._units.__getitem__, names):
            pack = self._store.get(self._before[unit.name][2])
            made = {name: self._make(unit, name) for name in unit.makers}
            if pack is None or marshal.loads(pack) != made:  # noqa: S302 - our own
                return False
        return True

    def is_at_hand(self, concerned: Collection[str]) -> bool:
        """Whether there are makers of all that is concerned, and all else that files are joined of
        is still kept: what it would be made of again need not have been put together."""
        parts = (part for parts in self._parts.values() for part in parts)
        others = (unit for part in parts if (unit := self._unit_of[part]).name not in concerned)
        return self._units.keys() >= {*concerned} and all(self._opened(u).is_kept for u in others)

    def _looking(self, brief: str, parts: Collection[str]) -> Iterator[Question]:
        """What may have another answer if some parts of a brief are changed."""
        entry = self.library.whole.briefs[brief]
        yield from (("brief", brief, part) for part in ("", *parts))
        if "claims" in parts:
            yield from (("claims of", brief), ("claims",))
            yield from (("around", kind, key) for kind, key in entry.named)
        if "positions" in parts:
            yield from (("questions",), *(("questions", key) for key in entry.question_ids))
        if "lines" in parts:
            yield from (("origins",), *(("origins", *key) for key in entry.origins))

    def piece(self, unit: str, name: str, make: Callable[[], P]) -> Callable[[], P]:
        """What makes a piece of a unit: it is taken as it was, if it would be the same.

        No two pieces have one name.
        """
        whole = self._units.get(unit) or Unit(unit)
        self._units[unit] = self._unit_of[name] = whole
        whole.makers[name] = make
        return lambda: self._make(whole, name)

    def join(self, name: str, joined: Joined) -> Make:
        """What makes a file of its parts, each of which is a piece."""
        parts = {
            part: self.piece(f"{joined.kin}/{part}", f"{name}#{part}", make)
            for part, make in joined.parts.items()
        }
        self._parts[name] = [f"{name}#{part}" for part in parts]
        self._joins[name] = self._held([("", joined.order)])
        self._joined[name] = replace(joined, parts=parts)
        return lambda: b"".join(self.pieces(name))

    def is_joined(self, name: str) -> bool:
        """Whether `pieces` tells of a file."""
        return name in self._joined

    def pieces(self, name: str, before: Path | None = None) -> Iterator[bytes]:
        """A file that is joined, from its head to its end, which can be tens of megabytes.

        Parts that are kept are taken from the file that the build `before` has made, if they still
        stand there: it takes longer to read them one by one from the store.
        """
        joined = self._joined[name]
        packed = self._places.get(name)
        places: Mapping[str, Place] = {} if packed is None else marshal.loads(packed)  # noqa: S302
        kept = (part for part in joined.parts if part in places and self.is_kept(f"{name}#{part}"))
        spliced = Spliced(joined, before, {part: places[part] for part in kept})
        yield from spliced
        self.note(name, marshal.dumps(spliced.places))

    def is_kept(self, name: str) -> bool:
        """Whether a piece will be taken as it was, or all that a file is joined of."""
        if name in self._parts:
            return all(map(self.is_kept, self._parts[name]))
        unit = self._unit_of.get(name)
        return unit is not None and self._opened(unit).is_kept

    def follow(self, names: Collection[str], task: Task) -> Task:
        """A task that makes pieces, and tells what was asked for in them, whichever process does.

        It also tells what was noted.
        """

        def make() -> tuple[Any, list[tuple[str, bytes, set[Question]]], _Notes]:
            value = task.make()
            pieces = [piece for name in names for piece in self._parts.get(name, [name])]
            units = [(name, self._unit_of[name]) for name in pieces if name in self._unit_of]
            made = [(n, u.made[n], u.asked) for n, u in units if n in u.made and not u.is_kept]
            return value, made, self._noted

        def put(
            told: tuple[Any, list[tuple[str, bytes, set[Question]]], _Notes],
        ) -> None:
            value, made, noted = told
            for name, content, asked in made:
                unit = self._unit_of[name]
                unit.made[name] = content
                unit.asked |= asked
            self._noted |= noted
            task.put(value)

        return Task(make, put)

    def closing(self, names: Collection[str]) -> Task:
        """A task that lets go of pieces, once they are made or were read, in whichever process.

        Those that will be kept are laid aside, and it is told what was asked for in them.
        """
        pieces = (piece for name in names for piece in self._parts.get(name, [name]))
        units = list(dict.fromkeys(self._unit_of[n] for n in pieces if n in self._unit_of))

        def make() -> tuple[list[_Closed], _Notes]:
            told = [self._close(unit) for unit in units if unit.made]
            noted = {n: c for n, c in self._noted.items() if n not in self._told}
            self._told |= noted.keys()
            return [each for each in told if each is not None], noted

        def put(made: tuple[list[_Closed], _Notes]) -> None:
            for told in made[0]:
                unit = self._units[told.unit]
                unit.is_kept, unit.pack = False, None
                unit.asked |= told.asked
                unit.made |= told.pieces
                unit.is_whole, unit.spooled = told.is_whole, told.spooled
                self._settle(unit)
            self._noted |= made[1]

        return Task(make, put)

    def _close(self, unit: Unit) -> _Closed | None:
        if self._opened(unit).is_kept:
            unit.made, unit.pack = {}, self._before[unit.name][2]
            return None
        if not unit.is_made:
            return _Closed(unit.name, unit.asked, unit.made, is_whole=False, spooled=None)
        unit.is_whole = True
        if unit.held and _EVERYTHING.isdisjoint(unit.asked):
            unit.spooled = self._store.spool(marshal.dumps(unit.made))
        told = _Closed(unit.name, unit.asked, {}, is_whole=True, spooled=unit.spooled)
        unit.made = {}
        if os.getpid() == self._process:
            self._settle(unit)
        else:
            unit.asked = set()
        return told

    def _settle(self, unit: Unit) -> None:
        """Note of a unit what it was made from, if that is known by now: it takes less memory."""
        if unit.is_whole and self._row(unit) is not None:
            unit.asked = set()

    def recall(self, name: str) -> bytes | None:
        """What the build before has noted under a name, with the same code and options."""
        return self._store.get((b"noted", self._rest, name.encode()))

    def note(self, name: str, content: bytes) -> None:
        """Keep under a name what this build knows, if it comes to a good end."""
        self._noted[name] = self._store.spool(content) or content

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
        return [unit.name for unit in self._units.values() if not self._opened(unit).held]

    def sign_of(self, name: str, *around: str) -> str | None:
        """What differs if anything does that a piece or file is made from, or of what stands
        `around` it; None if it cannot be told, or not yet. Pieces of one unit can have the same.
        """
        if name in self._parts:
            signs = [self._joins[name], *map(self.sign_of, self._parts[name])]
            return None if None in signs else digest_of(str(each).encode() for each in signs)
        unit = self._unit_of.get(name)
        row = None if unit is None else self._row(unit)
        if unit is None or row is None:
            return None
        if not around:
            return row[2].hex()
        return digest_of((row[2], *(each.encode(errors="surrogatepass") for each in around)))

    def is_as_it_was(self) -> bool:
        """Whether nobody has edited a macro, a basemap, a catalogue or the program since."""
        return self._rest == self._look(digest_program())

    def save(self) -> bool:
        """Keep all units of which every piece was made; False if a macro was edited meanwhile."""
        if not self.is_as_it_was():
            return False
        found = ((unit, self._row(unit)) for unit in self._units.values())
        rows = {unit.name: row for unit, row in found if row is not None}
        is_whole = len(rows) == len(self._units)
        answered: Mapping[Question, bytes] = {}
        if self._concerned is not None:
            standing = {n: row for n, row in self._before.items() if n not in self._concerned}
            rows, answered = {**standing, **rows}, self._answered
            is_whole = rows.keys() >= self._concerned
            self._store.keep(row[2] for row in rows.values())
        for unit, key in self._fresh.items():
            if unit.spooled is not None:
                self._store.put(key, unit.spooled)
            elif not unit.is_whole:
                self._store.put(key, marshal.dumps(unit.made))
        for name in self._noted.keys() - self._joined.keys():
            self._store.put((b"noted", self._rest, name.encode()), self._noted[name])
        told = {q: told for q, told in self._answers.items() if told and q[0] != _UNIT}
        assembled = self._parts_asked(is_whole=is_whole)
        places, sources = self._placed(), dict(self._checked.digests)
        answers = {**answered, **told}
        index = _Index(answers, rows, places, assembled, sources, self._moved(answers))
        content = marshal.dumps(tuple[Any, ...](index))
        self._store.put((b"index", self._rest), content)
        self.noted = digest_of([content])
        return True

    def _moved(self, asked: Iterable[Question]) -> Mapping[str, str | None]:
        targets = [question[1] for question in asked if question[0] == _MOVED and len(question) > 1]
        found: Mapping[str, str] = self.library.answer(_MOVED) if targets else {}
        return {target: found.get(target) for target in targets}

    def _parts_asked(self, *, is_whole: bool) -> frozenset[str] | None:
        """Which parts of briefs were looked at while the site was put together; None if there is
        a unit of which nothing is noted."""
        if not is_whole or self._concerned is not None:
            return self._index.assembled if is_whole else None
        return frozenset(map(self._part_asked, self._outlined))

    def _part_asked(self, question: Question) -> str:
        name, *key = question
        if name == "brief":
            return key[1]
        is_of_brief = name != "origins" or not key or key[0] in ("claim", "judgement")
        return _SEEN_BY.get(name, "") if is_of_brief else ""

    def _placed(self) -> Mapping[str, bytes]:
        """Where parts stand in each file that is joined, as it is now.

        It is noted with the units that are kept: what another build has noted meanwhile would be of
        other parts.
        """
        places = dict(self._places)
        if self._concerned is None:
            places = {name: places[name] for name in self._joined if name in places}
        for name in self._joined.keys() & self._noted.keys():
            noted = self._noted[name]
            packed = noted if isinstance(noted, bytes) else self._store.read_spooled(noted)
            places[name] = packed or marshal.dumps({})
        return places

    def _row(self, unit: Unit) -> Row | None:
        """What is noted of a unit, if it was kept, or all of it was made now."""
        if self._opened(unit).is_kept:
            return self._before[unit.name]
        if not unit.held or not unit.is_made:
            return None
        if unit.name not in self._rows:
            row = self._note(unit)
            if row is None:  # what another makes of it may be known later
                return None
            self._rows[unit.name] = row
        return self._rows[unit.name]

    def _note(self, unit: Unit) -> Row | None:
        # In an order: what is made again of the same has the same digest.
        ordered = sorted(unit.asked)
        asked = tuple(map(self._same.setdefault, ordered, ordered))
        answers = [*map(self._answers.__getitem__, asked)]
        if None in answers or unit.held is None:
            return None
        said = (unit.name.encode(), unit.held.encode(), b"".join(answers))  # type: ignore[arg-type]
        digest = bytes.fromhex(digest_of((b"unit", self._rest, *said)))
        # What tells of all briefs is made again after any edit.
        if _EVERYTHING.isdisjoint(unit.asked):
            self._fresh[unit] = digest
        return unit.held, asked, digest

    def _answer(self, question: Question) -> bytes | None:
        if question[0] == _UNIT:
            unit = self._units.get(question[1])
            row = self._standing(question[1]) if unit is None else self._row(unit)
            return None if row is None else row[2]
        try:
            return self._fingerprints.answer(question)
        except UnknownError:
            return None

    def _standing(self, name: str) -> Row | None:
        """What is noted of a unit that stands, and that nobody has put together."""
        if self._concerned is None or name in self._concerned:
            return None
        return self._before.get(name)

    def _compare(self, question: Question) -> bool:
        """Whether what was asked before has another answer now."""
        if question[0] == _UNIT:
            unit = self._units.get(question[1])
            return unit is None or not self._opened(unit).is_kept
        return self._answers[question] != self._answered.get(question)

    def _look(self, program: str) -> bytes:
        project = self._project
        try:
            files = digest_files([project.macros, project.basemap, project.languages])
        except DoubtError:
            files = os.urandom(16).hex()  # what cannot be told is never the same
        return f"{program} {files} {self._options!r}".encode()

    def _read(self) -> tuple[str, _Index]:
        content = self._store.get((b"index", self._rest))
        if content is None:
            return "", _Index({}, {}, {}, None, {}, {})
        return digest_of([content]), _Index(*marshal.loads(content))  # noqa: S302 - our own

    def _make(self, unit: Unit, name: str) -> Any:
        self.library.ask((_UNIT, unit.name))  # where it is a part of another
        key = self._opened(unit).pack
        if key is not None:
            pack, unit.pack = self._store.get(key), None
            if pack is None:  # it is broken, or another build has removed it
                unit.is_kept = False
            else:
                unit.made = marshal.loads(pack)  # noqa: S302 - our own
        if name in unit.made:
            return unit.made[name]
        if unit.is_whole:  # it was let go of, and what it has asked for is known
            return self._again(unit, name)
        with self.library.noting(unit.asked):
            unit.made[name] = unit.makers[name]()
        return unit.made[name]

    def _again(self, unit: Unit, name: str) -> Any:
        pack = None if unit.spooled is None else self._store.read_spooled(unit.spooled)
        if pack is not None:
            return marshal.loads(pack)[name]  # noqa: S302 - our own
        with self.library.noting(set()):
            return unit.makers[name]()

    def _opened(self, unit: Unit) -> Unit:
        if unit.held is None:
            self._open(unit)
        return unit

    def _open(self, unit: Unit) -> None:
        """Take the pieces as they were, if nothing is different that they were made from."""
        if self._concerned is not None and unit.name not in self._concerned:
            stands = self._before.get(unit.name)
            if stands is not None and self._store.has(stands[2]):
                unit.held, unit.pack, unit.is_kept = stands[0], stands[2], True
                return
        unit.held = self._held(unit.makers.items()) or ""
        before = self._before.get(unit.name) if self._concerned is None else None
        if not unit.held or before is None or before[0] != unit.held:
            return
        if not any(map(self._differs.__getitem__, before[1])) and self._store.has(before[2]):
            unit.pack, unit.is_kept = before[2], True

    def _held(self, makers: Iterable[tuple[str, Callable[..., Any]]]) -> str | None:
        """What some makers hold; None if it cannot be told."""
        try:
            held = [f"{name}={self._fingerprints.print(make)}" for name, make in makers]
        except UnknownError:
            return None
        return blake2b("\n".join(held).encode(), digest_size=20).hexdigest()
