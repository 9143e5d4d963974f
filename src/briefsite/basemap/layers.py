"""Builds the TopoJSON of one scale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefsite.basemap.config import BasemapError, Config, Scale
from briefsite.basemap.partition import Grid, partition
from briefsite.basemap.physical import PhysicalLayers
from briefsite.basemap.sources import Geometry, Sources, module
from briefsite.basemap.topology import ArcWriter, Point, Tolerance, Topology, build

Json = dict[str, Any]


def topojson(scale: Scale, config: Config, sources: Sources) -> Json:
    """Build the whole file of one scale."""
    grid = Grid(scale)
    tolerance = _tolerance(scale, grid)
    names, shapes, land = _shapes(scale, config, sources, grid)
    cells = partition(
        shapes,
        land,
        grid,
        min_area=scale.min_island * grid.per_degree**2,
        smooth=scale.smooth * grid.per_degree,
    )
    topology = build(cells, grid, tolerance)
    writer = ArcWriter(topology)
    physical = PhysicalLayers(scale, config.physical, sources, grid, tolerance, topology, writer)
    lakes, rivers, provinces = physical.lakes(), physical.rivers(), physical.provinces()
    west, south, east, north = scale.frame
    used = [config.inputs[key] for key in scale.inputs]
    return {
        "type": "Topology",
        "bbox": [west, south, east, north],
        "transform": {
            "scale": [1 / grid.per_degree, 1 / grid.per_degree],
            "translate": [west, south],
        },
        "briefsite": {
            "scale": scale.name,
            "frame": [west, south, east, north],
            "attribution": " · ".join(dict.fromkeys(item.attribution for item in used)),
            "licence": " AND ".join(dict.fromkeys(item.licence for item in used)),
        },
        "objects": {
            "land": _collection(_land(topology, names)),
            "borders": _collection(_borders(topology, config)),
            "coast": {"type": "MultiLineString", "arcs": [[i] for i in topology.shore()]},
            "lakes": _collection(lakes),
            "rivers": _collection(rivers),
            "provinces": _collection(provinces),
            "labels": _collection(
                {
                    "type": "Point",
                    "coordinates": list(grid.point(label.lon, label.lat)),
                    "properties": {"name": label.name, "kind": label.kind},
                }
                for label in scale.labels
            ),
        },
        "arcs": writer.encoded(),
    }


def _collection(items: Iterable[Json]) -> Json:
    return {"type": "GeometryCollection", "geometries": list(items)}


def _tolerance(scale: Scale, grid: Grid) -> Tolerance:
    everywhere: float = scale.tolerance * grid.per_degree
    details: list[tuple[Point, Point, float]] = [
        (grid.point(*item.frame[:2]), grid.point(*item.frame[2:]), item.tolerance * grid.per_degree)
        for item in scale.detail
    ]

    def at(point: Point) -> float:
        for low, high, value in details:
            if low[0] <= point[0] <= high[0] and low[1] <= point[1] <= high[1]:
                return value
        return everywhere

    return at


def _shapes(
    scale: Scale, config: Config, sources: Sources, grid: Grid
) -> tuple[dict[str, str], dict[str, Geometry], Geometry | None]:
    if scale.world:
        world = sources.world(scale.world, scale.frame)
        window = module("shapely").box(*scale.frame)
        return (
            {code: name for code, (name, _) in world.items()},
            {code: grid.to_grid(s.intersection(window)) for code, (_, s) in world.items()},
            None,
        )
    zones = {code: sources.zones(item, scale.frame) for code, item in config.countries.items()}
    shapes = {}
    for code, item in config.countries.items():
        shape = zones[code]
        for other in item.subtract:
            shape = shape.difference(zones[other])
        if not shape.is_empty:
            shapes[code] = grid.to_grid(shape)
    _no_overlap(shapes, grid)
    names = {code: item.name for code, item in config.countries.items()}
    return names, shapes, grid.to_grid(sources.land(scale.frame))


def _no_overlap(shapes: dict[str, Geometry], grid: Grid) -> None:
    codes = sorted(shapes)
    tree = module("shapely").STRtree([shapes[code] for code in codes])
    for i, code in enumerate(codes):
        for j in tree.query(shapes[code]).tolist():
            area = shapes[code].intersection(shapes[codes[j]]).area / grid.per_degree**2
            if i < j and area > 1e-4:
                raise BasemapError(
                    f"the zones of {code} and {codes[j]} overlap ({area:.4f} square degrees): "
                    "decide in the configuration which one subtracts the other"
                )


def _land(topology: Topology, names: dict[str, str]) -> Iterable[Json]:
    for code, polygons in topology.countries.items():
        single = len(polygons) == 1
        yield {
            "type": "Polygon" if single else "MultiPolygon",
            "id": code,
            "properties": {"name": names[code]},
            "arcs": polygons[0] if single else polygons,
        }


def _borders(topology: Topology, config: Config) -> Iterable[Json]:
    for pair in topology.pairs():
        yield {
            "type": "MultiLineString",
            "id": pair,
            "properties": {
                "status": "not-delimited" if pair in config.not_delimited else "international"
            },
            "arcs": [[i] for i in topology.between(pair)],
        }
