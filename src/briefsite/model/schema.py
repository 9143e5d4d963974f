"""JSON Schemas of the files an author writes, for editors and other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from briefsite.model.records import Brief, MapRecord, Record, RecordKind, Registry, Translation
from briefsite.model.records.fields import SLUG
from briefsite.model.samples import SAMPLES

FILES: Mapping[str, type[Record]] = MappingProxyType(
    {"brief": Brief, "translation": Translation, "registry": Registry, "map": MapRecord}
)
IDS = "ids.schema.json"
"""The file with the ids that a field can name; the others refer to it."""
Known = Mapping[RecordKind, Mapping[str, str]]
"""Kind → id → what a person calls it."""

_DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
_KEPT = ("description", "examples", "title", "x-ref")


def json_schema(name: str) -> str:
    """The schema of a kind of file (`brief`, `translation`, `registry` or `map`), as JSON."""
    schema = FILES[name].model_json_schema(by_alias=True)
    for record, shape in {FILES[name].__name__: schema, **schema["$defs"]}.items():
        for key, sample in SAMPLES.get(record, {}).items():
            field = shape["properties"][key]
            is_item = field.get("type") == "array" and not isinstance(sample, list)
            field.setdefault("examples", [[sample] if is_item else sample])
        for key, field in shape["properties"].items():
            # A field that is one other record has no title of its own.
            field.setdefault("title", key.replace("_", " ").capitalize())
    return _printed(_DIALECT | _with_ids(schema))


def ids_schema(known: Known = MappingProxyType({})) -> str:
    """The schema of the ids of each kind, as JSON.

    Ids that are known are offered and explained; another id is no error of the schema, because the
    check tells more.
    """
    return _printed(
        _DIALECT
        | {
            "title": "Ids that records refer to",
            "$defs": {kind: _ids(kind, known.get(kind, {})) for kind in get_args(RecordKind)},
        }
    )


def _ids(kind: RecordKind, known: Mapping[str, str]) -> dict[str, Any]:
    article = "an" if kind[0] in "aeiou" else "a"
    any_id = {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": 64}
    if not known:
        return {"description": f"The id of {article} {kind}.", **any_id}
    listed = sorted(known.items())
    return {
        "description": f"The id of {article} {kind}.",
        "anyOf": [
            {
                "enum": [identity for identity, _ in listed],
                "enumDescriptions": [words for _, words in listed],
            },
            any_id,
        ],
    }


def _with_ids(schema: Any) -> Any:
    """A schema in which each id of another record refers to the list of ids."""
    if isinstance(schema, list):
        return [_with_ids(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("x-ref")
    if isinstance(kind, str) and "oneOf" not in schema:
        kept = {key: schema[key] for key in _KEPT if key in schema}
        return {"$ref": f"{IDS}#/$defs/{kind}", **kept}
    return {key: _with_ids(value) for key, value in schema.items()}


def _printed(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write `NAME.schema.json` of every kind of file, and the ids unless they are filled in.

    Returns the paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in FILES:
        path = folder / f"{name}.schema.json"
        path.write_text(json_schema(name), encoding="utf-8")
        paths.append(path)
    ids = folder / IDS
    if not ids.exists() or '"enum"' not in ids.read_text(encoding="utf-8"):
        ids.write_text(ids_schema(), encoding="utf-8")
        paths.append(ids)
    return paths
