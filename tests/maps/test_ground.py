"""A basemap is read back to the degrees it was made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefsite.maps import GroundError, read_ground


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
