"""Where a shape lies on each row of a picture: what names need in order to stay inside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from briefsite.maps.projection import Pixel, Window

_Side = Sequence[float]
"""Across and down of its start, then of its end."""
_SIDES_A_BAND = 12


class Ring:
    """A closed line of pixels, its sides sorted by the rows that they cross."""

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        self._points = points
        downs = [point[1] for point in points]
        self._top, self._bottom = min(downs), max(downs)
        self._per_band = max(1, len(points) // _SIDES_A_BAND) / ((self._bottom - self._top) or 1)
        self._crossings: dict[float, list[float]] = {}

    @cached_property
    def _bands(self) -> Sequence[Sequence[_Side]]:
        """Its sides by the bands of rows that they touch, from the top."""
        start = np.array(self._points, dtype=float)
        end = np.roll(start, -1, axis=0)
        low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
        first, last = (((y - self._top) * self._per_band).astype(int) for y in (low, high))
        count = last - first + 1
        side = np.repeat(np.arange(len(start)), count)
        band = np.arange(len(side)) - np.repeat(np.cumsum(count) - count - first, count)
        order = np.argsort(band, kind="stable")
        sides = np.concatenate([start, end], axis=1)[side[order]].tolist()
        ends = np.searchsorted(band[order], np.arange(last.max() + 2)).tolist()
        return [sides[one:other] for one, other in pairwise(ends)]

    def crossings(self, y: float) -> Sequence[float]:
        """Where the row at `y` crosses it, in no order."""
        if not self._top <= y < self._bottom:
            return ()
        if y not in self._crossings:
            self._crossings[y] = [
                x0 + (y - y0) / (y1 - y0) * (x1 - x0)
                for x0, y0, x1, y1 in self._bands[int((y - self._top) * self._per_band)]
                if (y0 > y) != (y1 > y)
            ]
        return self._crossings[y]


class Scan:
    """A shape of rings, filled even-odd; with `outside`, everything but the shape."""

    def __init__(self, rings: Sequence[Ring], *, outside: bool = False) -> None:
        self.rings = rings
        self._outside = outside
        self._rows: dict[float, list[tuple[float, float]]] = {}

    def row(self, y: float) -> list[tuple[float, float]]:
        """From and to, in pixels, where the line at `y` runs within the shape."""
        if y not in self._rows:
            crossings = sorted(x for ring in self.rings for x in ring.crossings(y))
            if self._outside:
                crossings = [-math.inf, *crossings, math.inf]
            self._rows[y] = list(zip(crossings[::2], crossings[1::2], strict=False))
        return self._rows[y]

    def holds(self, point: Pixel) -> bool:
        """Whether a point lies within the shape."""
        return any(low <= point[0] <= high for low, high in self.row(point[1]))

    def rooms(self, top: float, bottom: float) -> list[tuple[float, float]]:
        """From and to, in pixels, where all of a box between two rows may lie in the shape.

        Its sides are seen at three rows.
        """
        rows = [self.row(y) for y in (top, (top + bottom) / 2, bottom)]
        found = rows[0]
        for row in rows[1:]:
            found = [
                (max(low, other[0]), min(high, other[1]))
                for low, high in found
                for other in row
                if low < other[1] and other[0] < high
            ]
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
