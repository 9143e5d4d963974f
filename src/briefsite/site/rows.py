"""What is noted of each file of the site in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefsite.cache.survey import State
from briefsite.site.manifest import Placed

Row = tuple[str | None, str, State]
"""What a file was made from, if it can be told; SHA-256; and its state."""
Rows = Mapping[str, Row]


def folders_of(name: str) -> Iterable[str]:
    """The folders that a file is in, the innermost first."""
    parts = name.split("/")
    return ("/".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1))


def by_number(rows: Rows) -> Mapping[int, str]:
    """The name of each file by its number, which it keeps whatever it is called."""
    return {row[2][3]: name for name, row in rows.items()}


def placed_as(row: Row) -> Placed:
    """A file as it is while nobody has written to it."""
    return Placed(row[1], *row[2][1:4])
