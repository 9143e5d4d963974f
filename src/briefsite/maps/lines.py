"""Many lines of pixels at once: those of a picture, cut at its edge, simplified.

A picture has some ten thousand points of ground. One after the other they would take most of a
build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefsite.maps.projection import Projection, Window, mercator

if TYPE_CHECKING:
    from briefsite.maps.ground import Position

Points = NDArray[np.float64]
"""The points of a line, one a row, across and down."""
Numbers = NDArray[Any]
_CLOSE = 1e-9
"""What rounding may do to a square, and much more."""


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
        return cls(np.concatenate(lines) if lines else np.empty((0, 2)), starts, numbers)

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

    def group(self, number: int) -> list[Points]:
        """The lines of a group."""
        first, last = np.searchsorted(self.groups, [number, number + 1]).tolist()
        return [self.points[a:b] for a, b in pairwise(self.starts[first : last + 1].tolist())]

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
            return np.empty((0, 2)), np.empty((0, 2))
        starts = self.starts[:-1]
        return np.minimum.reduceat(self.points, starts), np.maximum.reduceat(self.points, starts)

    def those(self, chosen: Numbers) -> Lines:
        """The lines that are marked as chosen."""
        if chosen.all():
            return self
        counts = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(counts[chosen])])
        return Lines(self.points[np.repeat(chosen, counts)], starts, self.groups[chosen])

    def pixels(self, projection: Projection, window: Window) -> Lines:
        """Lines of a ground in the pixels of a picture; those that lie beside a window are not."""

        def pixels(points: Points) -> Points:
            x, y = points[:, 0], points[:, 1]
            k = projection.per_degree
            return np.column_stack([(x - projection.west) * k, (projection.top - y) * k])

        low, high = map(pixels, self.bounds)
        near = (high[:, 0] >= window.left) & (low[:, 0] <= window.right)
        near &= (low[:, 1] >= window.top) & (high[:, 1] <= window.bottom)
        lines = self.those(near)
        return Lines(pixels(lines.points), lines.starts, lines.groups)


def _stretched(line: Sequence[Position]) -> Points:
    return np.array([(lon, mercator(lat)) for lon, lat in line], dtype=float).reshape(-1, 2)


def cut_rings(rings: Lines, window: Window) -> Lines:
    """What is within a window of some closed lines, unclosed; nothing of what is no area there."""
    low, high = rings.bounds
    whole = (low[:, 0] >= window.left) & (high[:, 0] <= window.right)
    whole &= (low[:, 1] >= window.top) & (high[:, 1] <= window.bottom)
    parts = [
        ring if is_whole else _cut_ring(ring, window)
        for ring, is_whole in zip(rings, whole.tolist(), strict=True)
    ]
    kept = np.array([len(part) > 2 for part in parts], dtype=bool)
    lines = Lines.of([parts])
    return Lines(lines.points, lines.starts, rings.groups).those(kept)


def _cut_ring(ring: Points, window: Window) -> Points:
    """A closed line cut to a window (Sutherland–Hodgman), unclosed; empty where it lies outside."""
    (left, top), (right, bottom) = ring.min(axis=0), ring.max(axis=0)
    if left < window.left:
        ring = _half(ring, ring[:, 0] >= window.left, 0, window.left)
    if right > window.right:
        ring = _half(ring, ring[:, 0] <= window.right, 0, window.right)
    if top < window.top:
        ring = _half(ring, ring[:, 1] >= window.top, 1, window.top)
    if bottom > window.bottom:
        ring = _half(ring, ring[:, 1] <= window.bottom, 1, window.bottom)
    return ring


def _half(ring: Points, inside: Numbers, axis: int, limit: float) -> Points:
    """The part of a ring on one side of a straight line across or down the picture."""
    before = np.concatenate([inside[-1:], inside[:-1]])
    crossed = np.flatnonzero(inside != before)
    start, end = ring[crossed - 1], ring[crossed]
    share = (limit - start[:, axis]) / (end[:, axis] - start[:, axis])
    # Where the edge is crossed on the way to a point, the crossing stands before that point.
    pairs = np.stack([ring, ring], axis=1)
    pairs[crossed, 0] = start + share[:, None] * (end - start)
    shown = np.zeros((len(ring), 2), dtype=bool)
    shown[crossed, 0], shown[:, 1] = True, inside
    kept: Points = pairs[shown]
    return kept


def cut_lines(lines: Lines, window: Window) -> Lines:
    """The parts of some lines within a window (Liang–Barsky)."""
    points, starts = lines.points, lines.starts
    x, y = points[:, 0], points[:, 1]
    inside = (x >= window.left) & (x <= window.right) & (y >= window.top) & (y <= window.bottom)
    leads_on = np.ones(len(points), dtype=bool)
    leads_on[starts[1:] - 1] = False
    at = np.flatnonzero(leads_on)
    kept = inside[at] & inside[at + 1]
    begin, end = points[at], points[at + 1]
    crossing = np.flatnonzero(~kept)
    kept[crossing], begin[crossing], end[crossing] = _cut(begin[crossing], end[crossing], window)
    at, begin, end = at[kept], begin[kept], end[kept]
    # A part goes on where the last step has ended and the next begins at one point.
    goes_on = (at[1:] == at[:-1] + 1) & (end[:-1] == begin[1:]).all(axis=1)
    is_new = np.concatenate([[True], ~goes_on])[: len(at)]
    first = np.flatnonzero(is_new)
    shown = np.stack([is_new, np.ones(len(at), dtype=bool)], axis=1)
    parts: Points = np.stack([begin, end], axis=1)[shown]
    ends = np.concatenate([first, [len(at)]])
    line = np.repeat(np.arange(len(lines)), np.diff(starts))[at[first]]
    return Lines(parts, ends + np.arange(len(ends)), lines.groups[line])


def _cut(start: Points, end: Points, window: Window) -> tuple[Numbers, Points, Points]:
    """Of straight lines: whether any of each is within a window, and where that begins and ends."""
    way = end - start
    (dx, dy), (x, y) = way.T, start.T
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
    low, high = low[:, None], high[:, None]
    begin = np.where(low == 0, start, start + low * way)
    return seen, begin, np.where(high == 1, end, start + high * way)


def simplified(lines: Lines, tolerance: float) -> Lines:
    """Lines without the points that stray less than `tolerance` pixels (Douglas–Peucker).

    All lines are halved at once, then all halves, and so on.
    """
    x, y = np.ascontiguousarray(lines.points.T)
    first, last = lines.starts[:-1], lines.starts[1:] - 1
    keep = np.zeros(len(x), dtype=bool)
    keep[first] = keep[last] = True
    while True:
        wide = last - first > 1
        first, last = first[wide], last[wide]
        if not len(first):
            break
        first, furthest, last = _furthest(x, y, first, last, tolerance)
        keep[furthest] = True
        first, last = np.concatenate([first, furthest]), np.concatenate([furthest, last])
    starts = np.concatenate([[0], np.cumsum(keep)])[lines.starts]
    return Lines(lines.points[keep], starts, lines.groups)


def _furthest(
    x: Points, y: Points, first: Numbers, last: Numbers, tolerance: float
) -> tuple[Numbers, Numbers, Numbers]:
    """Of parts of lines those that stray, each by its first, its furthest and its last point."""
    between = last - first - 1
    offset = np.cumsum(between) - between
    x0, y0 = x[first], y[first]
    dx, dy = x[last] - x0, y[last] - y0
    length = dx * dx + dy * dy
    length[length == 0] = 1
    chords = np.repeat(np.stack([x0, y0, dx, dy, length]), between, axis=1)
    index = np.arange(chords.shape[1])
    index += np.repeat(first + 1 - offset, between)
    px, py = x[index], y[index]
    px -= chords[0]
    py -= chords[1]
    share = px * chords[2]
    share += py * chords[3]
    share /= chords[4]
    np.clip(share, 0.0, 1.0, out=share)
    px -= share * chords[2]
    py -= share * chords[3]
    square = px * px + py * py
    most = np.maximum.reduceat(square, offset)
    # The distance itself takes long, and is asked of those that may be the furthest.
    most[most < tolerance * tolerance * (1 - _CLOSE)] = np.inf
    at = np.flatnonzero(square >= np.repeat(most * (1 - _CLOSE), between))
    away = np.hypot(px[at], py[at])
    part = np.searchsorted(offset, at, side="right") - 1
    found = away > tolerance
    if (part[1:] == part[:-1]).any():
        # The furthest of each part comes first, and of several that stray as far the first.
        order = np.lexsort((at, -away, part))
        at, away, part = at[order], away[order], part[order]
        found = away > tolerance
        found[1:] &= part[1:] != part[:-1]
    return first[part[found]], index[at[found]], last[part[found]]
