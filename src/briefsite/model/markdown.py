"""Events of the Markdown parser, as both readers of Markdown want them."""

from __future__ import annotations

from typing import Any


def named(event: Any) -> tuple[str, Any]:
    """The name of a parser event, and what comes with it."""
    return (event, None) if isinstance(event, str) else next(iter(event.items()))


class Offsets:
    """Characters for the parser's bytes.

    Remembers the last answer: events come nearly in order, and each is reached from the one before.
    """

    def __init__(self, source: str) -> None:
        self._encoded = source.encode()
        self._same = len(self._encoded) == len(source)
        self._cursor = (0, 0)

    def character(self, byte: int) -> int:
        """The offset in characters of an offset in bytes."""
        if self._same:
            return byte
        last_byte, last = self._cursor
        if byte >= last_byte:
            last += len(self._encoded[last_byte:byte].decode())
        else:
            last -= len(self._encoded[byte:last_byte].decode())
        self._cursor = (byte, last)
        return last
