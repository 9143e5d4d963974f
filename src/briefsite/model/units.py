"""Units with a number word in front, such as `million barrels`, and their power of ten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

_POWERS: Mapping[str, int] = MappingProxyType(
    {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
)


def split_unit(unit: str) -> tuple[int, str]:
    """The power of ten that a unit starts with, and what is counted: `million tonnes` is 6, tonnes.

    What is counted is empty where the unit is a number word alone.
    """
    word, _, counted = unit.partition(" ")
    power = _POWERS.get(word.lower())
    return (0, unit) if power is None else (power, counted)


def in_power(value: float, given: int, wanted: int) -> Decimal:
    """A value in units of 10^given as one in units of 10^wanted, exactly as it is written."""
    return Decimal(repr(value)).scaleb(given - wanted)


def number_words(number: Decimal) -> str:
    """A number with thousands separated, and no more decimals than it needs."""
    text = re.sub(r"(\.\d*?)0+$", r"\1", f"{number:,f}").removesuffix(".")
    return text.replace("-", "−")
