"""A small library with every kind of feature, and with hostile text in every field it has."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefsite.maps.ground import Ground, decode_ground
from briefsite.model.dates import parse_date
from briefsite.model.entries import BriefEntry, MapEntry, Origin
from briefsite.model.library import Library, by_id, frozen
from briefsite.model.records import Brief, MapRecord, Place, Registry

HOSTILE = (
    "</script><script>alert(1)</script> <img src=x onerror=alert(2)> ${alert(3)} {{ 7 * 7 }} "
    "{% raw %} ]]> \u2028 \"quoted' & <b>"
)
CONFIDENCE = {"level": "high", "reason": "Two records agree."}


def registry(text: str) -> Registry:
    """A registry with three places; `text` is in every field that takes one."""
    name = f"Baku {text}"[:200].strip()
    point = {"precision_km": 3.0, "coordinates_from": f"A gazetteer {text}"}
    return Registry.model_validate(
        {
            "schema": 1,
            "publication": {
                "title": "Briefings",
                "tagline": "What is said",
                "byline": "The editors",
                "funding": "None.",
                "contact": {"label": "Write", "URL": "https://example.org/"},
                "licence": "CC BY 4.0",
                "coverage": "Two sources.",
                "map_disclaimer": f"Boundaries imply no opinion. {text}",
                "map_worldview": f"Borders as surveyed. {text}",
            },
            "sources": (
                {
                    "id": "survey",
                    "type": "report",
                    "title": f"Survey {text}"[:200],
                    "author": ({"family": f"Smith {text}"[:200]},),
                    "issued": 2021,
                    "stance": "Neutral.",
                    "perspective": "neutral",
                    "grade": {"reliability": "B", "credibility": 2, "reason": "Known."},
                    "read": "whole",
                },
            ),
            "actors": (
                {"id": "north-state", "kind": "state", "name": f"North State {text}"[:200]},
            ),
            "places": (
                {
                    "id": "baku",
                    "name": name,
                    "names": ({"name": "Bakı", "used_by": f"locals {text}"[:200]},),
                    "kind": "city",
                    "country": "AZ",
                    "lat": 40.378,
                    "lon": 49.892,
                    **point,
                },
                {"id": "north", "name": "North Gate", "kind": "crossing", "country": "AZ"}
                | {"lat": 40.8, "lon": 49.4, **point},
                {"id": "cape", "name": "The Cape", "kind": "peninsula", "country": "AZ"}
                | {"lat": 40.45, "lon": 50.2, **point, "precision_km": 10.0},
            ),
        }
    )


def brief() -> Brief:
    """A brief with one claim that the map's features name."""
    citation = {"source": "survey", "locator": "p. 3"}
    claim = {
        "id": "pipe-runs",
        "text": f"The survey says that the pipe runs. {HOSTILE}",
        "kind": "event",
        "said_by": "desk",
        "sources": (citation,),
        "date": "2021",
        "as_of": "2021",
        "confidence": CONFIDENCE,
        "compared": "2024-01-01",
    }
    return Brief.model_validate(
        {
            "schema": 1,
            "title": "Pipes",
            "topic": "energy",
            "summary": "They run.",
            "cutoff": "2024-01-01",
            "reviewed": "2024-01-01",
            "review_by": "2025-01-01",
            "judgements": (
                {
                    "id": "stays",
                    "text": "It stays.",
                    "likelihood": "likely",
                    "confidence": CONFIDENCE,
                    "claims": ("pipe-runs",),
                },
            ),
            "sections": ({"id": "s", "heading": "S", "prose": "It runs [@pipe-runs]."},),
            "claims": (claim,),
        }
    )


