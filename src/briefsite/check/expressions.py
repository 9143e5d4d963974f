"""Regular expressions over folded text, asked only where they may match.

A search for one of a hundred words looks at each of them at each letter, and nearly all sentences
hold none. So an expression of rare words tells which letters each of its matches holds, and one
automaton looks for the letters of all such expressions at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, cached_property, lru_cache

from ahocorasick_rs import AhoCorasick

from briefsite.check.folding import fold

Mark = tuple[int, int, int]
"""From where to where a text has letters that are looked for, and the bit that stands for them."""


class Text(str):
    """A folded text that knows which expressions it cannot hold a match of.

    `held` are the bits of its `marks` together.
    """

    __slots__ = ("held", "marks")
    held: int
    marks: Sequence[Mark]

    def __new__(cls, folded: str) -> Text:
        """Look a folded text over."""
        text = super().__new__(cls, folded)
        finder, bits = _needles()
        found = finder.find_matches_as_indexes(folded, overlapping=True)
        text.marks = [(start, end, bits[number]) for number, start, end in found]
        text.held = 0
        for _, _, bit in text.marks:
            text.held |= bit
        return text

    def part(self, start: int, end: int) -> Text:
        """A stretch of the text."""
        text = super().__new__(Text, self[start:end])
        text.held, text.marks = 0, ()
        if self.marks:
            text.marks = [
                (first - start, last - start, bit)
                for first, last, bit in self.marks
                if start <= first and last <= end
            ]
            for _, _, bit in text.marks:
                text.held |= bit
        return text

    @property
    def rare(self) -> Iterator[int]:
        """The offsets of what may be a match of an expression of rare words."""
        often = sum(_SEEN_OFTEN)
        return (start for start, _, bit in self.marks if bit & ~often)


@lru_cache(maxsize=4096)
def look_over(text: str) -> Text:
    """A text as the rules look at it, kept for the next one that does."""
    return Text(fold(text))


class Words:
    """Words of letters from a to z that are looked for whole."""

    def __init__(self, words: Iterable[str]) -> None:
        self._bit = _bit_of(frozenset(words))
        _SEEN_OFTEN.append(self._bit)

    def places_in(self, text: Text) -> Sequence[Mark]:
        """Where the letters of one of the words stand, be it within another."""
        bit = self._bit
        return [mark for mark in text.marks if mark[2] & bit] if text.held & bit else ()

    def found_in(self, text: Text) -> Set[str]:
        """Which of the words a folded text holds."""
        if not text.held & self._bit:
            return _NONE
        places = self.places_in(text)
        return {text[start:end] for start, end, _ in places if _is_whole(text, start, end)}


_NONE: Set[str] = frozenset()


def _is_whole(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    return not ("a" <= before <= "z" or "a" <= behind <= "z")


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

    def match(self, text: str, start: int) -> re.Match[str] | None:
        return self._compiled.match(text, start)

    def search(self, text: str) -> re.Match[str] | None:
        return None if self._is_absent(text) else self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._is_absent(text) else self._compiled.finditer(text)

    def sub(self, instead: Callable[[re.Match[str]], str], text: str) -> str:
        return text if self._is_absent(text) else self._compiled.sub(instead, text)


_needles_of: list[tuple[int, Iterable[str]]] = []
_SEEN_OFTEN: list[int] = []
"""The bits of words that are no rare expressions."""


def _bit_of(needles: Iterable[str]) -> int:
    """The bit of `Text.held` that stands for some needles, which are looked up when it is asked."""
    _needles_of.append((1 << len(_needles_of), needles))
    return _needles_of[-1][0]


def any_of(*words: str, are_rare: bool = False) -> Expression:
    """An expression for any of some words, each an expression, between word boundaries.

    Say `are_rare` of words that many sentences are searched for, and few hold.
    """
    pattern = bounded("|".join(words))
    if not are_rare:
        return Expression(pattern)
    needles = (_needle(form) for word in words for form in _forms(word))
    return Expression(pattern, bit=_bit_of(needles))


def bounded(pattern: str) -> str:
    """A pattern between word boundaries."""
    return rf"(?<![\w])(?:{pattern})(?![\w])"


def blank(match: re.Match[str]) -> str:
    """Spaces in the place of a match."""
    return " " * len(match.group())


@cache
def _needles() -> tuple[AhoCorasick, list[int]]:
    """What finds the needles of all that is looked for, and the bits of those with each."""
    bits: dict[str, int] = {}
    for bit, needles in _needles_of:
        for needle in needles:
            bits[needle] = bits.get(needle, 0) | bit
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
