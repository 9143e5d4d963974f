"""A map's features as GeoJSON, in the order of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from briefsite.languages import ENGLISH, Language
from briefsite.maps.arcs import arc
from briefsite.maps.areas import area_geometry, area_parts
from briefsite.maps.credit import attribution
from briefsite.maps.ground import Ground
from briefsite.maps.moments import span, stops
from briefsite.maps.rows import kilometres
from briefsite.maps.style import HATCHES, KINDS, STATUSES, SYMBOLS, sign_of
from briefsite.maps.views import view_data
from briefsite.model.entries import MapEntry
from briefsite.model.library import Library
from briefsite.model.records import Flow, MapArea, MapEvent, MapPlace, Name, Place, Route

Feature = dict[str, Any]
Called = Callable[[Place], str]
"""What a place is called on the map."""


def feature_collection(
    library: Library,
    entry: MapEntry,
    ground: Ground | None = None,
    language: Language = ENGLISH,
    spoken: str = "",
) -> dict[str, Any]:
    """A map as a GeoJSON FeatureCollection (RFC 7946), positions in degrees east and north.

    Each feature's `id` is its kind and its id, as in `route-ID`, with a number where one is shown
    twice. Links are relative to the site's root. `ground` is what areas are taken from; a map
    without areas needs none. Places have their names in the language `spoken`, where the registry
    knows one that is not a party's. Raises KeyError for an id that the library or the ground does
    not hold.
    """
    record, called = entry.record, partial(name_in, spoken)
    features = list(_features(library, entry, ground, language, called))
    return {
        "type": "FeatureCollection",
        "id": entry.id,
        "title": record.title,
        "description": record.description,
        "dataDate": record.data_date.text,
        "bbox": [record.extent.west, record.extent.south, record.extent.east, record.extent.north],
        "note": record.note,
        "publication": library.publication.title,
        "disclaimer": library.publication.map_disclaimer,
        "worldview": library.publication.map_worldview,
        "licence": library.publication.licence,
        "attribution": attribution(library, record, ground, language),
        "layers": [{"id": layer.id, "title": layer.title} for layer in record.layers],
        "views": view_data(library, record, called),
        "times": stops(record, language),
        "features": features,
    }


def _features(
    library: Library,
    entry: MapEntry,
    ground: Ground | None,
    language: Language,
    called: Called,
) -> Iterator[Feature]:
    used: set[str] = set()
    drawn: Counter[tuple[str, str]] = Counter()
    for layer in entry.record.layers:
        for area in layer.areas:
            if ground is None:
                raise ValueError(f"map '{entry.id}' has areas, and no basemap is given")
            around = _point(library, entry, area.around) if area.around else None
            parts = area_parts(area, ground, around)
            names = {land.id: land.name for land in ground.land}
            yield {
                "type": "Feature",
                "id": _unused(f"area-{area.id}", used),
                "geometry": area_geometry(parts, ground),
                "properties": {
                    "layer": layer.id,
                    "parts": [list(part) for part in parts],
                    **_of_area(library, area, [names[key] for key in area.lands], language, called),
                },
            }
        for shown in layer.places:
            place = library.places[shown.place]
            at = (shown.point.lon, shown.point.lat) if shown.point else shown.place
            yield {
                "type": "Feature",
                "id": _unused(f"place-{place.id}", used),
                "geometry": {"type": "Point", "coordinates": _at(library, entry, at)},
                "properties": {
                    "layer": layer.id,
                    **_of_place(library, place, shown, language, called),
                },
            }
        for route in layer.routes:
            path = [_at(library, entry, point) for point in route.path]
            yield {
                "type": "Feature",
                "id": _unused(f"route-{route.id}", used),
                "geometry": {"type": "LineString", "coordinates": path},
                "properties": {"layer": layer.id, **_of_route(library, route, language)},
            }
        for flow in layer.flows:
            ends = _at(library, entry, flow.start), _at(library, entry, flow.end)
            pair = flow.start, flow.end
            yield {
                "type": "Feature",
                "id": _unused(f"flow-{flow.id}", used),
                "geometry": {"type": "LineString", "coordinates": arc(*ends, drawn[pair])},
                "properties": {"layer": layer.id, **_of_flow(library, flow, language, called)},
            }
            drawn[pair] += 1
        for event in layer.events:
            yield {
                "type": "Feature",
                "id": _unused(f"event-{event.place}", used),
                "geometry": {"type": "Point", "coordinates": _at(library, entry, event.place)},
                "properties": {"layer": layer.id, **_of_event(library, event, language, called)},
            }


def _of_area(
    library: Library, area: MapArea, names: Iterable[str], language: Language, called: Called
) -> dict[str, Any]:
    part, say = ", ".join(names), language.gettext
    if area.around:
        around = called(library.places[area.around])
        part = say("the part of %(lands)s around %(place)s", lands=part, place=around)
    return {
        "kind": "area",
        "title": area.title,
        "area": area.id,
        "hatch": area.kind,
        "words": say(HATCHES[area.kind].words),
        "accuracy": say("Outline of the basemap, as of today: %(part)s", part=part),
        "names": [],
        **span(area.when, language=language),
        "note": area.note,
        "claims": _claims(library, area.claims),
    }


def _of_place(
    library: Library, place: Place, shown: MapPlace, language: Language, called: Called
) -> dict[str, Any]:
    sign = sign_of(shown.role, place.kind)
    point = shown.point or place
    return {
        "kind": "place",
        "title": called(place),
        "role": shown.role,
        "sign": sign,
        "words": language.capital(language.pgettext("place", place.kind))
        if sign == "area"
        else language.gettext(SYMBOLS[sign].words),
        "place": place.id,
        "url": f"places/{place.id}/",
        "country": place.country,
        "accuracy": kilometres(point.precision_km or 0, language),
        "precision_km": point.precision_km,
        "coordinates_from": point.coordinates_from,
        "names": [_name(name) for name in place.names],
        **span(shown.when, language=language),
        "note": shown.note,
        "claims": _claims(library, shown.claims),
    }


def _of_route(library: Library, route: Route, language: Language) -> dict[str, Any]:
    return {
        "kind": "route",
        "line": route.id,
        "title": route.title,
        "route": route.kind,
        "words": language.gettext(KINDS[route.kind]),
        "status": route.status,
        "status_words": language.gettext(STATUSES[route.status]),
        "status_date": route.status_date.text,
        "status_date_words": language.date(route.status_date),
        "schematic": route.schematic,
        "accuracy": route.accuracy,
        "names": [],
        **span(route.when, language=language),
        "note": route.note,
        "claims": _claims(library, route.claims),
    }


def _of_flow(library: Library, flow: Flow, language: Language, called: Called) -> dict[str, Any]:
    start, end = called(library.places[flow.start]), called(library.places[flow.end])
    return {
        "kind": "flow",
        "line": flow.id,
        "title": flow.title,
        "route": f"{flow.kind}-flow",
        "words": language.gettext(KINDS[f"{flow.kind}-flow"]),
        "schematic": True,
        "accuracy": language.gettext(
            "An arc from %(start)s to %(end)s; by what way it goes is not shown",
            start=start,
            end=end,
        ),
        "names": [],
        **span(flow.date, language=language),
        "note": flow.note,
        "claims": _claims(library, flow.claims),
    }


def _of_event(
    library: Library, event: MapEvent, language: Language, called: Called
) -> dict[str, Any]:
    place = library.places[event.place]
    return {
        "kind": "event",
        "title": event.title,
        "sign": "event",
        "words": language.gettext("Event at %(place)s", place=called(place)),
        "place": place.id,
        "url": f"places/{place.id}/",
        "url_title": called(place),
        "country": place.country,
        "accuracy": kilometres(place.precision_km or 0, language),
        "precision_km": place.precision_km,
        "coordinates_from": place.coordinates_from,
        "names": [],
        **span(event.date, stays=True, language=language),
        "note": event.note,
        "claims": _claims(library, event.claims),
    }


def name_in(code: str, place: Place) -> str:
    """The name of a place in a language; as in the registry, if that knows none.

    What one party alone calls it is no name of ours, in whatever language.
    """
    names = (n.name for n in place.names if n.language == code and not n.used_by)
    return next(names, place.name) if code else place.name


def _at(library: Library, entry: MapEntry, point: str | tuple[float, float]) -> list[float]:
    lon, lat = _point(library, entry, point) if isinstance(point, str) else point
    return [round(lon, 5), round(lat, 5)]


def _point(library: Library, entry: MapEntry, place: str) -> tuple[float, float]:
    found = library.places[place].point
    if found is None:
        raise ValueError(f"place '{place}' of map '{entry.id}' has no coordinates")
    return found


def _unused(wanted: str, used: set[str]) -> str:
    number, candidate = 1, wanted
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    used.add(candidate)
    return candidate


def _name(name: Name) -> dict[str, str | None]:
    return {"name": name.name, "language": name.language, "used_by": name.used_by}


def _claims(library: Library, ids: Iterable[str]) -> list[dict[str, str]]:
    return [
        {
            "id": claim.id,
            "text": claim.text,
            "state": claim.state,
            "url": f"briefs/{library.home[claim.id]}/#{claim.id}",
            "source": "; ".join(
                f"{library.sources[citation.source].label}: {citation.locator}"
                for citation in claim.sources
            ),
        }
        for claim in (library.claims[key] for key in ids)
    ]
