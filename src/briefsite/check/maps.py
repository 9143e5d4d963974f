"""The rules of a map: ground, views, areas, and a claim behind whatever asserts something."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping

from briefsite.check.nearest import Nearest
from briefsite.check.plain import Mappings, Plain, each, items, texts
from briefsite.check.points import (
    Ground,
    Shown,
    check_own_point,
    check_place,
    check_waypoint,
    covers,
    ground_words,
    size_of,
    waypoints,
)
from briefsite.check.rules import check_quotations
from briefsite.check.shape import Reading
from briefsite.check.sides import check_sides
from briefsite.load import Basemap, Document, Path
from briefsite.model.records import Extent, MapRecord
from briefsite.report import Problem, did_you_mean

_FEATURES = {
    "areas": "area",
    "places": "note",
    "routes": "route",
    "flows": "flow",
    "events": "event",
}
"""What a layer can hold, and what of it asserts something."""


def check_map(
    reading: Reading[MapRecord],
    below: Mappings,
    places: Mapping[str, Shown],
    basemaps: Mapping[str, Basemap | None],
) -> Iterator[Problem]:
    """The rules of a map.

    `below` are all mappings of the file, `places` those of the registry that could be read, and
    `basemaps` those of the project.
    """
    document = reading.document
    layers = list(each(reading.plain, "layers"))
    given = items(reading.plain, "layers")
    is_empty = not any(layer.get(key) for _, layer in layers for key in _FEATURES)
    if given and len(layers) == len(given) and is_empty:
        where = document.locate(("layers",), key=True)
        hint = "add a place or a route"
        yield document.problem(where, "empty-map", "the map shows nothing", hint)
    yield from _check_views(document, reading.plain)
    yield from check_quotations(document, below)
    is_read = "extent" in reading.partial.model_fields_set
    extent = reading.partial.extent if is_read else None
    basemap = yield from _check_ground(reading, extent, basemaps)
    ground = basemap.frame if basemap else None
    if ground and extent and not covers(ground, extent):
        ground = None
    for number, layer in layers:
        path: Path = ("layers", number)
        yield from _check_claims(document, path, layer)
        if basemap:
            yield from _check_areas(document, path, layer, basemap, places, basemaps)
        yield from _check_points(document, path, layer, extent, ground, places)
    name = reading.plain.get("basemap", "core")
    if basemap and isinstance(name, str):
        yield from check_sides(document, reading.plain, name, extent, places, basemaps)


def _check_points(
    document: Document,
    path: Path,
    layer: Plain,
    extent: Extent | None,
    ground: Ground | None,
    places: Mapping[str, Shown],
) -> Iterator[Problem]:
    for position, shown in each(layer, "places"):
        here: Path = (*path, "places", position)
        own = isinstance(shown.get("point"), dict)
        within = None if own else extent
        yield from check_place(document, (*here, "place"), shown.get("place"), within, places)
        if own:
            yield from check_own_point(document, (*here, "point"), shown, extent, places)
    for position, event in each(layer, "events"):
        here = (*path, "events", position, "place")
        yield from check_place(document, here, event.get("place"), extent, places)
    for position, flow in each(layer, "flows"):
        for end in ("from", "to"):  # which may lie outside the picture
            here = (*path, "flows", position, end)
            yield from check_place(document, here, flow.get(end), None, places)
    for position, route in each(layer, "routes"):
        by_hand = route.get("schematic", True) is True
        for index, waypoint in waypoints(route):
            # A route may leave the picture, so that no extent holds all of its points.
            here = (*path, "routes", position, "path", index)
            yield from check_place(document, here, waypoint, None, places)
            yield from check_waypoint(document, here, waypoint, ground, extent, by_hand=by_hand)


def _check_ground(
    reading: Reading[MapRecord], extent: Extent | None, basemaps: Mapping[str, Basemap | None]
) -> Generator[Problem, None, Basemap | None]:
    """The map's basemap; None where there is none of that name, or it cannot be read."""
    document = reading.document
    name = reading.plain.get("basemap", "core")
    if not basemaps or not isinstance(name, str):
        return None
    found = basemaps.get(name)
    if name not in basemaps:
        where = document.locate(("basemap",) if "basemap" in reading.plain else ())
        hint = (
            did_you_mean(name, basemaps) or f"write `basemap:` with one of: {', '.join(basemaps)}"
        )
        yield document.problem(where, "unknown-id", f"there is no basemap '{name[:80]}'", hint)
    elif found is not None and extent is not None and not covers(found.frame, extent):
        frames = {other: known.frame for other, known in basemaps.items() if known}
        fitting = [other for other, frame in frames.items() if covers(frame, extent)]
        smallest = min(fitting, key=lambda other: (size_of(frames[other]), other), default="")
        yield document.problem(
            document.locate(("extent",)),
            "outside-ground",
            f"the extent reaches beyond the basemap '{name}' ({ground_words(found.frame)})",
            f"write `basemap: {smallest}`" if smallest else "no basemap covers it: add one",
        )
    return found


