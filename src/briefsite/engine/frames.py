"""What a theme puts around a page, rendered once for pages that differ in their own values alone.

Material takes two milliseconds a page, and most of it is the same on thousands of them. Here its
template is rendered with marks in the place of a page's values, and filled in for its siblings, as
long as that has given exactly what the template gives: for two pages of each shape both are made
and compared. The first of a shape may be the only one, and is not tried.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Template
from jinja2.filters import do_striptags, do_urlencode
from markupsafe import escape
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from briefsite.pages import Page
from briefsite.pages.page import relative

TEMPLATE = "main.html"
_TRIALS = 2
"""How many pages of a shape are rendered both ways."""
_TEXT, _SOURCE, _LINK, _BODY = "&#x27;", " ", "/", "<h1"
"""What stands in a mark to show how a template prints a text, or to be seen by it."""
_MARK = re.compile(
    r"(?:/(?=bsmark\d+-/))?bsmark(\d+)-(&amp;#x27;|&#x27;|&#39;|'|%20| |/|<h1|)-bsmark"
)
_PRINTED: Mapping[str, Callable[[str], str]] = {
    "": str,
    _LINK: str,
    _BODY: str,
    _TEXT: str,
    "&amp;#x27;": lambda value: str(escape(value)),
    "&#39;": lambda value: str(escape(do_striptags(value))),
    "'": do_striptags,
    _SOURCE: str,
    "%20": do_urlencode,
}

Frame = Sequence[bytes | tuple[int, Callable[[str], str]]]
"""What all pages of a shape have, and between that: which value stands there, and how."""


class Frames:
    """A theme's template for pages, in the place of that template."""

    def __init__(
        self,
        template: Template,
        nav: Navigation,
        site_url: str,
        describe: Callable[[Page], Mapping[str, Any]],
    ) -> None:
        """`describe` gives the context of a page, with the page as the engine has it."""
        self._template = template
        self._linked = frozenset(f for url in _linked(nav.items) for f in _folders(url))
        self._base = site_url and f"{site_url.rstrip('/')}/"
        self._describe = describe
        self._shapes: dict[str, _Shape] = {}

    def render(self, page: Page) -> bytes:
        """The whole document of a page."""
        # What the navigation leads into has links of its own kind.
        if page.address in self._linked:
            return _encoded(self._template.render(self._describe(page)))
        values = _Values(page, self._base)
        shape = self._shapes.get(values.shape)
        if shape is not None and shape.trials == _TRIALS:
            assert shape.frame is not None
            return _filled(shape.frame, values.values)
        context = self._describe(page)
        document = _encoded(self._template.render(context))
        if shape is None:
            self._shapes[values.shape] = _Shape()
        elif not shape.failed:
            if shape.frame is None:
                marked = {**context, "page": values.marked(context["page"])}
                shape.frame = tuple(_parts(self._template.render(marked)))
            shape.failed = _filled(shape.frame, values.values) != document
            shape.trials += not shape.failed
        return document


@dataclass
class _Shape:
    """What is known of pages that differ in their values alone."""

    frame: Frame | None = None
    trials: int = 0
    failed: bool = False


class _Values:
    """The values of a page, the marks that stand for them, and all else that its frame is of."""

    def __init__(self, page: Page, base: str) -> None:
        self.values: list[str] = []
        self._page = page
        self._is_known = bool(base)
        self._meta = meta = page.front_matter()
        for name in ("title", "description"):
            meta[name] = self._mark(meta.get(name), _TEXT)
        meta["origin"] = self._mark(meta.get("origin"), _SOURCE)
        meta["linked_data"] = self._mark(meta.get("linked_data"))
        meta["contents"] = [
            {**each, "url": self._mark(each["url"]), "title": self._mark(each["title"], _TEXT)}
            for each in meta.get("contents", ())
        ]
        meta["alternates"] = [
            {**each, "title": self._mark(each["title"], _TEXT), "path": self._link(each["path"])}
            for each in meta.get("alternates", ())
        ]
        if "versions" in meta:
            meta["versions"] = [
                {**each, "path": self._version(each["path"])} for each in meta["versions"]
            ]
        if "card" in meta and meta["card"]["path"] != "card.png":
            path, alt = meta["card"]["path"], meta["card"]["alt"]
            meta["card"] = {"path": self._mark(path), "alt": self._mark(alt, _TEXT)}
        # Without a heading in it, Material adds one.
        self._body = self._mark(page.body, _BODY if _BODY in page.body else "")
        self._address = self._mark(base and base + page.address)
        folder = page.address.rstrip("/").rpartition("/")[0]
        self.shape = json.dumps((folder, meta, self._body, self._address))

    def marked(self, page: MkDocsPage) -> MkDocsPage:
        """What the engine has of the page, with marks in the place of its values."""
        marked = copy.copy(page)
        marked.meta, marked.content = self._meta, self._body
        marked.canonical_url = self._address or None
        return marked

    def _version(self, path: str) -> Any:
        """What stands for a path that is printed whole where it is known, and else as a link."""
        return self._mark(path) if self._is_known else self._link(path)

    def _link(self, path: str) -> Any:
        return self._mark(relative(path, self._page.address), _LINK)

    def _mark(self, value: Any, sign: str = "") -> Any:
        """What stands for a value; an empty one for itself, as templates may ask for that."""
        if not value:
            return value
        self.values.append(str(value))
        mark = f"bsmark{len(self.values) - 1}-{sign}-bsmark"
        # A link that starts with a stroke is printed as it is.
        return f"/{mark}" if sign == _LINK else mark


def _parts(marked: str) -> Iterator[bytes | tuple[int, Callable[[str], str]]]:
    done = 0
    for match in _MARK.finditer(marked):
        yield _encoded(marked[done : match.start()])
        yield int(match[1]), _PRINTED[match[2]]
        done = match.end()
    yield _encoded(marked[done:])


def _filled(frame: Frame, values: Sequence[str]) -> bytes:
    return b"".join(
        [part if isinstance(part, bytes) else _encoded(part[1](values[part[0]])) for part in frame]
    )


def _encoded(text: str) -> bytes:
    """Text as MkDocs writes it to a file."""
    return text.encode(errors="xmlcharrefreplace")


def _linked(items: Sequence[Any]) -> Iterator[str]:
    """The addresses that a navigation leads to."""
    for item in items:
        if item.children:
            yield from _linked(item.children)
        else:
            yield str(item.url or "")


def _folders(url: str) -> Iterator[str]:
    """An address, and those of the folders that it lies in."""
    parts = url.split("/")
    return ("/".join(parts[:end]) + "/" for end in range(1, len(parts)))
