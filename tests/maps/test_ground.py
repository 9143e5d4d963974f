"""A basemap is read back to the degrees it was made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefsite.maps import GroundError, read_ground
from briefsite.maps.lines import Lines, points_of
from briefsite.maps.scan import Scan

BASEMAPS = Path(__file__).parents[2] / "maps" / "basemap"


def test_arcs_are_joined_and_reversed_as_the_objects_ask(basemap: Path) -> None:
    ground = read_ground(basemap / "core.topojson")
    west, east = ground.land
    assert (west.id, east.name) == ("AM", "Eastland")
    (((ring,),), ((other,), *_)) = west.polygons, east.polygons
    assert ring[0] == ring[-1] == pytest.approx((49.0, 39.0))
    assert other[-1] == pytest.approx((49.0, 39.0))
    assert set(ring) & set(other) == {(49.0, 39.0), (49.0, 40.5), (49.0, 42.0)}


def test_borders_keep_their_status_and_labels_their_kind(basemap: Path) -> None:
    ground = read_ground(basemap / "core.topojson")
    assert [(b.id, b.status) for b in ground.borders] == [("AM-AZ", "not-delimited")]
    assert [(label.name, label.kind) for label in ground.labels] == [
        ("Eastland", "country"),
        ("The Sea", "sea"),
    ]
    assert ground.frame == (47.0, 39.0, 52.0, 42.0)


def test_the_outline_of_land_leaves_out_what_two_countries_have_in_common(basemap: Path) -> None:
    ground = read_ground(basemap / "core.topojson")
    assert all(line[0] == line[-1] for line in ground.outline)
    outline = {at for line in ground.outline for at in line}
    rings = [ring for land in ground.land for polygon in land.polygons for ring in polygon]
    assert outline == {at for ring in rings for at in ring} - {(49.0, 40.5)}


@pytest.mark.parametrize("scale", ["core", "region", "world"])
def test_the_outline_of_land_holds_as_much_as_all_countries(scale: str) -> None:
    ground = read_ground(BASEMAPS / f"{scale}.topojson")
    rings = [ring for land in ground.land for polygon in land.polygons for ring in polygon]
    assert all(line[0] == line[-1] for line in ground.outline)
    assert sum(map(len, ground.outline)) < sum(map(len, rings))
    middles = [
        tuple(sum(part) / len(ring) for part in zip(*ring, strict=True))
        for land in ground.land
        for ring in max(land.polygons, key=lambda polygon: len(polygon[0]))
    ]
    each = [
        Scan(Lines.of([[points_of(ring) for ring in p]])) for a in ground.land for p in a.polygons
    ]
    whole = Scan(Lines.of([[points_of(line) for line in ground.outline]]))
    for middle in middles:
        assert whole.holds(middle) == any(shape.holds(middle) for shape in each)


def test_a_layer_may_be_one_geometry_or_absent(basemap: Path) -> None:
    file = basemap / "core.topojson"
    topology = json.loads(file.read_text(encoding="utf-8"))
    del topology["objects"]["rivers"]
    file.write_text(json.dumps(topology), encoding="utf-8")
    ground = read_ground(file)
    assert ground.rivers == ()
    assert len(ground.coast[0].lines[0]) == 3


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"briefsite": {"frame": [1, 2]}}'])
def test_another_file_is_no_basemap(tmp_path: Path, content: str) -> None:
    file = tmp_path / "core.topojson"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(GroundError, match=r"core\.topojson is no basemap"):
        read_ground(file)
