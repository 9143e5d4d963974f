"""Many lines of pixels at once: cut at the edge of a picture, simplified, written as path data.

A picture has some thousand points of ground. One after the other they would take most of a build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from briefsite.maps.projection import Pixel, Projection, Window, mercator

if TYPE_CHECKING:
    from briefsite.maps.ground import Position

Points = NDArray[np.float64]
"""The points of a line, one a row, across and down."""
_Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of a ground, their latitudes stretched as Web Mercator has them."""

    points: Points
    starts: tuple[int, ...]
    """Where each line starts among the points, and where the last one ends."""

    @classmethod
    def of(cls, lines: Sequence[Sequence[Position]]) -> Lines:
        """Lines of longitudes and latitudes in degrees."""
        flat = [(lon, mercator(lat)) for line in lines for lon, lat in line]
        starts = np.cumsum([0, *map(len, lines)]).tolist()
        return cls(np.array(flat, dtype=float).reshape(-1, 2), tuple(starts))

    def pixels(self, projection: Projection) -> Iterator[Points]:
        """Each line in the pixels of a picture."""
        x, y = self.points[:, 0], self.points[:, 1]
        k = projection.per_degree
        points = np.column_stack([(x - projection.west) * k, (projection.top - y) * k])
        return (points[start:end] for start, end in pairwise(self.starts))


def cut_ring(ring: Points, window: Window) -> Points:
    """A closed ring cut to a window (Sutherland–Hodgman), unclosed; empty where it lies outside."""
    if len(ring) > 1 and (ring[0] == ring[-1]).all():
        ring = ring[:-1]
    if not len(ring):
        return ring
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


def _half(ring: Points, inside: _Numbers, axis: int, limit: float) -> Points:
    """The part of a ring on one side of a straight line across or down the picture."""
    before = np.roll(ring, 1, axis=0)
    crossed = inside != np.roll(inside, 1)
    start, end = before[crossed], ring[crossed]
    share = (limit - start[:, axis]) / (end[:, axis] - start[:, axis])
    # Where the edge is crossed on the way to a point, the crossing stands before that point.
    pairs = np.stack([ring, ring], axis=1)
    pairs[crossed, 0] = start + share[:, None] * (end - start)
    kept: Points = pairs[np.stack([crossed, inside], axis=1)]
    return kept


def cut_line(line: Points, window: Window) -> Iterator[Points]:
    """The parts of a line within a window (Liang–Barsky)."""
    low, high = line.min(axis=0), line.max(axis=0)
    if high[0] < window.left or low[0] > window.right:
        return
    if high[1] < window.top or low[1] > window.bottom:
        return
    x, y = line[:, 0], line[:, 1]
    inside = (x >= window.left) & (x <= window.right) & (y >= window.top) & (y <= window.bottom)
    if inside.all():
        if len(line) > 1:
            yield line
        return
    part: list[Pixel] = []
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    for (start, end), whole in zip(
        pairwise(points), (inside[:-1] & inside[1:]).tolist(), strict=True
    ):
        cut = (start, end) if whole else window.segment(start, end)
        if cut is None or (part and part[-1] != cut[0]):
            if len(part) > 1:
                yield np.array(part)
            part = []
        if cut is not None:
            part += cut[1:] if part else cut
    if len(part) > 1:
        yield np.array(part)


def simplified(lines: Sequence[Points], tolerance: float) -> list[Points]:
    """Lines without the points that stray less than `tolerance` pixels (Douglas–Peucker).

    All lines are halved at once, then all halves, and so on.
    """
    if not lines:
        return []
    points = np.concatenate(lines)
    x, y = points[:, 0], points[:, 1]
    ends = np.cumsum([len(line) for line in lines])
    first, last = ends - [len(line) for line in lines], ends - 1
    keep = np.zeros(len(points), dtype=bool)
    keep[first] = keep[last] = True
    while len(first := first[wide := last - first > 1]):
        last = last[wide]
        between = last - first - 1
        offset = np.cumsum(between) - between
        part = np.repeat(np.arange(len(first)), between)
        index = np.arange(len(part)) + (first + 1 - offset)[part]
        away = _away(x, y, index, first[part], last[part])
        worst = np.maximum.reduceat(away, offset)
        at = np.flatnonzero(away == worst[part])
        # Of several that stray as far, the first.
        furthest = index[at[np.searchsorted(part[at], np.arange(len(first)))]]
        strays = worst > tolerance
        first, furthest, last = first[strays], furthest[strays], last[strays]
        keep[furthest] = True
        first, last = np.concatenate([first, furthest]), np.concatenate([furthest, last])
    kept = np.cumsum(keep)[ends - 1].tolist()
    points = points[keep]
    return [points[start:end] for start, end in pairwise([0, *kept])]


def _away(x: Points, y: Points, index: _Numbers, first: _Numbers, last: _Numbers) -> Points:
    """How far points lie from the straight lines between two others each."""
    x0, y0 = x[first], y[first]
    dx, dy = x[last] - x0, y[last] - y0
    px, py = x[index] - x0, y[index] - y0
    length = dx * dx + dy * dy
    share = np.zeros(len(index))
    np.divide(px * dx + py * dy, length, out=share, where=length > 0)
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    away: Points = np.hypot(px - share * dx, py - share * dy)
    return away


def joined_path(lines: Sequence[Points], *, close: bool = False) -> str:
    """Path data of lines, with relative steps in tenths of a pixel, none lost to rounding."""
    if not lines:
        return ""
    at = np.rint(np.concatenate(lines) * 10).astype(int)
    starts = np.cumsum([0, *(len(line) for line in lines)])
    steps = np.diff(at, axis=0, prepend=at[:1])
    steps[starts[:-1]] = 0
    moved = steps.any(axis=1)
    words = [_TENTHS[step] for step in steps[moved].ravel().tolist()]
    ends = (2 * np.concatenate([[0], np.cumsum(moved)])[starts]).tolist()
    end = "z" if close else ""
    return "".join(
        f"M{_TENTHS[x]} {_TENTHS[y]}l{' '.join(words[first:last])}".replace(" -", "-") + end
        for (x, y), (first, last) in zip(at[starts[:-1]].tolist(), pairwise(ends), strict=True)
        if first < last
    )


class _Tenths(dict[int, str]):
    """A number of tenths, written without what it does not need."""

    def __missing__(self, value: int) -> str:
        sign, rest = "-" if value < 0 else "", abs(value)
        whole, tenth = str(rest // 10) if rest >= 10 else "", f".{rest % 10}" if rest % 10 else ""
        self[value] = f"{sign}{whole}{tenth}" if rest else "0"
        return self[value]


_TENTHS = _Tenths()


def regrouped(
    lines: Sequence[Points], groups: Sequence[Sequence[Points]]
) -> Iterator[list[Points]]:
    """Lines that were put together from groups, as groups again."""
    ends = accumulate(map(len, groups), initial=0)
    return (list(lines[start:end]) for start, end in pairwise(ends))
