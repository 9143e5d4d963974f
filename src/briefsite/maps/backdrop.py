"""The ground of a picture: what maps of the same extent have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefsite.maps.ground import Ground
from briefsite.maps.lines import Points, cut_lines, cut_rings, simplified
from briefsite.maps.paths import path_data
from briefsite.maps.projection import Projection, Window
from briefsite.maps.scan import Scan

TOLERANCE = 0.25
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
    count, names = len(ground.land) + len(ground.lakes), list(ground.courses)
    rings = cut_rings(ground.areas.pixels(projection, cut), cut)
    courses = ground.strokes.pixels(projection, cut)
    # What only the margin has is not seen, and the key would name it all the same.
    seen = set(cut_lines(courses, window).groups.tolist())
    lines = cut_lines(courses, cut)
    # All in one go: it takes no longer than a few of them would.
    shown = simplified(rings.and_then(lines, count), TOLERANCE)
    paths = path_data(shown, count + len(names), closed=count)
    lands = {
        area.id: Scan(shown.group(number))
        for number, area in enumerate(ground.land)
        if paths[number]
    }
    borders = [n for n, name in enumerate(names) if name.startswith("border ") and n in seen]
    drawn = [n for n, name in enumerate(names) if n in borders or not name.startswith("border ")]
    return Backdrop(
        [Shape("land", path) for path in paths[: len(ground.land)] if path],
        [
            *(Shape("lake", path) for path in paths[len(ground.land) : count] if path),
            *(Shape(names[n], paths[count + n]) for n in drawn if paths[count + n]),
        ],
        lands,
        [shown.group(count + n) for n in borders],
    )
