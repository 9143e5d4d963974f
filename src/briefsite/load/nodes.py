"""Nodes: values of a YAML file with the place each was written at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | Blank | tuple[Value, ...] | dict[str, Value] | None"
Path = tuple[str | int, ...]

MAX_DEPTH = 24
MAX_NODES = 100_000

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BLANK = re.compile(r"\s*TODO\b:?")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
OPENS_A_VALUE = frozenset("-+.0123456789~nNtTfF") | {""}
# Longer digit strings are names or mistakes, and int() of them takes quadratic time.
_MAX_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that is still to be written, `TODO: what belongs here`; `hint` is what stands behind.

    It is of no type: every field refuses it, and every rule about texts passes it by.
    """

    hint: str

    def __str__(self) -> str:
        return f"TODO: {self.hint}"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a text: line and column count characters from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A scalar (`value`), a sequence (`items`) or a mapping (`fields` and the nodes of its keys).

    `start` and `end` are character offsets into the file's text.
    """

    location: Location
    start: int
    end: int
    style: str = ""
    value: bool | int | float | str | Blank | None = None
    items: list[Node] | None = None
    fields: dict[str, Node] | None = None
    keys: dict[str, Node] = field(default_factory=dict)

    @property
    def is_scalar(self) -> bool:
        return self.items is None and self.fields is None

    def plain(self) -> Value:
        """The value without its place; sequences become tuples."""
        if self.fields is not None:
            return {key: node.plain() for key, node in self.fields.items()}
        if self.items is not None:
            return tuple(node.plain() for node in self.items)
        return self.value

    def child(self, step: str | int) -> Node | None:
        """The node one step down, or None."""
        if isinstance(step, str):
            return self.fields.get(step) if self.fields is not None else None
        if self.items is not None and 0 <= step < len(self.items):
            return self.items[step]
        return None

    def walk(self) -> Iterator[Node]:
        """This node, then everything below it, keys included."""
        yield self
        yield from self.keys.values()
        for node in self.items or (self.fields or {}).values():
            yield from node.walk()


def resolve(text: str, *, plain: bool) -> bool | int | float | str | Blank | None:
    """A scalar by the YAML 1.2 core schema; quoted and block scalars are text, or a blank.

    Unlike YAML 1.1, `NO`, `on`, `1:30` and `2012-02-05` stay text. A number with leading zeros
    stays text too: `0882` is a year.
    """
    if blank := _BLANK.match(text):
        return Blank(" ".join(text[blank.end() :].split()))
    return resolve_plain(text) if plain else text


def resolve_plain(text: str) -> bool | int | float | str | None:
    """A scalar without quotes, by the YAML 1.2 core schema, if it is no blank."""
    if text[:1] not in OPENS_A_VALUE:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if len(text) <= _MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text
