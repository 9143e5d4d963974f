"""The reference of components: what each macro makes of a record, from its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from briefsite.load import load_document

_COMMENT = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_PLAIN = re.compile(r"[^\W_][^:#,{}\[\]\"'`|>&*!%@\n]*")
_LONGEST = 400  # characters of an example; what is longer is seen better on a page


def components_page(macros: Path) -> str:
    """The components of hand-written pages, and those that records are shown by, in Markdown."""
    inserts = sorted((macros / "inserts").glob("*.html.j2"))
    examples = sorted((macros / "components").glob("*.yaml"))
    return "\n".join(
        [
            "### On hand-written pages\n",
            *(f"- `<!-- briefsite: {_name(path)} -->`: {_comment(path)}" for path in inserts),
            "",
            "### Of records\n",
            *(line for path in examples for line in _component(path)),
        ]
    )


def _name(path: Path) -> str:
    return path.name.removesuffix(".html.j2")


def _comment(path: Path) -> str:
    """What a template says of itself in its first comment."""
    found = _COMMENT.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path} does not begin with a comment that says what it shows")
    return " ".join(found[1].split())


def _component(path: Path) -> Iterator[str]:
    document = load_document(path.name, path.read_bytes())
    if document.root is None:
        raise ValueError(f"{path} cannot be read: {document.problems}")
    found: Any = document.root.plain()
    yield f"#### {path.stem}\n"
    yield f"{found['description']}\n"
    # A kind in small letters is a record of the project that the examples are run in, by its id.
    is_given = found["params"].get("value", "")[:1].isupper()
    for example in found["examples"]:
        words = _words(example.get("html") or "")
        shown = _flow(example["data"]["value"]) if is_given else ""
        if shown and len(shown) + len(words) <= _LONGEST:
            reads = f"reads “{words}”." if words else "shows nothing."
            yield f"- {example['name']}: `{shown}` {reads}"
        else:
            yield f"- {example['name']}"
    yield ""


def _flow(value: object) -> str:
    """A value in YAML's short form."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _words(html: str) -> str:
    """The text that a reader sees or hears."""
    reading = _Words()
    reading.feed(html)
    reading.close()
    return re.sub(r" (?=[.,;:)”])", "", " ".join("".join(reading.words).split()))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Only marks without words are hidden from ears, and they hold no element without an end.
        if self._hidden or ("aria-hidden", "true") in attrs:
            self._hidden += 1
        if tag == "q":
            self.words.append("“")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - 1)
        self.words.append({"q": "” ", "b": "", "strong": ""}.get(tag, " "))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
