"""A picture being drawn: shapes cut to its edge, signs, and labels beside them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from briefsite.maps.ground import Area, Course, Ground
from briefsite.maps.placement import Box, Placed, Placer
from briefsite.maps.projection import Pixel, Projection, Window, simplify
from briefsite.maps.scan import Scan
from briefsite.maps.style import EVENT_STEP, HEAD_OFF, SYMBOLS, Stroke, line_of, strokes

_SIZES = {
    "capital": 14.0,
    "city": 12.8,
    "village": 11.5,
    "dam": 11.5,
    "lock": 11.5,
    "airport": 11.5,
    "other": 11.5,
}
_PARTS = ("band", "casing", "line", "core", "ticks")
_HEAD_LONG, _HEAD_HALF = 13.0, 6.6
"""How long an arrow head is, and half how wide, as in the table of styles."""
_MARGIN = 30
"""How far beyond the edge shapes are kept, so that no cut is seen."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of the picture and its classes."""

    cls: str
    path: str
    width: float | None = None
    dash: str | None = None
    offset: float = 0
    hatch: str | None = None


class Sheet:
    """A picture being drawn: shapes cut to it, and what its labels must keep clear of."""

    def __init__(self, projection: Projection, window: Window) -> None:
        self._project = projection
        self._cut = Window(-_MARGIN, -_MARGIN, window.right + _MARGIN, window.bottom + _MARGIN)
        self._window = window
        inner = Window(3, 3, window.right - 3, window.bottom - 3)
        self.placer = Placer(inner)
        self.lands: dict[str, Scan] = {}
        """The countries of the picture by their id."""

    def ground(self, ground: Ground, features: Iterable[Any] = ()) -> Iterator[Shape]:
        """Land, areas, water and borders, the lowest first."""
        yield from self._filled("land", ground.land)
        yield from self._areas(features)
        yield from self._filled("lake", ground.lakes)
        for cls, courses in (
            ("province", ground.provinces),
            ("stream", ground.rivers),
            ("coast", ground.coast),
        ):
            path = self._courses(courses)
            if path:
                yield Shape(cls, path)
        for status in dict.fromkeys(course.status for course in ground.borders):
            drawn = [c for c in ground.borders if c.status == status]
            # What only the margin has is not seen, and the key would name it all the same.
            if self._are_seen(drawn) and (path := self._courses(drawn, weight=0.4)):
                yield Shape(f"border {status}", path)

    def _are_seen(self, courses: Iterable[Course]) -> bool:
        lines = (self._pixels(line) for course in courses for line in course.lines)
        return any(part for line in lines for part in self._window.line(line))

    def _filled(self, cls: str, areas: Iterable[Area]) -> Iterator[Shape]:
        for area in areas:
            rings = [self._cut.ring(self._pixels(ring)) for ring in area.rings]
            shown = [simplify(ring, 0.25) for ring in rings if len(ring) > 2]
            path = "".join(_path(ring, close=True) for ring in shown)
            if path:
                yield Shape(cls, path)
            if path and cls == "land":
                self.lands[area.id] = Scan(shown)

    def _areas(self, features: Iterable[Any]) -> Iterator[Shape]:
        for feature in features:
            kind = feature["properties"].get("hatch")
            polygons = feature["geometry"]["coordinates"] if kind else ()
            rings = (self._cut.ring(self._pixels(ring)) for polygon in polygons for ring in polygon)
            shown = (simplify(ring, 0.25) for ring in rings if len(ring) > 2)
            path = "".join(_path(ring, close=True) for ring in shown)
            if path:
                yield Shape(f"area {kind}", path, hatch=kind)

    def routes(self, features: Iterable[Any]) -> Iterator[Shape]:
        """The strokes of all routes: casings below every line, so that crossings stay whole."""
        drawn: list[tuple[Stroke, str, str]] = []
        heads: list[Shape] = []
        for feature in features:
            given = feature["properties"]
            if "route" not in given:
                continue
            line = self._pixels(feature["geometry"]["coordinates"])
            self.placer.avoid(line, 1)
            if given["kind"] == "flow":
                line, head = _arrow(line)
                heads.append(Shape(f"head {given['route']}", head))
            path = "".join(_path(part) for part in self._cut.line(line))
            if path:
                drawn += [(s, given["route"], path) for s in strokes(*line_of(given))]
        for part in _PARTS:
            for stroke, kind, path in drawn:
                if stroke.part == part:
                    yield Shape(f"{part} {kind}", path, stroke.width, stroke.dash, stroke.offset)
        yield from heads

    def places(self, features: Iterable[Any]) -> tuple[list[Any], list[Any]]:
        """Signs in the order of the map, and labels: the weightier the earlier placed."""
        points = [f for f in features if "sign" in f["properties"]]
        events: Counter[str] = Counter()
        ringed = {_at(feature) for feature in points if feature["properties"]["sign"] == "event"}
        signs: list[Any] = []
        waiting: list[tuple[int, int, Pixel, float, Any]] = []
        for number, feature in enumerate(points):
            given = feature["properties"]
            sign, symbol = given["sign"], SYMBOLS[given["sign"]]
            x, y = self._project(feature["geometry"]["coordinates"])
            if sign == "event":
                x += EVENT_STEP * events[given["place"]]
                events[given["place"]] += 1
            r = symbol.radius
            if r:
                self.placer.taken.append(Box(x - r, y - r, x + r, y + r))
                at = {"x": tenths(x), "y": tenths(y)}
                signs.append({"name": sign, "path": symbol.path, **at})
            if _at(feature) in ringed and r:  # a place's name stands clear of the ring around it
                r = max(r, SYMBOLS["event"].radius)
            waiting.append((symbol.rank, number, (x, y), r, given))
        labels = []
        for _, _, point, r, given in sorted(waiting, key=lambda item: item[:2]):
            sign, size = given["sign"], _SIZES.get(given["sign"], 12.5)
            placed = self.placer.beside(
                point,
                r,
                given["title"],
                size,
                abroad=partial(self._is_abroad, given["country"] or ""),
            )
            if placed:
                labels.append(label(sign, placed, size))
        return signs, labels

    def _is_abroad(self, country: str, point: Pixel) -> bool:
        lands = self.lands
        return country in lands and any(
            land.holds(point) for key, land in lands.items() if key != country
        )

    def _courses(self, courses: Iterable[Course], *, weight: float = 0) -> str:
        path = ""
        for course in courses:
            for line in course.lines:
                for part in self._cut.line(self._pixels(line)):
                    simple = simplify(part, 0.25)
                    if weight:
                        self.placer.avoid(simple, weight)
                    path += _path(simple)
        return path

    def _pixels(self, line: Iterable[Sequence[float]]) -> list[Pixel]:
        return [self._project(position) for position in line]


