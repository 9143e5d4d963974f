"""What a theme puts around a page, rendered once for pages that differ in their own values alone.

Material takes two milliseconds a page, and most of it is the same on thousands of them. Here its
template is rendered with marks in the place of a page's values, and filled in for its siblings, as
long as that has given exactly what the template gives: for two pages of each shape both are made
and compared. The first of a shape may be the only one, and is not tried.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Template
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from briefsite.pages import Page
from briefsite.site.framed import KnownFrames, Shape, Values, cut, encoded, filled, folders

TEMPLATE = "main.html"
Learnt = list[tuple[str, Shape]]


class Frames:
    """A theme's template for pages, in the place of that template."""

    def __init__(
        self,
        template: Template,
        nav: Navigation,
        site_url: str,
        describe: Callable[[Page], Mapping[str, Any]],
        before: KnownFrames | None = None,
    ) -> None:
        """`describe` gives the context of a page, with the page as the engine has it; `before` is
        what was known of the same theme and navigation."""
        self._template = template
        self._describe = describe
        self._before = before
        base = site_url and f"{site_url.rstrip('/')}/"
        linked = (folder for url in _linked(nav.items) for folder in folders(url))
        self.known = KnownFrames(base, [*linked], before.shapes if before else {})
        self._untold: Learnt = []

    @property
    def are_new(self) -> bool:
        """Whether more is known than before."""
        return self._before is None or self.known.shapes != self._before.shapes

    def render(self, page: Page) -> bytes:
        """The whole document of a page."""
        document = self.known.render(page)
        if document is None:
            context = self._describe(page)
            document = encoded(self._template.render(context))
            if page.address not in self.known.linked:
                self._try(page, context, document)
        return document

    def _try(self, page: Page, context: Mapping[str, Any], document: bytes) -> None:
        """Learn of a page's shape whether the page would be the same if it was filled in."""
        values = self.known.values(page)
        shape = self.known.shapes.get(values.shape)
        found = Shape()
        if shape is not None:
            if shape.tried is None:
                return
            marked = {**context, "page": _marked(context["page"], values)}
            frame = shape.frame or tuple(cut(self._template.render(marked)))
            is_same = filled(frame, values.values) == document
            found = Shape(frame, (page.address,)) if is_same else Shape(tried=None)
        self.known.learn(values.shape, found)
        self._untold.append((values.shape, found))

    def tell(self) -> Learnt:
        """What this process has learnt since it last told of that."""
        told, self._untold = self._untold, []
        return told

    def take(self, told: Learnt) -> None:
        """Know what another process has learnt."""
        for name, found in told:
            self.known.learn(name, found)


def _marked(page: MkDocsPage, values: Values) -> MkDocsPage:
    """What the engine has of a page, with marks in the place of its values."""
    marked = copy.copy(page)
    marked.meta, marked.content = values.meta, values.body
    marked.canonical_url = values.address or None
    return marked


def _linked(items: Sequence[Any]) -> Iterator[str]:
    """The addresses that a navigation leads to."""
    for item in items:
        if item.children:
            yield from _linked(item.children)
        else:
            yield str(item.url or "")