def _check_areas(
    document: Document,
    path: Path,
    layer: Plain,
    basemap: Basemap,
    places: Mapping[str, Shown],
    basemaps: Mapping[str, Basemap | None],
) -> Iterator[Problem]:
    """Areas are lands of the basemap; `around` is a place in one of them."""
    for position, area in each(layer, "areas"):
        here: Path = (*path, "areas", position)
        lands = items(area, "lands")
        for index, land in enumerate(lands):
            if isinstance(land, str) and land not in basemap.lands:
                hint = _nearest_land(land, basemap.lands, basemaps)
                message = f"'{land[:80]}' is no land of this basemap"
                where = document.locate((*here, "lands", index))
                yield document.problem(where, "unknown-land", message, hint)
            elif land in lands[:index]:
                where = document.locate((*here, "lands", index))
                yield document.problem(where, "repeated-id", f"'{land}' is already in the list")
        around = area.get("around")
        shown = places.get(around) if isinstance(around, str) else None
        if shown is not None:
            place = shown.place
            yield from check_place(document, (*here, "around"), around, None, places)
            countries = place.country.split("/") if place.country else []
            if countries and not set(countries) & set(texts(area, "lands")):
                where = document.locate((*here, "around"))
                message = f"'{around}' lies in none of the lands of this area"
                hint = f"its country is {place.country}"
                yield document.problem(where, "unknown-land", message, hint)


def _nearest_land(
    land: str, lands: Mapping[str, str], basemaps: Mapping[str, Basemap | None]
) -> str:
    """A hint at the code that may have been meant, by code or by name, or at another basemap."""
    if code := _code_of(land, lands):
        return f"did you mean '{code}'?"
    for name, other in basemaps.items():
        if other is not None and (code := _code_of(land, other.lands)):
            return f"`basemap: {name}` has {'it' if code == land else repr(code)}"
    if _THREE_LETTERS.fullmatch(land):
        # Which two of the three are the other code differs: ETH is ET, and AUT is AT.
        return "write the country's two-letter code of ISO 3166-1, such as AZ"
    if hint := Nearest(lands).hint(land):
        return hint
    few = ", ".join(sorted(lands))
    return f"lands: {few}" if len(lands) <= 40 else "use the country's ISO 3166-1 code, such as AZ"


_THREE_LETTERS = re.compile(r"[A-Z]{3}")


def _code_of(land: str, lands: Mapping[str, str]) -> str:
    """The code of a land that is given by its code or its name, whatever its case."""
    folded = land.lower()
    return next((c for c, name in lands.items() if folded in (c.lower(), name.lower())), "")


def _ids(records: Iterable[Plain]) -> set[str]:
    """Those that are texts; of another, whatever it is, its own field is told."""
    given = (record.get("id") for record in records)
    return {key for key in given if isinstance(key, str)}


def _check_views(document: Document, plain: Plain) -> Iterator[Problem]:
    """Each party's view has a source, and the map says which view is seen at first, and why."""
    drawn = [layer for _, layer in each(plain, "layers")]
    layers = _ids(drawn)
    lines = _ids(
        line for layer in drawn for key in ("routes", "flows") for _, line in each(layer, key)
    )
    areas = _ids(area for layer in drawn for _, area in each(layer, "areas"))
    views = dict(each(plain, "views"))
    for number, view in views.items():
        path: Path = ("views", number)
        if view.get("party") is not None and not view.get("sources"):
            hint = "add `sources:`: where the party names or draws it so"
            yield _view_problem(document, path, "the view of a party without a source", hint)
        hides = view.get("hides")
        for index, key in enumerate(hides if isinstance(hides, tuple) else ()):
            if isinstance(key, str) and key not in layers:
                message = f"'{key[:80]}' is no layer of this map"
                yield _view_problem(document, (*path, "hides", index), message)
        for index, named in each(view, "names"):
            for key, known in (("route", lines), ("area", areas)):
                name = named.get(key)
                if isinstance(name, str) and name not in known:
                    message = f"'{name[:80]}' is no {key} of this map"
                    hint = did_you_mean(name, known)
                    yield _view_problem(document, (*path, "names", index, key), message, hint)
    default = plain.get("default_view")
    if isinstance(default, str) and default not in [view.get("id") for view in views.values()]:
        message = f"'{default[:80]}' is no view of this map"
        yield _view_problem(document, ("default_view",), message)
    if views and (default is None or plain.get("default_view_reason") is None):
        hint = "add `default_view:` and `default_view_reason:`"
        message = "the map does not say which view is seen at first, and why"
        yield _view_problem(document, ("views",), message, hint, key=True)


def _view_problem(
    document: Document, path: Path, message: str, hint: str = "", *, key: bool = False
) -> Problem:
    return document.problem(document.locate(path, key=key), "map-view", message, hint)


def _check_claims(document: Document, path: Path, layer: Plain) -> Iterator[Problem]:
    """Whatever asserts something names its claims; a bare place says only where it is."""
    for key, what in _FEATURES.items():
        for position, feature in each(layer, key):
            asserts = key != "places" or feature.get("note") is not None
            if asserts and not feature.get("claims"):
                where = (*path, key, position, *(("note",) if key == "places" else ()))
                hint = "add `claims:`" + (", or drop the note" if key == "places" else "")
                yield document.problem(
                    document.locate(where),
                    "feature-without-claim",
                    f"the {what} rests on no claim",
                    hint,
                )
