"""One YAML file: text to nodes, with limits enforced while events are read."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from briefsite.load.nodes import Location, Node, Path, Value, resolve
from briefsite.load.quick import Quick, read_quickly
from briefsite.report import Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
MAX_NODES = 100_000

# The C parser is many times faster; its marks are exact.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONFLICT_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
# Bidirectional controls reorder what a reviewer sees; the zero-width joiners stay, because
# Persian needs them. Line separators and C1 controls break consumers downstream.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

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
_BREAK = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Document:
    """A file of the tree. One that could not be parsed has no `root`; `problems` says why.

    A file with nothing wrong with it is first read without the places of its values; its nodes
    are made when they are first asked for.
    """

    path: str
    text: str = ""
    problems: list[Problem] = field(default_factory=list)
    _root: Node | None = None
    _quick: Quick | None = None
    _plain: Value = None
    _line_starts: list[int] = field(default_factory=list)
    _lines: dict[int, str] = field(default_factory=dict)
    _insides: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether the file could be parsed."""
        return self._quick is not None or self._root is not None

    @property
    def root(self) -> Node | None:
        """The node of the whole file, or None if it could not be parsed."""
        if self._root is None and self._quick is not None:
            self._root = _Composer(self).compose()
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
        end = _BREAK.search(self.text)
        return self.text[: end.start()] if end else self.text

    def location(self, offset: int) -> Location:
        """Line and column of a character offset."""
        starts = self._starts()
        line = bisect.bisect_right(starts, offset)
        return Location(line, offset - starts[line - 1] + 1)

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts = [0, *(m.end() for m in _BREAK.finditer(self.text))]
        return self._line_starts

    def problem(self, where: Location, code: str, message: str, hint: str = "") -> Problem:
        """A problem in this file."""
        excerpt = self.line(where.line)
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
            pairs = list(_aligned(self.text, node))
            self._insides[node.start] = ([v for v, _ in pairs], [t for _, t in pairs])
        values, texts = self._insides[node.start]
        if not values:
            return node.location
        piece = max(0, bisect.bisect_right(values, offset) - 1)
        return self.location(min(texts[piece] + offset - values[piece], node.end))


def _is_empty(node: Node) -> bool:
    return node.is_scalar and node.value is None


def _aligned(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """Offsets into a scalar's value, each with the offset into the file it was read from.

    Between two pairs the value is written as it reads.
    """
    value = node.value if isinstance(node.value, str) else text[node.start : node.end]
    if node.style == "|":
        yield from _aligned_lines(text, node, value)
    elif node.style == ">":
        header = _BREAK.search(text, node.start)
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
                    at += max(1, len(_BREAK.findall(piece.group())) - 1)
                case None:
                    at += len(piece.group())


def _aligned_lines(text: str, node: Node, value: str) -> Iterator[tuple[int, int]]:
    header = _BREAK.search(text, node.start)
    start, at = header.end() if header else node.start, 0
    for line in value.split("\n"):
        end = _BREAK.search(text, start)
        stop = end.start() if end else len(text)
        yield at, max(start, stop - len(line))
        at += len(line) + 1
        start = end.end() if end else len(text)


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
        document.problems.append(document.problem(where, "not-utf8", byte))
        return document
    _check_characters(document)
    if not document.problems:
        _parse(document)
    return document


def _check_characters(document: Document) -> None:
    if document.text.startswith("\ufeff"):
        document.problems.append(
            document.problem(
                Location(1, 1),
                "byte-order-mark",
                "the file starts with a byte-order mark",
                "save it as UTF-8 without one",
            )
        )
        return
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
        return
    for match in HIDDEN.finditer(document.text):
        document.problems.append(_hidden(document, match, document.location(match.start())))
        if len(document.problems) == 20:
            return


def without_hidden(text: str) -> str:
    """A text without the characters that no file may hold, and in one line."""
    seen = HIDDEN.sub("", " ".join(text.split()))
    return " ".join(seen.encode("utf-8", "ignore").decode("utf-8").split())


def _hidden(document: Document, match: re.Match[str], where: Location) -> Problem:
    name = unicodedata.name(match.group(), "control character").lower()
    message = f"U+{ord(match.group()):04X} ({name}) cannot be seen"
    return document.problem(where, "hidden-character", message, "remove it")


class _RefusedError(Exception):
    """The file was refused; its problem is recorded."""


def _parse(document: Document, *, quickly: bool = True) -> None:
    if quickly:
        document._quick = read_quickly(document.text, max_depth=MAX_DEPTH, max_nodes=MAX_NODES)
    if document._quick is not None:
        return
    try:
        document._root = _Composer(document).compose()
    except _RefusedError:
        pass
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(document, error))


