"""Names of the registry in prose: where a reader may want to know who or what that is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefsite.model.library import Library
from briefsite.model.records import Actor, Agreement, Place

Named = Actor | Place | Agreement
_WORD = re.compile(r"(?<![\w’'–-])[^\W_]\w*")
_WITHIN_A_WORD = re.compile(r"[\w–-]")


@dataclass(frozen=True, slots=True)
class Term:
    """A record of the registry that prose names: its kind, such as `actor`, and itself."""

    kind: str
    record: Named

    @property
    def name(self) -> str:
        """Its name, or an agreement's title."""
        return self.record.title if isinstance(self.record, Agreement) else self.record.name

    @property
    def address(self) -> str:
        """Its page in the site."""
        return f"{self.kind}s/{self.record.id}/"

    @property
    def anchor(self) -> str:
        """The id of its entry on a page that names it; no other id holds a full stop."""
        return f"{self.kind}.{self.record.id}"


class Terms:
    """What prose can name, by its names: the longest counts, and one that two share is none's."""

    def __init__(self, library: Library) -> None:
        owners: dict[str, dict[str, Term]] = defaultdict(dict)
        for term, names in _named(library):
            for name in names:
                owners[name][term.anchor] = term
        begun: dict[str, list[tuple[str, Term | None]]] = defaultdict(list)
        for name in sorted(owners, key=lambda name: (-len(name), name)):
            if first := _WORD.match(name):
                term, *others = owners[name].values()
                begun[first.group()].append((name, None if others or is_known(term) else term))
        self._begun: Mapping[str, Sequence[tuple[str, Term | None]]] = begun

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Start, end and term of each name in a text, from left to right."""
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done or word.group() not in self._begun:
                continue
            for name, term in self._begun[word.group()]:
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not _WITHIN_A_WORD.match(text, end):
                    if term:
                        yield word.start(), end, term
                    done = end
                    break


def is_known(term: Term) -> bool:
    """Whether a name needs no card: a state is known, and of some others nothing is told."""
    match term.record:
        case Actor() as actor:
            return actor.kind == "state" or not (actor.role or actor.note or actor.names)
        case Place() as place:
            return not (place.note or any(name.used_by for name in place.names))
    return False


def _named(library: Library) -> Iterator[tuple[Term, Sequence[str]]]:
    for actor in library.actors.values():
        others = (*(name.name for name in actor.names), *actor.adjectives)
        yield Term("actor", actor), (actor.name, *others)
    for place in library.places.values():
        yield Term("place", place), (place.name, *(name.name for name in place.names))
    for agreement in library.agreements.values():
        names = (agreement.title, *(name.name for name in agreement.names))
        yield Term("agreement", agreement), names