def map_record(text: str) -> MapRecord:
    """A map with each sort of feature: built and unbuilt routes, points and an area."""
    about = {"status_date": "2024-05", "accuracy": f"±5 km {text}"[:200]}
    claims = {"claims": ("pipe-runs",)}
    day = {"date": "2022-06~", "note": f"It rained. {text}"}
    return MapRecord.model_validate(
        {
            "schema": 1,
            "title": f"Baku and its coast {text}"[:230],
            "description": f"A city and two routes. {text}",
            "data_date": "2024-06-01",
            "extent": {"west": 48.5, "south": 39.5, "east": 51.0, "north": 41.0},
            "note": f"Read with care. {text}",
            "layers": (
                {
                    "id": "points",
                    "title": f"Points {text}"[:200],
                    "places": (
                        {"place": "baku", "role": "capital", "note": f"Here. {text}", **claims},
                        {"place": "north", "role": "crossing"},
                        {"place": "cape", "role": "other"},
                        {"place": "baku", "role": "terminal"},
                    ),
                },
                {
                    "id": "lines",
                    "title": "Lines",
                    "areas": (
                        {"id": "west", "title": f"The west {text}"[:200], "kind": "party"}
                        | {"lands": ("AM",), "when": "2020/2022", "note": text, **claims},
                        {"id": "mainland", "title": "The mainland", "kind": "part"}
                        | {"lands": ("AZ",), "around": "north", **claims},
                    ),
                    "routes": (
                        {
                            "id": "pipe",
                            "title": "Oil pipeline to the north",
                            "kind": "oil-pipeline",
                            "status": "existing",
                            "path": ("baku", (49.6, 40.6), "north"),
                            **about,
                            **claims,
                        },
                        {
                            "id": "rail",
                            "title": f"Planned railway {text}"[:200],
                            "kind": "railway",
                            "status": "proposed",
                            "path": ((48.7, 39.8), (49.3, 40.0)),
                            "note": text,
                            **about,
                            **claims,
                            "when": "2021-03/2023",
                        },
                    ),
                    "flows": (
                        {
                            "id": "sale",
                            "title": f"Arms sold {text}"[:200],
                            "kind": "arms",
                            "from": "baku",
                            "to": "north",
                            "date": "2020/2022",
                            "note": f"By the ton. {text}",
                            **claims,
                        },
                    ),
                },
                {
                    "id": "happenings",
                    "title": f"Events {text}"[:200],
                    "events": (
                        {"place": "baku", "title": f"A first day {text}"[:200], **day, **claims},
                        {"place": "baku", "title": "A second day", "date": "2024-02-03", **claims},
                    ),
                },
            ),
            "views": (
                {"id": "ours", "title": f"Our names {text}"[:200]},
                {
                    "id": "theirs",
                    "title": "Their names",
                    "party": "north-state",
                    "sources": ({"source": "survey", "locator": f"p. 9 {text}"[:200]},),
                    "names": (
                        {"place": "north", "name": f"Southern Gate {text}"[:200]},
                        {"route": "pipe", "name": f"The long pipe {text}"[:200]},
                        {"area": "west", "name": f"The sunset {text}"[:200]},
                    ),
                    "hides": ("happenings",),
                },
            ),
            "default_view": "ours",
            "default_view_reason": f"They are in the registry. {text}",
        }
    )


Coast = tuple[Library, MapEntry, Ground]


def library_of(text: str) -> Coast:
    """A whole library, its one map, and the ground that it is drawn on."""
    shared = registry(text)
    assert shared.publication is not None
    origin = Origin("maps/coast.yaml", 1)
    entry = MapEntry("coast", origin, map_record(text))
    library = Library(
        publication=shared.publication,
        as_of=parse_date("2024-06-01"),
        topics=frozen({}),
        briefs=frozen({"pipes": BriefEntry("pipes", origin, brief())}),
        maps=frozen({"coast": entry}),
        sources=frozen(by_id(shared.sources)),
        actors=frozen(by_id(shared.actors)),
        places=frozen(by_id(shared.places)),
        agreements=frozen({}),
        terms=frozen({}),
        corrections=frozen({}),
        loaded_words=(),
        contested_names=(),
        origins={},
    )
    return library, entry, decode_ground(topology("core"))


