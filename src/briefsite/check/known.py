"""Every id that the files define, with what a person calls it: what an editor offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from briefsite.check.index import DEFINED
from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import address
from briefsite.model.records import Brief, MapRecord, RecordKind, is_id
from briefsite.model.walk import Key

_NAMES = ("name", "title", "question", "text", "says")
_LONGEST = 200


def known_ids(readings: Sequence[Reading[Any]]) -> dict[RecordKind, dict[str, str]]:
    """Kind → id → name, also from files that have mistakes."""
    return _joined(map(_known_in, readings))


class KnownIds:
    """The ids of a project that is read again and again."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[Reading[Any], _Known, _Ids]] = {}

    def renewed(self, readings: Sequence[Reading[Any]]) -> dict[RecordKind, dict[str, str]] | None:
        """The `known_ids` of some readings; None if there are the same ids as the last time.

        Only what was read anew is looked into. A name alone is no news: it comes with the next id.
        """
        before, self._parts = self._parts, {}
        for reading in readings:
            path = reading.document.path
            known = before.get(path)
            if known is None or known[0] is not reading:
                part = _known_in(reading)
                known = reading, part, [(kind, identity) for kind, identity, _ in part]
            self._parts[path] = known
        if [ids for _, _, ids in self._parts.values()] == [ids for _, _, ids in before.values()]:
            return None
        return _joined(part for _, part, _ in self._parts.values())


_Known = Sequence[tuple[RecordKind, str, str]]
_Ids = Sequence[Key]


def _joined(parts: Iterable[_Known]) -> dict[RecordKind, dict[str, str]]:
    known: dict[RecordKind, dict[str, str]] = {}
    for part in parts:
        for kind, identity, name in part:
            known.setdefault(kind, {})[identity] = name
    return known


def _known_in(reading: Reading[Any]) -> _Known:
    known: list[tuple[RecordKind, str, str]] = []
    for key, kind in DEFINED.get(reading.type, {}).items():
        for _, record in each(reading.plain, key):
            identity = record.get("id")
            if isinstance(identity, str) and is_id(identity):
                known.append((kind, identity, _name(record)))
    if reading.type in (Brief, MapRecord):
        file_kind: RecordKind = "brief" if reading.type is Brief else "map"
        known.append((file_kind, address(reading.document.path), _name(reading.plain)))
    return known


def _name(record: Any) -> str:
    words = next((record[key] for key in _NAMES if isinstance(record.get(key), str)), "")
    return " ".join(words.split())[:_LONGEST]
