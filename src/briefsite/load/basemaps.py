"""What the basemaps hold, as far as a map's file can speak of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from briefsite.load.document import MAX_BYTES
from briefsite.load.lands import Lands

MAX_BASEMAP = 4 * MAX_BYTES
Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Basemap:
    """One file of `maps/basemap/`: its edges in degrees, and its countries."""

    frame: Frame
    """West, south, east and north."""
    lands: Mapping[str, str]
    """Id, an ISO 3166-1 code, and name."""
    digest: str = ""
    """Of the whole file: a border may move, and nothing else."""
    outlines: Lands = field(default_factory=lambda: Lands({}), repr=False, compare=False)


def read_basemaps(folder: Path) -> Mapping[str, Basemap | None]:
    """Every `NAME.topojson` of a folder, by name.

    None is one that cannot be read: whoever draws on it finds out, and says so.
    """
    found: dict[str, Basemap | None] = {}
    for path in list_basemaps(folder):
        if path.suffix != ".topojson":
            continue
        try:
            with path.open("rb") as file:
                found[path.stem] = read_basemap(file.read(MAX_BASEMAP))
        except OSError:
            found[path.stem] = None
    return MappingProxyType(found)


def list_basemaps(folder: Path) -> list[Path]:
    """What lies in a folder of basemaps, by name; nothing if it cannot be listed."""
    try:
        return sorted(folder.glob("*"))
    except OSError:
        return []


def read_basemap(data: bytes) -> Basemap | None:
    """One basemap; None if it cannot be read."""
    try:
        topology = json.loads(data)
        west, south, east, north = map(float, topology["briefsite"]["frame"])
        lands = topology["objects"]["land"]["geometries"]
        names = {str(land["id"]): str(land["properties"]["name"]) for land in lands}
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    digest = blake2b(data, digest_size=12).hexdigest()
    return Basemap((west, south, east, north), MappingProxyType(names), digest, Lands(topology))
