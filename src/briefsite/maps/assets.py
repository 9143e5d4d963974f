"""The files that all maps share, under names that change with their content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from xstatic.pkg import leaflet

from briefsite.maps.templates import static_text

_BASEMAP = (
    "window.briefsite = window.briefsite || {{ basemap: {{}} }};\nbriefsite.basemap[{}] = {};\n"
)
ROOT = "../../"
"""The way from `maps/ID/` to the site's root."""
_LEAFLET = Path(leaflet.BASE_DIR)
_ICON = Path(__file__).parents[1] / "theme" / "assets" / "briefsite" / "favicon.svg"
"""The site's icon, for pages that do without the theme."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site: its path below the site's root, and its content."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """The shared files by logical name: `leaflet.js`, `map.css`, `basemap-core.js` and so on."""

    files: Mapping[str, Asset]

    def urls(self, root: str) -> Mapping[str, str]:
        """Logical name → address from a page whose way to the site's root is `root`, `../../`."""
        return MappingProxyType({name: root + asset.path for name, asset in self.files.items()})


def map_assets(basemap_dir: Path, scales: Iterable[str] | None = None) -> Assets:
    """Leaflet, the maps' own files, and one script for each of some basemaps, or of all of them.

    Raises OSError where one of them cannot be read.
    """
    contents = {
        "leaflet.js": _leaflet_script(),
        "leaflet.css": _leaflet_style(),
        "map.js": "".join(map(static_text, ("labels.js", "crowd.js", "map.js"))).encode(),
        "icon.svg": _ICON.read_bytes(),
        "map.css": (static_text("ink.css") + static_text("map.css")).encode(),
    }
    if scales is None:
        scales = [path.stem for path in basemap_dir.glob("*.topojson")]
    for scale in sorted(scales):
        topology = (basemap_dir / f"{scale}.topojson").read_text(encoding="utf-8").strip()
        contents[f"basemap-{scale}.js"] = _BASEMAP.format(json.dumps(scale), topology).encode()
    return Assets(
        MappingProxyType(
            {name: Asset(_hashed(name, data), data) for name, data in contents.items()}
        )
    )


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"assets/maps/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"


def _leaflet_script() -> bytes:
    """Leaflet as released, its licence above it, without the line that asks for a source map."""
    text = (_LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text).encode()


def _leaflet_style() -> bytes:
    """Leaflet's style without the images of controls and markers that these maps do not use."""
    text = (_LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    notice = "/* Leaflet 1.9.3, (c) Vladimir Agafonkin, CloudMade: BSD 2-Clause */\n"
    return (notice + re.sub(r"[^{}]*\{[^{}]*url\([^{}]*\}", "", text)).encode()
