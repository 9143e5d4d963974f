"""The quick way through a file with nothing wrong with it: its values, without their places.

The C parser composes such a file in a third of the time that nodes take. Whatever could be a
mistake, or could cost more than a good file does, is left to the slow way, which alone decides
what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from briefsite.load.nodes import Value, resolve_plain

if TYPE_CHECKING:
    _CParser: type[Any]
else:
    _CParser = getattr(yaml.cyaml, "CParser", None) if yaml.__with_libyaml__ else None

# The C composer follows collections by recursion. What opens one in a flow style is counted; in
# a block style each stands further right than the one around it.
_MAX_OPENED = 1_000
_DEEP = re.compile(r"^[ ?:-]{100}", re.MULTILINE)
_INDICATORS = ":,-?[{"
# Anchors, tags and aliases, and texts that look like one.
_PROPERTY = re.compile(r"(?:^|[\s\[{,:?-])(?:&[\w-]|!)")


@dataclass(frozen=True, slots=True)
class Quick:
    """The values of a file; the first line of each item of the lists at its top.

    `wrapped` are the texts that stand on several lines and are no literal blocks; `has_empty` says
    whether anything is empty.
    """

    value: Value
    lines: Mapping[str, tuple[int, ...]]
    wrapped: frozenset[str]
    has_empty: bool


def read_quickly(
    text: str, *, hidden: re.Pattern[str], max_depth: int, max_nodes: int
) -> Quick | None:
    """The values of a YAML text, or None if it must be read the slow way."""
    if (
        _CParser is None
        or text.count("[") + text.count("{") > _MAX_OPENED
        or 2 * sum(map(text.count, _INDICATORS)) >= max_nodes
        or _DEEP.search(text)
        or (("&" in text or "!" in text) and _PROPERTY.search(text))
        or "TODO" in text  # a blank
    ):
        return None
    try:
        root = _parser()(text).get_single_node()
        if root is None:
            return None
        reader = _Reader(hidden, max_depth)
        value = reader.read(root, 0)
    except (yaml.YAMLError, _NotPlainError):
        return None
    if value is None:
        return None
    return Quick(value, _lines(root), frozenset(reader.wrapped), reader.has_empty)


def _parser() -> type[Any]:
    return _Parser


if _CParser is not None:

    class _Parser(_CParser):  # type: ignore[misc]
        """Composes nodes without looking for what their tags could be."""

        def resolve(self, kind: object, value: object, implicit: object) -> None:
            return None

        def descend_resolver(self, parent: object, index: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass


class _NotPlainError(Exception):
    """Something only the slow way can tell about."""


class _Reader:
    def __init__(self, hidden: re.Pattern[str], max_depth: int) -> None:
        self.hidden = hidden
        self.max_depth = max_depth
        self.wrapped: set[str] = set()
        self.has_empty = False

    def read(self, node: Any, depth: int) -> Value:
        kind = type(node)
        if kind is yaml.ScalarNode:
            return self._scalar(node)
        if depth >= self.max_depth:
            raise _NotPlainError
        depth += 1
        if kind is yaml.SequenceNode:
            return tuple([self.read(item, depth) for item in node.value])
        fields: dict[str, Value] = {}
        for key, below in node.value:
            if type(key) is not yaml.ScalarNode or key.value in fields:
                raise _NotPlainError
            if key.style == '"' and self.hidden.search(key.value):
                raise _NotPlainError
            fields[key.value] = self.read(below, depth)
        return fields

    def _scalar(self, node: Any) -> Value:
        style, text = node.style, str(node.value)
        if not style:
            # A line break is read as a space, or as breaks.
            if (" " in text or "\n" in text) and node.start_mark.line != node.end_mark.line:
                self.wrapped.add(text)
            value = resolve_plain(text)
            self.has_empty = self.has_empty or value is None
            return value
        if style == ">":
            self.wrapped.add(text)
        elif style == '"' and self.hidden.search(text):
            raise _NotPlainError
        return text


def _lines(root: Any) -> dict[str, tuple[int, ...]]:
    if type(root) is not yaml.MappingNode:
        return {}
    return {
        key.value: tuple([item.start_mark.line + 1 for item in below.value])
        for key, below in root.value
        if type(below) is yaml.SequenceNode
    }
