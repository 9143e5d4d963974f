"""The numbers and dates of a text, and those that a claim holds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from briefsite.check import lexicon as words
from briefsite.check.expressions import Expression, Text, Words, blank, look_over
from briefsite.check.folding import words_in
from briefsite.check.plain import Plain, each
from briefsite.model.dates import DateError, parse_date


@dataclass
class Facts:
    """Numbers (with years and days) and months that claims hold, and their texts."""

    numbers: set[float] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    texts: list[Text] = field(default_factory=list)

    def add(self, other: Facts) -> None:
        self.numbers |= other.numbers
        self.months |= other.months
        self.texts += other.texts

    @property
    def words(self) -> Set[str]:
        """The words of the texts."""
        return set[str]().union(*map(words_in, self.texts))


def facts_of(claim: Plain) -> Facts:
    facts = Facts()
    texts = [claim.get("text"), claim.get("note")]
    for key in ("response", "status"):
        below = claim.get(key)
        if isinstance(below, dict):
            texts += [below.get("text"), below.get("reason")]
    texts += [contest.get("position") for _, contest in each(claim, "contested")]
    for text in texts:
        if isinstance(text, str):
            _add_text(facts, text)
    for _, figure in each(claim, "figures"):
        facts.numbers |= {
            read_number(repr(v))
            for v in (figure.get("value"), figure.get("high"))
            if isinstance(v, int | float) and not isinstance(v, bool)
        }
        unit = str(figure.get("unit")).split(" ", 1)[0].lower()
        if unit in _SCALES:
            facts.numbers.add(_scaled(repr(figure.get("value")), unit))
        _add_date(facts, figure.get("year"))
    for key in ("date", "as_of"):
        _add_date(facts, claim.get(key))
    return facts


def _add_text(facts: Facts, text: str) -> None:
    folded = look_over(text)
    facts.texts.append(folded)
    facts.numbers.update([value for value, _, _ in numbers_in(folded, text)])
    if _SCALE_WORDS.found_in(folded):
        facts.numbers |= {_scaled(match[1], match[2]) for match in _SCALED.finditer(folded)}
    if _PARTS.found_in(folded):
        facts.numbers |= {
            float(words.NUMBER_WORDS[word])
            for word in re.findall(r"[a-z]+(?:-[a-z]+)?", folded)
            if word in words.NUMBER_WORDS
        }
    facts.months.update([month(match.group()) for match in months_in(folded)])


def _add_date(facts: Facts, value: object) -> None:
    if value is not None:
        numbers, months = _facts_of_date(str(value))
        facts.numbers |= numbers
        facts.months |= months


@lru_cache(maxsize=4096)
def _facts_of_date(written: str) -> tuple[Set[float], Set[str]]:
    """The numbers and months of a date; of what is none, nothing."""
    numbers, months = set[float](), set[str]()
    try:
        date = parse_date(written)
    except DateError:
        return frozenset(), frozenset()
    for point in (date.start, date.end):
        if point is None:
            continue
        numbers.add(float(point.first.year))
        if point.precision in ("month", "day"):
            months.add(words.MONTHS[point.first.month - 1])
        if point.precision == "day":
            numbers.add(float(point.first.day))
        if point.precision == "century":
            numbers.add(float(point.first.year // 100 + 1))
    return frozenset(numbers), frozenset(months)


Number = tuple[float, int, str]
"""A value, where it stands and as it is written."""


def numbers_in(looked: Text, text: str) -> Sequence[Number]:
    """Each number of a text, which is given folded too."""
    found: list[Number] = []
    folded: str = looked
    is_joined, spelt = _is_joined(folded), _PARTS.found_in(looked)
    if is_joined:
        for match in _ISO_DATE.finditer(folded):
            found += [(float(match[part]), match.start(), match.group()) for part in (1, 3)]
        found += map(_in_digits, _SPACED.finditer(folded))
    if spelt:
        for match in _YEAR_WORDS.finditer(folded):
            if match[2] in words.NUMBER_WORDS:
                century = 1900 if match[1] == "nineteen" else 2000
                value = float(century + words.NUMBER_WORDS[match[2]])
                found.append((value, match.start(), match.group()))
        for match in _DAY_WORDS.finditer(folded):
            if match[1] in words.ORDINAL_WORDS:
                found.append((float(words.ORDINAL_WORDS[match[1]]), match.start(), match[1]))
    for match in _ROMAN_TOKEN.finditer(text):
        if words.ROMAN.fullmatch(match.group()):
            found.append((float(_roman(match.group())), match.start(), match.group()))
    tails: dict[int, float] = {}
    if is_joined:
        folded = without_joined(folded)
        tails = {m.start(2): float(m[1][:2] + m[2]) for m in _RANGE_TAIL.finditer(folded)}
        found += [(value, at, folded[at : at + 2]) for at, value in tails.items()]
    found += [_in_digits(match) for match in in_digits(folded) if match.start() not in tails]
    for match in _SPELLED.finditer(folded) if spelt else ():
        if _COUNTS.match(folded, match.end()):
            found.append((_spelled_value(match.group()), match.start(), match.group().strip()))
    return found


def _in_digits(match: re.Match[str]) -> Number:
    return read_number(match.group()), match.start(), match.group()


_MAX_DIGITS = 24
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE_WORDS = Words(_SCALES)
_MONTH_WORDS = Words(words.MONTH_WORDS)
_SCALED = re.compile(r"(?<![\w.,])(\d{1,6}(?:\.\d{1,6})?) (thousand|million|billion|trillion)\b")


def _scaled(number: str, scale: str) -> float:
    """The number written out, such as 2,500,000 for 2.5 million."""
    return read_number(number) * _SCALES[scale] if re.fullmatch(r"[\d.]+", number) else math.nan


def read_number(written: str) -> float:
    """A number with its thousands set apart; not a number if it is longer than any fact."""
    digits = written.replace(",", "").replace(" ", "")
    return float(digits) if len(digits) <= _MAX_DIGITS else math.nan


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[c] for c in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


@lru_cache(maxsize=512)
def in_digits(folded: str) -> Sequence[re.Match[str]]:
    """Each number in digits, kept for the next rule that asks."""
    return tuple(words.NUMBER.finditer(folded))


def months_in(text: Text) -> Sequence[re.Match[str]]:
    """Each month that a folded text names."""
    places = {start for start, _, _ in _MONTH_WORDS.places_in(text)}
    found = [words.MONTH.match(text, start) for start in sorted(places)]
    return [match for match in found if match]


def month(name: str) -> str:
    """The whole name of a month."""
    return _MONTHS[name[:3]]


_MONTHS = {name[:3]: str(name) for name in words.MONTHS}


@lru_cache(maxsize=512)
def _is_joined(folded: str) -> bool:
    # One look tells that a text has none of the three below, as most have not.
    return _JOINED.search(folded) is not None


def without_joined(folded: str) -> str:
    """A folded text with blanks for dates such as 2020-01-31 and numbers such as 10 000."""
    if not _is_joined(folded):
        return folded
    return _ISO_DATE.sub(blank, _SPACED.sub(blank, folded))


_JOINED = re.compile(r"\d[-/ ]\d\d")


_RANGE_TAIL = re.compile(r"(?<![\d-])(\d{4})[-/](\d\d)(?![\d-])")


_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")


_SPACED = re.compile(r"(?<![\d.,-])\d{1,3}(?: \d{3})+(?![\d])")


_YEAR_WORDS = Expression(
    r"\b(?:(nineteen|twenty) )"
    r"((?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|ten|eleven|twelve|[a-z]+teen)\b"
)


_DAY_WORDS = Expression(rf"(?<![\w-])([a-z]{{4,12}}(?:-[a-z]{{4,8}})?) of (?={words.MONTH_NAME}\b)")


_ROMAN_TOKEN = re.compile(r"[IVXLCDM](?<!\w.)[IVXLCDM]+\b")


# What numbers and days in words are made of.
_PARTS = Words(
    part for word in (*words.NUMBER_WORDS, *words.ORDINAL_WORDS) for part in word.split("-")
)


_WORD = "|".join(sorted(words.NUMBER_WORDS, key=len, reverse=True))
_SPELLED = Expression(
    rf"(?a)\b(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}|hundred|thousand)\b){{0,8}}(?![\w-])"
)
# What is counted, so that "one of them" is no number; one year is no figure either.
_COUNTS = re.compile(
    rf"(?<!\bone)[ -](?:{words.UNIT}|years?|months?|weeks?|days?)\b|(?<=hundred)\b|(?<=thousand)\b"
)


def _spelled_value(text: str) -> float:
    """The value of a number in words, up to hundreds of thousands."""
    total = group = 0
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text):
        if word == "hundred":
            group = (group or 1) * 100
        elif word == "thousand":
            total, group = total + (group or 1) * 1000, 0
        elif word in words.NUMBER_WORDS:
            group += words.NUMBER_WORDS[word]
    return float(total + group)
