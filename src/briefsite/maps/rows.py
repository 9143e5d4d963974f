"""A map's features as a table: the text equivalent of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefsite.languages import ENGLISH, Language


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A claim behind a feature; `url` is relative to the site's root.

    `state` is `current`, or what has become of the claim.
    """

    id: str
    text: str
    state: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature in words. `url` is relative to the site's root; None where there is no page."""

    id: str
    kind: str
    layer: str
    title: str
    what: str
    status: str
    where: str
    names: str
    note: str
    url: str | None
    claims: tuple[ClaimLink, ...]


def feature_rows(
    collection: Mapping[str, Any], language: Language = ENGLISH
) -> tuple[FeatureRow, ...]:
    """The rows of a map's feature collection, one for each feature, in its order."""
    layers = {layer["id"]: layer["title"] for layer in collection["layers"]}
    return tuple(_row(feature, layers, language) for feature in collection["features"])


def _row(feature: Mapping[str, Any], layers: Mapping[str, str], language: Language) -> FeatureRow:
    given = feature["properties"]
    is_point = given["kind"] in ("place", "event")
    return FeatureRow(
        id=feature["id"],
        kind=given["kind"],
        layer=layers[given["layer"]],
        title=given["title"],
        what=given["words"],
        status=_status(given, language),
        where=position_words(feature, language) if is_point else _course(given, language),
        names=", ".join(_name(name) for name in given["names"]),
        note=given["note"] or "",
        url=given.get("url") if given["kind"] == "place" else None,
        claims=tuple(ClaimLink(**claim) for claim in given["claims"]),
    )


def _status(given: Mapping[str, Any], language: Language) -> str:
    """What has become of a route, and when something was there or happened."""
    parts: list[str] = []
    if status := given.get("status_words"):
        day = given["status_date_words"]
        parts = [language.gettext("%(status)s, as of %(date)s", status=status, date=day)]
    return "; ".join([*parts, given["when_words"]] if given["when_words"] else parts)


def position_words(feature: Mapping[str, Any], language: Language = ENGLISH) -> str:
    """A point with as many decimals as its precision allows, and the precision itself."""
    lon, lat = feature["geometry"]["coordinates"]
    off = feature["properties"]["precision_km"]
    decimals = 3 if off < 0.5 else 2 if off < 5 else 1
    up, across = (language.numerals(f"{abs(angle):.{decimals}f}") for angle in (lat, lon))
    say = language.gettext
    north = say("%(degrees)s° N", degrees=up) if lat >= 0 else say("%(degrees)s° S", degrees=up)
    east = (
        say("%(degrees)s° E", degrees=across) if lon >= 0 else say("%(degrees)s° W", degrees=across)
    )
    return f"{north}, {east} ({kilometres(off, language)})"


def kilometres(off: float, language: Language = ENGLISH) -> str:
    """How far off a point may be, such as `±2 km`."""
    return language.gettext("±%(distance)s km", distance=language.numerals(f"{off:g}"))


def _course(given: Mapping[str, Any], language: Language) -> str:
    """How a line was drawn, or what outline an area has."""
    accuracy = str(given["accuracy"])
    drawn = given.get("schematic") and "schematic" not in accuracy.lower()
    return language.gettext("Schematic: %(how)s", how=accuracy) if drawn else accuracy


def _name(name: Mapping[str, str | None]) -> str:
    return f"{name['name']} ({name['used_by']})" if name["used_by"] else str(name["name"])
