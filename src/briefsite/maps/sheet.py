"""A picture being drawn: shapes cut to its edge, signs, and labels beside them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from briefsite.maps.backdrop import Shape, drawn_ground, wider
from briefsite.maps.ground import Ground
from briefsite.maps.lines import Lines, Points, cut_lines, points_of
from briefsite.maps.paths import path_data
from briefsite.maps.placement import Box, Placed, Placer
from briefsite.maps.projection import Pixel, Projection, Window
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


class Label(NamedTuple):
    """A text of the picture: where its first line stands, and how far below it each other one."""

    cls: str
    anchor: str
    x: float
    y: float
    lines: tuple[str, ...]
    leading: float
    is_foreign: bool = False


class Mark(NamedTuple):
    """A sign of the picture, and where its middle is."""

    name: str
    path: str
    x: float
    y: float


class Sheet:
    """A picture being drawn: shapes cut to it, and what its labels must keep clear of."""

    def __init__(self, ground: Ground, projection: Projection, window: Window) -> None:
        self._project = projection
        self._cut = wider(window)
        self.backdrop = drawn_ground(ground, projection, window)
        self.placer = Placer(Window(3, 3, window.right - 3, window.bottom - 3))
        for border in self.backdrop.borders:
            self.placer.avoid(border, 4)

    def ground(self, features: Iterable[Any] = ()) -> Iterator[Shape]:
        """Land, areas, water and borders, the lowest first."""
        drawn = self.backdrop
        if drawn.land.path:
            yield drawn.land
        for feature in features:
            if kind := feature["properties"].get("hatch"):
                parts = map(tuple, feature["properties"]["parts"])
                if path := "".join(drawn.parts[part] for part in parts):
                    yield Shape(f"area {kind}", path, hatch=kind)
        yield from drawn.above

    def routes(self, features: Iterable[Any]) -> Iterator[Shape]:
        """The strokes of all routes: casings below every line, so that crossings stay whole."""
        routes = [feature for feature in features if "route" in feature["properties"]]
        lines: list[Points] = []
        heads: dict[int, Points] = {}
        whole: list[Points] = []
        for number, route in enumerate(routes):
            line = [self._project(position) for position in route["geometry"]["coordinates"]]
            whole.append(points_of(line))
            if route["properties"]["kind"] == "flow":
                line, head = _arrow(line)
                heads[number] = points_of(head)
            lines.append(points_of(line))
        self.placer.avoid(Lines.of([whole]), 10)
        cut = cut_lines(Lines.of([[line] for line in lines]), self._cut)
        given = [route["properties"] for route in routes]
        drawn: list[tuple[Stroke, str, str]] = [
            (stroke, route["route"], path)
            for route, path in zip(given, path_data(cut, len(routes)), strict=True)
            for stroke in strokes(*line_of(route))
            if path
        ]
        for part in _PARTS:
            for stroke, kind, path in drawn:
                if stroke.part == part:
                    yield Shape(f"{part} {kind}", path, stroke.width, stroke.dash, stroke.offset)
        tips = Lines.of([[head] for head in heads.values()])
        for number, path in zip(heads, path_data(tips, len(heads), closed=len(heads)), strict=True):
            yield Shape(f"head {given[number]['route']}", path)

    def places(self, features: Iterable[Any]) -> tuple[list[Mark], list[Label]]:
        """Signs in the order of the map, and labels: the weightier the earlier placed."""
        points = [f for f in features if "sign" in f["properties"]]
        events: Counter[str] = Counter()
        ringed = {_at(feature) for feature in points if feature["properties"]["sign"] == "event"}
        signs: list[Mark] = []
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
                signs.append(Mark(sign, symbol.path, tenths(x), tenths(y)))
            if _at(feature) in ringed and r:  # a place's name stands clear of the ring around it
                r = max(r, SYMBOLS["event"].radius)
            waiting.append((symbol.rank, number, (x, y), r, given))
        labels: list[Label] = []
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
        own = self.backdrop.lands.get(country)
        return (
            own is not None
            and not own.holds(point)
            and any(land.holds(point) for land in self.backdrop.lands.values())
        )


def _at(feature: Any) -> tuple[float, ...]:
    return tuple(feature["geometry"]["coordinates"])


def _arrow(line: list[Pixel]) -> tuple[list[Pixel], list[Pixel]]:
    """A line that ends where the head begins, and the head, its tip just before the old end."""
    end = line.pop()
    while len(line) > 1 and math.dist(line[-1], end) < _HEAD_LONG + HEAD_OFF:
        line.pop()
    length = math.dist(line[-1], end) or 1
    dx, dy = (end[0] - line[-1][0]) / length, (end[1] - line[-1][1]) / length
    tip = end[0] - dx * HEAD_OFF, end[1] - dy * HEAD_OFF
    foot = tip[0] - dx * _HEAD_LONG, tip[1] - dy * _HEAD_LONG
    corners = [(foot[0] - dy * side, foot[1] + dx * side) for side in (_HEAD_HALF, -_HEAD_HALF)]
    return [*line, foot], [tip, *corners]


def tenths(value: float) -> float:
    """A number of pixels as it is printed."""
    return round(value, 1) + 0.0


def label(cls: str, placed: Placed, size: float = 12.5, *, is_foreign: bool = False) -> Label:
    """A placed label as the template wants it."""
    at = tenths(placed.x), tenths(placed.y)
    return Label(cls, placed.anchor, *at, placed.lines, tenths(size * 1.12), is_foreign)
