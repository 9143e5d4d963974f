"""A timeline as a narrow picture: each event at its time on one axis, stacked where they crowd.

Places across are in percent and sizes in pixels, so that it fills any width and its letters and
signs keep their size. What crowds is reckoned for a phone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefsite.charts.bars import SMALL
from briefsite.charts.svg import element, line, percent, text
from briefsite.languages import ENGLISH, N_, Language
from briefsite.lettering import text_width
from briefsite.model.library import Library
from briefsite.model.records import Event

FEWEST = 3
"""Fewer events are told faster than shown."""
_PHONE = 300.0
_EDGE = 2.0
_SIGN, _STEP = 9.0, 12.0
_ROWS = 30
"""How high signs are stacked at most; more of one time cover each other."""
_MONTHS_UP_TO = 900
"""Days of a timeline up to which its axis has months."""
_EMPTY, _CUT = 0.6, 5.0
"""What part of the time may be empty before it is cut out, and the percent that a cut takes."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """The time that the axis spans, in days of the calendar, and the empty `gaps` cut out of it."""

    first: int
    last: int
    gaps: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """The days that are drawn."""
        return self.last - self.first - sum(end - start for start, end in self.gaps)

    def percent(self, day: int) -> float:
        day = min(max(day, self.first), self.last)
        out = sum(min(day, end) - start for start, end in self.gaps if day > start)
        cuts = sum(
            (min(day, end) - start) / (end - start) for start, end in self.gaps if day > start
        )
        share = (day - self.first - out) / self.length
        return _EDGE + share * (100 - 2 * _EDGE - _CUT * len(self.gaps)) + _CUT * cuts


@dataclass(frozen=True, slots=True)
class Band:
    """A timeline's picture, and how to read the signs in it."""

    svg: Markup
    key: tuple[str, ...]


def timeline_band(
    events: Sequence[Event], library: Library, language: Language = ENGLISH
) -> Band | None:
    """The picture of some events in the order of time; None for too few, or of one day only."""
    if len(events) < FEWEST:
        return None
    frame = _frame(events)
    if frame is None:
        return None
    free: list[float] = []
    placed = []
    for event in events:
        start, end = _span(event, frame)
        left, right = start * _PHONE / 100 - _SIGN / 2, end * _PHONE / 100 + _SIGN / 2
        top = min(len(free), _ROWS - 1)
        row = next((n for n, until in enumerate(free) if until < left), top)
        free[row : row + 1] = [right + 1.5]
        placed.append((event, start, end, row))
    zero = len(free) * _STEP + 6
    contested = [_is_contested(event, library) for event in events]
    shapes = [_axis(frame, zero, language)]
    for (event, start, end, row), is_contested in zip(placed, contested, strict=True):
        y = zero - 6 - _STEP * row - _SIGN / 2
        shapes.append(_sign(event, language, start, end, y, is_contested=is_contested))
    years = (datetime.date.fromordinal(day).year for day in (frame.first, frame.last))
    words = language.ngettext(
        "%(num)s event, %(years)s; the list has each.",
        "%(num)s events, %(years)s; the list has each.",
        len(events),
        years="–".join(map(str, dict.fromkeys(years))),
    )
    svg = element(
        "svg", *shapes, cls="ink band", role="img", aria_label=words, width="100%", height=zero + 18
    )
    return Band(
        svg, tuple(map(language.gettext, _key(events, frame, any_contested=any(contested))))
    )


def _frame(events: Sequence[Event]) -> _Frame | None:
    first = min(event.date.first for event in events)
    ends = [d.end.last if d.end else d.first for d in (event.date for event in events)]
    last = max(*ends, *(event.date.first for event in events))
    if first == last:
        return None
    return _Frame(first.toordinal(), last.toordinal(), tuple(_gaps(events, first, last)))


def _gaps(
    events: Sequence[Event], first: datetime.date, last: datetime.date
) -> Iterator[tuple[int, int]]:
    """The long times in which nothing is told."""
    least = (last - first).days * _EMPTY
    until = first
    for date in sorted((event.date for event in events), key=lambda date: date.first):
        if (date.first - until).days > least:
            yield until.toordinal(), date.first.toordinal()
        until = max(until, date.last)


def _span(event: Event, frame: _Frame) -> tuple[float, float]:
    """From where to where an event may be, in percent; what goes on runs off the edge."""
    date = event.date
    start = frame.percent(date.first.toordinal()) if date.start else 0.0
    return start, frame.percent(date.last.toordinal()) if date.end else 100.0