def crowd_of(number: int, text: str) -> Coast:
    """A map of so many places in rows, two of them at one point; `text` is in each name."""
    library, _, ground = library_of(text)
    places = {
        f"spot-{n:03}": Place.model_validate(
            {
                "id": f"spot-{n:03}",
                "name": f"Spot {n} {text}"[:200].strip(),
                "kind": "town",
                "lat": 39.6 + (max(n, 1) // 20) * 0.08,
                "lon": 48.6 + (max(n, 1) % 20) * 0.11,
                "precision_km": 1.0,
                "coordinates_from": "A gazetteer",
            }
        )
        for n in range(number)
    }
    layer = {"id": "spots", "title": "Spots"}
    shown = tuple({"place": key, "role": "other"} for key in places)
    record = MapRecord.model_validate(
        {
            "schema": 1,
            "title": "A crowd",
            "description": "Many places.",
            "data_date": "2024-06-01",
            "extent": {"west": 48.5, "south": 39.5, "east": 51.0, "north": 41.0},
            "layers": ({**layer, "places": shown},),
        }
    )
    entry = MapEntry("crowd", Origin("maps/crowd.yaml", 1), record)
    both = frozen({**library.places, **places})
    return replace(library, places=both, maps=frozen({"crowd": entry})), entry, ground


@pytest.fixture
def coast() -> Coast:
    """A plain map and its library."""
    return library_of("plain")


@pytest.fixture
def hostile() -> Coast:
    """The same map with hostile text wherever text may be."""
    return library_of(HOSTILE)


def topology(scale: str) -> dict[str, Any]:
    """A basemap of two countries on one coast, quantised to hundredths of a degree.

    Their shared border is arc 0; the first country walks it forwards and the second backwards.
    """
    border = [[200, 0], [0, 150], [0, 150]]
    west = [[200, 300], [-200, 0], [0, -300], [200, 0]]
    east = [[200, 0], [100, 0], [20, 150], [-20, 150], [-100, 0]]
    coast_line = [[300, 0], [20, 150], [-20, 150]]
    lake = [[50, 50], [20, 0], [0, 20], [-20, 0], [0, -20]]
    exclave = [[40, 270], [20, 0], [0, 20], [-20, 0], [0, -20]]
    label = {"type": "Point"}
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [47.0, 39.0]},
        "arcs": [border, west, east, coast_line, lake, exclave],
        "objects": {
            "land": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "AM", "properties": {"name": "Westland"}}
                    | {"arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "AZ", "properties": {"name": "Eastland"}}
                    | {"arcs": [[[2, -1]], [[5]]]},
                ],
            },
            "borders": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiLineString", "id": "AM-AZ", "arcs": [[0]]}
                    | {"properties": {"status": "not-delimited"}}
                ],
            },
            "coast": {"type": "MultiLineString", "arcs": [[3]]},
            "lakes": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "arcs": [[[4]]], "properties": {"name": "A Lake"}}
                ],
            },
            "rivers": {"type": "GeometryCollection", "geometries": []},
            "provinces": {"type": "GeometryCollection", "geometries": []},
            "labels": {
                "type": "GeometryCollection",
                "geometries": [
                    {**label, "coordinates": [260, 200]}
                    | {"properties": {"name": "Eastland", "kind": "country"}},
                    {**label, "coordinates": [360, 110]}
                    | {"properties": {"name": "The Sea", "kind": "sea"}},
                ],
            },
        },
        "briefsite": {
            "scale": scale,
            "frame": [47.0, 39.0, 52.0, 42.0],
            "attribution": "© A mapper & others",
            "licence": "ODbL-1.0",
        },
    }


@pytest.fixture
def basemap(tmp_path: Path) -> Path:
    """A folder with a tiny basemap of each scale."""
    folder = tmp_path / "basemap"
    folder.mkdir()
    for scale in ("core", "region", "world"):
        (folder / f"{scale}.topojson").write_text(json.dumps(topology(scale)), encoding="utf-8")
    return folder
