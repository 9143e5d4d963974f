"""Areas of a map: which polygons of the basemap they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from briefsite.maps.ground import Area, Ground, Line, Part, Position
from briefsite.model.records import MapArea


def area_parts(area: MapArea, ground: Ground, around: Position | None) -> tuple[Part, ...]:
    """The polygons that an area is made of; with a point, the one it lies in or next to.

    Raises KeyError for a country that the basemap has not.
    """
    lands = {land.id: land for land in ground.land}
    parts = [(key, n) for key in area.lands for n in range(len(lands[key].polygons))]
    if around is None:
        return tuple(parts)
    return (min(parts, key=lambda part: _away(lands[part[0]].polygons[part[1]], around)),)


def area_geometry(parts: Sequence[Part], ground: Ground) -> dict[str, object]:
    """The polygons as a GeoJSON MultiPolygon: outer rings run anticlockwise, holes clockwise."""
    lands = {land.id: land for land in ground.land}
    return {
        "type": "MultiPolygon",
        "coordinates": [list(_rings(lands[key], number)) for key, number in parts],
    }


def _rings(land: Area, number: int) -> Iterator[list[list[float]]]:
    for position, ring in enumerate(land.polygons[number]):
        runs = ring if (_signed(ring) > 0) == (position == 0) else ring[::-1]
        yield [[round(x, 4) + 0.0, round(y, 4) + 0.0] for x, y in runs]


def _signed(ring: Line) -> float:
    """Twice the area within a closed ring, positive if it runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))


def _away(polygon: Sequence[Line], point: Position) -> float:
    """How far a point lies outside a polygon, in degrees: a town on the border may, by a little."""
    from briefsite.maps.lines import Lines, points_of  # which imports NumPy
    from briefsite.maps.scan import Scan

    if Scan(Lines.of([[points_of(ring) for ring in polygon]])).holds(point):
        return 0.0
    return min(math.dist(corner, point) for corner in polygon[0])
