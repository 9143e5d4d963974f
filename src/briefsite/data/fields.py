"""The reference of fields: every record, field by field, from the schema that editors use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefsite.model import records
from briefsite.model.records import Record
from briefsite.model.records.fields import SLUG
from briefsite.model.schema import FILES, json_schema

_WHERE = {
    "brief": "A brief: a file in `briefs/`",
    "translation": "A translation of a brief: a file `briefs/BRIEF.LANGUAGE.yaml`",
    "registry": "The registry: files in `briefs/registry/`",
    "map": "A map: a file in `maps/`",
}
_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}
Shape = Mapping[str, Any]


def fields_page() -> str:
    """Every record with its fields as a list, in Markdown, by the file it stands in."""
    shown: set[str] = set()
    parts = []
    for name in FILES:
        schema = json.loads(json_schema(name))
        shapes = {FILES[name].__name__: schema, **schema["$defs"]}
        parts.append(f"### {_WHERE[name]}\n")
        for record in _reached(FILES[name].__name__, shapes):
            if record not in shown:
                shown.add(record)
                parts.append("\n".join(_record(record, shapes[record])))
    return "\n".join(parts)


def _reached(start: str, shapes: Mapping[str, Shape]) -> list[str]:
    """The names of the records within a record, each before what lies within it."""
    found = [start]
    for name in found:
        for key in _keys(name):
            inner = _of_record(shapes[name]["properties"][key])
            if inner is not None and inner not in found:
                found.append(inner)
    return found


def _of_record(field: Shape) -> str | None:
    """The record that a field holds, or holds a list of."""
    for shape in _shapes(field):
        reference = str(shape.get("$ref", ""))
        if reference.startswith("#/$defs/"):
            return reference.removeprefix("#/$defs/")
        if "items" in shape:
            return _of_record(shape["items"])
    return None


def _shapes(field: Shape) -> list[Shape]:
    """What a field may be; that it may be left out is said elsewhere."""
    given: list[Shape] = field.get("anyOf") or field.get("oneOf") or [field]
    return [shape for shape in given if shape.get("type") != "null"]


def _record(name: str, schema: Shape) -> Iterator[str]:
    yield f"#### {name}\n"
    yield f"{schema['description']}\n"
    needed = schema.get("required", ())
    for key in _keys(name):
        field = schema["properties"][key]
        value = f"{_value(field)}, needed" if key in needed else _value(field)
        meaning = " ".join(field["description"].split())
        yield f"- `{key}` ({value}): {meaning}{_example(field)}"
    yield ""


def _keys(name: str) -> list[str]:
    """The keys of a record in its own order; the schema's is that of the alphabet."""
    record: type[Record] = getattr(records, name)
    return [field.alias or key for key, field in record.model_fields.items()]


def _value(field: Shape) -> str:
    return " or ".join(dict.fromkeys(_one(shape) for shape in _shapes(field)))


def _one(shape: Shape) -> str:
    reference = str(shape.get("$ref", ""))
    if "/$defs/" in reference:
        name = reference.rpartition("/")[2]
        own = reference.startswith("#")
        return f"[{name}](#{name.lower()})" if own else f"id of {_article(name)}"
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return "one of " + ", ".join(f"`{choice}`" for choice in shape["enum"])
    if shape.get("type") == "array":
        return _list(shape)
    if isinstance(shape.get("type"), list):
        return "[date](#dates)"
    if shape.get("pattern") == f"^{SLUG.pattern}$":
        return "id"
    return _WORDS[shape["type"]] + _bounds(shape)


def _list(shape: Shape) -> str:
    size = shape.get("minItems")
    if size is not None and size == shape.get("maxItems"):
        return "[longitude, latitude]"
    at_least = f", at least {size}" if size and size > 1 else ""
    return f"list: {_value(shape['items'])}{at_least}"


def _bounds(shape: Shape) -> str:
    if "minimum" in shape and "maximum" in shape:
        return f" from {shape['minimum']:g} to {shape['maximum']:g}"
    if "exclusiveMinimum" in shape and "maximum" in shape:
        return f" above {shape['exclusiveMinimum']:g}, to {shape['maximum']:g}"
    if shape.get("type") == "string" and "maxLength" in shape:
        return f" of up to {shape['maxLength']:,} characters"
    return ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _example(field: Shape) -> str:
    """Of texts and numbers; an id or a date looks like any other."""
    if _value(field).endswith("[date](#dates)") or re.search(r"\bid\b", _value(field)):
        return ""
    for shape in (field, *_shapes(field), *(each.get("items", {}) for each in _shapes(field))):
        for example in shape.get("examples", ()):
            items = example if isinstance(example, list) else [example]
            shown = ", ".join(f"`{item}`" for item in items)
            return f" Such as {shown}{'' if shown.endswith('.`') else '.'}"
    return ""