def _syntax_problem(document: Document, error: yaml.YAMLError) -> Problem:
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    is_in_text = mark is not None and _is_second_colon(document.line(mark.line + 1), mark.column)
    # The parser goes on to the end of the file; what was never closed is where it began.
    if context and mark and mark.line > context.line and not is_in_text:
        for words, unclosed, hint in _UNCLOSED:
            if words in f"{error.context}: {message}":  # type: ignore[attr-defined]
                where = Location(context.line + 1, context.column + 1)
                return document.problem(where, "yaml-syntax", unclosed, hint)
    if "could not find expected ':'" in message:
        mark = context or mark
    where = Location(mark.line + 1, mark.column + 1) if mark else Location(1, 1)
    line = document.line(where.line)
    if line[where.column - 1 : where.column] == "\t" or line.lstrip(" ").startswith("\t"):
        column = line.index("\t") + 1
        return document.problem(
            Location(where.line, column),
            "yaml-tab",
            "a tab is used where YAML wants spaces",
            "indent with two spaces",
        )
    return document.problem(where, "yaml-syntax", message, _syntax_hint(message, is_in_text))


_UNCLOSED = (
    (
        "quoted scalar: found unexpected end of stream",
        "the quoted text that starts here is never closed",
        "write a quote inside it twice, or put it in the other quotes",
    ),
    (
        "flow sequence: did not find expected ',' or ']'",
        "the list that starts here is not closed",
        "close it with ']', and put commas between its values",
    ),
    (
        "flow mapping: did not find expected ',' or '}'",
        "the mapping that starts here is not closed",
        "close it with '}', and put commas between its values",
    ),
)


def _is_second_colon(line: str, column: int) -> bool:
    """Whether a colon stands at a place in a line behind that of a key."""
    return line[column : column + 1] == ":" and ": " in line[:column]


def _syntax_hint(message: str, is_in_text: bool) -> str:
    is_in_flow = message in ("did not find expected ',' or '}'", "did not find expected ',' or ']'")
    if "mapping values are not allowed" in message or (is_in_flow and is_in_text):
        return "put quotes around a text that holds ': '"
    if is_in_flow:
        return "put commas between the values, and quotes around the whole of a text"
    if "could not find expected ':'" in message or "expected ':'" in message:
        return "each line of a mapping is `key: value`"
    if message in ("did not find expected key", "did not find expected '-' indicator"):
        return "the indentation does not match the lines above, or a quote is not closed"
    if "found character that cannot start any token" in message:
        return "put quotes around a text that starts with @, `, % or a similar sign"
    return ""


class _Composer:
    """Builds nodes from parser events without recursion, so that depth is ours to bound."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[tuple[Node, Node | None]] = []
        self.root: Node | None = None
        self.count = 0
        self.documents = 0

    def compose(self) -> Node:
        events: Iterator[Any] = yaml.parse(self.document.text, Loader=_LOADER)
        for event in events:
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
            where = Location(1, 1)
            problem = self.document.problem(where, "yaml-empty", "the file holds no record")
            self.document.problems.append(problem)
            raise _RefusedError
        return self.root

    def _span(self, event: Any) -> tuple[Location, int, int]:
        mark = event.start_mark
        return Location(mark.line + 1, mark.column + 1), mark.index, event.end_mark.index

    def _refuse(self, event: Any, code: str, message: str) -> None:
        where, _, _ = self._span(event)
        self.document.problems.append(self.document.problem(where, code, message))
        raise _RefusedError

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
            self.document.problems.append(_hidden(self.document, hidden, where))

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
