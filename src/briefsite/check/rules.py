"""Rules beyond shape and ids: prose, editorial order, maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefsite.check.gate import MAX_QUOTED_WORDS
from briefsite.check.lexicon import count_words
from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import Document, Node, Path
from briefsite.model.prose import parse_prose
from briefsite.model.records import GROUNDS, Brief, Extent, MapRecord, Place
from briefsite.report import Problem


def check_brief(reading: Reading[Brief]) -> Iterator[Problem]:
    """The rules of a brief's prose, dates and quotations.

    Most look at what the file says rather than at the record, so that a record with another
    mistake is looked at too.
    """
    yield from _check_prose(reading)
    yield from _check_dates(reading)
    yield from _check_quotations(reading.document, reading.document.root, ())


def _check_prose(reading: Reading[Brief]) -> Iterator[Problem]:
    document = reading.document
    paths: list[Path] = [("summary",)]
    paths += [("sections", number, "prose") for number, _ in each(reading.plain, "sections")]
    for path in paths:
        node = document.node(path)
        if node is None or not isinstance(text := node.value, str):
            continue
        if node.style == ">" or (not node.style and "\n" in document.text[node.start : node.end]):
            yield document.problem(
                node.location, "prose-folded", "this prose is folded", "write it behind a `|`"
            )
        for issue in parse_prose(text).issues:
            where = document.locate_inside(node, issue.offset)
            yield document.problem(where, issue.code, issue.message, issue.hint)


def _check_dates(reading: Reading[Brief]) -> Iterator[Problem]:
    document, brief = reading.document, reading.partial
    given = brief.model_fields_set
    if {"reviewed", "review_by"} <= given and brief.review_by.last <= brief.reviewed.first:
        yield document.problem(
            document.locate(("review_by",)),
            "review-order",
            f"the next review ({brief.review_by}) is not after the last ({brief.reviewed})",
        )
    if {"reviewed", "cutoff"} <= given and brief.cutoff.first > brief.reviewed.last:
        yield document.problem(
            document.locate(("cutoff",)),
            "review-order",
            f"the cut-off ({brief.cutoff}) is after the review ({brief.reviewed})",
        )


def _check_quotations(document: Document, node: Node | None, path: Path) -> Iterator[Problem]:
    """Every citation below a node, whatever record it stands in."""
    if node is None:
        return
    for number, item in enumerate(node.items or ()):
        quotation = item.child("quotation") if path[-1:] == ("sources",) else None
        if quotation is not None and isinstance(quotation.value, str):
            words = count_words(quotation.value)
            if words > MAX_QUOTED_WORDS:
                yield document.problem(
                    quotation.location,
                    "long-quotation",
                    f"the quotation has {words} words; the limit is {MAX_QUOTED_WORDS}",
                    "quote only the words that are the fact, and paraphrase the rest",
                )
        yield from _check_quotations(document, item, (*path, number))
    for key, below in (node.fields or {}).items():
        yield from _check_quotations(document, below, (*path, key))


def check_map(reading: Reading[MapRecord], places: Mapping[str, Place]) -> Iterator[Problem]:
    """The rules of a map; `places` are those of the registry that could be read."""
    document = reading.document
    layers = reading.plain.get("layers")
    items = list(each(reading.plain, "layers"))
    if (
        isinstance(layers, tuple)
        and layers
        and len(items) == len(layers)
        and not any(layer.get(key) for _, layer in items for key in _FEATURES)
    ):
        yield document.problem(
            document.locate(("layers",), key=True),
            "empty-map",
            "the map shows nothing",
            "add a place or a route",
        )
    yield from _check_views(document, reading.plain)
    given = reading.partial.model_fields_set
    extent = reading.partial.extent if "extent" in given else None
    scale = reading.partial.basemap if "basemap" in given else reading.plain.get("basemap", "core")
    ground = GROUNDS.get(str(scale))
    if extent is not None and ground is not None and not _covers(ground, extent):
        fitting = next((name for name, other in GROUNDS.items() if _covers(other, extent)), "world")
        yield document.problem(
            document.locate(("extent",)),
            "outside-ground",
            f"the extent reaches beyond the basemap '{scale}' ({_words(ground)})",
            f"write `basemap: {fitting}`",
        )
        ground = None
    for number, layer in items:
        yield from _check_claims(document, ("layers", number), layer)
        for position, shown in each(layer, "places"):
            path: Path = ("layers", number, "places", position, "place")
            yield from _check_point(document, path, shown.get("place"), extent, places)
        for position, event in each(layer, "events"):
            path = ("layers", number, "events", position, "place")
            yield from _check_point(document, path, event.get("place"), extent, places)
        for position, flow in each(layer, "flows"):
            for end in ("from", "to"):  # which may lie outside the picture
                path = ("layers", number, "flows", position, end)
                yield from _check_point(document, path, flow.get(end), None, places)
        for position, route in each(layer, "routes"):
            waypoints = route.get("path")
            for index, waypoint in enumerate(waypoints if isinstance(waypoints, tuple) else ()):
                # A route may leave the picture, so that no extent holds its points.
                path = ("layers", number, "routes", position, "path", index)
                yield from _check_point(document, path, waypoint, None, places)
                yield from _check_waypoint(document, path, waypoint, ground)


_FEATURES = {"places": "note", "routes": "route", "flows": "flow", "events": "event"}
"""What a layer can hold, and what of it asserts something."""


def _check_views(document: Document, plain: Mapping[str, object]) -> Iterator[Problem]:
    """Each party's view has a source, and the map says which view is seen at first, and why."""
    layers = {layer.get("id") for _, layer in each(plain, "layers")}
    lines = {
        line.get("id")
        for _, layer in each(plain, "layers")
        for key in ("routes", "flows")
        for _, line in each(layer, key)
    }
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
            route = named.get("route")
            if isinstance(route, str) and route not in lines:
                message = f"'{route[:80]}' is no route of this map"
                yield _view_problem(document, (*path, "names", index, "route"), message)
    default = plain.get("default_view")
    if default is not None and default not in [view.get("id") for view in views.values()]:
        message = f"'{str(default)[:80]}' is no view of this map"
        yield _view_problem(document, ("default_view",), message)
    if views and (default is None or plain.get("default_view_reason") is None):
        hint = "add `default_view:` and `default_view_reason:`"
        message = "the map does not say which view is seen at first, and why"
        yield _view_problem(document, ("views",), message, hint, key=True)


