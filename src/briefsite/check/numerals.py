"""The numbers that a text writes in digits, of whatever script, and where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from briefsite.check.statements import prose_statements

# A point, a comma or a narrow space between digits belongs to the number, whatever it means there.
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009٫٬]\d+)*")


class Numeral(NamedTuple):
    """A number as it is written, its digits from 0 to 9 without separators, and its offset."""

    written: str
    digits: str
    offset: int


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text without markup."""
    for match in _NUMBER.finditer(text):
        digits = "".join(str(unicodedata.digit(c)) for c in match.group() if c.isdecimal())
        yield Numeral(match.group(), digits, match.start())


def numerals_of_prose(source: str) -> Iterator[Numeral]:
    """The numbers that the sentences of prose say; what only markup holds is none."""
    for paragraph in prose_statements(source):
        for statement in paragraph:
            for numeral in numerals(statement.text):
                yield numeral._replace(offset=statement.offset(numeral.offset))
