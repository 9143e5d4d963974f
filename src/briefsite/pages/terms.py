"""Names of the registry in prose: where a reader may want to know who or what that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from briefsite.model.library import Library
from briefsite.model.names import WORD, begins_word, ends_word, forms_of
from briefsite.model.records import Actor, Agreement, Place
from briefsite.model.records import Term as GlossaryTerm

Named = Actor | Place | Agreement | GlossaryTerm
FOLDERS = {"actor": "actors", "place": "places", "agreement": "agreements", "term": "glossary"}


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
        return f"{FOLDERS[self.kind]}/{self.record.id}/"

    @property
    def anchor(self) -> str:
        """The id of its entry on a page that names it; no other id holds a full stop."""
        return f"{self.kind}.{self.record.id}"


class Terms:
    """What prose can name, by its names: the longest counts, and one that two share is none's.

    A term of the glossary is named by the briefs that list it, and before any other record.
    """

    def __init__(self, library: Library) -> None:
        owners: dict[str, dict[str, Term]] = defaultdict(dict)
        for term, names in _named(library):
            for name in names:
                owners[name][term.anchor] = term
        listed: dict[str, dict[str, Term]] = defaultdict(dict)
        for key, record in library.terms.items():
            for name in forms_of(record):
                listed[name][key] = Term("term", record)
        self._names: list[_Name] = []
        for name in sorted(filter(WORD.match, {*owners, *listed})):
            own = [*owners.get(name, {}).values()]
            shown = own[0] if len(own) == 1 and not is_known(own[0]) else None
            self._names.append(_Name(name, bool(own), shown, listed.get(name, {})))
        self._all = AhoCorasick([name.text for name in self._names])

    def find(self, text: str, listed: Collection[str] = ()) -> Iterator[tuple[int, int, Term]]:
        """Start, end and term of each name in a text, from left to right.

        `listed` are the ids of terms that the brief names.
        """
        found = self._all.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return
        done = 0
        for start, minus_end, number in sorted([(s, -e, n) for n, s, e in found]):
            end, name = -minus_end, self._names[number]
            if start < done or not (begins_word(text, start) and ends_word(text, end)):
                continue
            term = next((t for key, t in name.listed.items() if key in listed), name.shown)
            if term or name.is_taken:
                done = end
                if term:
                    yield start, end, term


@dataclass(frozen=True, slots=True)
class _Name:
    """A name: whether a record has it, which to show for it, and terms of the glossary by id."""

    text: str
    is_taken: bool
    shown: Term | None
    listed: Mapping[str, Term]


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
