"""Regular expressions over folded text, asked only where they may match.

A search for one of a hundred words looks at each of them at each letter, and nearly all sentences
hold none. So an expression of rare words tells which letters each of its matches holds, and one
automaton looks for the letters of all such expressions at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick


class Text(str):
    """A folded text that knows which expressions it cannot hold a match of."""

    __slots__ = ("held",)
    held: int

    def __new__(cls, folded: str) -> Text:
        """Look a folded text over."""
        text = super().__new__(cls, folded)
        finder, bits = _needles()
        text.held = 0
        for number, _, _ in finder.find_matches_as_indexes(folded, overlapping=True):
            text.held |= bits[number]
        return text


class Expression:
    """A regular expression that is compiled when it is first used.

    All of them take a tenth of a second, and a check that finds nothing new uses none.
    """

    def __init__(self, pattern: str, *, bit: int = 0) -> None:
        """Take a pattern; `bit` stands in `Text.held` if a text may hold a match."""
        self.pattern = pattern
        self.bit = bit

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def _is_absent(self, text: str) -> bool:
        return type(text) is Text and bool(self.bit) and not text.held & self.bit

    def search(self, text: str) -> re.Match[str] | None:
        return None if self._is_absent(text) else self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._is_absent(text) else self._compiled.finditer(text)

    def sub(self, instead: Callable[[re.Match[str]], str], text: str) -> str:
        return text if self._is_absent(text) else self._compiled.sub(instead, text)


_rare: list[Sequence[str]] = []


def any_of(*words: str, are_rare: bool = False) -> Expression:
    """An expression for any of some words, each an expression, between word boundaries.

    Say `are_rare` of words that many sentences are searched for, and few hold.
    """
    pattern = bounded("|".join(words))
    if not are_rare:
        return Expression(pattern)
    _rare.append(words)
    return Expression(pattern, bit=1 << len(_rare))


def bounded(pattern: str) -> str:
    """A pattern between word boundaries."""
    return rf"(?<![\w])(?:{pattern})(?![\w])"


def blank(match: re.Match[str]) -> str:
    """Spaces in the place of a match."""
    return " " * len(match.group())


@cache
def _needles() -> tuple[AhoCorasick, list[int]]:
    """What finds the needles of all expressions of rare words, and the bits of those with each."""
    bits: dict[str, int] = {}
    for number, words in enumerate(_rare, start=1):
        for needle in {_needle(form) for word in words for form in _forms(word)}:
            bits[needle] = bits.get(needle, 0) | 1 << number
    return AhoCorasick(bits), list(bits.values())


_GAP = "\0"
_REPEATED = r"(?:[?*+]|\{[\d,]+\})"
_OPEN = re.compile(rf"(?:\[[^\]]*\]|\\.|\.){_REPEATED}?")
_REPEATED_LETTER = re.compile(rf".{_REPEATED}")
_GROUP = re.compile(rf"\(\?:([^()]*)\)({_REPEATED})?")
_LOOK = re.compile(r"\(\?<?[=!]")


def _needle(form: str) -> str:
    """The longest run of letters that every match of a form holds."""
    return max(form.split(_GAP), key=len)


def _forms(word: str) -> Iterator[str]:
    """All that an expression stands for, with gaps where it leaves open what stands there."""
    waiting = [_OPEN.sub(_GAP, _without_looks(word))]
    for form in waiting:
        group = _GROUP.search(form)  # the first that has none within
        if group is None:
            if "(" in form:
                raise ValueError(f"a group of another kind in {word!r}")
            yield from _REPEATED_LETTER.sub(_GAP, form).split("|")
            continue
        choices, repeated = group.groups()
        inside = [_GAP] if repeated else choices.split("|")
        if repeated == "?":
            inside = [*choices.split("|"), ""]
        before, behind = form[: group.start()], form[group.end() :]
        waiting += [before + each + behind for each in inside]


def _without_looks(word: str) -> str:
    """An expression that does not look ahead or behind."""
    while look := _LOOK.search(word):
        depth, end = 1, look.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(word[end], 0)
            end += 1
        word = word[: look.start()] + word[end:]
    return word
