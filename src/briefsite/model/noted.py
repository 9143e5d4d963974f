"""A library that notes what is looked up in it: what was made of it stands while that is the same.

Nobody has to say what a page depends on. While something is made, each question is noted; later,
if a library gives the same answer to each, the same would be made again.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from functools import cache, cached_property, partial
from itertools import count
from typing import Any, TypeVar

from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.lazy import Recalled
from briefsite.model.library import Library
from briefsite.model.questions import Question, deciding
from briefsite.model.seen import SeenEntry

R = TypeVar("R")
T = TypeVar("T")


class Notes:
    """The questions asked while something is made."""

    def __init__(self) -> None:
        self.asked: set[Question] = set()
        """Where they go now; nobody reads those that are asked outside of anything."""
        self.entries: dict[int, tuple[BriefEntry, SeenEntry]] = {}
        """Of each brief that was handed out, known by what it is, its view."""
        self._turns = count()
        self.turn = next(self._turns)
        """Another number whenever questions are noted elsewhere: in one turn, once is enough."""

    @contextmanager
    def into(self, asked: set[Question]) -> Iterator[None]:
        """Note in `asked` what is asked from here on, and nowhere else."""
        before, self.asked = self.asked, asked
        self.turn = next(self._turns)
        try:
            yield
        finally:
            self.asked = before
            self.turn = next(self._turns)

    def shown(self, value: Any) -> Any:
        """What is handed out: with briefs of which it is noted how they are looked at."""
        if isinstance(value, BriefEntry):
            return self._seen(value)
        if type(value) is tuple and any(isinstance(each, _HOLDING) for each in value):
            return tuple(map(self.shown, value))
        return value

    def _seen(self, entry: BriefEntry) -> SeenEntry:
        known = self.entries.get(id(entry))
        if known is None:
            seen = SeenEntry(entry, partial(self._look, entry.id))
            known = self.entries[id(entry)] = entry, seen
        return known[1]

    def _look(self, brief: str, part: str) -> None:
        self.asked.add(("brief", brief, part))


_HOLDING = (BriefEntry, tuple)
"""What can be a brief, or hold one."""


class Shared:
    """What several things are made from: made once, and noted with each of them."""

    def __init__(self, make: Callable[[], Any], notes: Notes) -> None:
        self.make = make
        self._notes = notes
        self._asked: set[Question] = set()
        self._made: list[Any] = []
        self._turn = -1

    def __call__(self) -> Any:
        if not self._made:
            with self._notes.into(self._asked):
                self._made.append(self.make())
        if self._turn != self._notes.turn:
            self._turn = self._notes.turn
            self._notes.asked |= self._asked
        return self._made[0]


class NotedLibrary(Library):
    """A view of a library: the same answers, and each question noted."""

    def __init__(
        self,
        library: Library,
        notes: Notes | None = None,
        derived: dict[str, Callable[[], Mapping[str, Any]]] | None = None,
    ) -> None:
        """`notes` and what is `derived` are those of another view, if this one is made of it."""
        shared: dict[str, Any] = {"notes": notes or Notes(), "_known": {}}
        shared["_derived"] = {} if derived is None else derived
        vars(self).update(_library=library, **shared)

    @property
    def whole(self) -> Library:
        """The library itself, where nothing is noted."""
        return vars(self)["_library"]  # type: ignore[no-any-return]

    def shared(self, make: Callable[[], T]) -> Callable[[], T]:
        return Shared(make, vars(self)["notes"])

    def derived(
        self, name: str, make: Callable[[Library], Mapping[str, R]]
    ) -> Callable[[], Mapping[str, R]]:
        assert not hasattr(Library, name), "it would stand for what a library has"
        found = self.whole.derived(name, make)
        known = vars(self)["_known"].get(name)
        if known is not None:
            found = cache(partial(Recalled[Any, Any], known, found))
        vars(self)["_derived"].setdefault(name, found)
        return partial(self.look, name)

    def recall(self, name: str, known: Mapping[str, R | None]) -> None:
        """Take what is `known` of a mapping that will be derived by that name; None stands for what
        is not in it."""
        vars(self)["_known"][name] = known

    def saying(self, entry: BriefEntry, maps: Iterable[MapEntry] = ()) -> Library:
        # What it says otherwise follows from the entries, and whoever made that has noted of what.
        mine = vars(self)
        return NotedLibrary(self.whole.saying(entry, maps), mine["notes"], mine["_derived"])

    def answer(self, name: str) -> Any:
        """What the library itself answers to a question, with nothing noted."""
        made = vars(self)["_derived"].get(name)
        return getattr(self.whole, name) if made is None else made()

    def noting(self, asked: set[Question]) -> AbstractContextManager[None]:
        """Note in `asked` what is looked up from here on."""
        notes: Notes = vars(self)["notes"]
        return notes.into(asked)

    def ask(self, question: Question) -> None:
        """Note a question that somebody else answers."""
        notes: Notes = vars(self)["notes"]
        notes.asked.add(question)

    def look(self, name: str) -> Any:
        """An attribute of the library, noted as a whole or, if it is a mapping, key by key."""
        mine = vars(self)
        if name not in mine:
            value, notes = self.answer(name), mine["notes"]
            if not isinstance(value, Mapping):
                notes.asked.add((name,))
                return notes.shown(value)
            mine[name] = _NotedMapping(name, value, deciding(name, self.whole), notes)
        return mine[name]


class _Noted:
    """An attribute of a library that is looked up through its view: if a mapping, only once."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, library: NotedLibrary, _: object = None) -> Any:
        return library.look(self._name)


# Whatever a library has, so that no attribute can be forgotten.
_DERIVED = (key for key, value in vars(Library).items() if isinstance(value, cached_property))
for _name in (*(each.name for each in fields(Library)), *_DERIVED):
    if not _name.startswith("_"):
        setattr(NotedLibrary, _name, _Noted(_name))


_KEYS_OF = {"claims": "home"}
"""What has the same keys, and is seldom another."""


class _NotedMapping(Mapping[Any, Any]):
    """A mapping that notes what decides on each key it is asked for."""

    def __init__(
        self,
        name: str,
        values: Mapping[Any, Any],
        question: Callable[[Any], Question],
        notes: Notes,
    ) -> None:
        self._name = name
        self._values = values
        self._question = question
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        self._notes.asked.add(self._question(key))
        return self._notes.shown(self._values[key])

    def get(self, key: Any, default: Any = None) -> Any:
        self._notes.asked.add(self._question(key))
        return self._notes.shown(self._values.get(key, default))

    def __contains__(self, key: object) -> bool:
        self._notes.asked.add(self._question(key))
        return key in self._values

    def _keys(self) -> Mapping[Any, Any]:
        self._notes.asked.add((_KEYS_OF.get(self._name, self._name),))
        return self._values

    @cached_property
    def _shown(self) -> Mapping[Any, Any]:
        shown = self._notes.shown
        return {key: shown(value) for key, value in self._values.items()}

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def keys(self) -> KeysView[Any]:
        return self._keys().keys()

    def values(self) -> ValuesView[Any]:
        self._notes.asked.add((self._name,))
        return self._shown.values()

    def items(self) -> ItemsView[Any, Any]:
        self._notes.asked.add((self._name,))
        return self._shown.items()
