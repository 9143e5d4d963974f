"""Reads zones, land, physical layers and the world from the packages that carry them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from briefsite.basemap.config import BasemapError, Box, Config, Country, World

Geometry = Any
Versions = dict[str, str]


def module(name: str) -> Any:
    """Import an optional dependency, or say how to install it."""
    try:
        return import_module(name)
    except ImportError:
        raise BasemapError(
            f"the package that provides {name!r} is not installed: "
            "install the optional dependency group 'basemap' (pip install -e '.[basemap]')"
        ) from None


@dataclass
class Sources:
    """The packages the basemap is made from, and a record of what was read of them."""

    config: Config
    natural_earth: Path
    world_atlas: Path
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    def zones(self, country: Country, frame: Box) -> Geometry:
        """The time zones of a country, clipped to the frame."""
        shapely = module("shapely")
        finder = _finder()
        self._note_zones()
        window = shapely.box(*frame)
        parts = []
        for zone in country.zones:
            if zone not in finder.timezone_names:
                raise BasemapError(f"{country.code}: timezonefinder-data has no zone {zone!r}")
            for shell, *holes in finder.get_geometry(tz_name=zone, coords_as_pairs=True):
                polygon = shapely.Polygon(shell, holes)
                if polygon.envelope.intersects(window):
                    parts.append(shapely.make_valid(polygon).intersection(window))
        return shapely.union_all(parts)

    def land(self, frame: Box) -> Geometry:
        """Land within the frame, from the OpenStreetMap land polygons."""
        shapely = module("shapely")
        polygons, digest = _land()
        self._note("roaring-landmask", {"OpenStreetMap land polygons (WKB)": digest})
        window = shapely.box(*frame)
        shapely.prepare(window)
        near = polygons[shapely.intersects(polygons, window)]
        return shapely.union_all([shapely.make_valid(p).intersection(window) for p in near])

    def natural_earth_layer(
        self, name: str, frame: Box, keep: Callable[[Mapping[str, Any]], bool]
    ) -> list[tuple[dict[str, Any], Geometry]]:
        """Features of a Natural Earth 1:10m layer that touch the frame and pass the filter."""
        shapely = module("shapely")
        shapefile = module("shapefile")
        stem = self.natural_earth / "10m" / f"ne_10m_{name}"
        files = [stem.with_name(stem.name + ext) for ext in (".shp", ".shx", ".dbf")]
        self._require("libmagics++-data", files)
        self._note("libmagics++-data", {file.name: _sha256(file) for file in files})
        window = shapely.box(*frame)
        found = []
        # Old layers are not clean UTF-8; what cannot be read is renamed by the configuration.
        with shapefile.Reader(str(files[0]), encoding="utf-8", encodingErrors="replace") as reader:
            for item in reader.iterShapeRecords(bbox=list(frame)):
                record = item.record.as_dict()
                if item.shape.shapeType == shapefile.NULL or not keep(record):
                    continue
                shape = shapely.make_valid(shapely.geometry.shape(item.shape.__geo_interface__))
                if shape.intersects(window):
                    found.append((record, shape))
        return found

    def world(self, options: World, frame: Box) -> dict[str, tuple[str, Geometry]]:
        """Countries that reach into a frame: name and shape by ISO 3166-1 alpha-2 code."""
        shapely = module("shapely")
        file = self.world_atlas / options.file
        package = self.world_atlas / "package.json"
        self._require("world-atlas", [file, package])
        self._note("world-atlas", {file.name: _sha256(file)})
        topology = json.loads(file.read_text(encoding="utf-8"))
        arcs = _decode(topology)
        window = shapely.box(*frame)
        parts: dict[str, list[Geometry]] = {}
        names: dict[str, str] = {}
        for item in topology["objects"]["countries"]["geometries"]:
            name = item["properties"]["name"]
            groups = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
            rings = [[_ring(ring, arcs) for ring in group] for group in groups]
            polygons = [
                _unwrapped(shapely.Polygon(shell, [hole for hole in holes if len(hole) > 3]))
                for shell, *holes in rings
                if len(shell) > 3  # quantised, a rock may be no more than a point
            ]
            if not any(polygon.intersects(window) for polygon in polygons):
                continue  # it need not even have a code
            code = options.merge.get(name) or _alpha2(item.get("id"), name)
            if name not in options.merge:
                names.setdefault(code, name)
            for polygon in polygons:
                target = code
                for move in options.move:
                    if code == move.source and shapely.box(*move.frame).covers(polygon):
                        target = move.target
                parts.setdefault(target, []).append(polygon)
        return {
            code: (self.config.names.get(code) or names[code], shapely.union_all(parts[code]))
            for code in sorted(parts)
        }

    def versions(self) -> Versions:
        """The installed version of every input that was read."""
        found: Versions = {}
        for key in sorted(self.used):
            if key == "libmagics++-data":
                found[key] = _debian_version(key, self.natural_earth)
            elif key == "world-atlas":
                text = (self.world_atlas / "package.json").read_text(encoding="utf-8")
                found[key] = str(json.loads(text)["version"])
            else:
                found[key] = version(key)
        return found

    def _note_zones(self) -> None:
        if "timezonefinder-data" not in self.used:
            folder = Path(module("timezonefinder_data").DATA_DIR)
            names = ("boundaries/coordinates.bin", "holes/coordinates.bin", "timezone_names.txt")
            self._note("timezonefinder-data", {name: _sha256(folder / name) for name in names})

    def _note(self, key: str, files: Mapping[str, str]) -> None:
        self.used.setdefault(key, {}).update(files)

    def _require(self, key: str, files: Iterable[Path]) -> None:
        for file in files:
            if not file.is_file():
                install = self.config.inputs[key].install
                raise BasemapError(f"{file.name} of {key} not found in {file.parent}: {install}")


@cache
def _finder() -> Any:
    module("timezonefinder_data")
    return module("timezonefinder").TimezoneFinder()


@cache
def _land() -> tuple[Any, str]:
    shapely = module("shapely")
    landmask = module("roaring_landmask")
    data = bytes(landmask.Shapes.wkb(landmask.LandmaskProvider.Osm))
    return shapely.get_parts(shapely.from_wkb(data)), hashlib.sha256(data).hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _debian_version(package: str, unpacked: Path) -> str:
    # A copy unpacked without root is unknown to dpkg: its version is left beside it.
    beside = unpacked / "VERSION"
    if beside.is_file():
        return beside.read_text(encoding="utf-8").strip()
    try:
        result = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", package],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        raise BasemapError(
            f"the version of {package} is unknown: write it to a file VERSION"
        ) from None
    return result.stdout.strip()


def _alpha2(numeric: str | None, name: str) -> str:
    country = module("pycountry").countries.get(numeric=numeric) if numeric else None
    if country is None:
        raise BasemapError(f"world: no ISO code for {name!r}: add it to 'merge'")
    return str(country.alpha_2)


def _decode(topology: Any) -> list[list[tuple[float, float]]]:
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    return arcs


def _ring(refs: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The points of a ring on the sphere: it may run on beyond the antimeridian."""
    points: list[tuple[float, float]] = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        for x, y in arc[1:] if points else arc:
            turn = round((points[-1][0] - x) / 360) if points else 0
            points.append((x + 360 * turn, y))
    if points[0] != points[-1]:  # Once around the pole.
        points += [(points[-1][0], -90.0), (points[0][0], -90.0)]
    return points


def _unwrapped(polygon: Geometry) -> Geometry:
    """Cut at the antimeridian, and bring the parts back between -180 and 180."""
    shapely = module("shapely")
    polygon = shapely.make_valid(polygon)
    parts = []
    for turn in (-360, 0, 360):
        moved = shapely.affinity.translate(polygon, xoff=turn)
        parts.append(moved.intersection(shapely.box(-180, -90, 180, 90)))
    return shapely.union_all(parts)
