"""Every map of a library in all its forms, with the files that they share."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from briefsite.maps.assets import map_assets
from briefsite.maps.document import ROOT, map_page
from briefsite.maps.features import feature_collection
from briefsite.maps.ground import read_ground
from briefsite.maps.picture import static_picture
from briefsite.maps.rows import FeatureRow, feature_rows
from briefsite.model.library import Library, MapEntry

_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


class Draw(Protocol):
    """Draws a map's picture as SVG, `width` pixels wide."""

    def __call__(self, *, width: int) -> str: ...


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What a page needs to show a map: its picture's size in pixels, its features, its views.

    `draw` makes the picture in another width; `attribution` names whose data its ground is.
    """

    size: tuple[int, int]
    rows: tuple[FeatureRow, ...]
    draw: Draw
    attribution: str
    views: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class DrawnMaps:
    """All maps by id, and every file they need by its path in the site."""

    maps: Mapping[str, DrawnMap]
    files: Mapping[str, bytes]


def draw_maps(library: Library, basemap_dir: Path) -> DrawnMaps:
    """Draw all maps of a library: a live page, a picture and GeoJSON each; shared assets once.

    Without maps there are no files. Raises OSError or GroundError where a basemap cannot be read.
    """
    if not library.maps:
        return DrawnMaps(MappingProxyType({}), MappingProxyType({}))
    scales = {entry.record.basemap for entry in library.maps.values()}
    assets = map_assets(basemap_dir, scales)
    grounds = {scale: read_ground(basemap_dir / f"{scale}.topojson") for scale in scales}
    files = {asset.path: asset.data for asset in assets.files.values()}
    urls = assets.urls(ROOT)
    drawn: dict[str, DrawnMap] = {}
    for key, entry in library.maps.items():
        ground = grounds[entry.record.basemap]
        collection = feature_collection(library, entry, ground)
        draw = partial(static_picture, collection, entry, ground)
        picture = draw()
        files[f"maps/{key}/index.html"] = map_page(collection, entry, asset_urls=urls).encode()
        files[f"maps/{key}.svg"] = picture.encode()
        files[f"maps/{key}.geojson"] = _geojson(collection)
        size, rows = _size(picture, entry), feature_rows(collection)
        drawn[key] = DrawnMap(size, rows, draw, ground.attribution, collection["views"])
    return DrawnMaps(MappingProxyType(drawn), MappingProxyType(files))


def _geojson(collection: Mapping[str, object]) -> bytes:
    return (json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _size(picture: str, entry: MapEntry) -> tuple[int, int]:
    match = _SIZE.search(picture)
    if match is None:
        raise ValueError(f"the picture of map '{entry.id}' states no size")
    return round(float(match[1])), round(float(match[2]))
