"""What the rules know of the whole tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefsite.check.gate.facts import Facts, facts_of, mappings
from briefsite.check.lexicon import Form
from briefsite.check.shape import Reading
from briefsite.model.records import Brief, ContestedName, LoadedWord, Registry


@dataclass
class Context:
    """What the rules know of the whole tree: claims as they stand, names, words with reasons."""

    claims: Mapping[str, Mapping[str, Any]]
    whole: set[str]
    """Ids of the claims that have no mistake of their own."""
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
                self._facts[key] = facts_of(self.claims[key]) if key in self.claims else Facts()
            joined.add(self._facts[key])
        return joined

    def is_allegation(self, key: str) -> bool:
        return self.claims.get(key, {}).get("kind") == "allegation"


def build_context(readings: Sequence[Reading[Any]]) -> Context:
    """Collect what the rules must know from every file that could be read."""
    claims: dict[str, Mapping[str, Any]] = {}
    whole: set[str] = set()
    names: list[str] = []
    states: list[str] = []
    loaded: list[LoadedWord] = []
    contested: list[ContestedName] = []
    for reading in readings:
        if reading.type is Brief:
            for claim in mappings(reading.plain.get("claims")):
                if isinstance(claim.get("id"), str):
                    claims[claim["id"]] = claim
            if "claims" in reading.partial.model_fields_set:
                whole |= {claim.id for claim in reading.partial.claims if claim is not None}
        elif reading.type is Registry:
            for key in ("actors", "places"):
                for record in mappings(reading.plain.get(key)):
                    names += _names(record)
                    if record.get("kind") in ("state", "former-state"):
                        states += _names(record)
            for record in mappings(reading.plain.get("agreements")):
                names += [n for n in (record.get("title"),) if isinstance(n, str)]
            given = reading.partial.model_fields_set
            if "loaded_words" in given:
                loaded += [word for word in reading.partial.loaded_words if word is not None]
            if "contested_names" in given:
                contested += [name for name in reading.partial.contested_names if name is not None]
    return Context(
        claims,
        whole,
        names=_forms(names),
        states=_forms(states),
        loaded_words=[(Form(form), word) for word in loaded for form in word.words],
        contested_names=[(_sides(name), name) for name in contested],
    )


def _names(record: Mapping[str, Any]) -> Iterator[str]:
    others = (name.get("name") for name in mappings(record.get("names")))
    adjectives = record.get("adjectives")
    for name in (
        record.get("name"),
        *others,
        *(adjectives if isinstance(adjectives, tuple) else ()),
    ):
        if isinstance(name, str):
            yield name


def _forms(names: Sequence[str]) -> list[Form]:
    return [Form(name) for name in dict.fromkeys(names) if len(name) > 2]


def _sides(name: ContestedName) -> list[list[Form]]:
    """The forms of each side's name: its other spellings stand behind slashes."""
    return [[Form(form.strip()) for form in side.split("/")] for side in name.names]
