"""Lakes, rivers and province lines of a scale, from Natural Earth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefsite.basemap.config import Bay, Follow, Physical, Scale
from briefsite.basemap.partition import Grid
from briefsite.basemap.sources import Geometry, Sources, module
from briefsite.basemap.topology import ArcWriter, Point, Tolerance, Topology, thin

LAKE_KINDS = frozenset({"Lake", "Reservoir", "Alkaline Lake"})


@dataclass(frozen=True)
class PhysicalLayers:
    """Reads, cuts and thins the physical layers; every line is an arc of its own."""

    scale: Scale
    names: Physical
    sources: Sources
    grid: Grid
    tolerance: Tolerance
    topology: Topology
    writer: ArcWriter

    def lakes(self) -> list[dict[str, Any]]:
        """Lakes as polygons."""
        min_area = self.scale.min_lake
        if min_area is None:
            return []
        shapely = module("shapely")
        window = shapely.box(*self.scale.frame)
        records = self.sources.natural_earth_layer(
            "ocean",
            self.scale.frame,
            lambda r: r["featurec_2"] in LAKE_KINDS and r["name"] in self.names.lakes,
        )
        found: dict[str, list[list[list[int]]]] = {}
        seen = set()
        for record, shape in sorted(records, key=lambda item: (item[0]["name"], item[1].bounds)):
            # A clipped lake would show the frame as its shore: it is kept whole or left out.
            mostly_inside = shape.intersection(window).area > shape.area / 2
            if shape.wkb in seen or shape.area < min_area or not mostly_inside:
                continue
            seen.add(shape.wkb)
            found.setdefault(self.names.lakes[record["name"]], []).extend(self._water(shape))
        for bay in self.names.bays:
            if window.covers(shapely.box(*bay.frame)):
                found[bay.name] = self._water(self._bay(bay))
        return [
            {"type": "MultiPolygon", "properties": {"name": name}, "arcs": found[name]}
            for name in sorted(found)
        ]

    def _bay(self, bay: Bay) -> Geometry:
        shapely = module("shapely")
        sea = self.sources.natural_earth_layer(
            "ocean", bay.frame, lambda r: r["featurecla"] == "Ocean"
        )
        land = shapely.union_all([self.topology.shape(code) for code in self.topology.countries])
        area = shapely.union_all([shape for _, shape in sea]).intersection(
            shapely.box(*bay.frame).intersection(self.grid.to_degrees(land))
        )
        # The two coasts differ: opening drops the slivers between them along with the strait.
        return area.buffer(-bay.strait).buffer(bay.strait)

    def _water(self, shape: Geometry) -> list[list[list[int]]]:
        shapely = module("shapely")
        polygons = []
        for part in shapely.get_parts(shapely.orient_polygons(self.grid.to_grid(shape))):
            rings = [
                thin(_points(ring), self.tolerance) for ring in (part.exterior, *part.interiors)
            ]
            polygons.append([[self.writer.add(ring)] for ring in rings if len(ring) > 3])
        return [polygon for polygon in polygons if polygon]

    def rivers(self) -> list[dict[str, Any]]:
        """Rivers as lines."""
        if self.scale.min_lake is None:
            return []
        records = self.sources.natural_earth_layer(
            "rivers_lake_centerlines",
            self.scale.frame,
            lambda r: r["featurecla"] == "River" and r["name"] in self.names.rivers,
        )
        courses = self._by_name(records, "name", self.names.rivers)
        for follow in self.names.follow:
            if follow.river in courses:
                courses[follow.river] = self._along(courses[follow.river], follow)
        least = self.names.min_river * self.grid.per_degree
        return self._lines({name: _strings(shape, least) for name, shape in courses.items()})

    def provinces(self) -> list[dict[str, Any]]:
        """Province lines by country, cut to it."""
        if self.scale.min_lake is None:
            return []
        left_out = set(self.names.without)

        def keep(record: Mapping[str, Any]) -> bool:
            names = {record["name"], record["name_l"], record["name_r"]}
            return record["adm0_a3"] in self.names.provinces and not names & left_out

        records = self.sources.natural_earth_layer(
            "admin_1_states_provinces_lines", self.scale.frame, keep
        )
        snap = self.names.snap * self.grid.per_degree
        found = {}
        for code, shape in self._by_name(records, "adm0_a3", self.names.provinces).items():
            if code in self.topology.countries:
                country = self.topology.shape(code)
                found[code] = _reach(_strings(shape.intersection(country)), country.boundary, snap)
        return self._lines(found)

    def _by_name(
        self,
        records: list[tuple[dict[str, Any], Geometry]],
        key: str,
        names: Mapping[str, str],
    ) -> dict[str, Geometry]:
        shapely = module("shapely")
        window = shapely.box(*self.scale.frame)
        parts: dict[str, list[Geometry]] = {}
        for record, shape in records:
            parts.setdefault(names[record[key]], []).append(shape.intersection(window))
        return {name: self.grid.to_grid(shapely.union_all(parts[name])) for name in sorted(parts)}

    def _along(self, course: Geometry, follow: Follow) -> Geometry:
        """Replace the part of a coarse river that runs along borders by the borders themselves."""
        shapely = module("shapely")
        course = course.intersection(self.grid.to_grid(shapely.box(*follow.frame)))
        within = follow.within * self.grid.per_degree
        lines = [
            shapely.LineString(self.topology.arcs[i].line)
            for pair in follow.borders
            for i in self.topology.between(pair)
        ]
        along = shapely.union_all(lines).intersection(course.buffer(within))
        rest = course.difference(along.buffer(within))
        # Bridge the gap that the difference leaves where the river comes to the border.
        joints = [
            shapely.shortest_line(end, along)
            for part in shapely.get_parts(rest)
            for end in shapely.get_parts(part.boundary)
            if end.distance(along) < 1.01 * within
        ]
        return shapely.union_all([along, rest, *joints])

    def _lines(self, named: Mapping[str, list[list[Point]]]) -> list[dict[str, Any]]:
        return [
            {
                "type": "MultiLineString",
                "properties": {"name": name},
                "arcs": [[self.writer.add(thin(line, self.tolerance))] for line in lines],
            }
            for name, lines in named.items()
            if lines
        ]


def _points(line: Geometry) -> list[Point]:
    points: list[Point] = []
    for x, y in line.coords:
        point = (round(x), round(y))
        if not points or point != points[-1]:
            points.append(point)
    return points


def _strings(shape: Geometry, least: float = 0) -> list[list[Point]]:
    """The lines of a shape as grid points, joined where they continue, in a fixed order."""
    shapely = module("shapely")
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "LineString" and p.length]
    merged = shapely.line_merge(shapely.MultiLineString(parts))
    lines = [_points(part) for part in shapely.get_parts(merged) if part.length >= least]
    return sorted(min(line, line[::-1]) for line in lines if len(line) > 1)


def _reach(lines: list[list[Point]], border: Geometry, snap: float) -> list[list[Point]]:
    """Lead loose ends on to the border: the two sources differ by a few kilometres."""
    shapely = module("shapely")
    ends = Counter(point for line in lines for point in (line[0], line[-1]))
    reached = []
    for line in lines:
        head, tail = (
            [_nearest(border, end, snap)] if ends[end] == 1 else [] for end in (line[0], line[-1])
        )
        path = [point for point in [*head, *line, *tail] if point is not None]
        reached.append(_points(shapely.LineString(path)))
    return reached


def _nearest(border: Geometry, end: Point, within: float) -> Point | None:
    shapely = module("shapely")
    if border.distance(shapely.Point(end)) > within:
        return None
    x, y = shapely.shortest_line(border, shapely.Point(end)).coords[0]
    return round(x), round(y)
