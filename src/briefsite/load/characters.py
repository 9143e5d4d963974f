"""Characters that no file may hold: what is told of them, and the text without them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from briefsite.load.nodes import Location

BREAK = re.compile(r"\r\n|\n|\r")
# Bidirectional controls reorder what a reviewer sees. What Unicode calls default ignorable is not
# drawn at all: a text can be written in it. The zero-width joiners stay, because Persian needs
# them. Line separators and C1 controls break consumers downstream.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
MAX_HIDDEN = 20
"""Of how many hidden characters a file is told: one of nothing else would fill a log."""
# They look like a space, and are none to a parser.
OTHER_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BYTE_ORDER_MARK = "\ufeff"
# A separator between two words parts them, whatever editors make of it.
_PARTING = re.compile(r"(?<=\w)[\x0b\x0c\x1c-\x1f\x85\u2028\u2029](?=\w)")


class Written:
    """A text as it was written, where another is read that lacks some of its characters."""

    def __init__(self, text: str) -> None:
        self._text = text
        gone = (match.start() for match in HIDDEN.finditer(_parted(text)))
        # Before which characters of the other they stood.
        self._gone = [at - number for number, at in enumerate(gone)]
        self._starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self._lines: dict[int, str] = {}

    @property
    def read(self) -> str:
        """The text that is read."""
        return HIDDEN.sub("", _parted(self._text))

    def place(self, offset: int) -> tuple[Location, str]:
        """Where a character of the text that is read was written, and the line it is in."""
        offset += bisect_right(self._gone, offset)
        number = bisect_right(self._starts, offset)
        start = self._starts[number - 1]
        if number not in self._lines:  # which thousands of problems may share
            end = BREAK.search(self._text, start)
            self._lines[number] = self._text[start : end.start() if end else len(self._text)]
        return Location(number, offset - start + 1), self._lines[number]


def _parted(text: str) -> str:
    """A text with spaces for those hidden characters that part two words."""
    return _PARTING.sub(" ", text)


def without_hidden(text: str) -> str:
    """A text without the characters that no file may hold, and in one line."""
    seen = HIDDEN.sub("", " ".join(text.split()))
    return " ".join(seen.encode("utf-8", "ignore").decode("utf-8").split())


def describe(hidden: str) -> str:
    """What is said of a character that cannot be seen."""
    name = unicodedata.name(hidden, "control character").lower()
    return f"U+{ord(hidden):04X} ({name}) cannot be seen"
