"""Turns overlapping country shapes into an exact partition on an integer grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefsite.basemap.config import BasemapError, Scale
from briefsite.basemap.sources import Geometry, module

# Degrees: slivers nearer than this go to the neighbour.
SLIVER = 0.02
# Square degrees: a larger leftover is a missing country; smaller ones are islands that lie
# outside every zone, such as the artificial ones of the northern Caspian, and are left out.
MAX_ORPHAN = 0.02


class Grid:
    """The integer grid of a scale: origin at the south-west corner of its frame."""

    def __init__(self, scale: Scale) -> None:
        west, south, east, north = scale.frame
        self.west, self.south = west, south
        self.per_degree: int = 10**scale.decimals
        self.width = round((east - west) * self.per_degree)
        self.height = round((north - south) * self.per_degree)

    def to_grid(self, shape: Geometry) -> Geometry:
        """Degrees to grid units (not yet rounded)."""
        return module("shapely").transform(
            shape, lambda xy: (xy - [self.west, self.south]) * self.per_degree
        )

    def to_degrees(self, shape: Geometry) -> Geometry:
        """Grid units to degrees."""
        return module("shapely").transform(
            shape, lambda xy: xy / self.per_degree + [self.west, self.south]
        )

    def point(self, lon: float, lat: float) -> tuple[int, int]:
        """The grid point nearest to a position."""
        return (
            round((lon - self.west) * self.per_degree),
            round((lat - self.south) * self.per_degree),
        )

    def on_frame(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Whether the segment lies on the edge of the frame."""
        return (a[0] == b[0] and a[0] in (0, self.width)) or (
            a[1] == b[1] and a[1] in (0, self.height)
        )


def partition(
    shapes: Mapping[str, Geometry],
    land: Geometry | None,
    grid: Grid,
    min_area: float,
    smooth: float = 0,
) -> dict[str, Geometry]:
    """Cut grid shapes into faces with exactly equal edges, and give each face one owner.

    Without `land` the shapes are their own land. Slivers between shapes go to the nearest one;
    islands and holes below `min_area`, inlets and spits narrower than twice `smooth` (in grid
    units) are left out.
    """
    shapely = module("shapely")
    if land is not None:
        window = shapely.box(0, 0, grid.width, grid.height)
        land = _areas(shapely.set_precision(_areas(_smooth(land, smooth, window)), 1))
        shapely.prepare(land)
        shapes = {k: shapely.intersection(v, land, grid_size=1) for k, v in shapes.items()}
    else:
        shapes = {k: shapely.set_precision(v, 1) for k, v in shapes.items()}
    shapes = {code: _areas(shape) for code, shape in shapes.items()}
    shapes = {code: shape for code, shape in shapes.items() if not shape.is_empty}
    codes = sorted(shapes)
    ordered = [shapes[code] for code in codes]
    edges = [shape.boundary for shape in ordered]
    if land is not None:
        edges.append(land.boundary)
    lines = shapely.union_all(edges, grid_size=1)
    tree = shapely.STRtree(ordered)
    faces: dict[str, list[Any]] = {}
    for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))):
        inside = face.representative_point()
        owners = tree.query(inside, predicate="within")
        if len(owners):
            owner = int(min(owners))
        elif land is not None and land.contains(inside):
            owner = int(tree.nearest(face))
            distance = float(ordered[owner].distance(inside))
            if distance > SLIVER * grid.per_degree:
                if face.area < MAX_ORPHAN * grid.per_degree**2:
                    continue
                spot = grid.to_degrees(inside)
                raise BasemapError(
                    f"land at {spot.x:.3f} E, {spot.y:.3f} N belongs to no country: "
                    "add the country, or the zone, to the configuration"
                )
        else:
            continue
        faces.setdefault(codes[owner], []).append(face)
    whole = {code: shapely.union_all(parts) for code, parts in faces.items()}
    return _without_specks(whole, min_area)


def _smooth(land: Geometry, distance: float, window: Geometry) -> Geometry:
    """Close what is too narrow to see, such as canals, then drop what is, such as piers."""
    if not distance:
        return land
    # Mitred corners keep straight shores straight; the frame must not be rounded off.
    options = {"join_style": "mitre", "mitre_limit": 2.0}
    padded = land.union(window.buffer(4 * distance, **options).difference(window))
    closed = padded.buffer(distance, **options).buffer(-2 * distance, **options)
    return closed.buffer(distance, **options).intersection(window)


def _areas(shape: Geometry) -> Geometry:
    """What is left of a shape without the lines and points that rounding can leave."""
    shapely = module("shapely")
    parts = shapely.get_parts(shape)
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _without_specks(shapes: Mapping[str, Geometry], min_area: float) -> dict[str, Geometry]:
    shapely = module("shapely")
    codes = sorted(shapes)
    tree = shapely.STRtree([shapes[code] for code in codes])
    kept = {}
    for code in codes:
        parts = []
        for part in shapely.get_parts(shapes[code]):
            # Only what touches no other country may go: else it would tear a hole.
            alone = len(tree.query(part, predicate="intersects")) == 1
            if alone and part.area < min_area:
                continue
            holes = [
                ring
                for ring in part.interiors
                if shapely.Polygon(ring).area >= min_area
                or len(tree.query(shapely.Polygon(ring), predicate="intersects")) > 1
            ]
            parts.append(shapely.Polygon(part.exterior, holes))
        if parts:
            kept[code] = shapely.MultiPolygon(parts)
    return kept
