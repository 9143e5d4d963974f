"""A map's places and routes as GeoJSON features, in the order of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefsite.maps.style import KINDS, STATUSES, SYMBOLS, sign_of
from briefsite.model.library import Library, MapEntry
from briefsite.model.records import MapPlace, Name, Place, Route

Feature = dict[str, Any]


def feature_collection(library: Library, entry: MapEntry) -> dict[str, Any]:
    """A map as a GeoJSON FeatureCollection (RFC 7946), positions in degrees east and north.

    Each feature's `id` is `place-ID` or `route-ID`, with a number where one is shown twice. Links
    are relative to the site's root. Raises KeyError for an id that the library does not hold.
    """
    record = entry.record
    features = list(_features(library, entry))
    return {
        "type": "FeatureCollection",
        "id": entry.id,
        "title": record.title,
        "description": record.description,
        "dataDate": record.data_date.text,
        "bbox": [record.extent.west, record.extent.south, record.extent.east, record.extent.north],
        "note": record.note,
        "disclaimer": library.publication.map_disclaimer,
        "worldview": library.publication.map_worldview,
        "licence": library.publication.licence,
        "layers": [{"id": layer.id, "title": layer.title} for layer in record.layers],
        "features": features,
    }


def _features(library: Library, entry: MapEntry) -> Iterator[Feature]:
    used: set[str] = set()
    for layer in entry.record.layers:
        for shown in layer.places:
            place = library.places[shown.place]
            if place.point is None:
                raise ValueError(f"place '{place.id}' of map '{entry.id}' has no coordinates")
            yield {
                "type": "Feature",
                "id": _unused(f"place-{place.id}", used),
                "geometry": {"type": "Point", "coordinates": _position(place.point)},
                "properties": {"layer": layer.id, **_of_place(library, place, shown)},
            }
        for route in layer.routes:
            path = [_position(_waypoint(library, entry, point)) for point in route.path]
            yield {
                "type": "Feature",
                "id": _unused(f"route-{route.id}", used),
                "geometry": {"type": "LineString", "coordinates": path},
                "properties": {"layer": layer.id, **_of_route(library, route)},
            }


def _of_place(library: Library, place: Place, shown: MapPlace) -> dict[str, Any]:
    sign = sign_of(shown.role, place.kind)
    return {
        "kind": "place",
        "title": place.name,
        "role": shown.role,
        "sign": sign,
        "words": place.kind.capitalize() if sign == "area" else SYMBOLS[sign].words,
        "place": place.id,
        "url": f"places/{place.id}/",
        "country": place.country,
        "accuracy": f"±{place.precision_km:g} km",
        "precision_km": place.precision_km,
        "coordinates_from": place.coordinates_from,
        "names": [_name(name) for name in place.names],
        "note": shown.note,
        "claims": _claims(library, shown.claims),
    }


def _of_route(library: Library, route: Route) -> dict[str, Any]:
    return {
        "kind": "route",
        "title": route.title,
        "route": route.kind,
        "words": KINDS[route.kind],
        "status": route.status,
        "status_words": STATUSES[route.status],
        "status_date": route.status_date.text,
        "status_date_words": route.status_date.words(),
        "schematic": route.schematic,
        "accuracy": route.accuracy,
        "names": [],
        "note": route.note,
        "claims": _claims(library, route.claims),
    }


def _waypoint(library: Library, entry: MapEntry, point: object) -> tuple[float, float]:
    if isinstance(point, str):
        found = library.places[point].point
        if found is None:
            raise ValueError(f"place '{point}' of map '{entry.id}' has no coordinates")
        return found
    assert isinstance(point, tuple)
    return point


def _position(point: tuple[float, float]) -> list[float]:
    return [round(point[0], 5), round(point[1], 5)]


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
                f"{library.sources[citation.source].label}, {citation.locator}"
                for citation in claim.sources
            ),
        }
        for claim in (library.claims[key] for key in ids)
    ]
