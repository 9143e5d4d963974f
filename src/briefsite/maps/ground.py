"""The ground a map is drawn on, read from its TopoJSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefsite.languages import Language

if TYPE_CHECKING:
    from briefsite.maps.lines import Lines

Position = tuple[float, float]
Line = tuple[Position, ...]
Part = tuple[str, int]
"""A country, and the number of one of its polygons."""


class GroundError(ValueError):
    """The file is no basemap; the message says why."""


@dataclass(frozen=True, slots=True)
class Area:
    """A country or a lake: polygons, each an outer ring and those of its holes."""

    id: str
    name: str
    polygons: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A border, river or province line. `status` is `international` unless it is said otherwise."""

    id: str
    status: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the ground; `kind` is country, province, sea or lake."""

    name: str
    kind: str
    position: Position


@dataclass(frozen=True, eq=False)
class Ground:
    """A basemap in degrees east and north; `frame` is its west, south, east and north edge."""

    scale: str
    frame: tuple[float, float, float, float]
    attribution: str
    licence: str
    land: tuple[Area, ...]
    lakes: tuple[Area, ...]
    borders: tuple[Course, ...]
    coast: tuple[Course, ...]
    rivers: tuple[Course, ...]
    provinces: tuple[Course, ...]
    labels: tuple[Label, ...]
    outline: tuple[Line, ...]
    """Closed lines around all countries together, even-odd."""

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The polygons of all countries."""
        return [(land.id, n) for land in self.land for n in range(len(land.polygons))]

    @property
    def surface(self) -> int:
        """How many groups there are in `areas` before those of `parts`."""
        return 1 + len(self.lakes)

    @cached_property
    def areas(self) -> Lines:
        """The outline of all land, each lake, then each of `parts`, ready to be drawn, even-odd."""
        from briefsite.maps.lines import Lines  # which imports NumPy

        land = [polygon for land in self.land for polygon in land.polygons]
        lakes = [[ring for polygon in lake.polygons for ring in polygon] for lake in self.lakes]
        return Lines.rings_of_ground([self.outline, *lakes, *land])

    @cached_property
    def courses(self) -> Mapping[str, Sequence[Line]]:
        """What is drawn as lines by its class, the lowest first."""
        found: dict[str, list[Line]] = {
            name: [line for course in courses for line in course.lines]
            for name, courses in (
                ("province", self.provinces),
                ("stream", self.rivers),
                ("coast", self.coast),
            )
        }
        for border in self.borders:
            found.setdefault(f"border {border.status}", []).extend(border.lines)
        return found

    @cached_property
    def strokes(self) -> Lines:
        """The lines of `courses`, ready to be drawn."""
        from briefsite.maps.lines import Lines

        return Lines.of_ground(list(self.courses.values()))


def land_names(ground: Ground, language: Language) -> Mapping[str, str]:
    """The names of countries in the basemap, which are English, and those in a language.

    Nothing in English, whose names are those of the basemap.
    """
    if language.is_english:
        return {}
    known = language.locale.territories
    return {land.name: str(known[land.id]) for land in ground.land if land.id in known}


def read_ground(path: Path) -> Ground:
    """Read `maps/basemap/SCALE.topojson`. Raises OSError, or GroundError for another format."""
    try:
        return decode_ground(json.loads(path.read_bytes()))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise GroundError(f"{path.name} is no basemap: {error!r}") from error


def decode_ground(topology: Mapping[str, Any]) -> Ground:
    """A basemap from quantised TopoJSON with the objects of a Ground and a `briefsite` member."""
    about = topology["briefsite"]
    west, south, east, north = about["frame"]
    decoder = _Decoder(topology)
    return Ground(
        scale=about["scale"],
        frame=(west, south, east, north),
        attribution=about["attribution"],
        licence=about["licence"],
        land=tuple(decoder.areas("land")),
        lakes=tuple(decoder.areas("lakes")),
        borders=tuple(decoder.courses("borders")),
        coast=tuple(decoder.courses("coast")),
        rivers=tuple(decoder.courses("rivers")),
        provinces=tuple(decoder.courses("provinces")),
        labels=tuple(decoder.labels()),
        outline=tuple(decoder.outline()),
    )


class _Decoder:
    """Arcs turned to degrees once, and joined as the objects ask."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        self._objects: Mapping[str, Any] = topology["objects"]
        transform = topology["transform"]
        self._scale: Sequence[float] = transform["scale"]
        self._origin: Sequence[float] = transform["translate"]
        self._arcs = [self._arc(arc) for arc in topology["arcs"]]

    def areas(self, name: str) -> Iterator[Area]:
        for geometry in self._geometries(name):
            polygons = _polygons(geometry)
            joined = tuple(tuple(self._join(ring) for ring in polygon) for polygon in polygons)
            yield Area(str(geometry.get("id", "")), _property(geometry, "name"), joined)

    def outline(self) -> Iterator[Line]:
        """The arcs that one country alone has, what is land on one side only, end to end."""
        rings = chain.from_iterable(chain.from_iterable(map(_polygons, self._geometries("land"))))
        used = Counter(index if index >= 0 else ~index for ring in rings for index in ring)
        left = dict.fromkeys(sorted(index for index, times in used.items() if times % 2))
        meeting: dict[Position, list[int]] = {}
        for each in left:
            for end in (self._arcs[each][0], self._arcs[each][-1]):
                meeting.setdefault(end, []).append(each)
        while left:
            joined: list[Position] = []
            index: int | None = next(iter(left))
            while index is not None:
                del left[index]
                arc = self._arcs[index]
                if joined:
                    arc = arc[1:] if arc[0] == joined[-1] else arc[-2::-1]
                joined += arc
                index = next((other for other in meeting[joined[-1]] if other in left), None)
            yield tuple(joined)

    def courses(self, name: str) -> Iterator[Course]:
        for geometry in self._geometries(name):
            arcs = geometry["arcs"]
            parts = arcs if geometry["type"] == "MultiLineString" else [arcs]
            status = _property(geometry, "status") or "international"
            yield Course(
                str(geometry.get("id", "")), status, tuple(self._join(part) for part in parts)
            )

    def labels(self) -> Iterator[Label]:
        for geometry in self._geometries("labels"):
            position = self._position(geometry["coordinates"])
            yield Label(_property(geometry, "name"), _property(geometry, "kind"), position)

    def _geometries(self, name: str) -> Sequence[Mapping[str, Any]]:
        found = self._objects.get(name)
        if found is None:
            return ()
        return found["geometries"] if found["type"] == "GeometryCollection" else (found,)

    def _arc(self, arc: Sequence[Sequence[int]]) -> Line:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        return tuple(self._position(point) for point in zip(xs, ys, strict=True))

    def _position(self, point: Sequence[float]) -> Position:
        return (
            point[0] * self._scale[0] + self._origin[0],
            point[1] * self._scale[1] + self._origin[1],
        )

    def _join(self, indices: Sequence[int]) -> Line:
        """Arcs end to end; `~i` is arc `i` backwards. A shared joint is kept once."""
        joined: list[Position] = []
        for index in indices:
            arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            joined += arc[1:] if joined else arc
        return tuple(joined)


def _polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    """The polygons of an area, each some rings of arcs."""
    arcs: Sequence[Any] = geometry["arcs"]
    return arcs if geometry["type"] == "MultiPolygon" else [arcs]


def _property(geometry: Mapping[str, Any], name: str) -> str:
    return str((geometry.get("properties") or {}).get(name, ""))
