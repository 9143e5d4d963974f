"""One YAML file: what it says, where it says it, and what is wrong with it as a text."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from itertools import islice

from briefsite.load.alignment import aligned
from briefsite.load.characters import (
    BREAK,
    BYTE_ORDER_MARK,
    HIDDEN,
    MAX_HIDDEN,
    Written,
    describe,
)
from briefsite.load.nodes import MAX_DEPTH, MAX_NODES, Location, Node, Path, Value
from briefsite.load.quick import Quick, read_quickly
from briefsite.report import Problem

MAX_BYTES = 1 << 20

_CONFLICT_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)


@dataclass(slots=True)
class Document:
    """A file of the tree. One that could not be parsed has no `root`; `problems` says why.

    A file with nothing wrong with it is first read without the places of its values; its nodes
    are made when they are first asked for.
    """

    path: str
    text: str = ""
    """What is read: the file, without characters that none may hold."""
    problems: list[Problem] = field(default_factory=list)
    _root: Node | None = None
    _quick: Quick | None = None
    _plain: Value = None
    _written: Written | None = None
    _is_mended: bool = False
    _line_starts: list[int] = field(default_factory=list)
    _lines: dict[int, str] = field(default_factory=dict)
    _insides: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether the file could be parsed."""
        return self._quick is not None or self._root is not None

    @property
    def is_as_written(self) -> bool:
        """Whether the file holds the text that is read, so that it can be edited."""
        return not self._is_mended

    @property
    def root(self) -> Node | None:
        """The node of the whole file, or None if it could not be parsed."""
        if self._root is None and self._quick is not None:
            self._root = _compose(self)
        return self._root

    @property
    def plain(self) -> Value:
        """What the file says, without places; sequences are tuples. None if it is not read."""
        if self._quick is not None:
            return self._quick.value
        if self._plain is None and self._root is not None:
            self._plain = self._root.plain()
        return self._plain

    def value(self, path: Path) -> Value:
        """The value at `path` without its place, or None."""
        value = self.plain
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, tuple) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    @property
    def has_empty(self) -> bool:
        """Whether any value of the file is empty."""
        if self._quick is not None:
            return self._quick.has_empty
        return self._root is not None and any(map(_is_empty, self._root.walk()))

    def line_of(self, key: str, number: int) -> int:
        """The line of an item of a list at the top of the file."""
        if self._quick is not None:
            return self._quick.lines[key][number]
        return self.locate((key, number)).line

    def may_be_wrapped(self, text: str) -> bool:
        """Whether a text may stand on several lines without being a literal block."""
        return self._quick is None or text in self._quick.wrapped

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its newline."""
        # Kept, because thousands of problems may share one line of a megabyte.
        if number not in self._lines:
            starts = self._starts()
            if not 1 <= number <= len(starts):
                return ""
            end = starts[number] if number < len(starts) else len(self.text)
            self._lines[number] = self.text[starts[number - 1] : end].rstrip("\r\n")
        return self._lines[number]

    @property
    def first_line(self) -> str:
        """The text of the first line; the others are not looked for."""
        end = BREAK.search(self.text)
        return self.text[: end.start()] if end else self.text

    def location(self, offset: int) -> Location:
        """Line and column of a character offset."""
        starts = self._starts()
        line = bisect.bisect_right(starts, offset)
        return Location(line, offset - starts[line - 1] + 1)

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts = [0, *(m.end() for m in BREAK.finditer(self.text))]
        return self._line_starts

    def problem(self, where: Location, code: str, message: str, hint: str = "") -> Problem:
        """A problem in this file."""
        if self._written is None:
            excerpt = self.line(where.line)
        else:
            offset = self._starts()[where.line - 1] + where.column - 1
            where, excerpt = self._written.place(offset)
        return Problem(self.path, where.line, where.column, code, message, hint, excerpt)

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """Where the value at `path` stands (its key, if `key`); the nearest parent that exists."""
        node = self.root
        if node is None:
            return Location(1, 1)
        where = node.location
        for step in path:
            below = node.child(step)
            if below is None:
                break
            where = below.location
            if isinstance(step, str) and (key or (below.is_scalar and below.start == below.end)):
                where = node.keys[step].location
            node = below
        return where

    def node(self, path: Path) -> Node | None:
        """The node at `path`, or None."""
        node = self.root
        for step in path:
            node = node.child(step) if node is not None else None
        return node

    def locate_inside(self, node: Node, offset: int) -> Location:
        """Where character `offset` of a scalar's text stands in the file."""
        if node.start not in self._insides:
            pairs = list(aligned(self.text, node))
            self._insides[node.start] = ([v for v, _ in pairs], [t for _, t in pairs])
        values, texts = self._insides[node.start]
        if not values:
            return node.location
        piece = max(0, bisect.bisect_right(values, offset) - 1)
        return self.location(min(texts[piece] + offset - values[piece], node.end))


def _is_empty(node: Node) -> bool:
    return node.is_scalar and node.value is None


def load_document(path: str, data: bytes) -> Document:
    """Parse one file. Never raises for what the file holds."""
    document = Document(path)
    if len(data) > MAX_BYTES:
        document.problems.append(
            document.problem(
                Location(1, 1),
                "file-too-large",
                f"the file has more than {MAX_BYTES:,} bytes",
            )
        )
        return document
    try:
        document.text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        document.text = data[: error.start].decode("utf-8")
        where = document.location(len(document.text))
        byte = f"byte 0x{data[error.start]:02x} is not UTF-8"
        document.problems.append(document.problem(where, "not-utf8", byte, "save it as UTF-8"))
        return document
    if _check_characters(document):
        _parse(document)
    return document


def _check_characters(document: Document) -> bool:
    """Whether a text can be read; then without the characters that it may not hold."""
    if document.text.startswith(BYTE_ORDER_MARK):
        document.problems.append(
            document.problem(
                Location(1, 1),
                "byte-order-mark",
                "the file starts with a byte-order mark",
                "save it as UTF-8 without one",
            )
        )
        _read_instead(document, document.text[1:])
    has_mark = any(mark in document.text for mark in _CONFLICT_MARKS)
    if has_mark and (match := _CONFLICT.search(document.text)):
        document.problems.append(
            document.problem(
                document.location(match.start()),
                "merge-conflict",
                "a merge conflict was left in the file",
                "choose one side, and remove the marker lines",
            )
        )
        return False
    hidden = list(islice(HIDDEN.finditer(document.text), MAX_HIDDEN))
    for match in hidden:
        where = document.location(match.start())
        problem = document.problem(where, "hidden-character", describe(match.group()), "remove it")
        document.problems.append(problem)
    if hidden:
        written = Written(document.text)
        _read_instead(document, written.read)
        document._written = written
    return True


def _read_instead(document: Document, text: str) -> None:
    document.text, document._is_mended = text, True
    document._line_starts.clear()
    document._lines.clear()


def _parse(document: Document, *, quickly: bool = True) -> None:
    if quickly:
        document._quick = read_quickly(document.text, max_depth=MAX_DEPTH, max_nodes=MAX_NODES)
    if document._quick is None:
        document._root = _compose(document)


def _compose(document: Document) -> Node | None:
    # Most files are read without the parser, which takes long to import.
    from briefsite.load.syntax import compose

    return compose(document)
