"""What a file says before it is known to be right: its lists, without what has another shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from briefsite.load import Path, Value

Plain = Mapping[str, Any]
"""A mapping as a file has it."""
Mappings = Mapping[str, Sequence[tuple[Path, Plain]]]
"""The `mappings` of a file that rules ask for."""


def items(record: Plain, key: str) -> Sequence[Any]:
    """A list; empty if it is none."""
    found = record.get(key)
    return found if isinstance(found, tuple) else ()


def each(record: Plain, key: str) -> Iterator[tuple[int, Plain]]:
    """The mappings of a list, numbered."""
    for number, item in enumerate(items(record, key)):
        if isinstance(item, dict):
            yield number, item


def mappings(value: Value, keys: Set[str]) -> Mappings:
    """Every mapping below a value, itself included, with its path, by each of some keys it has."""
    found: dict[str, list[tuple[Path, Plain]]] = {}
    _add_mappings(value, (), keys, found)
    return found


def _add_mappings(
    value: Value, path: Path, keys: Set[str], found: dict[str, list[tuple[Path, Plain]]]
) -> None:
    # What a file says has no mappings or lists but these; all else has nothing below it.
    if type(value) is dict:
        for key, below in value.items():
            if key in keys:
                found.setdefault(key, []).append((path, value))
            if type(below) is dict or type(below) is tuple:
                _add_mappings(below, (*path, key), keys, found)
    elif type(value) is tuple:
        for number, below in enumerate(value):
            if type(below) is dict or type(below) is tuple:
                _add_mappings(below, (*path, number), keys, found)


def texts(record: Plain, key: str) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(item for item in items(record, key) if isinstance(item, str))
