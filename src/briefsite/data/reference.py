"""The reference pages for authors, as Markdown: problems, rules, fields, components."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from briefsite.catalogue import CATALOGUE
from briefsite.data.components import components_page
from briefsite.data.fields import fields_page
from briefsite.examples import GATE, GROUPS, Example, Move, Told

_WIDTH = 44  # what a phone shows
_NAMES = {"\t": "tab", "\ufeff": "U+FEFF", "\u200b": "U+200B"}
_FIELD = re.compile(r"\W*[\w-]+:|\s*- |\W*$|#|<")
_LANGUAGES = {".md": "markdown", ".po": "po", ".yaml": "yaml"}


def write_reference(root: Path) -> list[Path]:
    """Renew the generated part of each reference page of a project, in `docs/authors/`."""
    paths = []
    for name, (heading, body) in reference_pages(root / "macros").items():
        path = root / "docs" / "authors" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(renew(text, heading, body), encoding="utf-8")
        paths.append(path)
    return paths


def reference_pages(macros: Path) -> dict[str, tuple[str, str]]:
    """File → the heading of its generated part, and what stands under it.

    The components are those in the folder `macros`.
    """
    problems = "\n".join(_group(name) for name in GROUPS if name != GATE)
    rules = "\n".join(_entry(code) for code in GROUPS[GATE])
    return {
        "problems.md": ("## The problems", problems),
        "rules.md": ("## The rules", rules),
        "fields.md": ("## The fields", fields_page()),
        "components.md": ("## The components", components_page(macros)),
    }


def renew(text: str, heading: str, body: str) -> str:
    """A page with what stands under a heading replaced, up to the next of its level.

    Raises ValueError if the page has no such heading.
    """
    before, found, rest = text.partition(f"\n{heading}\n")
    if not found:
        raise ValueError(f"there is no heading '{heading}'")
    after = re.search(r"^## ", rest, re.MULTILINE)
    tail = f"\n{rest[after.start() :]}" if after else ""
    return f"{before}{found}\n{body.rstrip()}\n{tail}"


def _group(name: str) -> str:
    return "\n".join([f"### {name}\n", *(_entry(code, "####") for code in GROUPS[name])])


def _entry(code: str, level: str = "###") -> str:
    entry = CATALOGUE[code]
    kind = "Warning" if entry.severity == "warning" else "Problem"
    lines = [f"{level} {code}", "", f"{kind}: **{entry.title}.** {entry.explanation}", ""]
    for group in GROUPS.values():
        if code in group:
            lines += _shown(group[code])
    return "\n".join(lines) + "\n"


def _shown(example: Example | Move | Told) -> Iterator[str]:
    if isinstance(example, Told):
        yield f"Such as: {example.wrong} Instead: {_sentence(example.right)}"
    elif isinstance(example, Move):
        yield f"Such as: a file named `{example.wrong}`. Instead: `{example.right}`."
    else:
        wrong, right = example.wrong, example.right
        language = _LANGUAGES[Path(example.where).suffix]
        if language == "yaml" and not _FIELD.match(wrong) and not _FIELD.match(right):
            language, wrong, right = "text", _wrapped(wrong), _wrapped(right)
        at = example.wrong.index(example.at) if example.at else 0
        yield f"Refused, in `{example.where}`:\n"
        yield from _fenced(_marked(wrong, at), language)
        yield "\nPasses:\n"
        yield from _fenced(right, language)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _fenced(text: str, language: str) -> Iterator[str]:
    yield f"```{language}"
    yield text
    yield "```"


def _wrapped(text: str) -> str:
    """A sentence in lines; each break takes the place of a space, so that offsets stay."""
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _marked(text: str, at: int) -> str:
    """A text with a caret under its character `at`."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    column = len(_visible(text[text.rfind("\n", 0, at) + 1 : at]))
    return f"{_visible(text[:end])}\n{' ' * column}^{_visible(text[end:])}"


def _visible(text: str) -> str:
    """Text with a name in place of each character that cannot be seen or written."""
    return "".join(
        f"⟨byte {ord(char) - 0xDC00:#04x}⟩"
        if "\udc00" <= char <= "\udcff"
        else f"⟨{_NAMES[char]}⟩"
        if char in _NAMES
        else char
        for char in text
    )