def _at(feature: Any) -> tuple[float, ...]:
    return tuple(feature["geometry"]["coordinates"])


def _arrow(line: list[Pixel]) -> tuple[list[Pixel], str]:
    """A line that ends where the head begins, and the head, its tip just before the old end."""
    end = line.pop()
    while len(line) > 1 and math.dist(line[-1], end) < _HEAD_LONG + HEAD_OFF:
        line.pop()
    length = math.dist(line[-1], end) or 1
    dx, dy = (end[0] - line[-1][0]) / length, (end[1] - line[-1][1]) / length
    tip = end[0] - dx * HEAD_OFF, end[1] - dy * HEAD_OFF
    foot = tip[0] - dx * _HEAD_LONG, tip[1] - dy * _HEAD_LONG
    corners = [(foot[0] - dy * side, foot[1] + dx * side) for side in (_HEAD_HALF, -_HEAD_HALF)]
    return [*line, foot], _path([tip, *corners], close=True)


def _path(points: Sequence[Pixel], *, close: bool = False) -> str:
    """Path data with relative steps in tenths of a pixel, none lost to rounding."""
    at = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(at)]
    moves = [f"{_tenth(x)} {_tenth(y)}" for x, y in steps if (x, y) != (0, 0)]
    if not moves:
        return ""
    path = f"M{_tenth(at[0][0])} {_tenth(at[0][1])}l{' '.join(moves)}".replace(" -", "-")
    return path + ("z" if close else "")


def _tenth(value: int) -> str:
    sign, rest = "-" if value < 0 else "", abs(value)
    whole, tenth = str(rest // 10) if rest >= 10 else "", f".{rest % 10}" if rest % 10 else ""
    return f"{sign}{whole}{tenth}" if rest else "0"


def tenths(value: float) -> float:
    """A number of pixels as it is printed."""
    return round(value, 1) + 0.0


def label(cls: str, placed: Placed, size: float = 12.5) -> dict[str, Any]:
    """A placed label as the template wants it."""
    return {
        "cls": cls,
        "anchor": placed.anchor,
        "x": tenths(placed.x),
        "y": tenths(placed.y),
        "lines": placed.lines,
        "leading": tenths(size * 1.12),
    }
