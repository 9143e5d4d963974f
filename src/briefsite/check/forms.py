"""Words and names of the registry, found however they are broken up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from briefsite.check.expressions import Expression, bounded
from briefsite.check.folding import fold, letters

_DIRECTION = re.compile(r"(?:(?:north|south|east|west)(?:ern)?|greater|historic(?:al)?)\b", re.I)


def is_directional(form: str) -> bool:
    """Whether a form is a name by its capital only, such as `Western Azerbaijan`."""
    return form[:1].isupper() and _DIRECTION.match(form) is not None


def spelled(form: str) -> str:
    """An expression for a form however it is broken up: hyphens, points, letters set apart.

    Its own marks are left out, so that nothing in it can match a mark in two ways.
    """
    words = re.findall(r"[^\W_]+", fold(form))[:_MAX_FORM_WORDS]
    between = r"[^\w\s\"]{0,2}"
    joined = r"(?:\s+|\s?[^\w\s]\s?)".join(
        (rf"{between}\s?" if len(word) >= 9 else between).join(word[:_MAX_FORM_LETTERS])
        for word in words
    )
    apart = r"\s+".join(" ".join(word[:_MAX_FORM_LETTERS]) for word in words if len(word) > 3)
    return f"{joined}|{apart}" if apart else joined


_MAX_FORM_WORDS, _MAX_FORM_LETTERS = 12, 40


class Form:
    """A word or name to look for, however it is broken up.

    Most texts do not even have its letters in a row, which is looked at first; so few forms are
    ever compiled.
    """

    def __init__(self, form: str) -> None:
        self.form = form
        self.letters = letters(fold(form))

    @cached_property
    def pattern(self) -> Expression:
        return Expression(bounded(f"(?:{spelled(self.form)})(?:'s)?"))

    def matches(self, folded: str, run: str) -> Iterator[re.Match[str]]:
        """Every place of it in a folded text, whose letters are `run`."""
        return self.pattern.finditer(folded) if self.letters in run else iter(())


class Forms:
    """Many forms at once: which of them a text can hold."""

    def __init__(self, forms: Iterable[Form]) -> None:
        numbered = [(number, form.letters) for number, form in enumerate(forms)]
        self._always = [number for number, run in numbered if not run]
        self._numbers = [number for number, run in numbered if run]
        self._finder = AhoCorasick(run for _, run in numbered if run)

    def found_in(self, run: str) -> Sequence[int]:
        """The numbers of the forms whose letters stand in those of a text, in their order."""
        found = self._finder.find_matches_as_indexes(run, overlapping=True)
        if not found:
            return self._always
        return sorted({*self._always, *(self._numbers[at] for at, _, _ in found)})
