"""Bars that lie below each other, each with its label above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefsite.charts.scale import ticks
from briefsite.charts.strip import HEAD, Axis, strip
from briefsite.charts.svg import element, joined, shortest, text
from briefsite.charts.words import Row
from briefsite.languages import Language
from briefsite.lettering import text_width, wrapped
from briefsite.model.charts import Plot
from briefsite.model.units import number_words

LETTERS, SMALL = 13.0, 11.5
_THICK = 14.0

Linked = Callable[[Row, Markup], Markup]
"""Puts a link around what is drawn of a figure."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Shapes from `top` downwards, and where they end."""

    shapes: Markup
    bottom: float


def draw_bars(
    plot: Plot,
    found: Sequence[Row],
    *,
    width: float,
    top: float,
    hatch: str,
    linked: Linked,
    language: Language,
) -> Drawn:
    """The bars of a chart, `width` pixels wide, and their axis below."""
    axis = Axis(1, min(_unit(row, width) for row in found))
    y, group, shapes = top, "", []
    bars: list[float] = []
    for row in found:
        if row.datum.group != group:
            group = row.datum.group
            shapes.append(text(group, 0.0, y + 15, cls="group"))
            y += 24
        drawn = _row(row, axis, y, width, hatch)
        area = element("rect", cls="area", x=0.0, y=y, width=width, height=drawn.bottom - y - 4)
        shapes.append(linked(row, area + drawn.shapes))
        bars.append(drawn.bottom - _THICK - 8)
        y = drawn.bottom + 4
    return Drawn(_grid(plot, axis, bars, y, language) + joined(shapes), y + 14)


def _unit(row: Row, width: float) -> float:
    """How many pixels a unit may have, so that the row's figure stands beside its bar."""
    beside = text_width(row.value, LETTERS) * 1.08 + 8 + HEAD * ("open" in row.traits)
    return (width - 1 - beside) / float(row.datum.high) if row.datum.high else float("inf")


def _row(row: Row, axis: Axis, top: float, width: float, hatch: str) -> Drawn:
    y, shapes = top, []
    for line in wrapped(row.datum.label, LETTERS * 1.06, width):
        shapes.append(text(line, 0.0, y + 13, cls="label"))
        y += 16
    for line in wrapped(" · ".join(row.facts), SMALL * 1.06, width):
        shapes.append(text(line, 0.0, y + 11, cls="fact"))
        y += 14
    y += 4
    shapes += strip(row, axis, y, _THICK, hatch)
    end = axis.at(float(row.datum.high) * axis.unit) + HEAD * ("open" in row.traits) + 6
    shapes.append(text(row.value, end, y + 12, cls="value"))
    return Drawn(joined(shapes), y + _THICK + 8)


def _grid(
    plot: Plot, axis: Axis, bars: Sequence[float], bottom: float, language: Language
) -> Markup:
    """The axis from zero: round numbers below, with a fine line behind each of the `bars`."""
    parts = []
    for tick in ticks(plot.top, 4):
        x = axis.at(float(tick) * axis.unit)
        lines = "".join(f"M{shortest(x)} {shortest(y - 4)}v{shortest(_THICK + 8)}" for y in bars)
        parts.append(element("path", cls="rule" if tick else "zero", d=lines))
        words = language.numerals(number_words(tick))
        anchor = "middle" if x > text_width(words, SMALL) / 2 else None
        parts.append(text(words, x if anchor else 0.0, bottom + 10, cls="tick", anchor=anchor))
    return element("g", *parts, aria_hidden="true")
