"""The quick way through a file with nothing wrong with it: its values, without their places.

It knows the plain style in which nearly all YAML is written by hand: blocks by indentation, texts
on one line or behind `|` and `>`, lists and mappings in brackets. Line by line that takes half the
time that a parser of all of YAML takes in C. Whatever could be a mistake, could be read in another
way, or could cost more than a good file does, is left to the slow way, which alone decides what is
wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from briefsite.load.nodes import OPENS_A_VALUE, Value, resolve_plain

# Blanks, what editors differ in, and white space at the end of a line, which some styles keep.
_LEFT_OUT = ("\t", "\r", " \n", "TODO")
_INDICATORS = ":,-?[{"

# A line within a block: what is indented, a dash, a key; a text that is nothing but text, or else.
_LINES = re.compile(
    r"( *)(- )?(?:([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +|(?=\n)))?"
    r"(?:((?!(?i:null|true|false)\n)[A-Za-z(][^:#\n]*|\d{4}-\d\d(?:-\d\d)?)(?=\n)|(.*))\n"
)
_QUOTES = r"\"((?:[^\"\\]|\\[\"\\])*)\"|'((?:[^']|'')*)'"
_QUOTED = re.compile(_QUOTES)
_MOST_LINES = 20
_ESCAPE = re.compile(r"\\(.)")
# What opens something else than a plain scalar, or may.
_SPECIAL = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NUMBER = re.compile(r"-[.\d]")
# Within brackets: texts without any sign that could mean something there.
_FLOW_PLAIN = r"[^-?:,\[\]{}#&*!|>'\"%@` ][^?:,\[\]{}#]*|-[.\d][\d.eE+-]*"
_FLOW_LIST = re.compile(rf"\[ *(?:(?:{_FLOW_PLAIN})(?:, *(?:{_FLOW_PLAIN}))*)?\]")
_FLOW = re.compile(
    rf" *(?:([\[\]{{}},])|([A-Za-z_][A-Za-z0-9_-]{{0,99}}): +|({_FLOW_PLAIN})"
    rf"|{_QUOTES})"
)
_FOLD = re.compile(r"\n(\n*)")


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


def read_quickly(text: str, *, max_depth: int, max_nodes: int) -> Quick | None:
    """The values of a YAML text without hidden characters, or None if the slow way must read it."""
    if (
        any(sign in text for sign in _LEFT_OUT)
        or not text.endswith("\n")
        or 2 * sum(map(text.count, _INDICATORS)) >= max_nodes
    ):
        return None
    try:
        return _Reader(text, max_depth).read()
    except _NotPlainError:
        return None


class _NotPlainError(Exception):
    """Something that only the slow way can tell about."""


class _Reader:
    def __init__(self, text: str, max_depth: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.max_depth = max_depth
        self.starts: dict[str, list[int]] = {}
        self.wrapped: set[str] = set()
        self.has_empty = False

    def read(self) -> Quick:
        root: dict[str, Value] = {}
        starts: list[int] = []
        # What is open, from the root on: how far it is indented, and where its parent has it.
        top: Any = root
        here = 0
        around: list[tuple[Any, int, Any]] = []
        slot: Any = ""
        awaited: str | None = None  # the key whose value stands below it
        lines, at = self.lines, 0
        rows = _LINES.findall(self.text)
        end = len(rows)
        while at < end:
            spaces, dash, name, text, rest = rows[at]
            at += 1
            if not name and not dash:
                if not text and (not rest or rest[0] == "#"):
                    continue
                raise _NotPlainError
            indent = len(spaces)
            if awaited is not None:
                if indent > here or (dash and indent == here):
                    around.append((top, here, slot))
                    self._check_depth(len(around))
                    below: Any = [] if dash else {}
                    if top is root and dash:
                        self.starts[awaited] = starts = []
                    top[awaited] = below
                    top, here, slot = below, indent, awaited
                else:
                    self.has_empty = True
                awaited = None
            while indent < here or (not dash and type(top) is list):
                closed, (top, here, slot_above) = top, around.pop()
                if type(closed) is list:
                    top[slot] = tuple(closed)
                slot = slot_above
            if indent != here:
                raise _NotPlainError
            if dash:
                if type(top) is not list:
                    raise _NotPlainError
                if len(around) == 1:
                    starts.append(at)
                if not name:
                    if not text or lines[at][indent : indent + 1] == " ":
                        text, at = self._value(text or rest, at, indent, len(around))
                    else:
                        text = _held_once(text)
                    top.append(text)
                    continue
                around.append((top, here, slot))
                self._check_depth(len(around))
                below = {}
                top.append(below)
                top, here, slot = below, indent + 2, None
            key = intern(name)
            if key in top:
                raise _NotPlainError
            if text and lines[at][here : here + 1] != " ":
                top[key] = _held_once(text)
            elif text or rest:
                value, at = self._value(text or rest, at, here, len(around))
                top[key] = value
                if top is root and isinstance(value, tuple):
                    self.starts[key] = [at] * len(value)
            else:
                top[key] = None
                awaited = key
        while around:
            closed, (top, _, slot_above) = top, around.pop()
            if type(closed) is list:
                top[slot] = tuple(closed)
            slot = slot_above
        if not root:
            raise _NotPlainError
        firsts = {name: tuple(numbers) for name, numbers in self.starts.items()}
        empty = self.has_empty or awaited is not None
        return Quick(root, firsts, frozenset(self.wrapped), empty)

    def _check_depth(self, depth: int) -> None:
        if depth >= self.max_depth:
            raise _NotPlainError

    def _value(self, text: str, at: int, indent: int, depth: int) -> tuple[Any, int]:
        """What stands behind a key or a dash, and how many lines are read then.

        `at` lines are read, `indent` is that of what holds it, so many levels deep.
        """
        first = text[0]
        if first not in _SPECIAL or (first == "-" and _NUMBER.match(text)):
            if ": " in text or " #" in text or text[-1] == ":":
                raise _NotPlainError
            if self.lines[at][indent : indent + 1] == " ":
                return self._wrapped(text, at, indent)
            return self._plain(text), at
        if first in "|>":
            return self._block(text, at, indent)
        if first in "\"'":
            return self._quoted(text, at, indent)
        if first in "[{":
            return self._flow(text, at, indent, depth)
        raise _NotPlainError

    def _plain(self, text: str) -> Value:
        if text[0] not in OPENS_A_VALUE:
            return _held_once(text)
        value = resolve_plain(text)
        if value is None:
            self.has_empty = True
        return value

    def _wrapped(self, text: str, at: int, indent: int) -> tuple[str, int]:
        """A text without quotes that goes on below."""
        pad = " " * (indent + 1)
        while (line := self.lines[at]).startswith(pad):
            below = line.lstrip(" ")
            if below[0] in _SPECIAL or ": " in below or " #" in below or below[-1] == ":":
                raise _NotPlainError
            text += f" {below}"
            at += 1
        behind = at
        while not line and behind < len(self.lines) - 1:
            behind += 1
            line = self.lines[behind]
        if line.startswith(pad):  # another paragraph of it
            raise _NotPlainError
        self.wrapped.add(text)
        return text, at

    def _quoted(self, text: str, at: int, indent: int) -> tuple[str, int]:
        """A text in quotes, on one line or on a few."""
        pad, last = " " * (indent + 1), at + _MOST_LINES
        while not (quoted := _QUOTED.fullmatch(text)):
            line = self.lines[at]
            if at == last or not line.startswith(pad):
                raise _NotPlainError
            text += f" {line.lstrip(' ')}"
            at += 1
        return _unquoted(quoted[1], quoted[2]), at

    def _block(self, header: str, start: int, indent: int) -> tuple[str, int]:
        """A literal or folded text."""
        if header not in ("|", "|-", ">", ">-"):
            raise _NotPlainError
        lines, first, at = self.lines, self.lines[start], start
        depth = len(first) - len(first.lstrip(" "))
        if depth <= indent:
            raise _NotPlainError
        pad = first[:depth]
        while at < len(lines) and (lines[at].startswith(pad) or not lines[at]):
            at += 1
        text = "\n".join([line[depth:] for line in lines[start:at]]).rstrip("\n")
        if header[0] == ">":
            if "\n " in text:  # which is not folded
                raise _NotPlainError
            text = _FOLD.sub(lambda breaks: breaks[1] or " ", text)
        if len(header) == 1:
            text += "\n"
        if header[0] == ">":
            self.wrapped.add(text)
        return text, at

    def _flow(self, text: str, at: int, indent: int, depth: int) -> tuple[Value, int]:
        """What stands in brackets, on one line or on several that break behind commas."""
        while text[-1] == "," and depth:
            line = self.lines[at]
            below = line.lstrip(" ")
            if len(line) - len(below) <= indent or not below:
                raise _NotPlainError
            at += 1
            text += f" {below}"
        if depth + 1 < self.max_depth and _FLOW_LIST.fullmatch(text):
            items = [item.strip(" ") for item in text[1:-1].split(",")]
            return tuple([self._plain(item) for item in items]) if items[0] else (), at
        value, end = self._flow_at(text, 0, depth + 1)
        if end != len(text):
            raise _NotPlainError
        return value, at

    def _flow_at(self, text: str, at: int, depth: int) -> tuple[Value, int]:
        found = _FLOW.match(text, at)
        if found is None or depth >= self.max_depth:
            raise _NotPlainError
        sign, _, plain, double, single = found.groups()
        at = found.end()
        if plain is not None:
            return self._plain(plain.rstrip(" ")), at
        if double is not None or single is not None:
            return _unquoted(double, single), at
        if sign == "[":
            return self._flow_list(text, at, depth + 1)
        if sign == "{":
            return self._flow_mapping(text, at, depth + 1)
        raise _NotPlainError

    def _flow_list(self, text: str, at: int, depth: int) -> tuple[Value, int]:
        items: list[Value] = []
        while True:
            item, at = self._flow_at(text, at, depth)
            items.append(item)
            at, sign = self._flow_sign(text, at)
            if sign == "]":
                return tuple(items), at
            if sign != ",":
                raise _NotPlainError

    def _flow_mapping(self, text: str, at: int, depth: int) -> tuple[Value, int]:
        fields: dict[str, Value] = {}
        while True:
            found = _FLOW.match(text, at)
            if found is None or found[2] is None or found[2] in fields:
                raise _NotPlainError
            fields[intern(found[2])], at = self._flow_at(text, found.end(), depth)
            at, sign = self._flow_sign(text, at)
            if sign == "}":
                return fields, at
            if sign != ",":
                raise _NotPlainError

    def _flow_sign(self, text: str, at: int) -> tuple[int, str | None]:
        found = _FLOW.match(text, at)
        if found is None:
            raise _NotPlainError
        return found.end(), found[1]


def _held_once(text: str) -> str:
    """A text; each word that is said again and again, as ids are, is the same object."""
    return text if " " in text else intern(text)


def _unquoted(double: str | None, single: str | None) -> str:
    """What stands within quotation marks of the one kind or the other."""
    if double is None:
        return (single or "").replace("''", "'")
    return _ESCAPE.sub(r"\1", double) if "\\" in double else double
