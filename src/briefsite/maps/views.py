"""Views of a map: how each party names and draws what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefsite.model.library import Library
from briefsite.model.records import MapRecord, Place, ViewName

View = Mapping[str, Any]


def view_data(
    library: Library, record: MapRecord, called: Callable[[Place], str] = lambda place: place.name
) -> list[dict[str, Any]]:
    """The views of a map for its readers; links are relative to the site's root.

    `called` gives the name of a place.
    """
    layers = {layer.id: layer.title for layer in record.layers}
    lines = {route.id: route.title for layer in record.layers for route in layer.routes}
    lines |= {flow.id: flow.title for layer in record.layers for flow in layer.flows}
    areas = {area.id: area.title for layer in record.layers for area in layer.areas}
    return [
        {
            "id": view.id,
            "title": view.title,
            "party": library.actors[view.party].name if view.party else None,
            "default": view.id == record.default_view,
            "reason": record.default_view_reason if view.id == record.default_view else None,
            "sources": [
                {
                    "label": f"{library.sources[citation.source].label}: {citation.locator}",
                    "url": f"sources/{citation.source}/",
                }
                for citation in view.sources
            ],
            "names": {_key(named): named.name for named in view.names},
            "renamed": [
                {
                    "name": called(library.places[named.place])
                    if named.place
                    else areas[named.area]
                    if named.area
                    else lines[named.route or ""],
                    "here": named.name,
                }
                for named in view.names
            ],
            "hides": list(view.hides),
            "hidden": [layers[key] for key in view.hides],
        }
        for view in record.views
    ]


def _key(named: ViewName) -> str:
    if named.place:
        return f"place/{named.place}"
    return f"area/{named.area}" if named.area else f"line/{named.route}"


def named_as(properties: Mapping[str, Any]) -> str:
    """The key under which a view may have another name for a feature."""
    match properties["kind"]:
        case "place":
            return f"place/{properties['place']}"
        case "area":
            return f"area/{properties['area']}"
        case "event":
            return ""
        case _:
            return f"line/{properties['line']}"


def in_default_view(collection: Mapping[str, Any]) -> dict[str, Any]:
    """What is seen at first: the default view's names, without the layers that it hides."""
    default = next((view for view in collection["views"] if view["default"]), None)
    return dict(collection) if default is None else _in_view(collection, default)


def _in_view(collection: Mapping[str, Any], view: View) -> dict[str, Any]:
    def shown(items: Sequence[Any], key: str) -> list[Any]:
        return [item for item in items if item[key] not in view["hides"]]

    features = []
    for feature in collection["features"]:
        given = feature["properties"]
        if given["layer"] in view["hides"]:
            continue
        given = {**given, "title": view["names"].get(named_as(given), given["title"])}
        features.append({**feature, "properties": given})
    return {**collection, "layers": shown(collection["layers"], "id"), "features": features}
