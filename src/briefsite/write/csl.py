"""CSL-JSON, whose names our sources use already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from briefsite.model.records import SourceType
from briefsite.write.citation import CitationError, Entry, date_of, language, pages

_TYPES: Mapping[str, str] = {
    "bill": "legislation",
    "motion_picture": "broadcast",
    "paper-conference": "chapter",
    "post": "post-weblog",
    "manuscript": "document",
    "thesis": "document",
    **{name: name for name in get_args(SourceType)},
}
_FIELDS = (
    "title", "container-title", "publisher", "volume", "issue", "page", "URL", "DOI", "language",
)  # fmt: skip


def read_csl(text: str) -> list[Entry]:
    """Every item of a CSL-JSON file. Raises CitationError."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise CitationError(error.lineno, f"this is no JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise CitationError(1, "this is nested too deep") from None
    items = found if isinstance(found, list) else [found]
    if not all(isinstance(item, dict) for item in items):
        raise CitationError(1, "CSL-JSON is a list of items in braces")
    return [_entry(item) for item in items]


def _entry(item: Mapping[str, Any]) -> Entry:
    entry = Entry(str(item.get("id", "")), 1)
    kind = _TYPES.get(str(item.get("type")))
    if kind:
        entry.fields["type"] = kind
    else:
        entry.dropped.append(f"type {item.get('type')}")
    for key, value in item.items():
        if key in _FIELDS and isinstance(value, str | int):
            entry.fields[key] = str(value)
        elif key == "author" and isinstance(value, list):
            for person in value:
                if isinstance(person, dict):
                    entry.add_author(*_name(person))
        elif key in ("issued", "accessed") and isinstance(value, dict):
            entry.dates[key] = _date(value)
        elif key not in ("id", "type"):
            entry.dropped.append(key)
    for key, read in (("page", pages), ("language", language)):
        if key in entry.fields:
            entry.fields[key] = read(entry.fields[key])
    return entry


def _name(person: Mapping[str, Any]) -> tuple[str, str]:
    family = " ".join(
        str(person[key]) for key in ("non-dropping-particle", "family") if person.get(key)
    )
    return family or str(person.get("literal", "")), str(person.get("given", ""))


def _date(value: Mapping[str, Any]) -> str:
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and all(isinstance(part, list) for part in parts):
        return "/".join(date_of(part) for part in parts[:2])
    return str(value.get("raw") or value.get("literal") or "")
