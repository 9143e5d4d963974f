"""Columns over time: each as wide as its period, and where there is no figure a gap."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from briefsite.charts.bars import LETTERS, SMALL, Drawn, Linked
from briefsite.charts.scale import ticks
from briefsite.charts.strip import HEAD, Axis, strip
from briefsite.charts.svg import element, joined, text
from briefsite.charts.words import Row
from briefsite.languages import Language
from briefsite.lettering import text_width
from briefsite.model.charts import Plot
from briefsite.model.dates import Edtf
from briefsite.model.units import number_words

_HEIGHT = 120.0
_WIDEST = 46.0
_LEAD = 14.0
_LINKED_FROM = 28.0
"""How far columns stand apart at least where each is a link: less is too little for a finger."""
Span = tuple[float, float]


def draw_columns(
    plot: Plot,
    found: Sequence[Row],
    *,
    width: float,
    top: float,
    hatch: str,
    linked: Linked,
    language: Language,
) -> Drawn:
    """The columns of a chart, `width` pixels wide, over an axis of years."""
    steps = ticks(plot.top, 4)
    numbers = [language.numerals(number_words(tick)) for tick in steps]
    left = max(text_width(words, SMALL) for words in numbers) * 1.08 + 8
    spans = _spans([row.datum.figure.year for row in found], left, width)
    unit = _HEIGHT / float(plot.top)
    labels = _labels(found, spans, unit, left, width)
    zero = top - min([-_HEIGHT, *(y - LETTERS for _, y in labels)])
    axis = Axis(zero, unit, upright=True)
    shapes = [_grid(axis, [float(t) for t in steps], numbers, left, width)]
    apart = min((b[0] - a[0] for a, b in pairwise(spans)), default=width)
    for row, (start, end), (x, y) in zip(found, spans, labels, strict=True):
        parts = [*strip(row, axis, start, end - start, hatch)]
        roof = -float(row.datum.high) * unit - 4 - HEAD * ("open" in row.traits)
        foot = y + _LEAD * len(row.facts)
        if foot < roof - 6:
            middle = (start + end) / 2
            parts.append(
                element(
                    "path", cls="rule", d=f"M{middle:.1f} {zero + foot + 4:.1f}V{zero + roof:.1f}"
                )
            )
        parts.append(text(row.value, x, zero + y, cls="value", anchor="middle"))
        for number, fact in enumerate(row.facts, start=1):
            parts.append(text(fact, x, zero + y + _LEAD * number, cls="fact", anchor="middle"))
        drawn = joined(parts)
        shapes.append(linked(row, drawn) if apart >= _LINKED_FROM else element("g", drawn))
    shapes.append(
        element("g", *_years(found, spans, zero, left, width, language), aria_hidden="true")
    )
    return Drawn(joined(shapes), zero + 18)


def _year(day: datetime.date) -> float:
    start = datetime.date(day.year, 1, 1).toordinal()
    return day.year + (day.toordinal() - start) / (366 if day.year % 4 == 0 else 365)


def _frame(periods: Sequence[Edtf]) -> Span:
    """The whole years that all periods lie in."""
    return float(periods[0].first.year), float(periods[-1].last.year + 1)


def _spans(periods: Sequence[Edtf], left: float, width: float) -> list[Span]:
    """Where each column starts and ends: on its period, a little narrower, none too wide."""
    first, last = _frame(periods)
    scale = (width - left) / (last - first)
    spans = []
    for period in periods:
        start = left + (_year(period.first) - first) * scale
        end = (
            left + (_year(period.last + datetime.timedelta(1)) - first) * scale
            if period.last < datetime.date.max
            else width
        )
        middle, wide = (start + end) / 2, min(_WIDEST, max(3.0, (end - start) * 0.76))
        spans.append((middle - wide / 2, middle + wide / 2))
    return spans


def _labels(
    found: Sequence[Row], spans: Sequence[Span], unit: float, left: float, width: float
) -> list[tuple[float, float]]:
    """Where the figure of each column stands: above it, clear of all others; `y` from zero up."""
    roofs = [-float(row.datum.high) * unit - 5 - HEAD * ("open" in row.traits) for row in found]
    taken = [(a, roof, b, 0.0) for (a, b), roof in zip(spans, roofs, strict=True)]
    places = []
    for row, (start, end), roof in zip(found, spans, roofs, strict=True):
        words = [text_width(row.value, LETTERS), *(text_width(f, SMALL) for f in row.facts)]
        half = max(words) * 1.08 / 2
        x = min(max((start + end) / 2, left + half), width - half)
        high = LETTERS + _LEAD * len(row.facts)
        foot = roof
        while hits := [t for t in taken if _meet((x - half, foot - high, x + half, foot), t)]:
            foot = min(t[1] for t in hits) - 2
        taken.append((x - half - 3, foot - high, x + half + 3, foot))
        places.append((x, foot - _LEAD * len(row.facts)))
    return places


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _grid(
    axis: Axis, values: Sequence[float], words: Sequence[str], left: float, width: float
) -> Markup:
    parts = []
    for value, said in zip(values, words, strict=True):
        y = axis.at(value * axis.unit)
        parts.append(
            element("path", cls="rule" if value else "zero", d=f"M{left:.1f} {y:.1f}H{width:.1f}")
        )
        parts.append(text(said, left - 6, y + 4, cls="tick", anchor="end"))
    return element("g", *parts, aria_hidden="true")


def _years(
    found: Sequence[Row],
    spans: Sequence[Span],
    zero: float,
    left: float,
    width: float,
    language: Language,
) -> Iterator[Markup]:
    """Years below the axis, as many as have room, and a word in each gap of a year and more."""
    periods = [row.datum.figure.year for row in found]
    first, last = _frame(periods)
    scale = (width - left) / (last - first)
    step = next(
        s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * scale >= 38 or s == 1000
    )
    if last - first == 1:  # within one year its periods are told by name
        for (start, end), period in zip(spans, periods, strict=True):
            yield text(
                language.date(period), (start + end) / 2, zero + 15, cls="tick", anchor="middle"
            )
    else:
        for year in range(int(first), int(last)):
            if (year - int(first)) % step == 0:
                x = left + (year + 0.5 - first) * scale
                yield text(str(year), min(x, width - 15), zero + 15, cls="tick", anchor="middle")
    for (before, one), (after, other) in pairwise(zip(spans, periods, strict=True)):
        is_gap = other.first.year - one.last.year > 1
        if is_gap and after[0] - before[1] > 60:
            words = language.gettext("no figure")
            yield text(words, (before[1] + after[0]) / 2, zero - 5, cls="fact", anchor="middle")
