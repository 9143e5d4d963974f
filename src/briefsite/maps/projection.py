"""Web Mercator on a picture, and what is cut off at its edge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefsite.model.records import Extent

Pixel = tuple[float, float]
EARTH_KM = 40075.016686
"""Length of the equator, WGS 84."""
_MAX_LAT = 85.05112878


def mercator(lat: float) -> float:
    """Web Mercator's northing in degrees of longitude at the equator."""
    bounded = max(-_MAX_LAT, min(_MAX_LAT, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to pixels, 0,0 at the north-west corner of an extent."""

    west: float
    top: float
    per_degree: float
    width: float
    height: float
    middle_lat: float

    @classmethod
    def fit(cls, extent: Extent, width: float) -> Projection:
        """The projection that makes an extent `width` pixels wide."""
        per_degree = width / (extent.east - extent.west)
        top = mercator(extent.north)
        height = round((top - mercator(extent.south)) * per_degree)
        middle = (extent.south + extent.north) / 2
        return cls(extent.west, top, per_degree, width, height, middle)

    def __call__(self, position: Sequence[float]) -> Pixel:
        return (
            (position[0] - self.west) * self.per_degree,
            (self.top - mercator(position[1])) * self.per_degree,
        )

    def km(self, pixels: float) -> float:
        """How many kilometres some pixels are at the middle of the picture."""
        across = EARTH_KM * math.cos(math.radians(self.middle_lat)) / 360
        return pixels / self.per_degree * across

    def pixels(self, km: float) -> float:
        """How many pixels some kilometres are at the middle of the picture."""
        return km / self.km(1)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of pixels that shapes are cut to."""

    left: float
    top: float
    right: float
    bottom: float

    def ring(self, ring: Sequence[Pixel]) -> list[Pixel]:
        """A closed ring cut to the window (Sutherland–Hodgman); empty where it lies outside."""
        points = list(ring[:-1]) if len(ring) > 1 and ring[0] == ring[-1] else list(ring)
        for axis, limit, keep_above in (
            (0, self.left, True),
            (0, self.right, False),
            (1, self.top, True),
            (1, self.bottom, False),
        ):
            points = list(_half(points, axis, limit, keep_above))
        return points

    def line(self, line: Sequence[Pixel]) -> Iterator[list[Pixel]]:
        """The parts of a line within the window."""
        part: list[Pixel] = []
        for start, end in pairwise(line):
            cut = self._segment(start, end)
            if cut is None or (part and part[-1] != cut[0]):
                if len(part) > 1:
                    yield part
                part = []
            if cut is not None:
                part = [*part, cut[1]] if part else list(cut)
        if len(part) > 1:
            yield part

    def _segment(self, start: Pixel, end: Pixel) -> tuple[Pixel, Pixel] | None:
        """Liang–Barsky."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        low, high = 0.0, 1.0
        for step, room in (
            (-dx, start[0] - self.left),
            (dx, self.right - start[0]),
            (-dy, start[1] - self.top),
            (dy, self.bottom - start[1]),
        ):
            if step == 0:
                if room < 0:
                    return None
                continue
            share = room / step
            if step < 0:
                low = max(low, share)
            else:
                high = min(high, share)
            if low > high:
                return None
        first = start if low == 0 else (start[0] + low * dx, start[1] + low * dy)
        last = end if high == 1 else (start[0] + high * dx, start[1] + high * dy)
        return first, last


def _half(points: Sequence[Pixel], axis: int, limit: float, keep_above: bool) -> Iterator[Pixel]:
    for index, point in enumerate(points):
        before = points[index - 1]
        inside = (point[axis] >= limit) == keep_above or point[axis] == limit
        was_inside = (before[axis] >= limit) == keep_above or before[axis] == limit
        if inside != was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            yield (
                before[0] + share * (point[0] - before[0]),
                before[1] + share * (point[1] - before[1]),
            )
        if inside:
            yield point


def simplify(points: Iterable[Pixel], tolerance: float) -> list[Pixel]:
    """Points without those that stray less than `tolerance` pixels (Douglas–Peucker)."""
    line = list(points)
    if len(line) < 3:
        return line
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        worst, furthest = tolerance, None
        for index in range(first + 1, last):
            distance = _distance(line[index], line[first], line[last])
            if distance > worst:
                worst, furthest = distance, index
        if furthest is not None:
            keep[furthest] = True
            stack += [(first, furthest), (furthest, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _distance(point: Pixel, start: Pixel, end: Pixel) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0
    if length:
        share = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
        share = max(0.0, min(1.0, share))
    return math.hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)
