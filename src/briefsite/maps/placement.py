"""Labels that do not collide: the first free place around a point, routes avoided."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from briefsite.lettering import text_width
from briefsite.maps.lines import Lines, Numbers, Points
from briefsite.maps.projection import Pixel, Window

_WORST = 30.0
_WRAP_FROM = 20


class Box(NamedTuple):
    """A rectangle of pixels."""

    left: float
    top: float
    right: float
    bottom: float


class Placed(NamedTuple):
    """A label where it stands: `x` and the baseline `y` of its first line, in pixels."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box


def wrap(text: str) -> tuple[str, ...]:
    """A long name in two lines, broken at the space nearest to its middle."""
    if len(text) < _WRAP_FROM or " " not in text:
        return (text,)
    spaces = [index for index, letter in enumerate(text) if letter == " "]
    split = min(spaces, key=lambda index: abs(index - len(text) / 2))
    return text[:split], text[split + 1 :]


@dataclass
class Placer:
    """What is taken on a picture, and where the next label may stand."""

    window: Window
    taken: list[Box] = field(default_factory=list)
    _avoided: Lines = field(default_factory=partial(Lines.of, ()))
    """Lines to keep off; their groups are their weights in tenths."""

    def avoid(self, lines: Lines, tenths: int) -> None:
        """Make labels keep off some lines, the more the greater their weight."""
        weighed = replace(lines, groups=np.full(len(lines), tenths))
        self._avoided = self._avoided.and_then(weighed, 0)
        self.__dict__.pop("_dots", None)

    @cached_property
    def _dots(self) -> tuple[Sequence[float], Numbers, Numbers]:
        """The points to keep off from the top down: how far down and across each is, its weight."""
        points, weights = dotted(self._avoided)
        order = np.argsort(points.imag)
        # A view is bisected as a list is; to make thousands of numbers into one takes longer.
        return points.imag[order].data, points.real[order], weights[order]

    def cost(self, box: Box) -> float:
        """How much of the lines to keep off a box covers; infinite where it is taken or outside."""
        left, top, right, bottom = box
        window = self.window
        if left < window.left or top < window.top or right > window.right or bottom > window.bottom:
            return math.inf
        for low, upper, high, lower in self.taken:
            if left < high and low < right and top < lower and upper < bottom:
                return math.inf
        down, across, weights = self._dots
        rows = slice(bisect_right(down, top), bisect_left(down, bottom))
        x = across[rows]
        return int(weights[rows] @ ((x > left) & (x < right))) / 10

    def beside(
        self,
        point: Pixel,
        radius: float,
        text: str,
        size: float,
        *,
        abroad: Callable[[Pixel], bool] = lambda _: False,
    ) -> Placed | None:
        """Put a label beside a symbol, or None where every place is taken or bad.

        `abroad` tells whether a point is in another country: a name had better not stand there.
        """
        best, least = None, _WORST
        for number, placed in enumerate(_around(point, radius, wrap(text), size)):
            if number * 0.6 >= least:
                break  # nor would any after it be better
            box = placed.box
            cost = self.cost(box) + number * 0.6
            if cost < least and abroad(((box.left + box.right) / 2, (box.top + box.bottom) / 2)):
                cost += 12
            if cost < least:
                best, least = placed, cost
        if best is not None:
            self.taken.append(best.box)
        return best


def dotted(lines: Lines) -> tuple[Points, Numbers]:
    """Points along some lines, at most four pixels from one to the next, and the group of each.

    The last point of a line is left out.
    """
    points, starts = lines.points, lines.starts
    # From each point to the next, but not from one line to another.
    steps = np.ones(len(points), dtype=bool)
    steps[starts[1:] - 1] = False
    start, way = points[steps], np.diff(points, append=points[-1:])[steps]
    group = np.repeat(lines.groups, np.diff(starts) - 1)
    count = np.maximum(1, np.ceil(np.hypot(way.real, way.imag) / 4)).astype(int)
    part = np.repeat(np.arange(len(start)), count)
    step = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    return start[part] + way[part] * (step / count[part]), group[part]


def _around(point: Pixel, radius: float, lines: tuple[str, ...], size: float) -> Iterator[Placed]:
    """What readers connect most easily, first: beside, above, below, the corners, to one side."""
    x, y = point
    width = max(text_width(line, size) for line in lines)
    height, gap = size * 1.12 * len(lines), radius + 3
    slant = gap * 0.75
    if not radius:
        for down in (0.0, 14.0, -14.0, 28.0, -28.0):
            top = y + down - height / 2
            box = Box(x - width / 2, top, x + width / 2, top + height)
            yield Placed(lines, x, top + size * 0.87, "middle", box)
        return
    for across, down, anchor in (
        (gap, -height / 2, "start"),
        (-gap, -height / 2, "end"),
        (0, -gap - height, "middle"),
        (0, gap, "middle"),
        (slant, -slant - height * 0.75, "start"),
        (slant, slant - height * 0.25, "start"),
        (-slant, -slant - height * 0.75, "end"),
        (-slant, slant - height * 0.25, "end"),
        (-radius, gap, "start"),
        (radius, gap, "end"),
        (-radius, -gap - height, "start"),
        (radius, -gap - height, "end"),
    ):
        start = {"start": 0.0, "middle": -width / 2, "end": -width}[anchor]
        left, top = x + across + start, y + down
        box = Box(left - 1, top, left + width + 1, top + height)
        yield Placed(lines, x + across, top + size * 0.87, anchor, box)
