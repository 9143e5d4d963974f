"""The key of a map: each sign it uses, once in each layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefsite.languages import ENGLISH, N_, Language
from briefsite.maps.style import (
    HATCHES,
    HEAD,
    SYMBOLS,
    Stroke,
    Symbol,
    line_of,
    line_words,
    strokes,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign and its meaning: a symbol, the strokes of a line, or the hatching of an area.

    `name` is its CSS class, and the kind of an area. `head` is the path of an arrow head, for lines
    that have a direction.
    """

    name: str
    words: str
    symbol: Symbol | None = None
    strokes: tuple[Stroke, ...] = ()
    head: str | None = None
    is_area: bool = False
    titles: tuple[str, ...] = ()
    """What it stands for by name: areas, of which a map has few, and each of which is large."""


@dataclass(frozen=True, slots=True)
class KeyLayer:
    """The signs of one layer, in the order of their first use."""

    id: str
    title: str
    signs: tuple[Sign, ...]


def map_key(collection: Mapping[str, Any], language: Language = ENGLISH) -> tuple[KeyLayer, ...]:
    """The key of a map's feature collection, by layer."""
    return tuple(
        KeyLayer(
            layer["id"],
            layer["title"],
            tuple(
                replace(sign, titles=_titles(collection, layer["id"], sign.name))
                if sign.is_area
                else sign
                for sign in dict.fromkeys(_signs(collection, layer["id"], language))
            ),
        )
        for layer in collection["layers"]
    )


def all_signs(collection: Mapping[str, Any], language: Language = ENGLISH) -> tuple[Sign, ...]:
    """Every sign of a map once: areas and lines first, then symbols by rank."""
    layers = (layer["id"] for layer in collection["layers"])
    signs = dict.fromkeys(sign for layer in layers for sign in _signs(collection, layer, language))
    return tuple(sorted(signs, key=_rank))


def _titles(collection: Mapping[str, Any], layer: str, hatch: str) -> tuple[str, ...]:
    found = (feature["properties"] for feature in collection["features"])
    return tuple(g["title"] for g in found if (g["layer"], g.get("hatch")) == (layer, hatch))


def _rank(sign: Sign) -> int:
    return sign.symbol.rank if sign.symbol else -2 if sign.is_area else -1


def _signs(collection: Mapping[str, Any], layer: str, language: Language) -> Iterator[Sign]:
    say = language.gettext
    for feature in collection["features"]:
        given = feature["properties"]
        if given["layer"] != layer:
            continue
        if "hatch" in given:
            yield Sign(given["hatch"], say(HATCHES[given["hatch"]].words), is_area=True)
        elif "sign" in given:
            symbol = SYMBOLS[given["sign"]]
            if given["sign"] != "area":
                yield Sign(given["sign"], say(symbol.words), symbol=symbol)
        else:
            kind, status = line_of(given)
            words = line_words(kind, status, schematic=given["schematic"], language=language)
            head = HEAD if given["kind"] == "flow" else None
            yield Sign(kind, words, strokes=strokes(kind, status), head=head)


_BOUNDARIES = (
    ("international", N_("International boundary")),
    ("not-delimited", N_("Boundary not fully delimited")),
)


def boundaries(language: Language = ENGLISH) -> tuple[Sign, ...]:
    """The signs of the ground, named as the basemap names the status of a border."""
    stroke = (Stroke("border", 1.2),)
    return tuple(Sign(name, language.gettext(words), strokes=stroke) for name, words in _BOUNDARIES)
