"""The ground of a picture: what maps of the same extent have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

from briefsite.maps.ground import Ground, Part
from briefsite.maps.lines import Lines, cut_lines, cut_rings, is_seen
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
    water: Scan
    """What is no country."""
    borders: Sequence[Lines]
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
    # The polygons of a country follow one another, and so do their rings.
    ends = list(accumulate((len(land.polygons) for land in ground.land), initial=0))
    firsts = np.searchsorted(rings.groups, ends).tolist()
    land = ["".join(paths[one:other]) for one, other in pairwise(ends)]
    lands = {
        country.id: Scan(rings.between(one, other))
        for country, (one, other) in zip(ground.land, pairwise(firsts), strict=True)
        if one < other
    }
    borders = {n: lines.group(n) for n, name in enumerate(names) if name.startswith("border ")}
    # What only the margin has is not seen, and the key would name it all the same.
    seen = {n: border for n, border in borders.items() if is_seen(border, window)}
    return Backdrop(
        [Shape("land", path) for path in land if path],
        {part: path for part, path in zip(ground.parts, paths, strict=False) if path},
        [
            *(Shape("lake", path) for path in paths[inner:count] if path),
            *(
                Shape(name, path)
                for n, (name, path) in enumerate(zip(names, paths[count:], strict=True))
                if path and (n in seen or n not in borders)
            ),
        ],
        lands,
        Scan(rings.between(0, firsts[-1]), outside=True),
        [*seen.values()],
    )
