"""What a browser, a reader of XML or a spreadsheet makes of a file: text, or more than that."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from xml.etree import ElementTree

from bibtexparser.entrypoint import parse_string

FORMULA = re.compile(r"\s*[=+\-@\t\r]")
CDATA = re.compile(r"<!\[CDATA\[.*?]]>", re.DOTALL)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
SCHEMES = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
LINKS = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"})


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, its links, its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.links += [value or "" for name, value in attrs if name in LINKS]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append("<!-- -->")
        self.comments.append(data)

    def handle_pi(self, data: str) -> None:
        self.elements.append("<? >")

    def unknown_decl(self, data: str) -> None:
        self.elements.append("<![ ]>")

    def handle_decl(self, decl: str) -> None:
        self.elements.append(f"<!{decl}>")


def faults(name: str, content: bytes) -> Iterator[str]:
    """What in a file of the site is more than text. Raises KeyError for an unknown kind."""
    yield from READERS[name[name.rindex(".") :]](content.decode())


def _html(text: str) -> Iterator[str]:
    for link in Shape(text).links:
        if SCHEMES.match(link) or link.startswith(("//", "\\")):
            yield f"a link to {link[:60]!r}"


def _xml(text: str) -> Iterator[str]:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", CDATA.sub("", text)):
        yield "a document type"
    root = ElementTree.fromstring(text)
    for element in root.iter():
        if element.tag.rpartition("}")[2] in ("script", "foreignObject", "iframe"):
            yield f"an element {element.tag}"
        if element.get("type") in ("html", "xhtml"):
            yield f"markup in {element.tag}"
        for key, value in element.attrib.items():
            bare = key.rpartition("}")[2]
            if bare.startswith("on") or (bare in LINKS and SCHEMES.match(value)):
                yield f"an attribute {key}={value[:60]!r}"


def _json(text: str) -> Iterator[str]:
    if "content_html" in json.loads(text):
        yield "markup in a feed"


def _bibtex(text: str) -> Iterator[str]:
    found = parse_string(text)
    if found.failed_blocks or found.strings or found.preambles:
        yield f"more than entries: {found.failed_blocks[:1]}"
    if len(found.entries) != len(re.findall(r"^@", text, re.MULTILINE)):
        yield "an entry within another"


def _markdown(text: str) -> Iterator[str]:
    for element in re.findall(r"(?<!\\)<[A-Za-z/!?][^>]*", text):
        if not re.match(r"<(?:https?|mailto):", element):
            yield f"markup: {element[:60]}"
    for link in re.findall(r"(?<!\\)\]\(([^)]*)", text):
        if SCHEMES.match(link):
            yield f"a link to {link[:60]!r}"


def _csv(text: str) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(text), strict=True))
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"a row of {len(row)} cells: {row[:1]}"
        for cell in row:
            if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
                yield f"a formula: {cell[:60]!r}"


def _ris(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip() and not re.match(r"[A-Z][A-Z0-9]  - ", line):
            yield f"a line of its own: {line[:60]!r}"


def _nothing(text: str) -> Iterator[str]:
    """For kinds that nothing reads as more than text, or that are the project's own code."""
    yield from ()


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    ".html": _html,
    ".svg": _xml,
    ".xml": _xml,
    ".json": _json,
    ".geojson": _json,
    ".csv": _csv,
    ".ris": _ris,
    ".bib": _bibtex,
    ".md": _markdown,
    ".txt": _nothing,
    ".js": _nothing,
    ".css": _nothing,
    ".map": _nothing,
}
