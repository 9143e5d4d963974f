"""Where a shape lies on each row of a picture: what names need in order to stay inside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefsite.maps.placement import Box
from briefsite.maps.projection import Pixel, Window


class Scan:
    """A shape of pixels, filled even-odd; with `outside`, everything but the shape."""

    def __init__(self, rings: Sequence[Sequence[Pixel]], *, outside: bool = False) -> None:
        self.rings = rings
        self._outside = outside
        self._rows: dict[float, list[tuple[float, float]]] = {}

    def row(self, y: float) -> list[tuple[float, float]]:
        """From and to, in pixels, where the line at `y` runs within the shape."""
        if y not in self._rows:
            crossings = sorted(self._crossings(y))
            if self._outside:
                crossings = [-math.inf, *crossings, math.inf]
            self._rows[y] = list(zip(crossings[::2], crossings[1::2], strict=False))
        return self._rows[y]

    def _crossings(self, y: float) -> Iterator[float]:
        for ring in self.rings:
            for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
                if (y0 > y) != (y1 > y):
                    yield x0 + (y - y0) / (y1 - y0) * (x1 - x0)

    def holds(self, point: Pixel) -> bool:
        """Whether a point lies within the shape."""
        return any(low <= point[0] <= high for low, high in self.row(point[1]))

    def room(self, box: Box, x: float) -> float:
        """Free pixels beside a box around `x`; negative where it does not fit."""
        least = math.inf
        for y in (box.top, (box.top + box.bottom) / 2, box.bottom):
            around = [(low, high) for low, high in self.row(y) if low <= x <= high]
            if not around:
                return -math.inf
            least = min(least, box.left - around[0][0], around[0][1] - box.right)
        return least

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
