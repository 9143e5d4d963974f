"""Where a shape lies on each row of a picture: what names need in order to stay inside it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from briefsite.maps.projection import Pixel, Window

_Side = tuple[float, float, float, float]
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
    def _bands(self) -> Mapping[int, Sequence[_Side]]:
        bands: dict[int, list[_Side]] = defaultdict(list)
        top, per_band = self._top, self._per_band
        for (x0, y0), (x1, y1) in pairwise((*self._points, self._points[0])):
            low, high = (y0, y1) if y0 < y1 else (y1, y0)
            side = x0, y0, x1, y1
            for band in range(int((low - top) * per_band), int((high - top) * per_band) + 1):
                bands[band].append(side)
        return bands

    def crossings(self, y: float) -> Sequence[float]:
        """Where the row at `y` crosses it, in no order."""
        if not self._top <= y < self._bottom:
            return ()
        if y not in self._crossings:
            self._crossings[y] = [
                x0 + (y - y0) / (y1 - y0) * (x1 - x0)
                for x0, y0, x1, y1 in self._bands.get(int((y - self._top) * self._per_band), ())
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
