"""Shared arcs: cuts rings on the grid where ownership changes, and simplifies without crossings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from briefsite.basemap.config import BasemapError
from briefsite.basemap.partition import Grid
from briefsite.basemap.sources import Geometry, module

Point = tuple[int, int]
Line = tuple[Point, ...]
Segment = tuple[Point, Point]
# Metres do not matter here: a tolerance in grid units, by position.
Tolerance = Callable[[Point], float]

MAX_ROUNDS = 16
# A conflict refines its surroundings, in tolerances: not the whole coast of a country.
SPOT_RADIUS = 4.0


@dataclass(frozen=True)
class Arc:
    """A line that belongs to the same countries over its whole length."""

    line: Line
    owners: frozenset[str]
    on_frame: bool


@dataclass(frozen=True)
class Topology:
    """Arcs, and every country as polygons of rings of arc references (~i is i reversed)."""

    arcs: tuple[Arc, ...]
    countries: Mapping[str, list[list[list[int]]]]

    def shape(self, code: str) -> Geometry:
        """A country as a shape on the grid."""
        shapely = module("shapely")
        return shapely.MultiPolygon(
            [
                shapely.Polygon(self.ring(shell), [self.ring(hole) for hole in holes])
                for shell, *holes in self.countries[code]
            ]
        )

    def ring(self, refs: Sequence[int]) -> list[Point]:
        """The points of a ring, closed."""
        points: list[Point] = []
        for ref in refs:
            line = self.arcs[ref].line if ref >= 0 else self.arcs[~ref].line[::-1]
            points.extend(line[1:] if points else line)
        return points

    def between(self, pair: str) -> list[int]:
        """The arcs that two countries share."""
        owners = frozenset(pair.split("-"))
        return [i for i, arc in enumerate(self.arcs) if arc.owners == owners and not arc.on_frame]

    def pairs(self) -> list[str]:
        """The pairs of countries that share a border."""
        return sorted({"-".join(sorted(arc.owners)) for arc in self.arcs if len(arc.owners) == 2})

    def shore(self) -> list[int]:
        """Arcs with one owner that are not the edge of the frame."""
        return [i for i, arc in enumerate(self.arcs) if len(arc.owners) == 1 and not arc.on_frame]


class ArcWriter:
    """Collects arcs in a fixed order and hands out their numbers."""

    def __init__(self, topology: Topology) -> None:
        self.lines = [arc.line for arc in topology.arcs]

    def add(self, line: Sequence[Point]) -> int:
        """Append a line of its own."""
        self.lines.append(tuple(line))
        return len(self.lines) - 1

    def encoded(self) -> list[list[list[int]]]:
        """Every arc as a start and differences."""
        arcs = []
        for line in self.lines:
            before = (0, 0)
            arc = []
            for point in line:
                arc.append([point[0] - before[0], point[1] - before[1]])
                before = point
            arcs.append(arc)
        return arcs


def build(shapes: Mapping[str, Geometry], grid: Grid, tolerance: Tolerance) -> Topology:
    """Cut the partition into shared arcs and simplify them."""
    topology = _simplified(_cut(shapes, grid), grid, tolerance)
    _verify(topology)
    return topology


def thin(line: Sequence[Point], tolerance: Tolerance) -> Line:
    """Douglas-Peucker with a tolerance that depends on the position; ends stay."""
    if len(line) < 3:
        return tuple(line)
    limits = [tolerance(point) for point in line]
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: (math.dist(line[0], line[i]), -i))
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        worst, at = 1.0, 0
        for i in range(first + 1, last):
            excess = _distance(line[i], line[first], line[last]) / limits[i]
            if excess > worst:
                worst, at = excess, i
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return tuple(line[i] for i in sorted(keep))


def _distance(p: Point, a: Point, b: Point) -> float:
    ax, ay, bx, by = a[0], a[1], b[0] - a[0], b[1] - a[1]
    px, py = p[0] - ax, p[1] - ay
    length = bx * bx + by * by
    along = max(0.0, min(1.0, (px * bx + py * by) / length)) if length else 0.0
    return math.hypot(px - along * bx, py - along * by)


def _cut(shapes: Mapping[str, Geometry], grid: Grid) -> Topology:
    polygons = {code: _rings(shape) for code, shape in sorted(shapes.items())}
    owners: dict[Segment, set[str]] = {}
    for code, parts in polygons.items():
        for ring in (ring for part in parts for ring in part):
            for segment in _segments(ring):
                owners.setdefault(segment, set()).add(code)
    kinds = {s: (frozenset(codes), grid.on_frame(*s)) for s, codes in owners.items()}
    around: dict[Point, list[Segment]] = {}
    for segment in kinds:
        for point in segment:
            around.setdefault(point, []).append(segment)
    corners = {
        point
        for point, segments in around.items()
        if len(segments) != 2 or kinds[segments[0]] != kinds[segments[1]]
    }
    lines = {
        _canonical(chain)[0]
        for parts in polygons.values()
        for part in parts
        for ring in part
        for chain in _chains(ring, corners)
    }
    index = {line: i for i, line in enumerate(sorted(lines))}
    arcs = []
    for line in index:
        codes, on_frame = kinds[_segment(line[0], line[1])]
        arcs.append(Arc(line, codes, on_frame))
    countries: dict[str, list[list[list[int]]]] = {}
    for code, parts in polygons.items():
        countries[code] = []
        for part in parts:
            refs: list[list[int]] = []
            for ring in part:
                refs.append([])
                for chain in _chains(ring, corners):
                    line, reverse = _canonical(chain)
                    refs[-1].append(~index[line] if reverse else index[line])
            countries[code].append(refs)
    return Topology(tuple(arcs), countries)


def _rings(shape: Geometry) -> list[list[list[Point]]]:
    """Polygons as open rings of grid points: shells anticlockwise, in a fixed order."""
    shapely = module("shapely")
    parts = []
    for part in shapely.get_parts(shapely.orient_polygons(shape)):
        rings = []
        for ring in (part.exterior, *part.interiors):
            points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
            start = points.index(min(points))
            rings.append(points[start:] + points[:start])
        parts.append([rings[0], *sorted(rings[1:])])
    return sorted(parts)


def _segment(a: Point, b: Point) -> Segment:
    return (a, b) if a < b else (b, a)


def _segments(ring: list[Point]) -> list[Segment]:
    return [_segment(a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]


def _chains(ring: list[Point], corners: set[Point]) -> list[Line]:
    """Split an open ring at its corners; without any it is one closed chain."""
    at = [i for i, point in enumerate(ring) if point in corners] or [0]
    turned = ring[at[0] :] + ring[: at[0] + 1]
    stops = [i - at[0] for i in at] + [len(ring)]
    return [tuple(turned[a : b + 1]) for a, b in pairwise(stops)]


def _canonical(line: Line) -> tuple[Line, bool]:
    back = line[::-1]
    return (back, True) if back < line else (line, False)


def _simplified(topology: Topology, grid: Grid, tolerance: Tolerance) -> Topology:
    """Thin every arc; where arcs then cross, the tolerance is halved until none does."""
    originals = [arc.line for arc in topology.arcs]
    lines = [thin(line, tolerance) for line in originals]
    spots: dict[int, list[list[Point]]] = {}
    for _ in range(MAX_ROUNDS):
        conflicts = _conflicts(lines)
        if not conflicts:
            break
        for i, points in sorted(conflicts.items()):
            spots.setdefault(i, []).append(points)
            lines[i] = thin(originals[i], _finer(tolerance, spots[i]))
    else:
        raise BasemapError("simplification does not settle: lower the tolerance of this scale")
    arcs = tuple(
        # A small notch at the edge of the frame can flatten on to it.
        Arc(line, arc.owners, all(grid.on_frame(*segment) for segment in pairwise(line)))
        for line, arc in zip(lines, topology.arcs, strict=True)
    )
    return _without_swallowed(Topology(arcs, topology.countries))


def _finer(tolerance: Tolerance, rounds: list[list[Point]]) -> Tolerance:
    def at(point: Point) -> float:
        usual = tolerance(point)
        hits = sum(
            any(math.dist(point, spot) <= SPOT_RADIUS * usual for spot in spots) for spots in rounds
        )
        return usual / float(2**hits)

    return at


def _conflicts(lines: list[Line]) -> dict[int, list[Point]]:
    """Where lines cross themselves or each other, by line."""
    shapely = module("shapely")
    shapes = [shapely.LineString(line) for line in lines]
    found: dict[int, list[Point]] = {}
    for i, line in enumerate(lines):
        if line[0] == line[-1] and len(line) < 4:
            found[i] = list(line)
        elif not shapes[i].is_simple:
            found[i] = _self_crossings(line)
    tree = shapely.STRtree(shapes)
    for i, j in tree.query(shapes, predicate="intersects").T.tolist():
        if i < j:
            shared = {lines[i][0], lines[i][-1]} & {lines[j][0], lines[j][-1]}
            for part in shapely.get_parts(shapes[i].intersection(shapes[j])):
                if part.geom_type != "Point" or (part.x, part.y) not in shared:
                    spots = [(round(x), round(y)) for x, y in part.coords]
                    found.setdefault(i, []).extend(spots)
                    found.setdefault(j, []).extend(spots)
    return found


def _self_crossings(line: Line) -> list[Point]:
    shapely = module("shapely")
    pieces = [shapely.LineString(pair) for pair in pairwise(line)]
    tree = shapely.STRtree(pieces)
    spots = []
    for i, j in tree.query(pieces, predicate="intersects").T.tolist():
        wraps = line[0] == line[-1] and (i, j) == (0, len(pieces) - 1)
        if i + 1 < j and not wraps:
            spots += [(round(x), round(y)) for x, y in pieces[i].intersection(pieces[j]).coords]
    return spots or list(line)


def _without_swallowed(topology: Topology) -> Topology:
    """Leave out islands that the simplified shore of their neighbour now covers."""
    shapely = module("shapely")
    parts = [
        (code, n, shapely.Polygon(topology.ring(polygon[0])))
        for code, polygons in topology.countries.items()
        for n, polygon in enumerate(polygons)
    ]
    tree = shapely.STRtree([shape for _, _, shape in parts])
    gone = set()
    for code, n, shape in parts:
        polygon = topology.countries[code][n]
        island = all(topology.arcs[max(r, ~r)].owners == {code} for r in polygon[0])
        if island and len(tree.query(shape, predicate="within")) > 1:
            gone.add((code, n))
    countries = {
        code: [polygon for n, polygon in enumerate(polygons) if (code, n) not in gone]
        for code, polygons in topology.countries.items()
    }
    used = sorted({max(r, ~r) for ps in countries.values() for p in ps for ring in p for r in ring})
    renumber = {old: new for new, old in enumerate(used)}
    return Topology(
        tuple(topology.arcs[i] for i in used),
        {
            code: [
                [[renumber[r] if r >= 0 else ~renumber[~r] for r in ring] for ring in polygon]
                for polygon in polygons
            ]
            for code, polygons in countries.items()
            if polygons
        },
    )


def _verify(topology: Topology) -> None:
    shapely = module("shapely")
    shapes: list[Any] = []
    for code in topology.countries:
        shape = topology.shape(code)
        if not shape.is_valid:
            raise BasemapError(f"{code} is not valid: {shapely.is_valid_reason(shape)}")
        shapes.append(shape)
    if not shapely.coverage_is_valid(shapes):
        raise BasemapError("the countries of this scale overlap or leave slivers")
