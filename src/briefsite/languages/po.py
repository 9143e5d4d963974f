"""A gettext catalogue as text: its entries, each with its place.

Babel writes catalogues and brings them up to date; they are read here, because what comes from
strangers must give a problem with its line and column, and Babel knows the line of a message only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(
    r"""(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<form>[0-9])\])?)?[ \t]*"""
    r""""(?P<text>(?:[^"\\]|\\[nt"\\])*)"[ \t]*"""
)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
# What may stand behind what.
_NEXT = {
    "": {"msgctxt", "msgid"},
    "msgctxt": {"msgid"},
    "msgid": {"msgid_plural", "msgstr"},
    "msgid_plural": {"msgstr"},
    "msgstr": {"msgctxt", "msgid", "msgstr"},
}


class PoError(Exception):
    """A line that cannot be read: its number and column, from 1, and why."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


@dataclass(slots=True)
class Text:
    """A text of a catalogue, and the place of its first letter, counted from 1."""

    value: str
    line: int
    column: int


@dataclass(slots=True)
class Entry:
    """A message with its translations; `forms` are the plural ones, or the only one at 0."""

    message: Text
    context: str = ""
    plural: Text | None = None
    forms: dict[int, Text] = field(default_factory=dict)
    fuzzy: bool = False
    """A guess that a person has not looked at: it is not used."""


def read_entries(text: str) -> Iterator[Entry]:
    """The entries of a catalogue, its header the first of them. Raises PoError."""
    entry: Entry | None = None
    last: Text | None = None
    at, state, context, fuzzy = 1, "", "", False
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip(" \t\r")
        if not bare or bare.startswith("#"):
            fuzzy = fuzzy or (bare.startswith("#,") and "fuzzy" in bare)
            last = None
            continue
        column = len(line) - len(line.lstrip(" \t")) + 1
        match = _LINE.fullmatch(bare)
        if match is None:
            raise PoError(number, column, "this is no line of a catalogue")
        keyword = (match["keyword"] or "").partition("[")[0]
        value = re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], match["text"])
        if not keyword:
            if last is None:
                raise PoError(number, column, "a text that belongs to nothing")
            last.value += value
            if state == "msgctxt":
                context = last.value
            continue
        if keyword not in _NEXT[state]:
            raise PoError(number, column, f"'{keyword}' cannot stand here")
        at, state, last = number, keyword, Text(value, number, column + match.start("text"))
        if keyword == "msgctxt":
            context = value
        elif keyword == "msgid":
            if entry is not None:
                yield entry
            entry = Entry(last, context, fuzzy=fuzzy)
            context, fuzzy = "", False
        elif entry is not None and keyword == "msgid_plural":
            entry.plural = last
        elif entry is not None:
            entry.forms[int(match["form"] or 0)] = last
    if state not in ("", "msgstr"):
        raise PoError(at, 1, "the last message has no translation")
    if entry is not None:
        yield entry
