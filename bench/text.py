"""Plain data as YAML, written as a person would: long texts folded, prose behind a `|`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z][^\n#]*")


class Prose(str):
    """A text of paragraphs."""

    __slots__ = ()


def yaml_text(record: dict[str, object]) -> str:
    """A mapping as a YAML file."""
    return "".join(f"{line}\n" for line in _mapping(record, 0))


def _mapping(record: dict[str, object], indent: int) -> Iterator[str]:
    for key, value in record.items():
        yield from _entry(f"{' ' * indent}{key}:", value, indent + 2)


def _entry(head: str, value: object, indent: int) -> Iterator[str]:
    match value:
        case Prose():
            yield f"{head} |"
            for line in _wrapped(value, WIDTH - indent):
                yield f"{' ' * indent}{line}" if line else ""
        case str() if len(value) > WIDTH - len(head):
            yield f"{head} >-"
            yield from (f"{' ' * indent}{line}" for line in textwrap.wrap(value, WIDTH - indent))
        case dict():
            yield head
            yield from _mapping(value, indent)
        case list() if any(isinstance(item, dict) for item in value):
            yield head
            for item in value:
                first, *rest = _mapping(item, indent + 2)
                yield f"{' ' * indent}- {first.lstrip()}"
                yield from rest
        case list() if sum(len(str(item)) for item in value) > WIDTH - indent:
            yield head
            yield from (f"{' ' * indent}- {_scalar(item)}" for item in value)
        case _:
            yield f"{head} {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    text = str(value)
    if not isinstance(value, str) or re.fullmatch(r"\d{4}(-\d\d)*", text):
        return text
    plain = _PLAIN.fullmatch(text) and not re.search(r": |:$|[\[\]{}]", text)
    return text if plain else "'" + text.replace("'", "''") + "'"


def _wrapped(prose: str, width: int) -> Iterator[str]:
    for number, block in enumerate(prose.split("\n\n")):
        if number:
            yield ""
        for line in block.split("\n"):
            following = "  " if line.startswith("- ") else ""
            yield from textwrap.wrap(
                line, width, subsequent_indent=following, break_on_hyphens=False
            )
