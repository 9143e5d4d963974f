"""Every id that the files define, with what a person calls it: what an editor offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefsite.check.plain import each
from briefsite.check.references import DEFINED
from briefsite.check.shape import Reading
from briefsite.load import address
from briefsite.model.records import Brief, MapRecord, RecordKind, is_id

_NAMES = ("name", "title", "question", "text", "says")
_LONGEST = 200


def known_ids(readings: Sequence[Reading[Any]]) -> dict[RecordKind, dict[str, str]]:
    """Kind → id → name, also from files that have mistakes."""
    known: dict[RecordKind, dict[str, str]] = {}
    for reading in readings:
        for key, kind in DEFINED.get(reading.type, {}).items():
            for _, record in each(reading.plain, key):
                identity = record.get("id")
                if isinstance(identity, str) and is_id(identity):
                    known.setdefault(kind, {})[identity] = _name(record)
        if reading.type in (Brief, MapRecord):
            file_kind: RecordKind = "brief" if reading.type is Brief else "map"
            slug = address(reading.document.path)
            known.setdefault(file_kind, {})[slug] = _name(reading.plain)
    return known


def _name(record: Any) -> str:
    words = next((record[key] for key in _NAMES if isinstance(record.get(key), str)), "")
    return " ".join(words.split())[:_LONGEST]
