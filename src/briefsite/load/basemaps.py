"""What the basemaps hold, as far as a map's file can speak of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
    outlines: Lands = field(default_factory=lambda: Lands({}), repr=False, compare=False)


class Basemaps(Mapping[str, Basemap | None]):
    """Basemaps by name, each of which is read when it is asked for.

    None is one that cannot be read: whoever draws on it finds out, and says so.
    """

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        """`files` are what they hold, by name; None is one that cannot be opened."""
        self._files = files
        self._read: dict[str, Basemap | None] = {}

    def __getitem__(self, name: str) -> Basemap | None:
        if name not in self._read:
            data = self._files[name]
            self._read[name] = read_basemap(data) if data is not None else None
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    @property
    def digest(self) -> str:
        """Of all that they hold: a border may move, and nothing else."""
        return blake2b(repr(sorted(self._files.items())).encode(), digest_size=12).hexdigest()


def read_basemaps(folder: Path) -> Basemaps:
    """Every `NAME.topojson` of a folder, by name."""
    found: dict[str, bytes | None] = {}
    for path in list_basemaps(folder):
        if path.suffix != ".topojson":
            continue
        try:
            with path.open("rb") as file:
                found[path.stem] = file.read(MAX_BASEMAP)
        except OSError:
            found[path.stem] = None
    return Basemaps(found)


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
    return Basemap((west, south, east, north), MappingProxyType(names), Lands(topology))
