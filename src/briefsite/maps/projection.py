"""Web Mercator on a picture, and what is cut off at its edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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

    def segment(self, start: Pixel, end: Pixel) -> tuple[Pixel, Pixel] | None:
        """The part of a straight line within the window (Liang–Barsky)."""
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
