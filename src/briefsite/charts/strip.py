"""One bar, lying or standing: full as far as the source is sure, faint as far as it may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from briefsite.charts.svg import element
from briefsite.charts.words import Row

_STRIPES = ((9.0, 6.5), (5.0, 3.5), (2.0, 1.0))
"""Where the stripes of an end that is not exact begin and stop, in pixels before it."""
HEAD = 8.0
"""How far the arrow of an open end reaches beyond it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where values lie: `zero` pixels from the edge, and `unit` pixels for each one."""

    zero: float
    unit: float
    upright: bool = False

    def at(self, pixels: float) -> float:
        """A distance from zero as a place in the picture."""
        return self.zero - pixels if self.upright else self.zero + pixels


def strip(row: Row, axis: Axis, across: float, thick: float, hatch: str) -> Iterator[Markup]:
    """The shapes of a figure's bar, from `across` on `thick` pixels wide.

    `hatch` is the id of the pattern for what is of low confidence.
    """
    low, high = float(row.datum.low) * axis.unit, float(row.datum.high) * axis.unit
    hollow = " gone" if "gone" in row.traits else ""
    fill = f"url(#{hatch})" if "low" in row.traits else None
    full = "hatched" if fill else "bar"

    def part(start: float, end: float, name: str) -> Markup:
        first, last = sorted((axis.at(start), axis.at(end)))
        place = (
            {"x": across, "y": first, "width": thick, "height": last - first}
            if axis.upright
            else {"x": first, "y": across, "width": last - first, "height": thick}
        )
        return element("rect", cls=f"{name}{hollow}", fill=fill, **place)

    if "rough" in row.traits and low > _STRIPES[0][0]:
        yield part(0, low - 11, full) if low > 11 else Markup()
        yield from (part(low - start, low - stop, full) for start, stop in _STRIPES)
    elif low:
        yield part(0, low, full)
    if high > low:
        yield part(low, high, f"{full} faint")
        yield _line(axis, high, across, thick)
    if "open" in row.traits:
        yield _head(axis, high, across, thick, hollow)
    if "contested" in row.traits:
        first, last = sorted((axis.at(0), axis.at(high)))
        around = (
            {"x": across - 2.0, "y": first - 2, "width": thick + 4, "height": last - first + 4}
            if axis.upright
            else {"x": first - 2, "y": across - 2, "width": last - first + 4, "height": thick + 4}
        )
        yield element("rect", cls="edge", **around)


def _line(axis: Axis, end: float, across: float, thick: float) -> Markup:
    """The end of a range."""
    at = axis.at(end)
    if axis.upright:
        return element("path", cls="cap", d=f"M{across:.1f} {at:.1f}h{thick:.1f}")
    return element("path", cls="cap", d=f"M{at:.1f} {across:.1f}v{thick:.1f}")


def _head(axis: Axis, end: float, across: float, thick: float, hollow: str) -> Markup:
    """An arrow that says that it goes on."""
    at, half = axis.at(end), thick / 2
    if axis.upright:
        path = f"M{across:.1f} {at - 2:.1f}h{thick:.1f}l{-half:.1f} {2 - HEAD:.1f}z"
    else:
        path = f"M{at + 2:.1f} {across:.1f}v{thick:.1f}l{HEAD - 2:.1f} {-half:.1f}z"
    return element("path", cls=f"bar{hollow}", d=path)
