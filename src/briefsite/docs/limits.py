"""How much a hand-written page may hold: an engine's own Markdown takes the square of some of it.

Python-Markdown copies what is left of a paragraph with each mark it finds, looks for the end of
each bracket through the whole rest, gives headings of one name numbers by trying all, and calls
itself for each list in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pyromark

from briefsite.load import Document
from briefsite.model.markdown import Offsets, named
from briefsite.report import Problem

_MAX_LETTERS = 1 << 18
_MAX_PARAGRAPH = 10_000
_MAX_HEADINGS = 500
_MAX_BRACKETS = 1000
_MAX_DEPTH = 20
_HEADING = re.compile(r"^[ \t>*+-]*#|^[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_BRACKET = re.compile(r"[\[<]")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_CONTAINERS = frozenset({"BlockQuote", "List"})


def check_limits(text: str, path: str) -> Iterator[Problem]:
    """Where a hand-written page holds more than an engine gets through soon."""
    document = Document(path, text)

    def problem(offset: int, code: str, message: str) -> Problem:
        return document.problem(document.location(offset), code, message, "split the page")

    if len(text) > _MAX_LETTERS:
        message = f"a written page has at most {_MAX_LETTERS:,} characters"
        yield problem(_MAX_LETTERS, "file-too-large", message)
        return
    for found, most, what in (
        (_BRACKET, _MAX_BRACKETS, "opening brackets"),
        (_HEADING, _MAX_HEADINGS, "headings"),
    ):
        if beyond := next(islice(found.finditer(text), most, None), None):
            message = f"a written page has at most {most:,} {what}"
            yield problem(beyond.start(), "file-too-large", message)
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph.group()) > _MAX_PARAGRAPH:
            message = f"a paragraph has at most {_MAX_PARAGRAPH:,} characters"
            yield problem(paragraph.start(), "file-too-large", message)
    if (offset := _too_deep(text)) is not None:
        message = f"lists and quotations are nested at most {_MAX_DEPTH} deep"
        yield problem(offset, "yaml-too-deep", message)


def _too_deep(text: str) -> int | None:
    """Where the first list or quotation starts that lies in too many others."""
    depth = 0
    for event, span in pyromark.events_with_range(text):
        name, detail = named(event)
        if name in ("Start", "End") and named(detail)[0] in _CONTAINERS:
            depth += 1 if name == "Start" else -1
            if depth > _MAX_DEPTH:
                return Offsets(text).character(span["start"])
    return None
