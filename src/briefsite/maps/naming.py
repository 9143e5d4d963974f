"""Names of countries, seas, lakes and provinces, put where the picture has room for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from briefsite.lettering import text_width
from briefsite.maps.ground import Label
from briefsite.maps.lines import Lines
from briefsite.maps.placement import Box, Placed, Placer
from briefsite.maps.projection import Pixel, Projection, Window
from briefsite.maps.scan import Scan

_SIZES = {"country": 12.5, "sea": 16.0, "lake": 12.0, "province": 11.0}
_SPACING = {"country": 3.0, "sea": 1.5, "lake": 0.4, "province": 1.2}
_REACH = {"sea": 300.0, "country": math.inf, "lake": 40.0, "province": 70.0}
"""How far from its own place a name may stand, in pixels; in the order of placing."""
_SEA_DEGREES = 6.0
"""The same of a sea, in degrees of longitude: further off another sea would bear the name."""
_STEP = 11
_DRIFT = 0.03
"""What each pixel costs that a name stands away from where it would best stand."""
_ROUNDING = 1e-6
_ANYWHERE = Scan(Lines.of(()), outside=True)


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that is to be placed, and where it would best stand, perhaps outside the picture."""

    kind: str
    name: str
    home: Pixel


@dataclass(frozen=True, slots=True)
class GroundName:
    """A name on the ground, its kind and its place."""

    kind: str
    placed: Placed
    is_told: bool = False
    """Whether it is in the language of the picture."""


def ground_names(
    labels: Sequence[Label],
    lands: Mapping[str, Scan],
    water: Scan,
    projection: Projection,
    placer: Placer,
    *,
    told: Mapping[str, str] = MappingProxyType({}),
    capitals: Callable[[str], str] = str.upper,
) -> Iterator[GroundName]:
    """Names that fit, each within its own shape and clear of everything placed before.

    `lands` are the countries of the picture by name, `water` is what is outside of them; a country
    without a label is named all the same.
    `told` are names in the language of the picture, by those on the ground; `capitals` writes the
    name of a country.
    """

    def written(wish: Wish) -> str:
        name = told.get(wish.name, wish.name)
        return capitals(name) if wish.kind == "country" else name

    wishes = [Wish(label.kind, label.name, projection(label.position)) for label in labels]
    named = {wish.name for wish in wishes if wish.kind == "country"}
    wishes += [
        Wish("country", name, middle)
        for name, land in lands.items()
        if name not in named and (middle := land.middle(placer.window))
    ]
    reaches = _REACH | {"sea": min(_REACH["sea"], _SEA_DEGREES * projection.per_degree)}
    seas = [wish.home for wish in wishes if wish.kind == "sea"]
    order = tuple(_REACH)
    for wish in sorted(wishes, key=lambda wish: order.index(wish.kind)):
        shape = _shape(wish, lands, water)
        others = [home for home in seas if home != wish.home] if wish.kind == "sea" else []
        placed = shape and _place(wish, written(wish), shape, placer, others, reaches[wish.kind])
        if placed:
            placer.taken.append(placed.box)
            yield GroundName(wish.kind, placed, is_told=wish.name in told)


def _shape(wish: Wish, lands: Mapping[str, Scan], water: Scan) -> Scan | None:
    match wish.kind:
        case "country":
            return lands.get(wish.name)
        case "sea":
            return water
        case "lake":
            return _ANYWHERE
        case _:
            return _around_point(wish.home, lands.values())


def _around_point(point: Pixel, lands: Iterable[Scan]) -> Scan | None:
    """The one ring that a point lies in: an exclave's name must not move to the mainland."""
    around = next((land for land in lands if land.holds(point)), None)
    rings = around.rings_at(point[1]) if around else ()
    return next((ring for ring in rings if ring.holds(point)), None)


def _place(
    wish: Wish, text: str, shape: Scan, placer: Placer, others: Sequence[Pixel], reach: float
) -> Placed | None:
    """The best place within a shape and reach, nearer to its own home than to any of the others."""
    size, spacing, home = _SIZES[wish.kind], _SPACING[wish.kind], wish.home
    width, height = text_width(text, size, spacing=spacing) - spacing, size
    window, side = placer.window, width / 2 + 4
    wanted = _wanted(wish, shape, window)
    if math.dist(home, wanted) > reach:
        return None
    first, last = window.left + side + 2, window.right - side - 2
    start = min(max(wanted[0], first), last)
    best, least = None, math.inf
    for y, below in _outwards(wanted[1], window.top + height, window.bottom - height):
        if below > reach or below * _DRIFT > least:
            break
        top, bottom = y - height / 2 - 2, y + height / 2 + 2
        near = min(reach, least / _DRIFT)
        west, east = max(first, wanted[0] - near), min(last, wanted[0] + near)
        found: list[tuple[float, float]] = []
        for low, high in shape.rooms(top, bottom, 2 * side):
            for x in _between(max(low + side, west), min(high - side, east), start):
                away = math.dist((x, y), wanted)
                if away > reach:
                    continue
                if any(math.dist((x, y), each) < math.dist((x, y), home) for each in others):
                    continue
                room = min(x - side - low, high - (x + side))
                found.append((away * _DRIFT + max(0.0, 24 - room) * 0.1, x))
        for cost, x in sorted(found):
            if cost >= least:
                break
            box = Box(x - side, top, x + side, bottom)
            if (cost := placer.cost(box) + cost) < least:
                best, least = Placed((text,), x, y + size * 0.36, "middle", box), cost
    return best


def _wanted(wish: Wish, shape: Scan, window: Window) -> Pixel:
    """Its own place; where that is outside, the middle of what is seen of a country."""
    home = wish.home
    if window.left <= home[0] <= window.right and window.top <= home[1] <= window.bottom:
        return home
    if wish.kind == "country" and (middle := shape.middle(window)):
        return middle
    inset = (window.right - window.left) * 0.14, (window.bottom - window.top) * 0.14
    return (
        min(max(home[0], window.left + inset[0]), window.right - inset[0]),
        min(max(home[1], window.top + inset[1]), window.bottom - inset[1]),
    )


def _outwards(wanted: float, low: float, high: float) -> Iterator[tuple[float, float]]:
    """Steps from the wanted place outwards, within the limits, and how far each is from it.

    Two on either side are as far off but for rounding, which is taken off.
    """
    if low > high:
        return
    start = min(max(wanted, low), high)
    yield start, abs(start - wanted) - _ROUNDING
    for number in range(1, math.ceil((high - low) / _STEP) + 1):
        for place in (start - number * _STEP, start + number * _STEP):
            if low <= place <= high:
                yield place, abs(place - wanted) - _ROUNDING


def _between(low: float, high: float, start: float) -> list[float]:
    """The steps from a place to either side that lie between two others."""
    numbers = range(math.ceil((low - start) / _STEP), math.floor((high - start) / _STEP) + 1)
    return [start + number * _STEP for number in numbers]
