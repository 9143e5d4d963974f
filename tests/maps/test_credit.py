"""A map credits whose data it shows, and no one else's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.maps.conftest import Coast

from briefsite.maps import feature_collection, map_assets, map_page, read_ground, static_picture
from briefsite.maps.credit import attribution

GEONAMES = "Places from GeoNames (CC BY 4.0)"


def from_geonames(given: Coast, place: str) -> Coast:
    library, entry, ground = given
    change = {"coordinates_from": "GeoNames 587084; no second source"}
    found = library.places[place].model_copy(update=change)
    return replace(library, places={**library.places, place: found}), entry, ground


def test_the_ground_is_credited_by_its_own_words(coast: Coast) -> None:
    library, entry, ground = coast
    assert attribution(library, entry.record, ground) == ground.attribution


@pytest.mark.parametrize("place", ["baku", "north"])
def test_a_gazetteer_is_credited_wherever_its_point_is_shown(
    coast: Coast, basemap: Path, place: str
) -> None:
    given = from_geonames(coast, place)
    collection, entry = feature_collection(*given), given[1]
    credit = f"{coast[2].attribution} · {GEONAMES}"
    assert collection["attribution"] == credit
    page = map_page(collection, entry, asset_urls=map_assets(basemap).urls("../../"))
    assert GEONAMES in page
    picture = static_picture(collection, entry, read_ground(basemap / "core.topojson"))
    assert "GeoNames" in picture


def test_a_place_that_only_a_line_passes_is_credited_too(coast: Coast) -> None:
    library, entry, ground = from_geonames(coast, "north")
    lines = entry.record.layers[1].model_copy(update={"flows": (), "areas": ()})
    record = entry.record.model_copy(update={"layers": (lines,), "views": ()})
    assert GEONAMES in attribution(library, record, ground)
    apart = lines.model_copy(update={"routes": lines.routes[1:]})
    record = record.model_copy(update={"layers": (apart,)})
    assert GEONAMES not in attribution(library, record, ground)


def test_a_point_of_the_maps_own_is_credited(coast: Coast) -> None:
    library, entry, ground = coast
    first, *others = entry.record.layers
    point = {"lat": 40.4, "lon": 49.9, "precision_km": 3, "coordinates_from": "GeoNames 1."}
    own = type(first.places[0]).model_validate({"place": "baku", "role": "city", "point": point})
    layers = (first.model_copy(update={"places": (own,)}), *others)
    record = entry.record.model_copy(update={"layers": layers})
    assert GEONAMES in attribution(library, record, ground)
