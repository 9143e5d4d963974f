"""The words the editorial rules look for, in English, and text folded so that spelling hides none.

Expressions here run over folded text: lower case, plain quotes, hyphens and spaces, letters without
accents, look-alikes of other scripts as the Latin letters they look like. Folding keeps every
character in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from importlib import resources

_LOOKALIKES = {
    # Cyrillic
    **dict(zip("аАеЕоОрРсСхХуУіІ", "aAeEoOpPcCxXyYiI", strict=True)),
    **dict(zip("јЈѕЅвВнНкКмМтТԁԛԝһҺ", "jJsSbBhHkKmMtTdqwhH", strict=True)),
    # Greek
    **dict(zip("αΑΒεΕΖΗιΙκΚΜνΝοΟρΡτΤυΥχΧ", "aABeEZHiIkKMvNoOpPtTuYxX", strict=True)),
    # Armenian, Latin and others
    **dict(zip("օսոհոցԼՏՍ", "ounhngLSU", strict=True)),
    "ı": "i",
    "ɡ": "g",
    "ǀ": "l",
    "ə": "e",
    "Ə": "E",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
}  # fmt: skip
_DOUBLE = "“”„‟«»＂〝〞〟❝❞「」『』″"
_SINGLE = "‘’‚‛‹›＇❛❜`´ʼʻ"
_DASHES = "‐‑‒–—―−﹣－"


class _Fold(dict[int, str]):
    """Each character's plain one, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(char: str) -> str:
    if char in _DOUBLE:
        return '"'
    if char in _SINGLE:
        return "'"
    if char in _DASHES:
        return "-"
    if char in _LOOKALIKES:
        return _LOOKALIKES[char].lower()
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Mn":
        return "'"  # a loose mark is read over, as a sign within a word is
    compatible = unicodedata.normalize("NFKC", char)
    base = unicodedata.normalize("NFKD", compatible)[:1] if len(compatible) == 1 else char
    lower = _LOOKALIKES.get(base, base).lower()
    return lower if len(lower) == 1 else char


_FOLD = _Fold()


def fold(text: str) -> str:
    """Text as the rules look at it; as long as it was, character by character."""
    return text.translate(_FOLD)


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")
_WORDS = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u200c\u200d][^\W\d_]*)*|[\uff10-\uff19]+")
# What is in no plain word: letters, marks and digits beyond ASCII.
_UNUSUAL = re.compile("[^\x00-\x7f\u2010-\u2026\ufffc]")
_ROMAN = re.compile("[\u2150-\u218f\ufb00-\ufb06]")


def disguised(text: str) -> list[int]:
    """Offsets of words that mix scripts or hide a letter behind a mark of its own."""
    if not _UNUSUAL.search(text):
        return []
    found = [match.start() for match in _WORDS.finditer(text) if _is_disguised(match.group())]
    return found + [match.start() for match in _ROMAN.finditer(text)]


def _is_disguised(word: str) -> bool:
    if word.isascii():
        return False
    word = unicodedata.normalize("NFC", word)
    scripts: set[str] = set()
    for char in word:
        if unicodedata.combining(char) or char in "\u200c\u200d":
            if scripts & {"LATIN"}:
                return True
            continue
        name = unicodedata.name(char, "")
        scripts.add(next((script for script in _SCRIPTS if name.startswith(script)), ""))
    return len(scripts) > 1 or bool(scripts & {"FULLWIDTH", "MATHEMATICAL"})


class Expression:
    """A regular expression that is compiled when it is first used.

    All of them take a tenth of a second, and a check that finds nothing new uses none.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    # Each is looked up once; then it is as fast as the compiled expression's own.
    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        return self._compiled.search

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        return self._compiled.finditer

    @cached_property
    def sub(self) -> Callable[[Callable[[re.Match[str]], str], str], str]:
        return self._compiled.sub


def any_of(*words: str) -> Expression:
    """An expression for any of some words, each an expression, between word boundaries."""
    return Expression(rf"(?<![\w])(?:{'|'.join(words)})(?![\w])")


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


class _Letters(dict[int, str | None]):
    """Each character if it is a letter, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = found = char if char.isalnum() and not char.isdecimal() else None
        return found


