"""The words the editorial rules look for, in English: expressions over folded text."""

from __future__ import annotations

import re
from pathlib import Path

from briefsite.check.expressions import Expression, any_of, blank
from briefsite.check.folding import fold


def _read_words() -> dict[str, list[str]]:
    """The sections of `words.txt`: expressions by the name of their section."""
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
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
MONTH_WORDS = frozenset([*MONTHS, *(name[:3] for name in MONTHS), "sept"])
"""Every word that `MONTH` may match, and no part of one."""
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
# What looks back stands behind the first digit: a search for a digit passes over all else at once.
NUMBER = re.compile(
    r"[-\d](?:"
    r"(?:(?<=\s-)\d{1,3}|(?<=\d)(?<![\w.-].)\d{0,2})(?:,\d{3})+(?:\.\d+)?(?![\w])"
    r"|(?<=\d)(?<![\w.].)(?<![a-z]-.)\d*(?:\.\d+)?"
    r"(?=s?(?![\w])|km|bn|mn|th|st|nd|rd|m\b|k\b))"
)
QUANTITY = Expression(
    rf"(?:(?:[$€£₽]|us\$)\s?\d[\d,.]{{0,20}}|(?<![\w-])\d[\d,.]{{0,20}}\s?-?{UNIT}(?![\w])"
    rf"|(?<![\w-])(?:{'|'.join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))})"
    rf"(?: hundred| thousand| million| billion)?[ -]{UNIT}(?![\w]))"
)
YEAR = re.compile(r"[12](?<![\d.,].)(?:(?<=1)[0-9]|(?<=2)0)\d\ds?(?![\d])")

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
MODIFIED_BAND = any_of(*WORDS["modified-band"], are_rare=True)
OTHER_LIKELIHOOD = any_of(*WORDS["hedge"])
LIKELIHOOD = any_of(*BANDS.values(), *WORDS["likelihood"], are_rare=True)
CONFIDENCE = any_of(*WORDS["confidence"], are_rare=True)

# Who says it


ATTRIBUTION = any_of(*WORDS["attribution"])
# "It is reported that" names no one.
_NAMELESS = any_of(*WORDS["nameless"])


def is_attributed(folded: str) -> bool:
    """Whether a sentence says who speaks; a passive without a name does not."""
    return ATTRIBUTION.search(_NAMELESS.sub(blank, folded)) is not None


ACCUSATION = any_of(*WORDS["accusation"])
ACCUSES = any_of(*WORDS["accuses"], are_rare=True)
# What a text accuses someone of, without a word that says it is an accusation.
PLAIN_ACCUSATION = any_of(*WORDS["plain-accusation"], are_rare=True)
ANSWER = any_of(*WORDS["answer"])

MOTIVE = any_of(*WORDS["motive"], are_rare=True)

HOLLOW_OPENINGS = frozenset(WORDS["hollow"])
HOLLOW_WORDS = frozenset(" ".join(WORDS["hollow-word"]).split())
EVIDENCE = any_of(*WORDS["evidence"])
COMMON_WORDS = frozenset(WORDS["common-word"])
IDIOMS = any_of(*WORDS["idiom"])
DENIAL = any_of(*WORDS["denial"])
NO_DENIAL = any_of(*WORDS["no-denial"])
NO_ANSWER = any_of(*WORDS["no-answer"])
VAGUE = any_of(*WORDS["vague"], are_rare=True)
RELATIVE_DATE = any_of(*WORDS["relative-date"], are_rare=True)
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
