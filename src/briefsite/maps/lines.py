"""Many lines of pixels at once: those of a picture, cut at its edge, simplified.

A picture has some ten thousand points of ground. One after the other they would take most of a
build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefsite.maps.projection import Pixel, Projection, Window, mercator

if TYPE_CHECKING:
    from briefsite.maps.ground import Position

Points = NDArray[np.complex128]
"""The points of a line, across + down·i: NumPy picks of numbers 30 times as fast as of rows."""
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Lines:
    """Some lines, one after the other, in groups that are numbered in their order."""

    points: Points
    starts: Numbers
    """Where each line starts among the points, and where the last one ends."""
    groups: Numbers
    """The group of each line."""

    @classmethod
    def of(cls, groups: Sequence[Sequence[Points]]) -> Lines:
        """Lines of some groups."""
        lines = list(chain.from_iterable(groups))
        starts = np.cumsum([0, *map(len, lines)])
        numbers = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        return cls(np.concatenate(lines) if lines else np.empty(0, complex), starts, numbers)

    @classmethod
    def of_ground(cls, groups: Sequence[Sequence[Sequence[Position]]]) -> Lines:
        """Lines of degrees east and north, the latter stretched as Web Mercator has them."""
        return cls.of([[_stretched(line) for line in group] for group in groups])

    @classmethod
    def rings_of_ground(cls, groups: Sequence[Sequence[Sequence[Position]]]) -> Lines:
        """The same of closed lines: their first point is not said again."""
        rings = [[ring[:-1] if ring[0] == ring[-1] else ring for ring in g] for g in groups]
        return cls.of_ground(rings)

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[Points]:
        return (self.points[start:end] for start, end in pairwise(self.starts.tolist()))

    def group(self, number: int) -> Lines:
        """The lines of a group."""
        first, last = np.searchsorted(self.groups, [number, number + 1]).tolist()
        return self.between(first, last)

    def between(self, first: int, last: int) -> Lines:
        """Some of the lines, from the number of one to that of another."""
        starts = self.starts[first : last + 1]
        points = self.points[starts[0] : starts[-1]]
        return Lines(points, starts - starts[0], self.groups[first:last])

    def and_then(self, others: Lines, group: int) -> Lines:
        """These lines and some others, whose groups are numbered on from `group`."""
        return Lines(
            np.concatenate([self.points, others.points]),
            np.concatenate([self.starts, others.starts[1:] + len(self.points)]),
            np.concatenate([self.groups, others.groups + group]),
        )

    @cached_property
    def bounds(self) -> tuple[Points, Points]:
        """The least and the greatest coordinates of each line."""
        if not len(self):
            return self.points, self.points
        starts = self.starts[:-1]
        low, high = np.empty(len(self), complex), np.empty(len(self), complex)
        for limit, least in ((low, np.minimum), (high, np.maximum)):
            limit.real = least.reduceat(self.points.real, starts)
            limit.imag = least.reduceat(self.points.imag, starts)
        return low, high

    @cached_property
    def strays(self) -> Numbers:
        """How far each point strays from its line, squared; those at its ends are always kept."""
        return _strays(self.points, self.starts)

    def those(self, chosen: Numbers) -> Lines:
        """The lines that are marked as chosen."""
        return self if chosen.all() else self._only(self._points_of(chosen))

    def pixels(self, projection: Projection, window: Window, tolerance: float = 0) -> Lines:
        """Lines of a ground in the pixels of a picture; those that lie beside a window are not.

        Points that stray no more than a tolerance, in pixels, are left out (Douglas–Peucker).
        """
        per_degree = projection.per_degree
        corner = complex(projection.west, projection.top)
        low, high = ((ends - corner).conj() * per_degree for ends in self.bounds)
        near = (high.real >= window.left) & (low.real <= window.right)
        near &= (low.imag >= window.top) & (high.imag <= window.bottom)
        strays = self.strays > (tolerance / per_degree) ** 2
        lines = self._only(strays & self._points_of(near))
        return Lines((lines.points - corner).conj() * per_degree, lines.starts, lines.groups)

    def _points_of(self, chosen: Numbers) -> Numbers:
        """Which points are those of some lines."""
        return np.repeat(chosen, np.diff(self.starts))

    def _only(self, chosen: Numbers) -> Lines:
        """The points that are marked as chosen, and the lines that have any."""
        return _having_points(self.points[chosen], _counted(chosen)[self.starts], self.groups)


def points_of(line: Iterable[Pixel]) -> Points:
    """The points of a line that is given in pairs."""
    return np.array([complex(*at) for at in line], dtype=complex)


def _stretched(line: Sequence[Position]) -> Points:
    return points_of((lon, mercator(lat)) for lon, lat in line)


def cut_rings(rings: Lines, window: Window) -> Lines:
    """What is within a window of some closed lines, unclosed; nothing of what is no area there.

    (Sutherland–Hodgman: one side of the window after the other.)
    """
    rings = _half(rings, rings.points.real - window.left)
    rings = _half(rings, window.right - rings.points.real)
    rings = _half(rings, rings.points.imag - window.top)
    rings = _half(rings, window.bottom - rings.points.imag)
    return rings.those(np.diff(rings.starts) > 2)


def _half(rings: Lines, away: Numbers) -> Lines:
    """The part of some rings on one side of a straight line, from which points are so far away."""
    inside = away >= 0
    if inside.all():
        return rings
    points, starts = rings.points, rings.starts
    was = np.concatenate([inside[-1:], inside[:-1]])
    was[starts[:-1]] = inside[starts[1:] - 1]
    crossed = np.flatnonzero(inside != was)
    ring = np.searchsorted(starts, crossed, side="right") - 1
    before = np.where(crossed == starts[ring], starts[ring + 1], crossed) - 1
    start, end = points[before], points[crossed]
    share = away[before] / (away[before] - away[crossed])
    # Where the edge is crossed on the way to a point, the crossing stands before that point.
    so_far = _counted(inside)
    cut = np.insert(points[inside], so_far[crossed], start + share * (end - start))
    return _having_points(cut, so_far[starts] + np.searchsorted(crossed, starts), rings.groups)


def cut_lines(lines: Lines, window: Window) -> Lines:
    """The parts of some lines within a window (Liang–Barsky); nothing of what is but a point."""
    points, starts = lines.points, lines.starts
    inside = _inside(points, window)
    inside[starts[:-1][np.diff(starts) == 1]] = False
    if inside.all():
        return lines
    crossing = ~(inside[:-1] & inside[1:])
    crossing[starts[1:-1] - 1] = False
    at = np.flatnonzero(crossing)
    seen, begin, end = _cut(points[at], points[at + 1], window)
    at, ends = at[seen], np.stack([begin[seen], end[seen]], axis=1)
    # On the way from one point to the next, a line comes in, goes out, or does both.
    shown = ~np.stack([inside[at], inside[at + 1]], axis=1)
    place = np.repeat(_counted(inside)[at + 1], shown.sum(axis=1))
    is_first = np.zeros(len(points), dtype=bool)
    is_first[starts[:-1]] = True
    # A part begins where a line does, and where it comes in.
    first = np.insert(is_first[inside], place, np.nonzero(shown)[1] == 0)
    came = np.insert(np.flatnonzero(inside), place, np.repeat(at, shown.sum(axis=1)))
    begins = np.flatnonzero(first)
    line = np.searchsorted(starts, came[begins], side="right") - 1
    parts = np.insert(points[inside], place, ends[shown])
    return Lines(parts, np.concatenate([begins, [len(parts)]]), lines.groups[line])


def is_seen(lines: Lines, window: Window) -> bool:
    """Whether any of some lines is within a window."""
    return bool(_inside(lines.points, window).any()) or len(cut_lines(lines, window)) > 0


def _inside(points: Points, window: Window) -> Numbers:
    """Which points are within a window."""
    x, y = points.real, points.imag
    return (x >= window.left) & (x <= window.right) & (y >= window.top) & (y <= window.bottom)


def _cut(start: Points, end: Points, window: Window) -> tuple[Numbers, Points, Points]:
    """Of straight lines: whether any of each is within a window, and where that begins and ends."""
    way = end - start
    dx, dy, x, y = way.real, way.imag, start.real, start.imag
    low, high = np.zeros(len(way)), np.ones(len(way))
    seen = np.ones(len(way), dtype=bool)
    for step, room in (
        (-dx, x - window.left),
        (dx, window.right - x),
        (-dy, y - window.top),
        (dy, window.bottom - y),
    ):
        seen &= (step != 0) | (room >= 0)
        share = room / np.where(step == 0, 1, step)
        low = np.where(step < 0, np.maximum(low, share), low)
        high = np.where(step > 0, np.minimum(high, share), high)
    seen &= low <= high
    begin = np.where(low == 0, start, start + low * way)
    return seen, begin, np.where(high == 1, end, start + high * way)


def _strays(points: Points, starts: Numbers) -> Numbers:
    """How far each point of some lines strays, squared, as Douglas and Peucker halve them.

    All lines are halved at once, then all halves, and so on. No point strays further than the one
    that its part was made by, so that what strays more than any tolerance is what they keep for it.
    """
    x, y = points.real.copy(), points.imag.copy()
    first, last = starts[:-1], starts[1:] - 1
    found, most = np.zeros(len(x)), np.full(len(first), np.inf)
    found[first] = found[last] = np.inf
    while True:
        wide = (last - first > 1) & (most > 0)
        first, last, most = first[wide], last[wide], most[wide]
        if not len(first):
            return found
        furthest, square = _furthest(x, y, first, last)
        most = np.minimum(most, square)
        found[furthest] = most
        first, last = np.concatenate([first, furthest]), np.concatenate([furthest, last])
        most = np.concatenate([most, most])


def _furthest(x: Numbers, y: Numbers, first: Numbers, last: Numbers) -> tuple[Numbers, Numbers]:
    """Of each part of a line the point furthest from its chord, the first of several; squared."""
    between = last - first - 1
    offset = np.cumsum(between) - between
    x0, y0 = x[first], y[first]
    dx, dy = x[last] - x0, y[last] - y0
    length = dx * dx + dy * dy
    length[length == 0] = 1
    x0, y0, dx, dy, length = np.repeat(np.stack([x0, y0, dx, dy, length]), between, axis=1)
    index = np.arange(len(x0)) + np.repeat(first + 1 - offset, between)
    px, py = x[index] - x0, y[index] - y0
    share = np.clip((px * dx + py * dy) / length, 0.0, 1.0)
    square = (px - share * dx) ** 2 + (py - share * dy) ** 2
    most = np.maximum.reduceat(square, offset)
    at = np.flatnonzero(square == np.repeat(most, between))
    part = np.searchsorted(offset, at, side="right") - 1
    return index[at[np.diff(part, prepend=-1) > 0]], most


def _having_points(points: Points, starts: Numbers, groups: Numbers) -> Lines:
    """Some lines, without those that have no point."""
    has_any = np.diff(starts) > 0
    return Lines(points, starts[np.concatenate([[True], has_any])], groups[has_any])


def _counted(marks: Numbers) -> Numbers:
    """How many of some marks are set before each of them, and in all."""
    counted = np.zeros(len(marks) + 1, dtype=int)
    np.cumsum(marks, out=counted[1:])
    return counted
