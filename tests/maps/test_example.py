"""The example on the page on maps is a map that the check lets pass, wherever it lies."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from briefsite.check import check_tree
from briefsite.load import load_tree

ROOT = Path(__file__).resolve().parents[2]
PLACES = """schema: 1
places:
  - {id: colon, name: Colón, kind: city, country: PA, lat: 9.4, lon: -79.9, precision_km: 5,
     coordinates_from: A test.}
  - {id: balboa, name: Balboa, kind: port, country: PA, lat: 8.9, lon: -79.6, precision_km: 5,
     coordinates_from: A test.}
"""


def test_the_example_of_another_region_has_no_problems(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "projects" / "minimal", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "maps" / "basemap", tmp_path / "maps" / "basemap")
    page = (ROOT / "docs" / "maps.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(# yaml-language-server.*?)```", page, re.S)
    example = re.sub(r"claims: \[.*?\]", "claims: [pipeline-announced]", example)
    (tmp_path / "maps" / "canal.yaml").write_text(example, encoding="utf-8")
    (tmp_path / "briefs" / "registry" / "panama.yaml").write_text(PLACES, encoding="utf-8")
    checked = check_tree(load_tree(tmp_path))
    assert checked.problems == ()
    assert checked.library is not None
    (area,) = checked.library.maps["canal"].record.layers[0].areas
    assert area.lands == ("PA",)
