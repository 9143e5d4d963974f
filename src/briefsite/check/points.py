"""The points of a map: within the picture, on the ground, and no finer than they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefsite.check.plain import Plain, items
from briefsite.check.shape import Reading
from briefsite.load import Document, Path
from briefsite.model.records import Extent, Place, Registry
from briefsite.report import Problem

Ground = tuple[float, float, float, float]
"""West, south, east and north of what a basemap covers, in degrees."""
HAND_DRAWN = 3
"""The most decimals of a waypoint: by hand no one draws to less than a hundred metres."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place of the registry, and where it is written."""

    place: Place
    document: Document
    path: Path


def places_of(reading: Reading[Registry]) -> dict[str, Shown]:
    """The places of a registry file that are right by themselves."""
    if "places" not in reading.partial.model_fields_set:
        return {}
    return {
        place.id: Shown(place, reading.document, ("places", number))
        for number, place in enumerate(reading.partial.places)
        if place is not None
    }


def ground_words(ground: Ground) -> str:
    west, south, east, north = ground
    return f"west {west:g}, south {south:g}, east {east:g}, north {north:g}"


def check_place(
    document: Document,
    path: Path,
    place: object,
    extent: Extent | None,
    places: Mapping[str, Shown],
) -> Iterator[Problem]:
    """A place that is shown must have a point, within the extent if one is given."""
    if not isinstance(place, str) or place not in places:
        return
    shown = places[place]
    point = shown.place.point
    if point is None:
        message = f"place '{place}' has no coordinates"
        hint = "give the place lat, lon, precision_km and coordinates_from"
        yield document.problem(document.locate(path), "place-without-point", message, hint)
    elif extent is not None and not extent.holds(point) and extent.holds(point[::-1]):
        # The cause stands in the registry, whatever number of maps show the place.
        lon, lat = point
        yield shown.document.problem(
            shown.document.locate((*shown.path, "lat")),
            "swapped-point",
            f"'{place}' lies outside a map that shows it, and the other way round it would not",
            f"did you mean `lat: {lon:g}` and `lon: {lat:g}`?",
        )
    elif extent is not None and not extent.holds(point):
        message = f"'{place}' at {point[0]:g}, {point[1]:g} is outside the map's extent"
        hint = "widen the extent, or take the place out"
        yield document.problem(document.locate(path), "outside-extent", message, hint)


def check_own_point(
    document: Document, path: Path, shown: Plain, extent: Extent | None, places: Mapping[str, Shown]
) -> Iterator[Problem]:
    """A point that the map gives for a place is stated no finer than the registry knows it."""
    point = shown["point"]
    key = shown.get("place")
    lat, lon, off = (number_of(point.get(name)) for name in ("lat", "lon", "precision_km"))
    if lat is not None and lon is not None and extent is not None and not extent.holds((lon, lat)):
        message = f"the point {lon:g}, {lat:g} is outside the map's extent"
        hint = "widen the extent, or take the place out"
        yield document.problem(document.locate(path), "outside-extent", message, hint)
    known = places[key].place.precision_km if isinstance(key, str) and key in places else None
    if known is not None and off is not None and off < known:
        yield document.problem(
            document.locate((*path, "precision_km")),
            "too-precise",
            f"the point of '{key}' says ±{off:g} km; the registry knows it to ±{known:g} km",
            f"write {known:g} or more, or correct the place in the registry with its source",
        )
    coarsest = max((value for value in (known, off) if value), default=None)
    if coarsest is not None:
        yield from _check_decimals(document, path, point, coarsest)


def check_known_points(places: Iterable[Shown]) -> Iterator[Problem]:
    """A place of the registry has no more decimals than its own precision supports."""
    for shown in places:
        place = shown.place
        if place.precision_km is not None:
            point = {"lat": place.lat, "lon": place.lon}
            yield from _check_decimals(shown.document, shown.path, point, place.precision_km)


def _check_decimals(
    document: Document, path: Path, point: Plain, coarsest: float
) -> Iterator[Problem]:
    allowed = decimals_for(coarsest)
    for name in ("lat", "lon"):
        value = number_of(point.get(name))
        if value is not None and _decimals(value) > allowed:
            yield document.problem(
                document.locate((*path, name)),
                "too-precise",
                f"{value!r} has {_decimals(value)} decimals; ±{coarsest:g} km supports {allowed}",
                f"write {round(value, allowed)!r}",
            )


def check_waypoint(
    document: Document,
    path: Path,
    waypoint: object,
    ground: Ground | None,
    extent: Extent | None,
    *,
    by_hand: bool,
) -> Iterator[Problem]:
    """A route's own points lie on the ground, longitude first; one drawn by hand is no survey."""
    if not isinstance(waypoint, tuple) or len(waypoint) != 2:
        return
    lon, lat = map(number_of, waypoint)
    if lon is None or lat is None or abs(lon) > 180 or abs(lat) > 90:
        return  # no point at all, which has a problem of its own

    if by_hand and max(_decimals(lon), _decimals(lat)) > HAND_DRAWN:
        yield document.problem(
            document.locate(path),
            "too-precise",
            f"[{lon!r}, {lat!r}] is finer than a line drawn by hand can be",
            f"write [{round(lon, HAND_DRAWN)!r}, {round(lat, HAND_DRAWN)!r}],"
            " or `schematic: false` for a line that was surveyed",
        )
    # The commonest slip is latitude before longitude.
    hint = f"longitude comes first: did you mean [{lat:g}, {lon:g}]?"
    if ground is not None and not _within(ground, lon, lat):
        swapped = _within(ground, lat, lon)
        yield document.problem(
            document.locate(path),
            "swapped-point" if swapped else "outside-ground",
            f"[{lon:g}, {lat:g}] is beyond the basemap ({ground_words(ground)})",
            hint if swapped else "",
        )
    elif extent is not None and _is_far(extent, lon, lat) and extent.holds((lat, lon)):
        message = f"[{lon:g}, {lat:g}] is far from the map's extent; the other way round it is in"
        yield document.problem(document.locate(path), "swapped-point", message, hint)


def covers(ground: Ground, extent: Extent) -> bool:
    """Whether a basemap reaches to every edge of a map."""
    return _within(ground, extent.west, extent.south) and _within(ground, extent.east, extent.north)


def size_of(ground: Ground) -> float:
    """How much a basemap covers, in square degrees."""
    return (ground[2] - ground[0]) * (ground[3] - ground[1])


def _within(ground: Ground, lon: float, lat: float) -> bool:
    west, south, east, north = ground
    return west <= lon <= east and south <= lat <= north


def _is_far(extent: Extent, lon: float, lat: float) -> bool:
    """Whether a point is farther from a picture than the picture is wide or high."""
    wide, high = extent.east - extent.west, extent.north - extent.south
    around = (extent.west - wide, extent.south - high, extent.east + wide, extent.north + high)
    return not _within(around, lon, lat)


def decimals_for(precision_km: float) -> int:
    """How many decimals of a degree a precision supports: the last is about a thirtieth of it."""
    return next((n for n, km in ((4, 0.3), (3, 3), (2, 30)) if precision_km <= km), 1)


def waypoints(route: Plain) -> Iterator[tuple[int, Any]]:
    """The points of a route's path, numbered."""
    yield from enumerate(items(route, "path"))


def number_of(value: object) -> float | None:
    """A number of a file that is one."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None  # type: ignore[return-value]


def _decimals(value: float) -> int:
    _, _, decimals = format(round(value, 12), "f").rstrip("0").partition(".")
    return len(decimals)
