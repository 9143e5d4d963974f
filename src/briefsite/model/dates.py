"""Dates with the precision they are known to: a subset of EDTF (ISO 8601-2, levels 0 and 1).

Accepted: `2012`, `2012-02`, `2012-02-05`, each with `~` (approximate), `?` (uncertain) or `%`
(both) behind it; `199X` and `18XX` (an unknown year of a decade or century); intervals
`2020-09-27/2020-11-10`, open (`2020/..`) or unknown (`2020/`) at an end.

An own parser, because one date costs the known libraries about a millisecond, and a large
publication has tens of thousands.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "month", "year", "decade", "century"]

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_MONTHS = tuple(calendar.month_name)
"""Looked up once: the calendar asks the system for each, and in the language that it is set to."""
_QUALIFIERS = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}


class DateError(ValueError):
    """The text is no date that is understood here; the message says why."""


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: the first and last day it can mean."""

    first: datetime.date
    last: datetime.date
    precision: Precision
    qualifier: str

    def words(self) -> str:
        """The point as a reader expects it, such as `about February 2012`."""
        return _QUALIFIERS[self.qualifier] + self._bare()

    def _bare(self) -> str:
        match self.precision:
            case "day":
                return f"{self.first.day} {_MONTHS[self.first.month]} {self.first.year}"
            case "month":
                return f"{_MONTHS[self.first.month]} {self.first.year}"
            case "year":
                return str(self.first.year)
            case "decade":
                return f"{self.first.year}s"
            case "century":
                return f"{_ordinal(self.first.year // 100 + 1)} century"


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval. `start` or `end` is None where the interval is open or unknown."""

    text: str
    start: Point | None
    end: Point | None
    is_interval: bool = False

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Callable[[str], Edtf], tuple[str]]:
        return parse_date, (self.text,)  # a publication has each date many times

    @property
    def first(self) -> datetime.date:
        """The earliest day it can mean; of an interval without a start, that of its end."""
        point = self.start or self.end
        assert point is not None
        return point.first

    @property
    def last(self) -> datetime.date:
        """The latest day it can mean; of an interval without an end, the end of time."""
        return self.end.last if self.end else datetime.date.max

    @property
    def sort_key(self) -> tuple[datetime.date, datetime.date, str]:
        return self.first, self.last, self.text

    def year_words(self) -> str:
        """Its first year; of a decade or century its words."""
        point = self.start or self.end
        rough = point is not None and point.precision in ("decade", "century")
        return self.words() if rough else str(self.first.year)

    def words(self) -> str:
        """The date as a reader expects it, such as `27 September – 10 November 2020`."""
        if not self.is_interval:
            assert self.start is not None
            return self.start.words()
        if self.start is None:
            assert self.end is not None
            return f"until {self.end.words()}"
        if self.end is None:
            ongoing = self.text.endswith("..")
            return f"since {self.start.words()}" if ongoing else f"from {self.start.words()}"
        return _interval_words(self.start, self.end)


def _interval_words(start: Point, end: Point) -> str:
    if start.precision == end.precision == "year" and not start.qualifier + end.qualifier:
        return f"{start.words()}–{end.words()}"
    if start.qualifier or end.qualifier or start.first.year != end.first.year:
        return f"{start.words()} – {end.words()}"
    if start.precision == end.precision == "day":
        month = _MONTHS[start.first.month]
        if start.first.month == end.first.month:
            return f"{start.first.day}–{end.words()}"
        return f"{start.first.day} {month} – {end.words()}"
    if start.precision == end.precision == "month":
        return f"{_MONTHS[start.first.month]} – {end.words()}"
    return f"{start.words()} – {end.words()}"


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else suffix}"


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Edtf:
    """Read an EDTF date. Raises DateError."""
    if "/" not in text:
        point = _point(text)
        return Edtf(text, point, point)
    if text.count("/") > 1:
        raise DateError(f"'{text}' is no EDTF date")
    start_text, _, end_text = text.partition("/")
    start = None if start_text in ("", "..") else _point(start_text)
    end = None if end_text in ("", "..") else _point(end_text)
    if start is None and end is None:
        raise DateError("an interval has at least one end")
    if start and end and start.first > end.last:
        raise DateError(f"the interval ends ({end.words()}) before it starts ({start.words()})")
    return Edtf(text, start, end, is_interval=True)


def newest(dates: Iterable[Edtf]) -> Edtf:
    """The latest of some dates."""
    return max(dates, key=lambda date: date.sort_key)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise DateError(f"'{text}' is no EDTF date")
    year, month, day, qualifier = match.groups()
    if "X" in year:
        if month:
            raise DateError(f"'{text}' has a month of an unknown year")
        if year.startswith("000") or year == "00XX":
            raise DateError("there is no year 0")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        precision: Precision = "century" if year.endswith("XX") else "decade"
        return Point(datetime.date(low, 1, 1), datetime.date(high, 12, 31), precision, qualifier)
    if int(year) == 0:
        raise DateError("there is no year 0")
    if month is None:
        first, last = datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
        return Point(first, last, "year", qualifier)
    if not 1 <= int(month) <= 12:
        raise DateError(f"there is no month {month}")
    days = calendar.monthrange(int(year), int(month))[1]
    if day is None:
        first = datetime.date(int(year), int(month), 1)
        return Point(first, first.replace(day=days), "month", qualifier)
    if not 1 <= int(day) <= days:
        raise DateError(f"{_MONTHS[int(month)]} {year} has {days} days")
    exact = datetime.date(int(year), int(month), int(day))
    return Point(exact, exact, "day", qualifier)
