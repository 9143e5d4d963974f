"""A brief's page as data for paper: the same content, read from its own HTML.

What the macros write is the one form of a brief's content, so paper cannot say anything else than
the page does. The markup is ours, balanced and escaped; here it becomes a tree of elements and
texts, and the template decides how each looks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from briefsite.pages import Page

Node = str | dict[str, Any]
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "rect"})
# What is of use on a screen alone, or stands elsewhere on paper: the live map, the ways through a
# page, downloads, styles of citation to copy, the tables of maps and charts, whose claims are
# in the evidence, and the bottom line, which is the first of the judgements below it.
_LEFT_OUT = frozenset({"iframe", "svg", "summary", "script", "style", "button"})
_LEFT_OUT_CLASSES = frozenset(
    {
        *("bs-band", "bs-bottom", "bs-downloads", "bs-jump", "bs-languages", "bs-map__links"),
        *("bs-map__table", "bs-styles", "bs-times"),
    }
)
# Between these a line break of the markup is no space that is read.
_BLOCKS = re.compile(
    "article|blockquote|dd|details|div|dl|dt|fig\\w+|footer|h[1-6]|header|li|ol|p|section|t\\w+|ul"
)
# A translation's has the name of the translation behind the map's.
_MAP = re.compile(r"(?:^|/)maps/([^/.]+)(?:\.[^/]+)?\.svg$")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def paper(
    page: Page, pictures: Container[str], site_url: str, charts: Mapping[str, str] | None = None
) -> tuple[Node, ...]:
    """The content of a page as a tree.

    A text is a string; an element has `tag`, `classes`, `kids`, and where it has them `id`,
    `lang`, `value`, `colspan`, `data`. A link has `to`, an id on this page, or `href`, an address
    in the world; one that leads neither way is left a text. A picture of a map has `map`, its id,
    if `pictures` holds it, and `alt`; that of a chart has `chart`, and for its `alt` what `charts`
    holds for it.
    """
    reader = _Reader(page, pictures, charts or {}, site_url)
    reader.feed(page.body)
    reader.close()
    return tuple(reader.root["kids"])


class _Reader(HTMLParser):
    def __init__(
        self, page: Page, pictures: Container[str], charts: Mapping[str, str], site_url: str
    ) -> None:
        super().__init__()
        self.pictures = pictures
        self.charts = charts
        self.here = urljoin(site_url, page.address) if site_url else ""
        self.known = set(re.findall(r'\bid="([^"]*)"', page.body))
        self.root: dict[str, Any] = {"tag": "body", "classes": [], "kids": []}
        self.stack = [self.root]
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self.skipping or tag in _LEFT_OUT or not _LEFT_OUT_CLASSES.isdisjoint(classes):
            chart = given.get("data-chart", "")
            if chart in self.charts and not self.skipping:
                shown = {"chart": chart, "alt": self.charts[chart]}
                self.stack[-1]["kids"].append({"tag": "img", "classes": [], "kids": [], **shown})
            self.skipping += tag not in _VOID
            return
        node: dict[str, Any] = {"tag": tag, "classes": classes, "kids": []}
        node |= {key: given[key] for key in ("id", "value", "colspan") if key in given}
        if "lang" in given:
            node["lang"] = given["lang"].partition("-")[0]
        data = {key[5:]: value for key, value in given.items() if key.startswith("data-")}
        if data:
            node["data"] = data
        if tag == "a":
            node |= self._link(given.get("href", ""))
        if tag == "img":
            node |= self._picture(given)
        self.stack[-1]["kids"].append(node)
        if tag not in _VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.skipping:
            self.skipping -= 1
        else:
            _tidy(self.stack.pop())

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.stack[-1]["kids"].append(_SPACE.sub(" ", data))

    def close(self) -> None:
        super().close()
        _tidy(self.root)

    def _link(self, href: str) -> dict[str, str]:
        if href.startswith("#") and href[1:] in self.known:
            return {"to": href[1:], "href": urljoin(self.here, href) if self.here else ""}
        if href.startswith(("https://", "http://", "mailto:")):
            return {"href": href}
        return {"href": urljoin(self.here, href)} if self.here else {}

    def _picture(self, given: Mapping[str, str]) -> dict[str, str]:
        match = _MAP.search(given.get("src", ""))
        if match is None or match[1] not in self.pictures:
            return {}
        return {"map": match[1], "alt": given.get("alt", "")}


def _tidy(node: dict[str, Any]) -> None:
    kids = node["kids"]
    tags = (kid["tag"] for kid in kids if isinstance(kid, dict))
    if any(_BLOCKS.fullmatch(tag) and tag != "time" for tag in tags):
        node["kids"] = [kid for kid in kids if kid != " "]
        _join_tables(node)


def _join_tables(node: dict[str, Any]) -> None:
    """A table whose further rows are folded on the page is one table on paper."""
    kept: list[Any] = []
    for kid in node["kids"]:
        rows, before = _table_in(kid), _table_in(kept[-1]) if kept else None
        if rows and before and rows[0] == before[0]:
            before[1]["kids"] += rows[1]["kids"]
        else:
            kept.append(kid)
    node["kids"] = kept


def _table_in(node: Any) -> tuple[Any, Any] | None:
    """Head and body of the table that an element is, or has within it and nothing else."""
    while isinstance(node, dict) and node["tag"] in ("div", "details") and len(node["kids"]) == 1:
        (node,) = node["kids"]
    if not isinstance(node, dict) or node["tag"] != "table" or len(node["kids"]) != 2:
        return None
    head, body = node["kids"]
    return (head, body) if (head["tag"], body["tag"]) == ("thead", "tbody") else None
