"""How things are drawn, by what they mean: one table for the live map, the picture and the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from briefsite.languages import ENGLISH, N_, Language


@dataclass(frozen=True, slots=True)
class Symbol:
    """A place's sign: `path` is SVG path data around 0,0 in pixels, `radius` its half width.

    `rank` orders the labels: the lowest is placed first.
    """

    words: str
    path: str
    radius: float
    rank: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """One of the lines drawn over one another for a route, `width` and `dash` in pixels."""

    part: str
    width: float
    dash: str | None = None
    offset: float = 0

    @property
    def level(self) -> float:
        """How far below its place it is drawn in a key: a line as thin as a border, if it lay
        between two rows of pixels, would be faint in both."""
        return 0.5 if self.part == "border" else 0


@dataclass(frozen=True, slots=True)
class Hatch:
    """How an area is shaded: `path` is drawn in each square of `size` pixels, `turn` degrees round.

    Kinds differ by their lines, so that they are told apart in grey and without colours.
    """

    words: str
    path: str
    size: float
    turn: float = 0


def _dots(*centres: tuple[float, float]) -> str:
    return "".join(f"M{x - 1:g} {y:g}a1 1 0 1 0 2 0a1 1 0 1 0-2 0" for x, y in centres)


HATCHES = MappingProxyType(
    {
        "state": Hatch(N_("State"), "M0 3.5H7", 7, 45),
        "part": Hatch(N_("Part of a state, apart from the rest"), "M0 2.5H5", 5, -45),
        "party": Hatch(N_("Party to a dispute"), _dots((2.5, 2.5), (7.5, 7.5)), 10),
        "alliance": Hatch(N_("States bound by a treaty"), "M0 4H8", 8),
        "measure": Hatch(N_("State that took a measure"), "M4 0V8", 8),
        "former-territory": Hatch(
            N_("Formerly under another state (in today’s outline)"), "M0 4.5H9M4.5 0V9", 9, 45
        ),
    }
)

AREAS = frozenset({"country", "region", "province", "river", "lake", "canal", "sea", "peninsula"})
"""Kinds of places that are no point: only their name is drawn."""


def sign_of(role: str, kind: str) -> str:
    """The sign of a place: its role on the map; with the role `other`, an area's name alone."""
    return "area" if role == "other" and kind in AREAS else role


def _disc(radius: float) -> str:
    r, d = radius, 2 * radius
    return f"M-{r},0a{r},{r} 0 1 0 {d},0a{r},{r} 0 1 0 -{d},0z"


SYMBOLS = MappingProxyType(
    {
        "capital": Symbol(
            N_("Capital"),
            "M0,-7L1.7,-2.2L6.7,-2.2L2.7,.9L4.1,5.7L0,2.8L-4.1,5.7L-2.7,.9L-6.7,-2.2L-1.7,-2.2z",
            6.5,
            0,
        ),
        "city": Symbol(N_("City"), _disc(4.2), 4.2, 1),
        "town": Symbol(N_("Town"), _disc(3.1), 3.1, 5),
        "crossing": Symbol(N_("Border crossing"), "M0,-5.4L5.4,0L0,5.4L-5.4,0z", 4.6, 2),
        "port": Symbol(
            N_("Port"),
            "M-1,-1.6A2.5,2.5 0 1 1 1,-1.6V-.4H3.4V1.2H1V4.6Q3.6,4.2 4.4,1.9L6.2,3Q4.6,6.8 0,6.8"
            "Q-4.6,6.8 -6.2,3L-4.4,1.9Q-3.6,4.2 -1,4.6V1.2H-3.4V-.4H-1z",
            6,
            4,
        ),
        "terminal": Symbol(N_("Oil or gas terminal"), "M-4.8,-4.8H4.8V4.8H-4.8z", 5, 3),
        "field": Symbol(N_("Oil or gas field"), "M0,-6L5.6,4.2H-5.6z", 5.4, 6),
        "base": Symbol(N_("Base"), "M-4.8,-5H4.8V1Q4.8,4.4 0,6.4Q-4.8,4.4 -4.8,1z", 5.4, 7),
        "airport": Symbol(
            N_("Airport"),
            "M0,-7Q1,-7 1,-5.2V-2.2L6.4,1.4V3L1,1.2V4.2L2.8,5.6V6.8L0,6L-2.8,6.8V5.6L-1,4.2V1.2"
            "L-6.4,3V1.4L-1,-2.2V-5.2Q-1,-7 0,-7z",
            6,
            8,
        ),
        "dam": Symbol(N_("Dam"), "M-2.6,-5H2.6L5,5H-5z", 4.6, 8),
        "lock": Symbol(N_("Lock"), "M-5,-5H0L5,0L0,5H-5L0,0z", 4.8, 8),
        "village": Symbol(N_("Village"), _disc(2.1), 2.2, 9),
        "other": Symbol(N_("Place"), "M-2.9,-2.9H2.9V2.9H-2.9z", 3, 9),
        "event": Symbol(N_("Event"), _disc(8.4) + _disc(6), 8.4, 7),
        "area": Symbol(N_("Name of an area"), "M0,0z", 0, 10),
    }
)