def _is_contested(event: Event, library: Library) -> bool:
    return all(library.claims[key].is_contested for key in event.claims)


def _is_rough(event: Event) -> bool:
    points = (event.date.start, event.date.end)
    return any(point is not None and point.qualifier for point in points)


def _sign(
    event: Event, language: Language, start: float, end: float, y: float, *, is_contested: bool
) -> Markup:
    """A dot, or a bar as long as the time may be; hollow if that is not sure."""
    drawn = ["event"]
    if _is_rough(event) or is_contested:
        drawn.append("hole")
    if is_contested:
        drawn.append("core")
    parts = [element("title", f"{language.date(event.date)}: {event.title}")]
    parts += [line(cls, start, y, end, y) for cls in drawn]
    return element("g", *parts)


def _key(events: Sequence[Event], frame: _Frame, *, any_contested: bool) -> Iterator[str]:
    if any(event.date.first != event.date.last for event in events):
        yield N_("A bar is a span of time, or a date that is not known more closely.")
    if any(_is_rough(event) for event in events):
        yield N_("Hollow: about or possibly then.")
    if any_contested:
        yield N_("With a core: contested.")
    if frame.gaps:
        yield N_("Two strokes across the line: an empty time left out.")
    if any(event.date.end is None or event.date.start is None for event in events):
        yield N_("Over the edge: it goes on.")


def _axis(frame: _Frame, y: float, language: Language) -> Markup:
    parts = [line("zero", 0, y, 100, y)]
    until = 0.0
    for day, words in sorted([*_ticks(frame, language), *_lonely(frame, language)]):
        x, half = frame.percent(day), text_width(words, SMALL) / 2
        at = x * _PHONE / 100
        anchor = "start" if at < half else "end" if at > _PHONE - half else "middle"
        left = {"start": at, "end": at - 2 * half, "middle": at - half}[anchor]
        parts.append(line("zero", x, y, x, y + 4))
        if left >= until:
            parts.append(text(words, percent(x), y + 16, cls="tick", anchor=anchor))
            until = left + 2 * half + 8
    for start, end in frame.gaps:
        middle = percent((frame.percent(start) + frame.percent(end)) / 2)
        stroke = element("path", cls="zero", d="M-5 5l4-10m2 10l4-10")
        blank = element("path", cls="blank", d="M-3 0h6")
        parts.append(element("svg", blank, stroke, x=middle, y=y, overflow="visible"))
    return element("g", *parts)


def _ticks(frame: _Frame, language: Language) -> Iterator[tuple[int, str]]:
    """Round years, or months of a short time, as many as a phone has room for."""
    first, last = (datetime.date.fromordinal(day) for day in (frame.first, frame.last))
    length = frame.length
    if length <= _MONTHS_UP_TO:
        step = next(n for n in (1, 2, 3, 6, 12) if n * 30.4 * _PHONE / length >= 64 or n == 12)
        for year in range(first.year, last.year + 1):
            for month in range(1, 13, step):
                start = datetime.date(year, month, 1)
                if _is_shown(start.toordinal(), frame):
                    yield start.toordinal(), language.month(start)
        return
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
    step = next(n for n in steps if n * 365 * _PHONE / length >= 40 or n == steps[-1])
    for year in range(first.year - first.year % step + step, last.year + 1, step):
        if _is_shown(day := datetime.date(year, 1, 1).toordinal(), frame):
            yield day, str(year)


def _lonely(frame: _Frame, language: Language) -> Iterator[tuple[int, str]]:
    """The year of each piece between cuts that no round year falls into."""
    days = [day for day, _ in _ticks(frame, language)] if frame.gaps else []
    starts = (frame.first, *(end for _, end in frame.gaps))
    ends = (*(start for start, _ in frame.gaps), frame.last)
    for start, end in zip(starts, ends, strict=True):
        if frame.gaps and not any(start <= day <= end for day in days):
            day = datetime.date.fromordinal(start)
            has_months = frame.length <= _MONTHS_UP_TO
            yield start, language.month(day) if has_months else str(day.year)


def _is_shown(day: int, frame: _Frame) -> bool:
    cut = any(start < day < end for start, end in frame.gaps)
    return frame.first <= day <= frame.last and not cut
