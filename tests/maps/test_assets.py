"""The shared files: named by their content, complete, with their licence, and light."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from briefsite.maps import map_assets

BASEMAP = Path(__file__).parents[2] / "maps" / "basemap"


def test_a_name_changes_with_its_content(basemap: Path) -> None:
    before = map_assets(basemap).files
    for asset in before.values():
        assert hashlib.sha256(asset.data).hexdigest()[:12] in asset.path
        assert asset.path.startswith("assets/maps/")
    core = basemap / "core.topojson"
    core.write_text(core.read_text(encoding="utf-8").replace("Eastland", "Otherland"))
    after = map_assets(basemap).files
    changed = {name for name in before if before[name].path != after[name].path}
    assert changed == {"basemap-core.js"}


def test_leaflet_keeps_its_licence(basemap: Path) -> None:
    files = map_assets(basemap).files
    for name in ("leaflet.js", "leaflet.css"):
        assert b"Vladimir Agafonkin" in files[name].data[:300]


def test_styles_and_scripts_ask_for_no_other_file(basemap: Path) -> None:
    for name, asset in map_assets(basemap).files.items():
        text = asset.data.decode()
        assert "sourceMappingURL" not in text
        if name.endswith(".css"):
            assert "url(" not in text
            assert "@import" not in text
        if name == "map.js":
            assert re.findall(r"https?://[^\s\"']+", text) == ["http://www.w3.org/2000/svg"]
            assert not re.search(r"fetch\(|XMLHttpRequest|innerHTML|insertAdjacent|eval\(", text)


def test_a_basemap_comes_as_a_script_so_that_it_opens_from_disk(basemap: Path) -> None:
    script = map_assets(basemap).files["basemap-region.js"].data.decode()
    _, _, topology = script.partition('briefsite.basemap["region"] = ')
    assert json.loads(topology.strip().removesuffix(";"))["briefsite"]["scale"] == "region"


def test_what_a_first_map_loads_is_light() -> None:
    if not (BASEMAP / "core.topojson").is_file():
        pytest.skip("the basemap is not made yet")
    files = map_assets(BASEMAP).files
    first = ("leaflet.js", "leaflet.css", "map.js", "map.css", "basemap-core.js")
    assert sum(len(gzip.compress(files[name].data)) for name in first) < 140_000 - 12_000
