"""Places that stand on the wrong side of a border, where a basemap draws its borders roughly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefsite.check.plain import Plain, each, items
from briefsite.check.points import Shown, covers, number_of, size_of
from briefsite.load import Basemap, Document, Path
from briefsite.model.records import Extent
from briefsite.report import Problem

Point = tuple[float, float]


def check_sides(
    document: Document,
    plain: Plain,
    name: str,
    extent: Extent | None,
    places: Mapping[str, Shown],
    basemaps: Mapping[str, Basemap | None],
) -> Iterator[Problem]:
    """Each place of a map lies in its own country, as the basemap `name` draws it.

    Only what is certain is told: a place without a country or a point, and one that lies in no
    land there, such as a port before a rough coast, is passed over. Each is told of once a map.
    """
    basemap, told = basemaps.get(name), set[tuple[str, Point]]()
    if basemap is None:
        return
    for number, layer in each(plain, "layers"):
        for path, key, point in _points(layer, ("layers", number), places):
            place = places[key].place
            countries = set((place.country or "").split("/")) & basemap.lands.keys()
            if not countries or (key, point) in told:
                continue
            told.add((key, point))
            there = basemap.outlines.at(*point)
            if there and there not in countries:
                fitting = _fitting(point, countries, extent, basemaps)
                yield document.problem(
                    document.locate(path),
                    "wrong-side",
                    f"'{key}' ({place.country}) lies in {basemap.lands[there]}"
                    f" as the basemap '{name}' draws it",
                    f"write `basemap: {fitting}`, which has it on its own side"
                    if fitting
                    else "its borders are too rough here: say so in the map's note",
                )


def _points(
    layer: Plain, path: Path, places: Mapping[str, Shown]
) -> Iterator[tuple[Path, str, Point]]:
    """Every place of a layer that has a point, and where it is named."""
    named: list[tuple[Path, object, object]] = []
    for number, shown in each(layer, "places"):
        here = (*path, "places", number, "place")
        named.append((here, shown.get("place"), shown.get("point")))
    for number, event in each(layer, "events"):
        named.append(((*path, "events", number, "place"), event.get("place"), None))
    for number, flow in each(layer, "flows"):
        named += [((*path, "flows", number, end), flow.get(end), None) for end in ("from", "to")]
    for number, route in each(layer, "routes"):
        for index, waypoint in enumerate(items(route, "path")):
            named.append(((*path, "routes", number, "path", index), waypoint, None))
    for where, key, own in named:
        shown_place = places.get(key) if isinstance(key, str) else None
        if shown_place is None or not isinstance(key, str):
            continue
        point = shown_place.place.point
        if isinstance(own, dict):
            lon, lat = number_of(own.get("lon")), number_of(own.get("lat"))
            point = None if lon is None or lat is None else (lon, lat)
        if point is not None:
            yield where, key, point


def _fitting(
    point: Point,
    countries: set[str],
    extent: Extent | None,
    basemaps: Mapping[str, Basemap | None],
) -> str:
    """The smallest basemap that covers a map and has a point on its own side."""
    fitting = (
        (size_of(basemap.frame), name)
        for name, basemap in basemaps.items()
        if basemap is not None
        and (extent is None or covers(basemap.frame, extent))
        and basemap.outlines.at(*point) in countries
    )
    return min(fitting, default=(0, ""))[1]
