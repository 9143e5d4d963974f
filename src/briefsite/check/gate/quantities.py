"""Numbers and dates: each stands in a claim, with its unit and its year."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from briefsite.check import lexicon as words
from briefsite.check.expressions import Expression
from briefsite.check.gate.context import Context
from briefsite.check.gate.facts import (
    Facts,
    in_digits,
    month,
    months_in,
    numbers_in,
    read_number,
    without_joined,
)
from briefsite.check.gate.finding import Finding
from briefsite.check.passages import Passage
from briefsite.check.statements import Statement
from briefsite.model.sentences import CITED


def check_numbers(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """Each number and month of a sentence stands in one of its claims."""
    whole = context.evidence.whole_claims
    if not statement.claims or not all(key in whole for key in statement.claims):
        return
    facts = context.facts(statement.claims)
    for value, at, as_written in numbers_in(statement.folded, statement.text):
        if not _holds(facts, value):
            yield Finding(
                statement,
                at,
                "number-not-in-claim",
                f"none of the claims cited holds '{as_written}'",
                "correct it, or cite the claim that says so",
            )
    for match in words.RELATIVE_DATE.finditer(statement.folded):
        yield Finding(
            statement,
            match.start(),
            "number-not-in-claim",
            f"'{match.group()}' is a date that depends on another day",
            "give the date itself",
        )
    for match in words.VAGUE.finditer(statement.folded):
        counted = set(re.findall(r"[a-z]{4,}", match.group())) - {"several", "late", "early"}
        if not counted <= facts.words:
            yield Finding(
                statement,
                match.start(),
                "number-not-in-claim",
                f"none of the claims cited says '{match.group()}'",
                "say what the claim says, or cite the claim that says so",
            )
    for match in months_in(statement.folded):
        if month(match.group()) not in facts.months:
            yield Finding(
                statement,
                match.start(),
                "number-not-in-claim",
                f"none of the claims cited holds '{match.group().capitalize()}'",
                "correct it, or cite the claim that says so",
            )


def _holds(facts: Facts, value: float) -> bool:
    if math.isnan(value):
        return False
    if value in facts.numbers or any(math.isclose(value, known) for known in facts.numbers):
        return True
    # "The 1990s" of a claim on 1992.
    return (
        value % 10 == 0
        and 1000 < value < 2100
        and any(value <= n < value + 10 for n in facts.numbers)
    )


def check_quantities(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A quantity has its unit, and its year in the sentence."""
    if statement.is_connective:
        return
    has_year = words.YEAR.search(statement.folded)
    quantity = None if has_year else words.QUANTITY.search(statement.folded)
    if quantity:
        yield Finding(
            statement,
            quantity.start(),
            "figure-without-year",
            f"'{quantity.group()}' has no year in its sentence",
            "say of which year the figure is true",
        )
    spoken = without_joined(statement.spoken)
    bare = [match for match in in_digits(spoken) if _is_bare(spoken, match)]
    if any(scale in spoken for scale in _SCALES):
        bare += _SCALED_BARE.finditer(spoken)
    if "ty-" in spoken:
        bare += _SPELLED_BARE.finditer(spoken)
    for match in bare:
        yield Finding(
            statement,
            match.start(),
            "figure-without-unit",
            f"'{match.group()}' has no unit",
            "say what is counted, and in what unit",
        )


_NO_UNIT = (
    "in|by|and|or|to|from|last|as|according|at|on|but|while|when|than|across|over|along|through|for"
    "|against|between|during|after|before|since|until|via|with|without|under|above|below|near"
    "|a|per(?! ?cent)"
)


# A look for these letters is many times faster than the expression that needs one of them.
_SCALES = ("illion", "thousand", "bn", "mn")
_SCALED_BARE = Expression(
    r"(?<![$€£₽\d.,])(?<![$€£₽] )(?<!us\$)\b(?:\d[\d.,]*|[a-z]+)[ -]"
    r"(?:million|billion|trillion|thousand|bn|mn)"
    rf"(?=\s*(?:[.,;:)\]!?{CITED}]|$|(?:{_NO_UNIT}|of)\b))"
)


_SPELLED_BARE = Expression(
    rf"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-[a-z]+(?=\s+(?:{_NO_UNIT})\b)"
)


_AFTER_NOTHING = re.compile(rf"\s*(?:[.,;:)\]!?\"'{CITED}]|$|(?:{_NO_UNIT})\b)")


def _is_bare(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands without anything that says what it counts."""
    token, before = match.group(), text[max(0, match.start() - 40) : match.start()]
    if not _AFTER_NOTHING.match(text, match.end()) or _GOES_ON.match(text, match.end()):
        return False
    value = read_number(token)
    if math.isnan(value):
        return False
    looks_like_year = (
        value == int(value) and 1000 <= value <= 2100 and "," not in token and "." not in token
    )
    looks_like_day = value == int(value) and 1 <= value <= 31 and _AFTER_MONTH.search(before)
    return not (looks_like_year or looks_like_day or _LABEL.search(before))


# "Between 2 and 5 km": the unit stands behind the other; "the 1990s", "2011-12".
_GOES_ON = re.compile(r"\s*(?:and|or|to|-)\s+\d|(?:s|st|nd|rd|th)\b|[-/]\d")


_AFTER_MONTH = re.compile(rf"(?:{words.MONTH_NAME}|\bmay)\W*$")


_LABEL = re.compile(
    r"(?:[$€£₽#-]|\b(?:no\.?|nos\.?|number|articles?|art\.|points?|paragraphs?|pages?|pp?\.|aged?"
    r"|chapters?|sections?|resolutions?|notes?|lines?|phase|stage|version|annex|part|volume|issue"
    r"|round|protocol|law|decree|block|unit|flight|route|highways?|grade|g|cop|group)\W*)$"
)
