"""The ground of a picture: what maps of the same extent have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
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


@dataclass(frozen=True)
class Backdrop:
    """What is drawn of a ground: all land as one shape, and what is above areas, lowest first."""

    land: Shape
    above: Sequence[Shape]
    ground: Ground
    polygons: Lines
    """What is seen of the polygons of its countries, in the groups of `Ground.areas`."""
    lands: Mapping[str, Scan]
    """The countries of the picture by their id."""
    water: Scan
    """What is no country."""
    borders: Sequence[Lines]
    """The lines of its borders, those of one status together."""

    @cached_property
    def parts(self) -> Mapping[Part, str]:
        """The path of each polygon of its countries, as areas are made of them."""
        parts = self.ground.parts
        count = self.ground.surface + len(parts)
        paths = path_data(self.polygons, count, closed=count)
        return dict(zip(parts, paths[self.ground.surface :], strict=True))


def wider(window: Window) -> Window:
    """A window that starts at 0,0, with the margin that shapes are kept in."""
    return Window(-_MARGIN, -_MARGIN, window.right + _MARGIN, window.bottom + _MARGIN)


@lru_cache(maxsize=16)
def drawn_ground(ground: Ground, projection: Projection, window: Window) -> Backdrop:
    """What a picture shows of a ground; maps often have an extent in common."""
    cut = wider(window)
    rings = cut_rings(ground.areas.pixels(projection, cut, _TOLERANCE), cut)
    lines = cut_lines(ground.strokes.pixels(projection, cut, _TOLERANCE), cut)
    # The polygons of a country follow one another, and so do their rings.
    ends = accumulate((len(land.polygons) for land in ground.land), initial=ground.surface)
    firsts = np.searchsorted(rings.groups, [*ends]).tolist()
    lands = {
        country.id: Scan(rings.between(one, other))
        for country, (one, other) in zip(ground.land, pairwise(firsts), strict=True)
        if one < other
    }
    surface = rings.between(0, firsts[0])
    names, count = list(ground.courses), ground.surface
    # All in one go: it takes no longer than a few of them would.
    outline, *paths = path_data(surface.and_then(lines, count), count + len(names), closed=count)
    borders = {n: lines.group(n) for n, name in enumerate(names) if name.startswith("border ")}
    # What only the margin has is not seen, and the key would name it all the same.
    seen = {n: border for n, border in borders.items() if is_seen(border, window)}
    drawn = [
        *(["lake"] * len(ground.lakes)),
        *(name if n in seen or n not in borders else "" for n, name in enumerate(names)),
    ]
    return Backdrop(
        Shape("land", outline),
        [Shape(name, path) for name, path in zip(drawn, paths, strict=True) if name and path],
        ground,
        rings.between(firsts[0], firsts[-1]),
        lands,
        Scan(surface.group(0), outside=True),
        [*seen.values()],
    )
