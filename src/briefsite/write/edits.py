"""Small changes to a file's text, in the style of what is there: a key, an item, a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefsite.load import Document, Edit, Node, Path
from briefsite.write.insert import is_flow
from briefsite.write.scalars import Written, item_lines, quoted


def insert_key(document: Document, behind: Path, key: str, value: str) -> Edit:
    """A new `key: value`, both in one line, behind the one-line value at a path."""
    node, parent = _at(document, behind), _at(document, behind[:-1])
    if is_flow(document, parent):
        return Edit(node.end, node.end, f", {key}: {value}")
    end = _line_end(document, node.end)
    indent = " " * (parent.keys[str(behind[-1])].location.column - 1)
    return Edit(end, end, f"{_newline(document)}{indent}{key}: {value}")


def insert_first(document: Document, path: Path, item: str) -> Edit:
    """A new first item, in one line, of the list at a path that is not empty."""
    node = _at(document, path)
    if is_flow(document, node):
        return Edit(node.start + 1, node.start + 1, f"{item}, " if node.items else item)
    start = node.start - node.location.column + 1
    indent = " " * (node.location.column - 1)
    return Edit(start, start, f"{indent}- {item}{_newline(document)}")


def insert_record(document: Document, key: str, record: Mapping[str, Written]) -> Edit:
    """A new first record of the list `key`, which is added at the end if it is not there."""
    new, node = _newline(document), document.node((key,))
    if node is not None and node.items is not None and is_flow(document, node):
        text = _flow(record)
        return Edit(node.start + 1, node.start + 1, f"{text}, " if node.items else text)
    if node is not None and node.items:
        start = node.start - node.location.column + 1
        return Edit(start, start, new.join([*item_lines(record, node.location.column - 1), ""]))
    end = len(document.text)
    lead = "" if document.text.endswith(("\n", "\r")) else new
    lines = [f"{key}:", *item_lines(record, 2)]
    return Edit(end, end, lead + new + new.join(lines) + new)


def _flow(value: Written) -> str:
    """A value in brackets, as far as it nests."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, str):
        return quoted(value, flow=True)
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


def _at(document: Document, path: Path) -> Node:
    node = document.node(path)
    if node is None:
        raise KeyError(path)
    return node


def _line_end(document: Document, offset: int) -> int:
    found = re.compile(r"\r\n|\n|\r").search(document.text, offset)
    return found.start() if found else len(document.text)


def _newline(document: Document) -> str:
    found = re.search(r"\r\n|\n|\r", document.text)
    return found.group() if found else "\n"
