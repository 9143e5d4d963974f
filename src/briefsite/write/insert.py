"""Text into a file that people keep by hand: everything else stays byte for byte."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefsite.cache.folder import write_whole
from briefsite.load import Document, Node
from briefsite.write.scalars import Layout, Written, item_lines

_COMMENT = re.compile(r"[ \t]*#")


class InsertError(Exception):
    """The list cannot be added to as it is written; the message says why, `line` where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Inserted:
    """A file's new text; its new lines are those from `start` on and before `stop`."""

    text: str
    start: int
    stop: int


def insert_item(document: Document, key: str, record: Mapping[str, Written]) -> Inserted:
    """A file with one record more in the list `key`, in its place if the list is sorted by id.

    Raises InsertError.
    """
    root = document.root
    assert root is not None
    lines = document.text.splitlines(keepends=True)
    end = next((found for found in ("\r\n", "\n", "\r") if found in document.text), "\n")
    node = (root.fields or {}).get(key)
    if node is None:
        return _spliced(lines, len(lines), ["", f"{key}:", *item_lines(record, 2)], end, skip=1)
    if is_flow(document, root):
        raise InsertError(root.location.line, "the file is written in braces: write it in lines")
    if not node.items:
        return _into_empty(document, lines, key, record, end)
    if is_flow(document, node):
        message = f"'{key}' is written in brackets: give each of its items a line with a dash"
        raise InsertError(node.location.line, message)
    return _among(document, lines, node.items, node.location.column - 1, record, end)


def _among(
    document: Document,
    lines: list[str],
    items: list[Node],
    dash: int,
    record: Mapping[str, Written],
    end: str,
) -> Inserted:
    new = item_lines(record, dash, _layout(items, dash))
    ids = [_id(item) for item in items]
    known = [identity for identity in ids if identity is not None]
    wanted = str(record["id"])
    later = next((n for n, identity in enumerate(ids) if identity and identity > wanted), None)
    if known != sorted(known) or len(known) != len(items):
        later = None
    starts = [_start_of(lines, item.location.line - 1) for item in items]
    ends = [_end_of(document, lines, item, dash) for item in items]
    gaps = zip(ends, starts[1:], strict=False)
    apart = any(not line.strip() for stop, start in gaps for line in lines[stop:start])
    if later is not None:
        return _spliced(lines, starts[later], [*new, ""] if apart else new, end, drop=apart)
    return _spliced(lines, ends[-1], ["", *new] if apart else new, end, skip=int(apart))


def _into_empty(
    document: Document, lines: list[str], key: str, record: Mapping[str, Written], end: str
) -> Inserted:
    """A list that is there by name only: `key:` or `key: []`."""
    assert document.root is not None
    name, node = document.root.keys[key], (document.root.fields or {})[key]
    number = name.location.line - 1
    if node.items is not None:
        line = lines[number]
        bare, count = re.subn(r"\[\s*\]", "", line, count=1)
        if not count:
            raise InsertError(number + 1, f"'{key}' is written in brackets")
        lines = [*lines[:number], bare.rstrip() + end, *lines[number + 1 :]]
    elif node.value is not None:
        raise InsertError(number + 1, f"'{key}' is no list")
    return _spliced(lines, number + 1, item_lines(record, 2), end)


def _spliced(
    lines: list[str], at: int, new: list[str], end: str, *, skip: int = 0, drop: bool = False
) -> Inserted:
    """Lines with others put before line `at`, from 0; the first `skip` of those only part."""
    before = list(lines[:at])
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    text = "".join([*before, *(f"{line}{end}" for line in new), *lines[at:]])
    return Inserted(text, at + skip + 1, at + len(new) + 1 - drop)


def is_flow(document: Document, node: Node) -> bool:
    """Whether a list or a mapping is written in brackets or braces."""
    return document.text[node.start : node.start + 1] in ("[", "{")


def _id(item: Node) -> str | None:
    identity = item.child("id")
    return identity.value if identity is not None and isinstance(identity.value, str) else None


def _layout(items: list[Node], dash: int) -> Layout:
    """How what is nested in the items that are there is indented."""
    step, nested_dash = 2, 2 if dash else 0
    for item in items:
        own = item.location.column
        for key, node in (item.fields or {}).items():
            # A mapping's place is that of its first key, a list's that of its first dash.
            if node.location.line == item.keys[key].location.line:
                continue
            if node.fields:
                step = node.location.column - own
            elif node.items:
                nested_dash = node.location.column - own
    return Layout(step, nested_dash)


def _start_of(lines: list[str], number: int) -> int:
    """The line at which an item begins: that of its dash, or of the comments right above it."""
    while number > 0 and _COMMENT.match(lines[number - 1]):
        number -= 1
    return number


def _end_of(document: Document, lines: list[str], item: Node, dash: int) -> int:
    """The line behind an item, and behind the comments in it."""
    last = max(node.end for node in item.walk() if node.is_scalar or is_flow(document, node))
    content = document.text[: max(last, item.start + 1)].rstrip()
    number = document.location(len(content)).line
    while number < len(lines) and (match := _COMMENT.match(lines[number])):
        if match.end() - 1 <= dash:
            break
        number += 1
    return number


def write_text(path: Path, text: str) -> None:
    """Write a file of the project in one step, open to whom it was open. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    write_whole(path, text.encode(), mode=mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
