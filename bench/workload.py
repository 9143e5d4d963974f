"""A publication of any size, for measurements: `python -m bench.workload N FOLDER`.

Everything in it is made up, and is the same byte by byte each time. A larger workload holds the
smaller one, so that figures for several sizes can be compared.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from bench import pool
from bench.brief import BriefMaker, brief_id, sources_of
from bench.plain import SETTINGS, plain_page
from bench.text import yaml_text

ROOT = Path(__file__).parents[1]
_SOURCES_A_FILE = 200
_FIRST_LINES = {
    "brief": "# yaml-language-server: $schema=../schemas/brief.schema.json\n",
    "map": "# yaml-language-server: $schema=../schemas/map.schema.json\n",
    "registry": "# yaml-language-server: $schema=../../schemas/registry.schema.json\n",
}


def write_workload(briefs: int, folder: Path) -> None:
    """Write a project of some briefs, whole: it can be checked, built and served."""
    _copy_frame(folder)
    used: set[str] = set()
    for number in range(briefs):
        made = BriefMaker(number)
        used |= {record["id"] for record in (*made.actors, *made.places)}
        used |= {actor["part_of"] for actor in made.actors if "part_of" in actor}
        used |= {*made.sources, made.topic}
        _write(folder / "briefs" / f"{made.id}.yaml", "brief", made.brief())
        _write(folder / "maps" / f"{made.id}.yaml", "map", made.map())
    _write_registry(briefs, used, folder / "briefs" / "registry")


def write_plain(briefs: int, folder: Path) -> None:
    """Write the same briefs as Markdown, with the settings of a plain Material site."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    titles = {key: str(pool.source(key)["title"]) for key in _source_ids(briefs)}
    listed = []
    for number in range(briefs):
        brief = BriefMaker(number).brief()
        page = docs / "briefs" / f"{brief_id(number)}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(plain_page(brief, titles), encoding="utf-8")
        listed.append(f"- [{brief['title']}](briefs/{page.name})")
    index = "\n".join(["# A workload", "", *listed])
    (docs / "index.md").write_text(f"{index}\n", encoding="utf-8")


def _copy_frame(folder: Path) -> None:
    """What a project has besides its briefs, as it stands in this repository."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = "custom_dir: src/briefsite/theme\n"
    if theme not in settings:
        raise ValueError("mkdocs.yml no longer names its theme where it did")
    settings = settings.replace(theme, "custom_dir: theme\n")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "src" / "briefsite" / "theme", folder / "theme")
    for name in ("docs", "macros", "maps/basemap"):
        shutil.copytree(ROOT / name, folder / name)
    registry = folder / "briefs" / "registry"
    registry.mkdir(parents=True)
    shutil.copy(ROOT / "briefs" / "registry" / "wording.yaml", registry / "wording.yaml")


def _source_ids(briefs: int) -> list[str]:
    shared = (f"shared-{n:03}" for n in range(pool.number_of_shared_sources(briefs)))
    own = [key for number in range(briefs) for key in sources_of(number)[:-1]]
    return [*shared, *own]


def _write_registry(briefs: int, used: Collection[str], folder: Path) -> None:
    """Write the shared records: those that a brief names, and agreements with their parties."""
    publication = {
        "title": "A workload",
        "tagline": "Made up for a measurement",
        "byline": "Nobody",
        "funding": "Nobody pays for it.",
        "contact": {"label": "Write to nobody", "URL": "https://example.org/contact"},
        "licence": "CC0",
        "coverage": "Nothing here is about the world.",
        "map_disclaimer": "Nothing on this map is on the earth.",
        "map_worldview": "Places were drawn at random.",
    }
    topics = [
        {"id": topic, "title": topic.title(), "description": f"What is said of {topic}."}
        for topic in pool.TOPICS
        if topic in used
    ]
    first = f"c{0:04}-00"
    agreements = [pool.agreement(n, first) for n in range(pool.number_of_agreements(briefs))]
    used = {*used, *(party for agreement in agreements for party in agreement["parties"])}
    actors = [pool.actor(n) for n in range(pool.number_of_actors(briefs))]
    actors = [actor for actor in actors if actor["id"] in used]
    places = [pool.place(n) for n in range(pool.number_of_places(briefs))]
    places = [place for place in places if place["id"] in used]
    files: dict[str, dict[str, object]] = {
        "publication": {"publication": publication, "topics": topics},
        "actors": {"actors": actors},
        "places": {"places": places},
        "agreements": {"agreements": agreements},
    }
    ids = [key for key in _source_ids(briefs) if key in used]
    for start in range(0, len(ids), _SOURCES_A_FILE):
        sources = [pool.source(key) for key in ids[start : start + _SOURCES_A_FILE]]
        files[f"sources-{start // _SOURCES_A_FILE:03}"] = {"sources": sources}
    for name, records in files.items():
        _write(folder / f"{name}.yaml", "registry", {"schema": 1, **records})


def _write(path: Path, kind: str, record: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_FIRST_LINES[kind] + yaml_text(record), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.workload", description=__doc__)
    parser.add_argument("briefs", type=int, metavar="N", help="how many briefs")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument("--plain", action="store_true", help="as Markdown for plain Material")
    options = parser.parse_args(arguments)
    if options.briefs < 1:
        parser.error("N is 1 at least")
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    (write_plain if options.plain else write_workload)(options.briefs, options.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
