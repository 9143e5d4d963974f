"""In which land of a basemap a point lies, as its borders are drawn there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

_Line = Sequence[tuple[int, int]]
_Box = tuple[int, int, int, int]


class Lands:
    """The lands of a TopoJSON basemap, on the grid that its arcs are written on."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        self._topology = topology

    def at(self, lon: float, lat: float) -> str:
        """The id of the land that a point in degrees lies in; an empty string if in none."""
        try:
            (wide, high), (west, south) = self._grid
            x, y = (lon - west) / wide, (lat - south) / high
            for identity, box, rings in self._areas:
                is_near = box[0] <= x <= box[2] and box[1] <= y <= box[3]
                # Of a point inside, a ray crosses outer and inner rings an odd number of times.
                if is_near and sum(_crossings(ring, x, y) for ring in rings) % 2:
                    return identity
        except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError):
            pass  # whoever draws on it finds out, and says so
        return ""

    @cached_property
    def _grid(self) -> tuple[Sequence[float], Sequence[float]]:
        transform = self._topology["transform"]
        return transform["scale"], transform["translate"]

    @cached_property
    def _areas(self) -> Sequence[tuple[str, _Box, Sequence[_Line]]]:
        arcs = [
            list(zip(accumulate(x for x, _ in arc), accumulate(y for _, y in arc), strict=True))
            for arc in self._topology["arcs"]
        ]
        return [
            (str(land["id"]), _box_of(rings), rings)
            for land in self._topology["objects"]["land"]["geometries"]
            if (rings := [_joined(arcs, ring) for ring in _rings(land)])
        ]


def _rings(land: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    for polygon in land["arcs"] if land["type"] == "MultiPolygon" else [land["arcs"]]:
        yield from polygon


def _joined(arcs: Sequence[_Line], ring: Sequence[int]) -> _Line:
    """Arcs end to end; `~i` is arc `i` backwards."""
    return [point for i in ring for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]


def _box_of(rings: Sequence[_Line]) -> _Box:
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _crossings(ring: _Line, x: float, y: float) -> int:
    """How often a ray from a point to the east crosses a closed line."""
    count = 0
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            count += 1
        x0, y0 = x1, y1
    return count
