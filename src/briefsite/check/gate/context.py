"""What the rules know of the whole tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefsite.check.evidence import Evidence
from briefsite.check.gate.facts import Facts, facts_of
from briefsite.check.lexicon import Form
from briefsite.check.plain import Plain, each, texts
from briefsite.check.shape import Reading
from briefsite.model.records import ContestedName, LoadedWord, Registry


@dataclass
class Context:
    """What the rules know of the whole tree: claims as they stand, names, words with reasons."""

    evidence: Evidence
    names: Sequence[Form]
    """Every name of an actor, place or agreement, with the adjectives made from it."""
    states: Sequence[Form] = ()
    """Those of states."""
    loaded_words: Sequence[tuple[Form, LoadedWord]] = ()
    contested_names: Sequence[tuple[Sequence[Sequence[Form]], ContestedName]] = ()
    """Each side's forms of a contested name."""
    _facts: dict[str, Facts] = field(default_factory=dict)

    def facts(self, claims: Sequence[str]) -> Facts:
        """The numbers and dates of some claims together."""
        joined = Facts()
        for key in claims:
            if key not in self._facts:
                claim = self.evidence.claims.get(key)
                self._facts[key] = facts_of(claim) if claim is not None else Facts()
            joined.add(self._facts[key])
        return joined

    def is_allegation(self, key: str) -> bool:
        return self.evidence.claims.get(key, {}).get("kind") == "allegation"


def build_context(readings: Sequence[Reading[Any]], evidence: Evidence) -> Context:
    """Collect the names and words of every registry file that could be read."""
    names: list[str] = []
    states: list[str] = []
    loaded: list[LoadedWord] = []
    contested: list[ContestedName] = []
    for reading in readings:
        if reading.type is Registry:
            for key in ("actors", "places"):
                for _, record in each(reading.plain, key):
                    names += _names(record)
                    if record.get("kind") in ("state", "former-state"):
                        states += _names(record)
            for _, record in each(reading.plain, "agreements"):
                names += [n for n in (record.get("title"),) if isinstance(n, str)]
            given = reading.partial.model_fields_set
            if "loaded_words" in given:
                loaded += [word for word in reading.partial.loaded_words if word is not None]
            if "contested_names" in given:
                contested += [name for name in reading.partial.contested_names if name is not None]
    return Context(
        evidence,
        names=_forms(names),
        states=_forms(states),
        loaded_words=[(Form(form), word) for word in loaded for form in word.words],
        contested_names=[(_sides(name), name) for name in contested],
    )


def _names(record: Plain) -> Iterator[str]:
    others = (name.get("name") for _, name in each(record, "names"))
    for name in (record.get("name"), *others, *texts(record, "adjectives")):
        if isinstance(name, str):
            yield name


def _forms(names: Sequence[str]) -> list[Form]:
    return [Form(name) for name in dict.fromkeys(names) if len(name) > 2]


def _sides(name: ContestedName) -> list[list[Form]]:
    """The forms of each side's name: its other spellings stand behind slashes."""
    return [[Form(form.strip()) for form in side.split("/")] for side in name.names]
