"""The committed basemap: intact, well formed, light, and right about who is where."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefsite.load.basemaps import read_basemaps

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "maps" / "basemap"
SCALES = tuple(sorted(path.stem for path in FOLDER.glob("*.topojson")))
LAYERS = ("land", "borders", "coast", "lakes", "rivers", "provinces", "labels")
BUDGET = {"core": 60_000, "region": 70_000, "world": 60_000}

PLACES = [
    # country, name, longitude, latitude
    ("AZ", "Julfa", 45.63, 38.954),
    ("IR", "Jolfa", 45.633, 38.938),
    ("AM", "Agarak", 46.195, 38.865),
    ("AM", "Meghri", 46.243, 38.901),
    ("IR", "Norduz", 46.205, 38.845),
    ("AM", "Kapan", 46.407, 39.208),
    ("AM", "Kajaran", 46.157, 39.151),
    ("AM", "Nrnadzor", 46.442, 38.916),
    ("AZ", "Aghband", 46.567, 38.9),
    ("AM", "Goris", 46.342, 39.511),
    ("AM", "Sisian", 46.027, 39.522),
    ("AM", "Yerevan", 44.513, 40.178),
    ("AM", "Gyumri", 43.846, 40.793),
    ("AM", "Yeraskh", 44.828, 39.739),
    ("AZ", "Sadarak", 44.885, 39.714),
    ("AZ", "Sharur", 44.98, 39.553),
    ("AZ", "Ordubad", 46.023, 38.91),
    ("AZ", "Nakhchivan", 45.412, 39.209),
    ("AZ", "Khankendi (Stepanakert)", 46.753, 39.818),
    ("AZ", "Shusha (Shushi)", 46.75, 39.76),
    ("AZ", "Lachin (Berdzor)", 46.55, 39.637),
    ("AZ", "Aghdam", 46.927, 39.991),
    ("AZ", "Zangilan", 46.66, 39.084),
    ("AZ", "Minjivan", 46.723, 39.03),
    ("AZ", "Horadiz", 47.335, 39.45),
    ("IR", "Aslan Duz", 47.406, 39.444),
    ("IR", "Khomarlu", 47.033, 39.159),
    ("IR", "Parsabad", 47.917, 39.648),
    ("AZ", "Astara", 48.875, 38.456),
    ("IR", "Astara", 48.87, 38.431),
    ("AZ", "Lankaran", 48.851, 38.754),
    ("AZ", "Baku", 49.892, 40.378),
    ("AZ", "Sumqayit", 49.669, 40.59),
    ("AZ", "Sangachal terminal", 49.481, 40.201),
    ("AZ", "Alat", 49.43, 39.97),
    ("AZ", "Ganja", 46.361, 40.682),
    ("GE", "Tbilisi", 44.834, 41.691),
    ("GE", "Akhalkalaki", 43.486, 41.405),
    ("GE", "Tskhinvali", 43.97, 42.23),
    ("TR", "Kars", 43.085, 40.598),
    ("TR", "Igdir", 44.045, 39.924),
    ("IR", "Tabriz", 46.292, 38.08),
    ("IR", "Bandar Anzali", 49.458, 37.473),
    ("RU", "Derbent", 48.288, 42.066),
    (None, "the Caspian Sea", 51.0, 39.5),
]
REGION_PLACES = [
    ("GE", "Sukhumi", 41.02, 43.0),
    ("GE", "Batumi", 41.641, 41.64),
    ("UA", "Simferopol", 34.1, 44.95),
    ("RU", "Novorossiysk", 37.762, 44.732),
    ("TR", "Ceyhan", 35.818, 37.025),
    ("CY", "Famagusta", 33.9, 35.15),
    ("IL", "Tel Aviv", 34.79, 32.081),
    ("PS", "Ramallah", 35.2, 31.9),
    ("SY", "Damascus", 36.3, 33.51),
    ("KZ", "Aktau", 51.19, 43.661),
    ("TM", "Ashgabat", 58.383, 37.95),
    ("IR", "Tehran", 51.422, 35.694),
    (None, "the Black Sea", 34.0, 43.0),
]
WORLD_PLACES = [
    ("AM", "Yerevan", 44.513, 40.178),
    ("AZ", "Khankendi (Stepanakert)", 46.753, 39.818),
    ("AZ", "Nakhchivan", 45.412, 39.209),
    ("GE", "Sukhumi", 41.2, 42.95),
    ("UA", "Simferopol", 34.1, 44.95),
    ("RU", "Chukotka", 172.0, 66.5),
    ("RU", "the Chukchi coast beyond the antimeridian", -173.0, 66.5),
    ("US", "Fairbanks", -147.7, 64.8),
    (None, "the Atlantic", -30.0, 40.0),
]


@cache
def topology(scale: str) -> Any:
    return json.loads((FOLDER / f"{scale}.topojson").read_text(encoding="utf-8"))


@cache
def arcs(scale: str) -> list[list[tuple[float, float]]]:
    data = topology(scale)
    (kx, ky), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    decoded = []
    for arc in data["arcs"]:
        steps = zip(*arc, strict=True)
        xs, ys = (itertools.accumulate(step) for step in steps)
        decoded.append([(x * kx + tx, y * ky + ty) for x, y in zip(xs, ys, strict=True)])
    return decoded


def geometries(scale: str, layer: str) -> list[Any]:
    item = topology(scale)["objects"][layer]
    found: list[Any] = item["geometries"] if item["type"] == "GeometryCollection" else [item]
    return found


def refs(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    else:
        for item in value:
            yield from refs(item)


def own(ref: int) -> int:
    return ref if ref >= 0 else ~ref


def ring(scale: str, chain: list[int]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for ref in chain:
        line = arcs(scale)[ref] if ref >= 0 else arcs(scale)[~ref][::-1]
        assert not points or points[-1] == line[0]
        points.extend(line[1:] if points else line)
    return points


@cache
def land(scale: str) -> dict[str, list[list[list[tuple[float, float]]]]]:
    return {
        item["id"]: [
            [ring(scale, chain) for chain in polygon]
            for polygon in ([item["arcs"]] if item["type"] == "Polygon" else item["arcs"])
        ]
        for item in geometries(scale, "land")
    }


def inside(x: float, y: float, points: list[tuple[float, float]]) -> bool:
    odd = False
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def owners(scale: str, x: float, y: float) -> list[str]:
    return [
        code
        for code, polygons in land(scale).items()
        if any(sum(inside(x, y, points) for points in polygon) % 2 for polygon in polygons)
    ]


def border(scale: str, pair: str) -> Any:
    return next(item for item in geometries(scale, "borders") if item["id"] == pair)


@cache
def provenance() -> Any:
    return yaml.safe_load((FOLDER / "PROVENANCE.yaml").read_text(encoding="utf-8"))


def test_provenance_names_exactly_the_committed_files() -> None:
    assert set(provenance()["outputs"]) == {path.name for path in FOLDER.glob("*.topojson")}
    assert set(provenance()["outputs"]) == {f"{scale}.topojson" for scale in SCALES}


@pytest.mark.parametrize("scale", SCALES)
def test_files_match_their_provenance(scale: str) -> None:
    content = (FOLDER / f"{scale}.topojson").read_bytes()
    record = provenance()["outputs"][f"{scale}.topojson"]
    assert hashlib.sha256(content).hexdigest() == record["sha256"]
    assert len(content) == record["bytes"]


def test_every_input_has_version_licence_attribution_and_checksums() -> None:
    used = {key for output in provenance()["outputs"].values() for key in output["inputs"]}
    assert used == set(provenance()["inputs"])
    for record in provenance()["inputs"].values():
        assert all(record[key] for key in ("version", "licence", "attribution"))
        assert all(len(digest) == 64 for digest in record["sha256"].values())


@pytest.mark.parametrize("scale", SCALES)
def test_size_is_within_budget(scale: str) -> None:
    content = (FOLDER / f"{scale}.topojson").read_bytes()
    assert len(gzip.compress(content, 9, mtime=0)) <= BUDGET[scale]


@pytest.mark.parametrize("scale", SCALES)
def test_layers_and_credits_are_present(scale: str) -> None:
    data = topology(scale)
    assert set(data["objects"]) == set(LAYERS)
    assert data["briefsite"]["scale"] == scale
    assert data["briefsite"]["frame"] == data["bbox"]
    assert "Natural Earth" in data["briefsite"]["attribution"]
    assert data["briefsite"]["licence"]
    if scale != "world":
        assert "© OpenStreetMap contributors" in data["briefsite"]["attribution"]
        assert all(geometries(scale, layer) for layer in LAYERS)


@pytest.mark.parametrize("scale", SCALES)
def test_every_arc_reference_resolves_and_every_arc_is_used(scale: str) -> None:
    used = set()
    for layer in LAYERS:
        for item in geometries(scale, layer):
            used |= {own(ref) for ref in refs(item.get("arcs", []))}
    assert used == set(range(len(arcs(scale))))
    assert all(len(arc) > 1 for arc in arcs(scale))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("layer", ["land", "lakes"])
def test_rings_are_closed(scale: str, layer: str) -> None:
    for item in geometries(scale, layer):
        for polygon in [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]:
            for chain in polygon:
                points = ring(scale, chain)
                assert len(points) > 3
                assert points[0] == points[-1]


@pytest.mark.parametrize(("country", "name", "x", "y"), PLACES)
def test_core_places_are_in_their_country(
    country: str | None, name: str, x: float, y: float
) -> None:
    assert owners("core", x, y) == ([country] if country else []), name


@pytest.mark.parametrize(("country", "name", "x", "y"), REGION_PLACES)
def test_region_places(country: str | None, name: str, x: float, y: float) -> None:
    assert owners("region", x, y) == ([country] if country else []), name


@pytest.mark.parametrize(("country", "name", "x", "y"), WORLD_PLACES)
def test_world_places(country: str | None, name: str, x: float, y: float) -> None:
    assert owners("world", x, y) == ([country] if country else []), name


@pytest.mark.parametrize("scale", SCALES)
def test_borders_are_arcs_of_exactly_their_two_countries(scale: str) -> None:
    users: dict[int, set[str]] = {}
    for item in geometries(scale, "land"):
        for ref in refs(item["arcs"]):
            users.setdefault(own(ref), set()).add(item["id"])
    for item in geometries(scale, "borders"):
        assert item["id"] == "-".join(sorted(item["id"].split("-")))
        assert item["arcs"]
        for ref in refs(item["arcs"]):
            assert users[own(ref)] == set(item["id"].split("-"))
    for ref in refs(geometries(scale, "coast")[0]["arcs"]):
        assert len(users[own(ref)]) == 1


def test_armenia_azerbaijan_is_one_shared_line_run_in_opposite_directions() -> None:
    shared = set(refs(border("core", "AM-AZ")["arcs"]))
    sides = {item["id"]: set(refs(item["arcs"])) for item in geometries("core", "land")}
    for ref in shared:
        forward = {code for code in ("AM", "AZ") if ref in sides[code]}
        backward = {code for code in ("AM", "AZ") if ~ref in sides[code]}
        assert forward | backward == {"AM", "AZ"}
        assert not forward & backward


@pytest.mark.parametrize("scale", SCALES)
def test_border_statuses_follow_the_map_policy(scale: str) -> None:
    dashed = set(provenance()["borders"]["not-delimited"])
    for item in geometries(scale, "borders"):
        expected = "not-delimited" if item["id"] in dashed else "international"
        assert item["properties"] == {"status": expected}
    assert border(scale, "AM-AZ")["properties"]["status"] == "not-delimited"
    assert border(scale, "AZ-IR")["properties"]["status"] == "international"


@pytest.mark.parametrize("scale", SCALES)
def test_the_frame_is_never_stroked(scale: str) -> None:
    west, south, east, north = topology(scale)["briefsite"]["frame"]
    near = 1e-9
    for layer in ("borders", "coast", "rivers", "provinces"):
        for item in geometries(scale, layer):
            for ref in refs(item["arcs"]):
                for (ax, ay), (bx, by) in itertools.pairwise(arcs(scale)[own(ref)]):
                    along_x = any(max(abs(ax - e), abs(bx - e)) < near for e in (west, east))
                    along_y = any(max(abs(ay - e), abs(by - e)) < near for e in (south, north))
                    on_frame = along_x or along_y
                    assert not on_frame, (layer, item.get("id"))


@pytest.mark.parametrize("scale", SCALES)
def test_disputed_areas_have_no_feature_of_their_own(scale: str) -> None:
    codes = {item["id"] for item in geometries(scale, "land")}
    names = {item["properties"]["name"] for item in geometries(scale, "land")}
    assert all(len(code) == 2 and code.isupper() for code in codes)
    for part in ("Abkhazia", "Ossetia", "Karabakh", "Artsakh", "Crimea", "N. Cyprus"):
        assert not any(part in name for name in names)
    assert not any(item["properties"]["name"] == "AZ" for item in geometries(scale, "provinces"))


@pytest.mark.parametrize("scale", SCALES)
def test_labels_are_in_the_frame(scale: str) -> None:
    data = topology(scale)
    west, south, east, north = data["briefsite"]["frame"]
    (kx, ky), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    for item in geometries(scale, "labels"):
        x, y = item["coordinates"]
        assert west <= x * kx + tx <= east
        assert south <= y * ky + ty <= north
        assert item["properties"]["kind"] in {"country", "sea", "lake", "province"}
        assert item["properties"]["name"]


def lands() -> dict[str, Mapping[str, str]]:
    return {name: found.lands for name, found in read_basemaps(FOLDER).items() if found}


def test_a_check_knows_every_scale_its_frame_and_its_countries() -> None:
    found = read_basemaps(FOLDER)
    assert tuple(found) == SCALES
    assert found["core"] is not None
    assert found["core"].frame == (42.5, 36.5, 52.0, 43.0)
    assert {"core", "region", "world"} <= set(lands())
    assert lands()["region"]["AM"] == "Armenia"
    assert lands()["world"]["PA"] == "Panama"


def test_a_land_bears_the_name_that_all_texts_give_the_state() -> None:
    """And none of its other names, so that map, key and text speak of one country."""
    actors = yaml.safe_load((ROOT / "briefs" / "registry" / "actors.yaml").read_bytes())["actors"]
    states = [actor for actor in actors if actor["kind"] == "state"]
    others = {other["name"] for state in states for other in state.get("names", ())}
    others -= {state["name"] for state in states}
    labels = {
        item["properties"]["name"] for scale in SCALES for item in geometries(scale, "labels")
    }
    for names in (*(set(found.values()) for found in lands().values()), labels):
        assert names & others == set()


def test_the_page_on_maps_lists_the_lands_that_areas_can_have() -> None:
    found = lands()
    text = (ROOT / "docs" / "maps.md").read_text(encoding="utf-8")
    for scale in ("core", "region"):
        *most, last = sorted(found[scale])
        assert f"`{scale}` has {', '.join(most)} and {last}." in text


def test_a_basemap_that_cannot_be_read_is_left_to_whoever_draws_on_it(tmp_path: Path) -> None:
    for name, text in (("a", "{"), ("b", "[]"), ("c", "{}"), ("d", '{"briefsite": {"frame": 1}}')):
        (tmp_path / f"{name}.topojson").write_text(text, encoding="utf-8")
    assert read_basemaps(tmp_path) == dict.fromkeys("abcd")
    assert read_basemaps(tmp_path / "nowhere") == {}
