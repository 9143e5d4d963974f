"""GeoJSON and the table say the same, in the order of the map's file."""

from __future__ import annotations

import json

from tests.maps.conftest import Coast

from briefsite.maps import feature_collection, feature_rows


def test_features_stand_in_the_order_of_the_file_under_stable_ids(coast: Coast) -> None:
    ids = [feature["id"] for feature in feature_collection(*coast)["features"]]
    assert ids == [
        "place-baku",
        "place-north",
        "place-cape",
        "place-baku-2",
        "route-pipe",
        "route-rail",
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
    assert claim["source"] == "Smith plain 2021, p. 3"
    assert claim["state"] == "current"


def test_a_status_has_its_date_in_words(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    assert features["route-rail"]["status"] == "proposed"
    assert features["route-rail"]["status_date_words"] == "May 2024"


def test_a_peninsula_is_a_name_and_no_point(coast: Coast) -> None:
    features = {f["id"]: f["properties"] for f in feature_collection(*coast)["features"]}
    assert features["place-cape"]["sign"] == "area"
    assert features["place-baku"]["sign"] == "capital"


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
    assert rows["route-rail"].status == "proposed, not built, as of May 2024"
    assert rows["route-rail"].where.startswith("Schematic: ±5 km")
