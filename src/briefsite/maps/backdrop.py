"""The ground of a picture: what maps of the same extent have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from briefsite.maps.ground import Ground, Part
from briefsite.maps.lines import Points, cut_lines, cut_rings
from briefsite.maps.paths import path_data
from briefsite.maps.projection import Projection, Window
from briefsite.maps.scan import Scan

_TOLERANCE = 0.25
"""How far from its place a line may be drawn, in pixels."""
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


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is drawn of a ground: land, and what is above areas; the lowest first."""

    land: Sequence[Shape]
    parts: Mapping[Part, str]
    """The path of each polygon of its countries, as areas are made of them."""
    above: Sequence[Shape]
    lands: Mapping[str, Scan]
    """The countries of the picture by their id."""
    borders: Sequence[Sequence[Points]]
    """The lines of its borders, those of one status together."""


def wider(window: Window) -> Window:
    """A window that starts at 0,0, with the margin that shapes are kept in."""
    return Window(-_MARGIN, -_MARGIN, window.right + _MARGIN, window.bottom + _MARGIN)


@lru_cache(maxsize=16)
def drawn_ground(ground: Ground, projection: Projection, window: Window) -> Backdrop:
    """What a picture shows of a ground; maps often have an extent in common."""
    cut = wider(window)
    rings = cut_rings(ground.areas.pixels(projection, cut, _TOLERANCE), cut)
    lines = cut_lines(ground.strokes.pixels(projection, cut, _TOLERANCE), cut)
    inner, names = len(ground.parts), list(ground.courses)
    count = inner + len(ground.lakes)
    # All in one go: it takes no longer than a few of them would.
    paths = path_data(rings.and_then(lines, count), count + len(names), closed=count)
    parts = {part: path for part, path in zip(ground.parts, paths, strict=False) if path}
    land: dict[str, str] = {}
    for (country, _), path in parts.items():
        land[country] = land.get(country, "") + path
    shapes: dict[str, list[Points]] = {}
    for number, ring in zip(rings.groups.tolist(), rings, strict=True):
        if number < inner:
            shapes.setdefault(ground.parts[number][0], []).append(ring)
    # What only the margin has is not seen, and the key would name it all the same.
    is_border = np.array([name.startswith("border ") for name in names], dtype=bool)
    seen = cut_lines(lines.those(is_border[lines.groups]), window)
    borders = sorted(set(seen.groups.tolist()))
    drawn = [n for n, name in enumerate(names) if n in borders or not name.startswith("border ")]
    return Backdrop(
        [Shape("land", path) for path in land.values()],
        parts,
        [
            *(Shape("lake", path) for path in paths[inner:count] if path),
            *(Shape(names[n], paths[count + n]) for n in drawn if paths[count + n]),
        ],
        {country: Scan(found) for country, found in shapes.items()},
        [lines.group(n) for n in borders],
    )
