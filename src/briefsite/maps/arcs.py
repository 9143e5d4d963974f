"""The arcs that flows are drawn as: the same points for every form of a map."""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefsite.maps.projection import mercator

_STEPS = 32
_BEND, _APART = 0.18, 0.11
"""How far an arc strays from the straight line, as a share of its length; and each further one."""


def arc(start: Sequence[float], end: Sequence[float], number: int) -> list[list[float]]:
    """Positions from start to end; `number` counts the arcs already drawn between the two.

    An arc bows to the left of its direction on the map, so that there and back are two arcs.
    """
    (x0, y0), (x1, y1) = ((p[0], mercator(p[1])) for p in (start, end))
    bend = _BEND + _APART * number
    middle = (x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend
    inner = []
    for step in range(1, _STEPS):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        x = a * x0 + b * middle[0] + c * x1
        y = a * y0 + b * middle[1] + c * y1
        inner.append([round(x, 3), round(_latitude(y), 3)])
    return [list(start), *inner, list(end)]


def _latitude(northing: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(northing))) - math.pi / 2)
