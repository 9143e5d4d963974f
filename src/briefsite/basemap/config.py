"""Reads the basemap configuration into typed records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Box = tuple[float, float, float, float]


class BasemapError(Exception):
    """A problem the person at the keyboard can fix; shown as one line, without a traceback."""


@dataclass(frozen=True)
class Input:
    """A package the layers are made from."""

    id: str
    package: str
    version: str
    registry: str
    data: str
    licence: str
    attribution: str
    install: str


@dataclass(frozen=True)
class Country:
    """How the zones of the source combine to one country."""

    code: str
    name: str
    zones: tuple[str, ...]
    subtract: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    """A part of the frame that keeps more detail than the rest."""

    frame: Box
    tolerance: float


@dataclass(frozen=True)
class Label:
    """A name placed by hand."""

    name: str
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Follow:
    """A river whose stretch along named borders is drawn by the border itself."""

    river: str
    borders: tuple[str, ...]
    within: float
    frame: Box


@dataclass(frozen=True)
class Bay:
    """A part of the sea that the land polygons leave out; its strait is closed."""

    name: str
    frame: Box
    strait: float


@dataclass(frozen=True)
class Physical:
    """Which Natural Earth lakes, rivers and province lines are carried, under which names."""

    lakes: Mapping[str, str]
    bays: tuple[Bay, ...]
    rivers: Mapping[str, str]
    min_river: float
    follow: tuple[Follow, ...]
    provinces: Mapping[str, str]
    without: tuple[str, ...]
    snap: float


@dataclass(frozen=True)
class Move:
    """Whole polygons that the source files under one country and the policy under another."""

    source: str
    target: str
    frame: Box


@dataclass(frozen=True)
class World:
    """How the world source is read: its file, merged features and moved polygons."""

    file: str
    merge: Mapping[str, str]
    move: tuple[Move, ...]


@dataclass(frozen=True)
class Scale:
    """One output file."""

    name: str
    frame: Box
    decimals: int
    tolerance: float
    detail: tuple[Detail, ...]
    smooth: float
    min_island: float
    inputs: tuple[str, ...]
    min_lake: float | None
    world: World | None
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Config:
    """The whole configuration."""

    inputs: Mapping[str, Input]
    countries: Mapping[str, Country]
    names: Mapping[str, str]
    not_delimited: Mapping[str, str]
    physical: Physical
    scales: tuple[Scale, ...]
    notes: tuple[str, ...]


def load(path: Path) -> Config:
    """Read and check the configuration file."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise BasemapError(f"cannot read {path.name}: {exc.strerror}") from None
    except yaml.YAMLError as exc:
        raise BasemapError(f"{path.name} is not valid YAML: {exc}") from None
    try:
        config = _config(data)
    except KeyError as exc:
        raise BasemapError(f"{path.name}: {exc.args[0]!r} is missing") from None
    except (AttributeError, TypeError, ValueError) as exc:
        raise BasemapError(f"{path.name}: {exc}") from None
    _check(config, path.name)
    return config


def _config(data: Any) -> Config:
    names = {str(key): str(value) for key, value in data["names"].items()}
    return Config(
        inputs={key: Input(id=key, **value) for key, value in data["inputs"].items()},
        countries={
            key: Country(
                code=key,
                name=names[key],
                zones=tuple(value["zones"]),
                subtract=tuple(value.get("subtract", ())),
            )
            for key, value in data["countries"].items()
        },
        names=names,
        not_delimited=dict(data["borders"]["not-delimited"]),
        physical=_physical(data),
        scales=tuple(_scale(key, value, data["labels"]) for key, value in data["scales"].items()),
        notes=tuple(data["notes"]),
    )


def _scale(name: str, data: Any, labels: Any) -> Scale:
    frame = _box(data["frame"])
    return Scale(
        name=name,
        frame=frame,
        decimals=int(data["decimals"]),
        tolerance=float(data["tolerance"]),
        detail=tuple(
            Detail(_box(item["frame"]), float(item["tolerance"])) for item in data.get("detail", ())
        ),
        smooth=float(data.get("smooth", 0)),
        min_island=float(data["min_island"]),
        inputs=tuple(data["inputs"]),
        min_lake=float(data["min_lake"]) if "min_lake" in data else None,
        world=_world(data["world"]) if "world" in data else None,
        labels=tuple(
            Label(item["name"], item["kind"], *(float(v) for v in item["at"]))
            for item in labels
            if name in item["scales"]
        ),
    )


def _physical(data: Any) -> Physical:
    return Physical(
        lakes=dict(data["lakes"]),
        bays=tuple(
            Bay(item["name"], _box(item["frame"]), float(item["strait"])) for item in data["bays"]
        ),
        rivers=dict(data["rivers"]),
        min_river=float(data["min_river"]),
        follow=tuple(
            Follow(
                item["river"],
                tuple(item["borders"]),
                float(item["within"]),
                _box(item["frame"]),
            )
            for item in data["follow"]
        ),
        provinces=dict(data["provinces"]["countries"]),
        without=tuple(data["provinces"]["without"]),
        snap=float(data["provinces"]["snap"]),
    )


def _world(data: Any) -> World:
    return World(
        file=str(data["file"]),
        merge=dict(data["merge"]),
        move=tuple(Move(item["from"], item["to"], _box(item["frame"])) for item in data["move"]),
    )


def _box(values: Any) -> Box:
    west, south, east, north = (float(value) for value in values)
    if not (west < east and south < north):
        raise ValueError(f"a frame is [west, south, east, north], not {values}")
    return west, south, east, north


def _check(config: Config, file: str) -> None:
    for country in config.countries.values():
        for other in country.subtract:
            if other not in config.countries:
                raise BasemapError(f"{file}: {country.code} subtracts unknown country {other!r}")
    for pair in config.not_delimited:
        if pair != "-".join(sorted(pair.split("-"))):
            raise BasemapError(f"{file}: border {pair!r} must name its two codes in order")
    for scale in config.scales:
        for key in scale.inputs:
            if key not in config.inputs:
                raise BasemapError(f"{file}: scale {scale.name} uses unknown input {key!r}")
        for label in scale.labels:
            west, south, east, north = scale.frame
            if not (west <= label.lon <= east and south <= label.lat <= north):
                raise BasemapError(f"{file}: label {label.name!r} is outside scale {scale.name}")
