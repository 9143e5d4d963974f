"""JSON Schemas of the files an author writes, for editors and other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from briefsite.model.records import Brief, MapRecord, Record, Registry

FILES: Mapping[str, type[Record]] = MappingProxyType(
    {"brief": Brief, "registry": Registry, "map": MapRecord}
)


def json_schema(name: str) -> str:
    """The schema of a kind of file (`brief`, `registry` or `map`), as JSON."""
    schema = FILES[name].model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write `NAME.schema.json` of every kind of file; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in FILES:
        path = folder / f"{name}.schema.json"
        path.write_text(json_schema(name), encoding="utf-8")
        paths.append(path)
    return paths
