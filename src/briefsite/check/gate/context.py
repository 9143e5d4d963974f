"""What the rules know of the whole tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from briefsite.check.evidence import Evidence
from briefsite.check.forms import Form, Forms
from briefsite.check.gate.facts import Facts, facts_of
from briefsite.check.plain import Plain, each, texts
from briefsite.check.shape import Reading
from briefsite.model.records import Registry


@dataclass
class Vocabulary:
    """The names and words of the registry that sentences are held to."""

    names: Sequence[Form] = ()
    """Every name of an actor, place or agreement, with the adjectives made from it."""
    states: Sequence[Form] = ()
    """Those of states."""
    loaded_words: Sequence[tuple[Form, Loaded]] = ()
    contested_names: Sequence[tuple[Sequence[Sequence[Form]], Sequence[str]]] = ()
    """Each side's forms of a contested name, and the names."""

    def prepare(self) -> None:
        """Work out now what most briefs need."""
        _ = self._loaded_forms, self._contested_forms

    @cached_property
    def _all_names(self) -> Forms:
        return Forms(self.names)

    @cached_property
    def _loaded_forms(self) -> Forms:
        return Forms(form for form, _ in self.loaded_words)

    @cached_property
    def _contested_forms(self) -> Forms:
        return Forms(form for sides, _ in self.contested_names for side in sides for form in side)

    def names_in(self, letters: str) -> Iterator[Form]:
        """The names that a text of these letters may hold."""
        return (self.names[number] for number in self._all_names.found_in(letters))

    def loaded_words_in(self, letters: str) -> Iterator[tuple[Form, Loaded]]:
        """The words that take sides, and that a text of these letters may hold."""
        return (self.loaded_words[number] for number in self._loaded_forms.found_in(letters))

    def may_take_sides(self, letters: str) -> bool:
        """Whether a text of these letters may hold a word that takes sides."""
        return bool(self._loaded_forms.found_in(letters))

    def may_name_contested(self, letters: str) -> bool:
        """Whether a text of these letters may hold a contested name."""
        return bool(self._contested_forms.found_in(letters))


# A brief rests on its own claims first; those of a thousand others need not be remembered.
_MAX_FACTS = 2_000


@dataclass
class Context:
    """What the rules know of the whole tree: claims as they stand, names, words with reasons."""

    evidence: Evidence
    find_vocabulary: Callable[[], Vocabulary]
    asked: set[str] = field(default_factory=set)
    """What was looked at besides the words, which every sentence is held to."""
    _facts: dict[str, Facts] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return self.find_vocabulary()

    @property
    def states(self) -> Sequence[Form]:
        self.asked.add("states")
        return self.vocabulary.states

    def names_in(self, letters: str) -> Iterator[Form]:
        """The names that a text of these letters may hold."""
        self.asked.add("names")
        return self.vocabulary.names_in(letters)

    def facts(self, claims: Sequence[str]) -> Facts:
        """The numbers and dates of some claims together."""
        if len(self._facts) > _MAX_FACTS:
            self._facts.clear()
        found = []
        for key in claims:
            self.asked.add(f"claim {key}")
            if key not in self._facts:
                claim = self.evidence.claims.get(key)
                self._facts[key] = facts_of(claim) if claim is not None else Facts()
            found.append(self._facts[key])
        if len(found) == 1:
            return found[0]
        joined = Facts()
        for facts in found:
            joined.add(facts)
        return joined

    def is_allegation(self, key: str) -> bool:
        return self.evidence.claims.get(key, {}).get("kind") == "allegation"


class Loaded(NamedTuple):
    """A word that takes sides; see `LoadedWord`."""

    words: tuple[str, ...]
    instead: str | None
    term: bool
    reason: str


class Words(NamedTuple):
    """The names and words of one registry file, of nothing but texts and the like."""

    names: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    loaded: tuple[tuple[Any, ...], ...] = ()
    """Of each the fields of `Loaded`."""
    contested: tuple[tuple[str, ...], ...] = ()


def words_of(reading: Reading[Registry]) -> Words:
    """Collect the names and words of a registry file."""
    names: list[str] = []
    states: list[str] = []
    for key in ("actors", "places"):
        for _, record in each(reading.plain, key):
            names += _names(record)
            if record.get("kind") in ("state", "former-state"):
                states += _names(record)
    for _, record in each(reading.plain, "agreements"):
        names += [n for n in (record.get("title"),) if isinstance(n, str)]
    given, partial = reading.partial.model_fields_set, reading.partial
    loaded = partial.loaded_words if "loaded_words" in given else ()
    contested = partial.contested_names if "contested_names" in given else ()
    return Words(
        tuple(names),
        tuple(states),
        tuple((w.words, w.instead, w.term, w.reason) for w in loaded if w is not None),
        tuple(name.names for name in contested if name is not None),
    )


def build_vocabulary(files: Iterable[Words]) -> Vocabulary:
    """Join the names and words of all registry files."""
    files = list(files)
    return Vocabulary(
        names=_forms([name for words in files for name in words.names]),
        states=_forms([name for words in files for name in words.states]),
        loaded_words=[
            (Form(form), Loaded(*word))
            for words in files
            for word in words.loaded
            for form in word[0]
        ],
        contested_names=[(_sides(names), names) for words in files for names in words.contested],
    )


def _names(record: Plain) -> Iterator[str]:
    others = (name.get("name") for _, name in each(record, "names"))
    for name in (record.get("name"), *others, *texts(record, "adjectives")):
        if isinstance(name, str):
            yield name


def _forms(names: Sequence[str]) -> list[Form]:
    return [Form(name) for name in dict.fromkeys(names) if len(name) > 2]


def _sides(names: Sequence[str]) -> list[list[Form]]:
    """The forms of each side's name: its other spellings stand behind slashes."""
    return [[Form(form.strip()) for form in side.split("/")] for side in names]
