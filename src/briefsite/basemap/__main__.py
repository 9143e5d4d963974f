"""Makes maps/basemap/*.topojson and their provenance: `python -m briefsite.basemap`."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from briefsite.basemap.config import BasemapError, Config, load
from briefsite.basemap.layers import topojson
from briefsite.basemap.sources import Sources, module

TOOLS = ("pycountry", "pyshp", "shapely", "timezonefinder")
STEPS = (
    (
        "Read the zones of every country, combine and subtract them as configured, "
        "clip to the frame."
    ),
    "Read the OpenStreetMap land polygons, clip to the frame, intersect with the countries.",
    "Close inlets and drop spits that are narrower than the configured width.",
    (
        "Snap-round everything on the integer grid of the scale, cut it into faces with equal "
        "edges, give every face one owner, and leave out islands below the configured area."
    ),
    "Cut the rings into shared arcs where the owners change or the edge of the frame begins.",
    (
        "Simplify every arc (Douglas-Peucker, ends kept); where arcs would cross it is halved; "
        "then check that the countries are a valid coverage."
    ),
    "Border = arcs of two countries; coast = arcs of one country that are not on the frame.",
    (
        "Add Natural Earth lakes (whole), rivers and province lines, clipped and simplified "
        "likewise; a river that is a border takes the line of the border; province lines are led "
        "to the border; a bay that the land polygons lack is the Natural Earth sea within their "
        "land."
    ),
    "World: the same steps, with the Natural Earth countries of world-atlas in place of zones.",
)


def main(arguments: list[str] | None = None) -> int:
    """Build every scale and write the provenance beside it."""
    parser = argparse.ArgumentParser(prog="python -m briefsite.basemap", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("maps/basemap/basemap.yaml"))
    parser.add_argument("--output", type=Path, help="default: the folder of the configuration")
    parser.add_argument("--natural-earth", type=Path, default=Path("/usr/share/magics"))
    parser.add_argument("--world-atlas", type=Path, default=Path("node_modules/world-atlas"))
    options = parser.parse_args(arguments)
    try:
        build(
            options.config,
            options.output or options.config.parent,
            options.natural_earth,
            options.world_atlas,
        )
    except BasemapError as exc:
        print(f"basemap: error: {exc}", file=sys.stderr)
        return 1
    return 0


def build(file: Path, output: Path, natural_earth: Path, world_atlas: Path) -> None:
    """Make all layers first, then write them, so that a failure leaves the old files alone."""
    config = load(file)
    sources = Sources(config, natural_earth, world_atlas)
    made: dict[str, bytes] = {}
    for scale in config.scales:
        print(f"basemap: {scale.name} …", file=sys.stderr)
        data = topojson(scale, config, sources)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        made[f"{scale.name}.topojson"] = (text + "\n").encode()
    record = _provenance(config, sources, made)
    output.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (output / name).write_bytes(content)
    header = "# Written by `python -m briefsite.basemap`: do not edit.\n"
    body = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    (output / "PROVENANCE.yaml").write_text(header + body, encoding="utf-8")


def _provenance(config: Config, sources: Sources, made: dict[str, bytes]) -> dict[str, Any]:
    shapely = module("shapely")
    versions = sources.versions()
    inputs = {}
    for key, found in versions.items():
        item = config.inputs[key]
        if found != item.version:
            print(
                f"basemap: warning: {key} is {found}; the configuration names {item.version}",
                file=sys.stderr,
            )
        inputs[key] = {
            "package": item.package,
            "registry": item.registry,
            "version": found,
            "data": item.data,
            "licence": item.licence,
            "attribution": item.attribution,
            "sha256": dict(sorted(sources.used[key].items())),
        }
    return {
        "outputs": {
            name: {
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
                "inputs": list(scale.inputs),
            }
            for (name, content), scale in zip(made.items(), config.scales, strict=True)
        },
        "inputs": inputs,
        "tools": {
            "geos": shapely.geos_version_string,
            **{name: version(name) for name in TOOLS},
        },
        "steps": list(STEPS),
        "borders": {
            "international": "every pair that is not listed below",
            "not-delimited": dict(config.not_delimited),
        },
        "notes": list(config.notes),
    }


if __name__ == "__main__":
    sys.exit(main())
