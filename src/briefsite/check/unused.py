"""Records of the registry that nothing refers to.

Agreements carry their own evidence, and their parties' pages lead to them; the others are there to
be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import Path
from briefsite.model.records import RecordKind, Registry
from briefsite.model.walk import references
from briefsite.report import Problem

_LISTS: dict[str, tuple[RecordKind, str]] = {
    "topics": ("topic", "file a brief under it"),
    "sources": ("source", "cite it in a claim"),
    "actors": ("actor", "name it in a claim"),
    "places": ("place", "name it in a claim, show it on a map"),
}


def check_unused(readings: Sequence[Reading[Any]]) -> Iterator[Problem]:
    """What the registry describes and no other record names: one warning each.

    The files must be free of errors: a misspelt reference makes what it meant look unused.
    """
    named = {
        (reference.kind, reference.id)
        for reading in readings
        if reading.record is not None
        for reference in references(reading.record)
        if reference.id != _own_id(reading, reference.path)
    }
    for reading in readings:
        for key, (kind, hint) in _LISTS.items() if reading.type is Registry else ():
            for number, record in each(reading.plain, key):
                if (kind, record["id"]) not in named:
                    yield reading.document.problem(
                        reading.document.locate((key, number, "id")),
                        "unused-record",
                        f"nothing refers to {kind} '{record['id']}'",
                        f"{hint}, or take it out",
                    )


def _own_id(reading: Reading[Any], path: Path) -> object:
    """The id of the shared record that a reference stands in; of a brief's own parts, None.

    The publication has none either: it is no record of a list.
    """
    if reading.type is not Registry or path[0] == "publication":
        return None
    list_name, number = path[0], path[1]
    return reading.plain[str(list_name)][number].get("id")