def _view_problem(
    document: Document, path: Path, message: str, hint: str = "", *, key: bool = False
) -> Problem:
    return document.problem(document.locate(path, key=key), "map-view", message, hint)


def _check_claims(document: Document, path: Path, layer: Mapping[str, object]) -> Iterator[Problem]:
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


Ground = tuple[float, float, float, float]


def _covers(ground: Ground, extent: Extent) -> bool:
    return (
        ground[0] <= extent.west
        and ground[1] <= extent.south
        and extent.east <= ground[2]
        and extent.north <= ground[3]
    )


def _words(ground: Ground) -> str:
    west, south, east, north = ground
    return f"west {west:g}, south {south:g}, east {east:g}, north {north:g}"


def _check_waypoint(
    document: Document, path: Path, waypoint: object, ground: Ground | None
) -> Iterator[Problem]:
    """A route's own points lie on the ground; the commonest slip is latitude before longitude."""
    if ground is None or not isinstance(waypoint, tuple) or len(waypoint) != 2:
        return
    lon, lat = waypoint
    if not (isinstance(lon, int | float) and isinstance(lat, int | float)):
        return
    if abs(lon) > 180 or abs(lat) > 90:
        return  # no point at all, which has a problem of its own

    def on_ground(x: float, y: float) -> bool:
        return ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3]

    if not on_ground(lon, lat):
        swapped = f"longitude comes first: did you mean [{lat:g}, {lon:g}]?"
        yield document.problem(
            document.locate(path),
            "outside-ground",
            f"[{lon:g}, {lat:g}] is beyond the basemap ({_words(ground)})",
            swapped if on_ground(lat, lon) else "",
        )


def _check_point(
    document: Document,
    path: Path,
    place: object,
    extent: Extent | None,
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """A place that is shown must have a point, within the extent if one is given."""
    if not isinstance(place, str) or place not in places:
        return
    point = places[place].point
    if point is None:
        message = f"place '{place}' has no coordinates"
        hint = "give the place lat, lon, precision_km and coordinates_from"
        yield document.problem(document.locate(path), "place-without-point", message, hint)
    elif extent is not None and not extent.holds(point):
        message = f"'{place}' at {point[0]:g}, {point[1]:g} is outside the map's extent"
        hint = "widen the extent, or take the place out"
        yield document.problem(document.locate(path), "outside-extent", message, hint)
