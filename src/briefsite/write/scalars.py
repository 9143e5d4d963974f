"""Values as YAML text: each is read back as what it was."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefsite.load import resolve
from briefsite.model.dates import Edtf

WIDTH = 96
# What is read as it stands: it begins with a letter or digit, and neither `: ` nor ` #` is in it.
_PLAIN = re.compile(r"[^\W_](?:[^\s:#]| (?!#)|(?<=\S)#|:(?=\S))*")
_ENDS_IN_BRACKETS = re.compile(r"[,\[\]{}:]")
_IN_BRACKETS = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True, slots=True)
class Todo:
    """A blank that is left for the author; `prose` is written behind a `|`."""

    hint: str
    prose: bool = False

    def __str__(self) -> str:
        return f"TODO: {self.hint}"


Written = str | int | float | Edtf | Todo | Sequence["Written"] | Mapping[str, "Written"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is indented: nested mappings by `step` spaces, nested lists by `dash`."""

    step: int = 2
    dash: int = 2


def mapping_lines(
    record: Mapping[str, Written], indent: int = 0, layout: Layout | None = None
) -> list[str]:
    """The lines of a mapping whose keys stand at a column, counted from 0."""
    how = layout or Layout()
    lines = []
    for key, value in record.items():
        lines += _entry(key, value, indent, how)
    return lines


def item_lines(
    record: Mapping[str, Written], indent: int = 0, layout: Layout | None = None
) -> list[str]:
    """The lines of a mapping as an item of a list, whose dash stands at a column."""
    first, *others = mapping_lines(record, indent + 2, layout)
    return [f"{' ' * indent}- {first.lstrip(' ')}", *others]


def _entry(key: str, value: Written, indent: int, layout: Layout) -> list[str]:
    start = " " * indent
    match value:
        case Todo(prose=True):
            return [f"{start}{key}: |", *_wrapped(str(value), indent + layout.step)]
        case Mapping():
            below = mapping_lines(value, indent + layout.step, layout)
            return [f"{start}{key}:", *below]
        case str() | int() | float() | Edtf() | Todo():
            return _scalar(f"{start}{key}:", value, indent + layout.step)
    if all(isinstance(item, str) and _is_word(item) for item in value):
        line = f"{start}{key}: [{', '.join(str(item) for item in value)}]"
        if len(line) <= WIDTH:
            return [line]
    lines, at = [f"{start}{key}:"], indent + layout.dash
    for item in value:
        if isinstance(item, Mapping):
            lines += item_lines(item, at, layout)
        else:
            assert isinstance(item, str | int | float | Edtf | Todo)
            lines += _scalar(f"{' ' * at}-", item, at + layout.step)
    return lines


def _scalar(head: str, value: str | float | Edtf | Todo, indent: int) -> list[str]:
    if isinstance(value, int | float | Edtf):
        return [f"{head} {value}"]
    text = str(value)
    line = f"{head} {quoted(text)}"
    # A blank stays in one line, which is replaced at one go.
    folds = " " in text and text == " ".join(text.split())
    if len(line) > WIDTH and folds and not isinstance(value, Todo):
        return [f"{head} >-", *_wrapped(text, indent)]
    return [line]


def _wrapped(text: str, indent: int) -> list[str]:
    """Text in lines that fold to it again."""
    start = " " * indent
    return textwrap.wrap(
        text,
        max(WIDTH, indent + 40),
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )


def quoted(text: str, *, flow: bool = False) -> str:
    """A text in one line, with quotes where it would be read as something else without them.

    `flow` is for within brackets, where more would be.
    """
    is_plain = _PLAIN.fullmatch(text) and not (flow and _ENDS_IN_BRACKETS.search(text))
    if is_plain and text == text.strip() and resolve(text, plain=True) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_word(text: str) -> bool:
    return _IN_BRACKETS.fullmatch(text) is not None and resolve(text, plain=True) == text