_LETTERS = _Letters()


def letters(folded: str) -> str:
    """The letters of a folded text, run together."""
    return folded.translate(_LETTERS)


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
        return any_of(f"(?:{spelled(self.form)})(?:'s)?")

    def matches(self, folded: str, run: str) -> Iterator[re.Match[str]]:
        """Every place of it in a folded text, whose letters are `run`."""
        return self.pattern.finditer(folded) if self.letters in run else iter(())


class Forms:
    """Many forms at once: whether a text can hold any of them."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._pattern = re.compile(_trie({form.letters[:_MAX_PREFIX] for form in forms}))

    def may_stand_in(self, run: str) -> bool:
        """Whether the letters of any form may stand in those of a text."""
        return self._pattern.search(run) is not None


_MAX_PREFIX = 12
_NOTHING = "(?!)"


def _trie(words: Collection[str]) -> str:
    """An expression for any of some words that looks at each letter of a text about once."""
    if not words:
        return _NOTHING
    if "" in words:
        return ""
    heads = sorted({word[0] for word in words})
    tails = (_trie({word[1:] for word in words if word[0] == head}) for head in heads)
    return f"(?:{'|'.join(f'{re.escape(h)}{t}' for h, t in zip(heads, tails, strict=True))})"


def _read_words() -> dict[str, list[str]]:
    """The sections of `words.txt`: expressions by the name of their section."""
    text = resources.files("briefsite.check").joinpath("words.txt").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            section.append(line)
    return sections


WORDS = _read_words()

# Numbers and dates

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
NUMBER_WORDS = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{ones}": 10 * t + o
        for t, tens in enumerate(_TENS, start=2)
        for o, ones in enumerate(_ONES[1:10], start=1)
    },
    "dozen": 12,
}
_TENTHS = {5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
ORDINAL_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "thirtieth": 30,
    "twentieth": 20,
    **{_TENTHS.get(n, f"{_ONES[n]}th"): n for n in range(4, 20)},
}
ORDINAL_WORDS |= {f"twenty-{word}": 20 + n for word, n in list(ORDINAL_WORDS.items())[:3]}
ORDINAL_WORDS |= {f"twenty-{_TENTHS.get(n, f'{_ONES[n]}th')}": 20 + n for n in range(4, 10)}
ORDINAL_WORDS["thirty-first"] = 31
MONTHS = re.findall(
    r"\w+",
    "january february march april may june july august september october november december",
)
# "May" is a month beside a day or a year only, and "march" none before some words; a shortened
# name is one beside a number.
MONTH_NAME = (
    rf"(?:{'|'.join(name for name in MONTHS if name not in ('march', 'may'))}"
    r"|march(?! (?:on|to|in|through|against)\b)|may(?=,? \d)"
    r"|(?<=\d )(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?=\b)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?=\.? \d))"
)
MONTH = Expression(rf"\b{MONTH_NAME}\b")
NUMBER_WORD = any_of(*sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True), *WORDS["number"])
NO_NUMBER = any_of(*WORDS["no-number"])
ORDINALS = any_of(*WORDS["ordinal"])
ROMAN = re.compile(
    r"\b(?=[IVXLCDM]{2,})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
DATE_WORDS = any_of(*WORDS["date"])

MONEY = (
    r"(?:[$€£₽]|us\$|usd|eur|dollars?|euros?|roubles?|rubles?|manats?|lira|liras|rials?|shekels?)"
)
UNIT = (
    rf"(?:%|percent|per ?cent|percentage points?|{MONEY}|thousand|million|billion|trillion|bn|mn|"
    r"km2?|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|square|cubic|bcm|tonnes?|tons?|barrels?|bpd|b/d|"
    r"litres?|megawatts?|gigawatts?|[mgk]wh?|hectares?)"
)
NUMBER = re.compile(
    r"(?<![\w.-])(?:(?<=\s)-)?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])"
    r"|(?<![\w.])(?<![a-z]-)\d+(?:\.\d+)?"
    r"(?=s?(?![\w])|km|bn|mn|th|st|nd|rd|m\b|k\b)"
)
QUANTITY = Expression(
    rf"(?:(?:[$€£₽]|us\$)\s?\d[\d,.]{{0,20}}|(?<![\w-])\d[\d,.]{{0,20}}\s?-?{UNIT}(?![\w])"
    rf"|(?<![\w-])(?:{'|'.join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))})"
    rf"(?: hundred| thousand| million| billion)?[ -]{UNIT}(?![\w]))"
)
YEAR = re.compile(r"(?<![\d.,])(?:1[0-9]|20)\d\ds?(?![\d])")

# Likelihood and confidence (ICD 203)

BANDS = {
    "almost no chance": r"almost no chance",
    "very unlikely": r"very unlikely",
    "unlikely": r"unlikely",
    "roughly even chance": r"(?:a )?roughly even chance",
    "likely": r"likely",
    "very likely": r"very likely",
    "almost certain": r"almost certain(?:ly)?",
}
BAND = Expression(
    rf"(?<![\w-])(?:{'|'.join(sorted(BANDS.values(), key=len, reverse=True))})(?![\w-])"
)
MODIFIED_BAND = any_of(*WORDS["modified-band"])
OTHER_LIKELIHOOD = any_of(*WORDS["hedge"])
LIKELIHOOD = any_of(*BANDS.values(), *WORDS["likelihood"])
CONFIDENCE = any_of(*WORDS["confidence"])

# Who says it


ATTRIBUTION = any_of(*WORDS["attribution"])
# "It is reported that" names no one.
_NAMELESS = any_of(*WORDS["nameless"])


def is_attributed(folded: str) -> bool:
    """Whether a sentence says who speaks; a passive without a name does not."""
    return ATTRIBUTION.search(_NAMELESS.sub(blank, folded)) is not None


def blank(match: re.Match[str]) -> str:
    """Spaces in the place of a match."""
    return " " * len(match.group())


ACCUSATION = any_of(*WORDS["accusation"])
ACCUSES = any_of(*WORDS["accuses"])
# What a text accuses someone of, without a word that says it is an accusation.
PLAIN_ACCUSATION = any_of(*WORDS["plain-accusation"])
ANSWER = any_of(*WORDS["answer"])

MOTIVE = any_of(*WORDS["motive"])

HOLLOW_OPENINGS = frozenset(WORDS["hollow"])
HOLLOW_WORDS = frozenset(" ".join(WORDS["hollow-word"]).split())
EVIDENCE = any_of(*WORDS["evidence"])
COMMON_WORDS = frozenset(WORDS["common-word"])
IDIOMS = any_of(*WORDS["idiom"])
DENIAL = any_of(*WORDS["denial"])
NO_DENIAL = any_of(*WORDS["no-denial"])
NO_ANSWER = any_of(*WORDS["no-answer"])
VAGUE = any_of(*WORDS["vague"])
RELATIVE_DATE = any_of(*WORDS["relative-date"])
TAKEN_FOR_TRUE = any_of(*WORDS["taken-for-true"])
VERB = any_of(*WORDS["verb"])
NOT_KNOWING = any_of(*WORDS["not-knowing"])


def count_words(text: str) -> int:
    """Words of a quotation; three or more that dashes or underscores join are no single word."""
    count = 0
    for token in fold(text.replace("—", " ")).split():
        parts = re.findall(r"[^\W_]+(?:'[^\W_]+)*", token)
        count += len(parts) if len(parts) > 2 else min(len(parts), 1)
    return count
