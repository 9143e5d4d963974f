"""Units: one spelling each, so that figures can be compared and computed with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from briefsite.check.plain import Mappings, Plain
from briefsite.load import Document, Path
from briefsite.report import Problem

# Ambiguous or private spellings, and what is written instead. `ton` may be metric, long or short.
SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "$": "USD",
        "us$": "USD",
        "€": "EUR",
        "k": "thousand",
        "m": "million",
        "mn": "million",
        "mln": "million",
        "mio": "million",
        "mil": "million",
        "millions": "million",
        "mm": "million",
        "b": "billion",
        "bn": "billion",
        "bln": "billion",
        "billions": "billion",
        "tn": "trillion",
        "trn": "trillion",
        "percent": "%",
        "pct": "%",
        "kms": "km",
        "km2": "km²",
        "m3": "m³",
        "bcm": "billion m³",
        "mcm": "million m³",
        "bbl": "barrels",
        "bbls": "barrels",
        "bpd": "barrels a day",
        "b/d": "barrels a day",
        "ton": "tonnes",
        "tons": "tonnes",
    }
)
# A single letter stands for metres or bytes as well, unless money or goods are counted in it.
_SCALES = frozenset({"k", "m", "b", "mm"})
_COUNTED = frozenset({"usd", "eur", "us$", "$", "€", "dollars", "euros", "barrels", "people"})
# There are several tons; these say which.
_TONS = frozenset({"long", "short", "metric"})
_PHRASES = MappingProxyType({"per cent": "%", "us dollars": "USD"})
_SHARE = re.compile(r"\b(?:share|proportion)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|rise|increase|growth|fall|decline|decrease)\b", re.IGNORECASE)


def check_units(document: Document, below: Mappings) -> Iterator[Problem]:
    """The units of every figure, quantity and sum of a file, and shares of more than a whole."""
    for path, record in below.get("unit", ()):
        unit = record["unit"]
        if not isinstance(unit, str):
            continue
        if spelling := standard(unit):
            yield document.problem(
                document.locate((*path, "unit")),
                "unit-spelling",
                f"'{unit[:80]}' is not how this unit is written here",
                f"write: {spelling}",
            )
        yield from _share(document, record, path, unit)


@lru_cache(maxsize=1024)
def standard(unit: str) -> str:
    """The unit as it is written here, or an empty string if it is written so."""
    text = " ".join(unit.split())
    for phrase, spelling in _PHRASES.items():
        text = re.sub(rf"\b{phrase}\b", spelling, text, flags=re.IGNORECASE)
    words = text.split(" ")
    for number, word in enumerate(words):
        after = words[number + 1].lower() if number + 1 < len(words) else ""
        if word.lower() in _SCALES and after not in _COUNTED:
            continue
        if number and words[number - 1].lower() in _TONS:
            continue
        words[number] = SPELLINGS.get(word.lower(), word)
    written = " ".join(words)
    return "" if written == " ".join(unit.split()) else written


def _share(document: Document, record: Plain, path: Path, unit: str) -> Iterator[Problem]:
    measures = record.get("measures")
    if unit != "%" or not isinstance(measures, str) or not _SHARE.search(measures):
        return
    if _CHANGE.search(measures):
        return
    for key in ("value", "high"):
        value = record.get(key)
        if isinstance(value, int | float) and not 0 <= value <= 100:
            yield document.problem(
                document.locate((*path, key)),
                "impossible-share",
                f"a share of {value:g} %",
                "a share lies between 0 and 100; a change or a ratio is no share",
            )
