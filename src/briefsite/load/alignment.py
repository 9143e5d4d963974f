"""Where each character of a scalar's value stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefsite.load.characters import BREAK
from briefsite.load.nodes import Node

# How a scalar in a flow style is written. A folded line break stands for one space, or for as
# many breaks as blank lines follow; an escaped one for nothing.
_FOLD = r"[ \t]*(?:\r\n|\n|\r)[ \t\r\n]*"
_PIECES = {
    "": re.compile(rf"(?P<fold>{_FOLD})|[^\r\n \t]+|[ \t]+"),
    "'": re.compile(rf"(?P<escape>'')|(?P<fold>{_FOLD})|[^'\r\n \t]+|[ \t]+"),
    '"': re.compile(
        r"(?P<nothing>\\(?:\r\n|\n|\r)[ \t]*)"
        r"|(?P<escape>\\(?:x.{2}|u.{4}|U.{8}|.))"
        rf"|(?P<fold>{_FOLD})|[^\\\r\n \t]+|[ \t]+"
    ),
}
_WORD = re.compile(r"\S+")


def aligned(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """Offsets into a scalar's value, each with the offset into the file it was read from.

    Between two pairs the value is written as it reads.
    """
    value = node.value if isinstance(node.value, str) else text[node.start : node.end]
    if node.style == "|":
        yield from _aligned_lines(text, node, value)
    elif node.style == ">":
        header = BREAK.search(text, node.start)
        words = _WORD.finditer(text, header.end() if header else node.start, node.end)
        for ours, theirs in zip(_WORD.finditer(value), words, strict=False):
            yield ours.start(), theirs.start()
    else:
        quote = len(node.style)
        at = 0
        for piece in _PIECES[node.style].finditer(text, node.start + quote, node.end - quote):
            yield at, piece.start()
            match piece.lastgroup:
                case "escape":
                    at += 1
                case "fold":
                    at += max(1, len(BREAK.findall(piece.group())) - 1)
                case None:
                    at += len(piece.group())


def _aligned_lines(text: str, node: Node, value: str) -> Iterator[tuple[int, int]]:
    header = BREAK.search(text, node.start)
    start, at = header.end() if header else node.start, 0
    for line in value.split("\n"):
        end = BREAK.search(text, start)
        stop = end.start() if end else len(text)
        yield at, max(start, stop - len(line))
        at += len(line) + 1
        start = end.end() if end else len(text)
