"""GeoJSON and the table say the same, in the order of the map's file."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from tests.maps.conftest import Coast

from briefsite.maps import feature_collection, feature_rows
from briefsite.maps.arcs import arc
from briefsite.maps.areas import area_parts
from briefsite.maps.style import AREAS, KINDS, SYMBOLS
from briefsite.maps.views import in_default_view
from briefsite.model.records import Flow, MapPlace, OwnPoint, Place, Record, Route


def test_features_stand_in_the_order_of_the_file_under_stable_ids(coast: Coast) -> None:
    ids = [feature["id"] for feature in feature_collection(*coast)["features"]]
    assert ids == [
        "place-baku",
        "place-north",
        "place-cape",
        "place-baku-2",
        "area-west",
        "area-mainland",
        "route-pipe",
        "route-rail",
        "flow-sale",
        "event-baku",
        "event-baku-2",
    ]


def test_geojson_follows_the_standard(coast: Coast) -> None:
    collection = feature_collection(*coast)
    assert json.loads(json.dumps(collection)) == collection
    assert collection["type"] == "FeatureCollection"
    assert collection["bbox"] == [48.5, 39.5, 51.0, 41.0]
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        if feature["geometry"]["type"] == "Point":
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
        elif feature["geometry"]["type"] == "MultiPolygon":
            for outer, *_ in feature["geometry"]["coordinates"]:
                assert outer[0] == outer[-1]
                steps = pairwise(outer)
                assert sum(a[0] * b[1] - b[0] * a[1] for a, b in steps) > 0  # anticlockwise
        else:
            assert len(feature["geometry"]["coordinates"]) >= 2


def test_a_route_passes_through_the_places_it_names(coast: Coast) -> None:
    features = {f["id"]: f for f in feature_collection(*coast)["features"]}
    path = features["route-pipe"]["geometry"]["coordinates"]
    assert path == [[49.892, 40.378], [49.6, 40.6], [49.4, 40.8]]


def test_a_claim_comes_with_its_sentence_its_source_and_its_address(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    (claim,) = features["route-pipe"]["claims"]
    assert claim["url"] == "briefs/pipes/#pipe-runs"
    assert claim["text"].startswith("The survey says")
    assert claim["source"] == "Smith plain 2021: p. 3"
    assert claim["state"] == "current"


def test_a_status_has_its_date_in_words(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    assert features["route-rail"]["status"] == "proposed"
    assert features["route-rail"]["status_date_words"] == "May 2024"


def test_a_peninsula_is_a_name_and_no_point(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    assert features["place-cape"]["sign"] == "area"
    assert features["place-baku"]["sign"] == "capital"


def test_the_role_other_says_nothing_of_what_a_place_is(coast: Coast) -> None:
    library, entry, ground = coast
    dam = library.places["north"].model_copy(update={"kind": "dam"})
    library = replace(library, places={**library.places, "north": dam})
    first, *others = entry.record.layers
    other = first.places[1].model_copy(update={"role": "other"})
    layers = (first.model_copy(update={"places": (other,)}), *others)
    entry = replace(entry, record=entry.record.model_copy(update={"layers": layers}))
    collection = feature_collection(library, entry, ground)
    given = next(f["properties"] for f in collection["features"] if f["id"] == "place-north")
    assert (given["sign"], given["words"]) == ("other", "Place")


def test_every_role_and_every_kind_of_route_has_its_sign() -> None:
    def choices(record: type[Record], field: str) -> set[str]:
        return set(get_args(record.model_fields[field].annotation))

    assert choices(MapPlace, "role") == set(SYMBOLS) - {"event", "area"}
    flows = {f"{kind}-flow" for kind in choices(Flow, "kind")}
    assert choices(Route, "kind") | flows == set(KINDS)
    assert choices(Place, "kind") >= AREAS


def test_the_table_has_one_row_for_each_feature(coast: Coast) -> None:
    collection = feature_collection(*coast)
    rows = feature_rows(collection)
    assert [row.id for row in rows] == [f["id"] for f in collection["features"]]
    assert [row.title for row in rows] == [f["properties"]["title"] for f in collection["features"]]
    for row, feature in zip(rows, collection["features"], strict=True):
        assert [c.id for c in row.claims] == [c["id"] for c in feature["properties"]["claims"]]
        assert row.note == (feature["properties"]["note"] or "")


def test_a_position_is_printed_no_finer_than_it_is_known(coast: Coast) -> None:
    rows = {row.id: row for row in feature_rows(feature_collection(*coast))}
    assert rows["place-baku"].where == "40.38° N, 49.89° E (±3 km)"
    assert rows["place-cape"].where == "40.5° N, 50.2° E (±10 km)"


def test_a_row_says_what_is_not_built_and_what_is_schematic(coast: Coast) -> None:
    rows = {row.id: row for row in feature_rows(feature_collection(*coast))}
    assert rows["route-rail"].status == ("proposed, not built, as of May 2024; March 2021 – 2023")
    assert rows["route-rail"].where.startswith("Schematic: ±5 km")


def test_a_flow_is_an_arc_that_says_it_is_no_way(coast: Coast) -> None:
    features = {f["id"]: f for f in feature_collection(*coast)["features"]}
    line = features["flow-sale"]["geometry"]["coordinates"]
    assert (line[0], line[-1]) == ([49.892, 40.378], [49.4, 40.8])
    assert len({(x, y) for x, y in line}) == len(line)
    row = next(r for r in feature_rows(feature_collection(*coast)) if r.id == "flow-sale")
    assert row.what == "Flow of arms"
    assert row.status == "2020–2022"
    assert row.where.startswith("Schematic: An arc from Baku")


def test_an_area_is_land_of_the_basemap_and_says_so(coast: Coast) -> None:
    features = {f["id"]: f for f in feature_collection(*coast)["features"]}
    (polygon,) = features["area-west"]["geometry"]["coordinates"]
    assert {tuple(corner) for corner in polygon[0]} == {
        *((49.0, 39.0), (49.0, 40.5), (49.0, 42.0), (47.0, 42.0), (47.0, 39.0)),
    }
    row = next(r for r in feature_rows(feature_collection(*coast)) if r.id == "area-west")
    assert (row.what, row.status) == ("Party to a dispute", "2020–2022")
    assert row.where == "Outline of the basemap, as of today: Westland"
    assert [claim.id for claim in row.claims] == ["pipe-runs"]


def test_an_area_around_a_place_is_the_part_that_it_lies_in(coast: Coast) -> None:
    _, entry, ground = coast
    east = next(land for land in ground.land if land.id == "AZ")
    assert len(east.polygons) == 2
    area = entry.record.layers[1].areas[1]
    assert area_parts(area, ground, None) == (("AZ", 0), ("AZ", 1))
    assert area_parts(area, ground, (49.4, 40.8)) == (("AZ", 0),)
    assert area_parts(area, ground, (47.5, 41.8)) == (("AZ", 1),)
    assert area_parts(area, ground, (47.7, 41.95)) == (("AZ", 1),)  # next to it, not in it
    features = {f["id"]: f for f in feature_collection(*coast)["features"]}
    assert features["area-mainland"]["properties"]["parts"] == [["AZ", 0]]
    assert features["area-mainland"]["properties"]["accuracy"].endswith(
        "the part of Eastland around North Gate"
    )


def test_a_map_with_areas_needs_its_ground(coast: Coast) -> None:
    with pytest.raises(ValueError, match="no basemap is given"):
        feature_collection(*coast[:2])


def test_a_place_stands_at_the_point_that_the_map_gives(coast: Coast) -> None:
    library, entry, ground = coast
    point = OwnPoint(lat=40.41, lon=49.85, precision_km=4.0, coordinates_from="A chart.")
    first, *rest = entry.record.layers
    place, *others = first.places
    places = (place.model_copy(update={"point": point}), *others)
    layers = (first.model_copy(update={"places": places}), *rest)
    record = entry.record.model_copy(update={"layers": layers})
    moved = replace(entry, record=record)
    feature = feature_collection(library, moved, ground)["features"][0]
    assert feature["geometry"]["coordinates"] == [49.85, 40.41]
    assert feature["properties"]["accuracy"] == "±4 km"
    assert feature["properties"]["coordinates_from"] == "A chart."


def test_there_and_back_are_two_arcs_and_so_are_two_the_same_way() -> None:
    there, back = arc((49, 40), (51, 40), 0), arc((51, 40), (49, 40), 0)
    assert there[16][1] > 40 > back[16][1]
    assert arc((49, 40), (51, 40), 1)[16][1] > there[16][1]
    assert all(
        abs(x - (51 - (x2 - 49))) < 0.002 for (x, _), (x2, _) in zip(there, back, strict=True)
    )


def test_an_event_stays_and_what_has_an_end_goes(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    event, rail = features["event-baku"], features["route-rail"]
    assert (event["when_words"], event["first"], event["last"]) == (
        "about June 2022",
        "2022-06-01",
        None,
    )
    assert (rail["first"], rail["last"]) == ("2021-03-01", "2023-12-31")
    assert features["route-pipe"]["first"] is None


def test_the_slider_stops_where_something_comes_or_goes(coast: Coast) -> None:
    assert feature_collection(*coast)["times"] == [
        {"t": "2020-01-01", "words": "2020"},
        {"t": "2021-03-01", "words": "March 2021"},
        {"t": "2022-06-01", "words": "about June 2022"},
        {"t": "2023-01-01", "words": "after 2022"},
        {"t": "2024-01-01", "words": "after 2023"},
        {"t": "2024-02-03", "words": "3 February 2024"},
    ]


def test_a_view_says_whose_it_is_and_where_that_is_said(coast: Coast) -> None:
    ours, theirs = feature_collection(*coast)["views"]
    assert ours["default"]
    assert ours["reason"] == "They are in the registry. plain"
    assert theirs["party"] == "North State plain"
    assert theirs["sources"] == [
        {"label": "Smith plain 2021: p. 9 plain", "url": "sources/survey/"}
    ]
    assert theirs["renamed"] == [
        {"name": "North Gate", "here": "Southern Gate plain"},
        {"name": "Oil pipeline to the north", "here": "The long pipe plain"},
        {"name": "The west plain", "here": "The sunset plain"},
    ]


def test_what_is_seen_at_first_is_the_default_view(coast: Coast) -> None:
    collection = feature_collection(*coast)
    assert in_default_view(collection)["features"] == collection["features"]
    for view in collection["views"]:
        view["default"] = not view["default"]
    seen = {f["id"]: f["properties"]["title"] for f in in_default_view(collection)["features"]}
    assert seen["route-pipe"] == "The long pipe plain"
    assert seen["place-north"] == "Southern Gate plain"
    assert seen["area-west"] == "The sunset plain"
    assert not [key for key in seen if key.startswith("event-")]
