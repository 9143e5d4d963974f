"""Where a shape lies on each row of a picture: what names need in order to stay inside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from briefsite.maps.lines import Lines, Numbers
from briefsite.maps.projection import Pixel, Window


class Scan:
    """A shape of rings, filled even-odd; with `outside`, everything but the shape."""

    def __init__(self, rings: Lines, *, outside: bool = False) -> None:
        self._rings = rings
        self._outside = outside
        self._rows: dict[float, list[tuple[float, float]]] = {}
        starts, first = rings.points, rings.starts[:-1]
        ends = np.concatenate([starts[1:], starts[:1]])
        ends[rings.starts[1:] - 1] = starts[first]
        self._sides = np.stack([starts, ends], axis=1).view(float)
        self._y0, self._y1 = starts.imag.copy(), ends.imag.copy()
        self._top, self._bottom = _ends(self._y0)

    def rings_at(self, y: float) -> Iterator[Scan]:
        """Those of its rings that the row at `y` may cross, each as a shape of its own."""
        if len(self._rings) == 1:
            yield self
            return
        low, high = self._rings.bounds
        for number in np.flatnonzero((low.imag <= y) & (y < high.imag)).tolist():
            yield Scan(self._rings.between(number, number + 1))

    def row(self, y: float) -> list[tuple[float, float]]:
        """From and to, in pixels, where the line at `y` runs within the shape."""
        if y not in self._rows:
            crossings = self._crossings(y)
            if self._outside:
                crossings = [-math.inf, *crossings, math.inf]
            self._rows[y] = list(zip(crossings[::2], crossings[1::2], strict=False))
        return self._rows[y]

    def _crossings(self, y: float) -> list[float]:
        """Where the row at `y` crosses its rings, from left to right."""
        if not self._top <= y < self._bottom:
            return []
        crossed = self._sides.compress((self._y0 > y) != (self._y1 > y), axis=0)
        return sorted(
            [x0 + (y - y0) / (y1 - y0) * (x1 - x0) for x0, y0, x1, y1 in crossed.tolist()]
        )

    def holds(self, point: Pixel) -> bool:
        """Whether a point lies within the shape."""
        x, y = point
        return any(low <= x <= high for low, high in self.row(y))

    def rooms(self, top: float, bottom: float, width: float = 0) -> list[tuple[float, float]]:
        """From and to, in pixels, where all of a box between two rows may lie in the shape.

        Its sides are seen at three rows. What is narrower than `width` is left out.
        """
        if not self._outside and (top < self._top or bottom >= self._bottom):
            return []
        found = [(-math.inf, math.inf)]
        for y in (top, (top + bottom) / 2, bottom):
            found = [
                (start, end)
                for other in self.row(y)
                if other[1] - other[0] >= width
                for low, high in found
                if (end := min(high, other[1])) - (start := max(low, other[0])) >= width
            ]
            if not found:
                break
        return found

    def middle(self, window: Window) -> Pixel | None:
        """The middle of what is seen of the shape, or None where nothing is."""
        total = across = down = 0.0
        steps = 24
        for step in range(steps):
            y = window.top + (window.bottom - window.top) * (step + 0.5) / steps
            for low, high in self.row(y):
                start, end = max(low, window.left), min(high, window.right)
                if end > start:
                    total += end - start
                    across += (end - start) * (start + end) / 2
                    down += (end - start) * y
        return (across / total, down / total) if total else None


def _ends(values: Numbers) -> tuple[float, float]:
    """The least and the greatest of some numbers."""
    return float(values.min(initial=math.inf)), float(values.max(initial=-math.inf))
