"""The nodes of a file, or what a YAML parser refuses in an author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from briefsite.load.characters import BREAK, OTHER_SPACES
from briefsite.load.composer import Composer, RefusedError, events
from briefsite.load.nodes import Location, Node
from briefsite.lookalikes import describe_space
from briefsite.report import Problem

if TYPE_CHECKING:
    from briefsite.load.document import Document


def compose(document: Document) -> Node | None:
    """The node of a whole file; None if it could not be parsed, and one more problem says why."""
    try:
        return Composer(document).compose()
    except RefusedError:
        return None
    except yaml.YAMLError as error:
        document.problems.append(_problem(document, error))
        return None


def _problem(document: Document, error: yaml.YAMLError) -> Problem:
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    if mark is not None and (space := _strange_space(document.text, mark.index)) is not None:
        what = f"{describe_space(document.text[space])} stands where YAML wants spaces"
        hint = "indent and separate with plain spaces"
        return document.problem(document.location(space), "yaml-syntax", what, hint)
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
    end = document.location(len(document.text))
    if where.line > end.line:  # the parser ends the last line where the file does not
        where = end
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


# What stands before the text of a line, and behind it where a block of text begins.
_AROUND_TEXT = re.compile(
    rf"^[ \-{OTHER_SPACES}]*(?:\w[\w-]*:[ {OTHER_SPACES}]*(?:[|>][+\-\d]*[ {OTHER_SPACES}]*$)?)?",
    re.MULTILINE,
)
_OTHER_SPACE = re.compile(f"[{OTHER_SPACES}]")


def _strange_space(text: str, stopped: int) -> int | None:
    """The last space that is no plain one, if for its like the parser stopped where it did.

    It reads such a space as a letter, and stops a line or more behind it, for another reason.
    """
    if not _OTHER_SPACE.search(text):
        return None
    mended = _AROUND_TEXT.sub(lambda found: _OTHER_SPACE.sub(" ", found.group()), text)
    if mended == text or not _is_read_beyond(mended, stopped):
        return None
    end = BREAK.search(text, stopped)
    place = None
    for around in _AROUND_TEXT.finditer(text, 0, end.start() if end else len(text)):
        if found := _OTHER_SPACE.search(text, *around.span()):
            place = found.start()
    return place


def _is_read_beyond(text: str, stopped: int) -> bool:
    """Whether a parser comes further in a text than to a place, or to its end."""
    try:
        for event in events(text):
            if event.start_mark.index > stopped:
                break
    except yaml.YAMLError:
        return False
    return True


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