KINDS = MappingProxyType(
    {
        "oil-pipeline": N_("Oil pipeline"),
        "gas-pipeline": N_("Gas pipeline"),
        "railway": N_("Railway"),
        "road": N_("Road"),
        "sea-lane": N_("Sea lane"),
        "river": N_("River"),
        "canal": N_("Canal"),
        "corridor": N_("Planned or agreed corridor"),
        "arms-flow": N_("Flow of arms"),
        "oil-flow": N_("Flow of oil"),
        "gas-flow": N_("Flow of gas"),
        "trade-flow": N_("Trade"),
        "transit-flow": N_("Transit"),
    }
)

STATUSES = MappingProxyType(
    {
        "existing": N_("existing"),
        "under-construction": N_("under construction"),
        "proposed": N_("proposed, not built"),
        "disused": N_("disused"),
    }
)

DASHES: MappingProxyType[str, str | None] = MappingProxyType(
    {"existing": None, "under-construction": "10 5", "proposed": "5 5", "disused": "2 6"}
)
"""Dash of the main stroke: whatever does not exist in use is broken, the less of it the shorter."""

_WIDTHS = MappingProxyType(
    {
        "oil-pipeline": 3.0,
        "gas-pipeline": 4.0,
        "railway": 1.8,
        "road": 2.4,
        "sea-lane": 2.0,
        "river": 3.0,
        "canal": 4.0,
        "corridor": 2.6,
        "arms-flow": 3.4,
        "oil-flow": 4.8,
        "gas-flow": 5.4,
        "trade-flow": 2.0,
        "transit-flow": 3.4,
    }
)


@cache
def strokes(kind: str, status: str) -> tuple[Stroke, ...]:
    """The strokes of a route from the lowest to the highest. Raises KeyError for unknown words."""
    width, dash = _WIDTHS[kind], DASHES[status]
    parts = [Stroke("casing", width + 3.4), Stroke("line", width, dash)]
    match kind:
        case "gas-pipeline" | "gas-flow" | "canal":
            parts.append(Stroke("core", 1.5, dash))
        case "railway":
            period = sum(float(part) for part in dash.split()) if dash else 10
            ink = float(dash.split()[0]) if dash else 2
            parts.append(Stroke("ticks", 7, f"1.6 {period - 1.6:g}", -(ink - 1.6) / 2))
        case "transit-flow":
            parts.append(Stroke("core", 1.2))
        case "corridor":
            parts.insert(0, Stroke("band", 10))
    return tuple(parts)


HEAD = "M0,0L-13,-6.6V6.6z"
"""The head of a flow's arrow: its tip at 0,0, pointing east."""
HEAD_OFF = 7
"""How many pixels before the end of its arc the tip is, so that the place's sign is seen."""
EVENT_STEP = 19
"""How many pixels further east each further event at one place stands."""


def line_words(
    kind: str, status: str, *, schematic: bool = False, language: Language = ENGLISH
) -> str:
    """How the key names a route, such as `Railway, under construction (schematic)`."""
    say = language.gettext
    words = say(KINDS[kind])
    if status != "existing":
        words = f"{words}, {say(STATUSES[status])}"
    return say("%(line)s (schematic)", line=words) if schematic else words


def line_of(properties: Mapping[str, Any]) -> tuple[str, str]:
    """The kind and status that a route or flow is drawn by; a flow has no status."""
    return properties["route"], properties.get("status", "existing")


def line_key(kind: str, status: str) -> str:
    """The name that a kind and a status have together."""
    return f"{kind}/{status}"


def hatches(features: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, Hatch], ...]:
    """The kinds of area that some features have, and how they are shaded, in the table's order."""
    used = {feature["properties"].get("hatch") for feature in features}
    return tuple((kind, hatch) for kind, hatch in HATCHES.items() if kind in used)


def style_data(signs: set[str], lines: set[tuple[str, str]]) -> dict[str, Any]:
    """The part of the tables that a map needs, for its script."""
    return {
        "head": {"path": HEAD, "off": HEAD_OFF},
        "event_step": EVENT_STEP,
        "signs": {
            role: {"words": s.words, "path": s.path, "radius": s.radius, "rank": s.rank}
            for role, s in SYMBOLS.items()
            if role in signs
        },
        "lines": {
            line_key(kind, status): [
                [s.part, s.width, s.dash, s.offset] for s in strokes(kind, status)
            ]
            for kind, status in sorted(lines)
        },
    }
