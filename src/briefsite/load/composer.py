"""Nodes from the events of a YAML parser, with limits enforced while they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

from briefsite.load.characters import HIDDEN, describe
from briefsite.load.nodes import MAX_DEPTH, MAX_NODES, Location, Node, resolve

if TYPE_CHECKING:
    from briefsite.load.document import Document

# The C parser is many times faster; its marks are exact.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"\S+")


def events(text: str) -> Iterator[Any]:
    """The events of a parser, each with its marks; raises a YAMLError where the text is no YAML."""
    found: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    return found


class RefusedError(Exception):
    """The file was refused; its problem is recorded."""


class Composer:
    """Builds nodes from parser events without recursion, so that depth is ours to bound."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[tuple[Node, Node | None]] = []
        self.root: Node | None = None
        self.count = 0
        self.documents = 0

    def compose(self) -> Node:
        for event in events(self.document.text):
            match type(event).__name__:
                case "ScalarEvent":
                    self._scalar(event)
                case "MappingStartEvent":
                    self._open(event, Node(*self._span(event), fields={}))
                case "SequenceStartEvent":
                    self._open(event, Node(*self._span(event), items=[]))
                case "MappingEndEvent" | "SequenceEndEvent":
                    node, _ = self.stack.pop()
                    node.end = event.end_mark.index
                case "AliasEvent":
                    self._refuse(event, "yaml-anchor", f"alias '*{event.anchor}' is not used here")
                case "DocumentStartEvent":
                    self.documents += 1
                    if self.documents > 1:
                        self._refuse(event, "yaml-documents", "a second document starts here")
        if self.root is None or (self.root.is_scalar and self.root.value is None):
            if not self.document.problems:  # of what was all that it held
                where = Location(1, 1)
                problem = self.document.problem(where, "yaml-empty", "the file holds no record")
                self.document.problems.append(problem)
            raise RefusedError
        return self.root

    def _span(self, event: Any) -> tuple[Location, int, int]:
        mark = event.start_mark
        return Location(mark.line + 1, mark.column + 1), mark.index, event.end_mark.index

    def _refuse(self, event: Any, code: str, message: str) -> None:
        where, _, _ = self._span(event)
        self.document.problems.append(self.document.problem(where, code, message))
        raise RefusedError

    def _written(self, event: Any) -> str:
        word = _WORD.match(self.document.text, event.start_mark.index)
        return word.group()[:80] if word else event.tag

    def _guard(self, event: Any) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self._refuse(event, "yaml-too-many", f"the file holds more than {MAX_NODES:,} values")
        if event.anchor is not None:
            self._refuse(event, "yaml-anchor", f"anchor '&{event.anchor}' is not used here")
        if event.tag is not None:
            self._refuse(event, "yaml-tag", f"tag '{self._written(event)}' is not used here")

    def _open(self, event: Any, node: Node) -> None:
        self._guard(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, "yaml-too-deep", f"nested deeper than {MAX_DEPTH} levels")
        self._place(event, node)
        self.stack.append((node, None))

    def _scalar(self, event: Any) -> None:
        self._guard(event)
        style = event.style or ""
        location, start, end = self._span(event)
        is_key = (
            bool(self.stack) and self.stack[-1][0].fields is not None and self.stack[-1][1] is None
        )
        value = event.value if is_key else resolve(event.value, plain=event.implicit[0])
        node = Node(location, start, end, style=style, value=value)
        self._place(event, node)
        # An escape such as "\u202e" hides from the look at the file's own characters.
        if style == '"' and (hidden := HIDDEN.search(event.value)):
            where = self.document.locate_inside(node, hidden.start())
            message = describe(hidden.group())
            problem = self.document.problem(where, "hidden-character", message, "remove it")
            self.document.problems.append(problem)

    def _place(self, event: Any, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent, key = self.stack[-1]
        if parent.items is not None:
            parent.items.append(node)
            return
        assert parent.fields is not None
        if key is None:
            if not node.is_scalar:
                self._refuse(event, "yaml-key", "a list or mapping stands where a key must")
            self.stack[-1] = (parent, node)
            return
        self.stack[-1] = (parent, None)
        name = str(key.value)
        if name in parent.fields:
            first = parent.keys[name].location.line
            self.document.problems.append(
                self.document.problem(
                    key.location,
                    "duplicate-key",
                    f"'{name[:80]}' was already given on line {first}",
                    "keep one of the two",
                )
            )
            return
        parent.fields[name] = node
        parent.keys[name] = key
