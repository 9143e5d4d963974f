"""What a file says before it is known to be right: its lists, without what has another shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Plain = Mapping[str, Any]
"""A mapping as a file has it."""


def items(record: Plain, key: str) -> Sequence[Any]:
    """A list; empty if it is none."""
    found = record.get(key)
    return found if isinstance(found, tuple) else ()


def each(record: Plain, key: str) -> Iterator[tuple[int, Plain]]:
    """The mappings of a list, numbered."""
    for number, item in enumerate(items(record, key)):
        if isinstance(item, dict):
            yield number, item


def texts(record: Plain, key: str) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(item for item in items(record, key) if isinstance(item, str))
