"""Maps: GeoJSON, a live page, a static picture, and the files that all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefsite.maps.assets import Asset, Assets, map_assets
from briefsite.maps.draw import Desk, DrawnMap, DrawnMaps, Keep, Telling, draw_maps
from briefsite.maps.features import feature_collection
from briefsite.maps.flat import flat_picture
from briefsite.maps.ground import Ground, GroundError, read_ground
from briefsite.maps.rows import ClaimLink, FeatureRow, feature_rows

if TYPE_CHECKING:
    from briefsite.maps.document import map_page
    from briefsite.maps.picture import static_picture


def __getattr__(name: str) -> Any:
    # Folium takes a third of a second to import, NumPy a tenth, and a check draws nothing.
    if name == "map_page":
        from briefsite.maps.document import map_page

        return map_page
    if name == "static_picture":
        from briefsite.maps.picture import static_picture

        return static_picture
    raise AttributeError(name)


__all__ = [
    "Asset",
    "Assets",
    "ClaimLink",
    "Desk",
    "DrawnMap",
    "DrawnMaps",
    "FeatureRow",
    "Ground",
    "GroundError",
    "Keep",
    "Telling",
    "draw_maps",
    "feature_collection",
    "feature_rows",
    "flat_picture",
    "map_assets",
    "map_page",
    "read_ground",
    "static_picture",
]
