"""Pages filled into what a theme puts around them, where that is known: no engine is asked.

Pages of one shape differ in their own values alone. What they have around them is learnt where a
theme's template is at hand (`engine.frames`), and kept for the builds that follow.
"""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jinja2.filters import do_striptags, do_urlencode
from markupsafe import escape

from briefsite.pages import Page
from briefsite.pages.page import relative
from briefsite.site.reuse import Reuse

_TRIALS = 2
"""How many pages of a shape are made both ways before another is filled in."""
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
"""How a value is printed, by what became of its mark."""

Frame = tuple[bytes | tuple[int, str], ...]
"""What all pages of a shape have, and between that: which value stands there, and how."""


class Shape(NamedTuple):
    """What is known of pages that differ in their values alone."""

    frame: Frame = ()
    """What they have around them; nothing before the first is tried."""
    tried: tuple[str, ...] | None = ()
    """The addresses of pages that were made both ways and were the same; None if one was not."""

    def fits(self, address: str) -> bool:
        """Whether a page is filled in: what holds for one alone may be of its address."""
        tried = self.tried or ()
        return len(tried) >= _TRIALS and (address in tried or len({*tried}) > 1)

    def joined(self, other: Shape) -> Shape:
        """What is known of them by what two processes or builds have found."""
        differs = self.frame and other.frame and self.frame != other.frame
        if self.tried is None or other.tried is None or differs:
            return Shape(tried=None)
        return Shape(self.frame or other.frame, self.tried + other.tried)


class KnownFrames:
    """What a theme and a navigation put around pages, as far as it is known."""

    def __init__(self, base: str, linked: Collection[str], shapes: Mapping[str, Shape]) -> None:
        """`base` is the address of the site; `linked` are those of pages that navigation leads
        to, or below: they have links of their own kind."""
        self.base = base
        self.linked = frozenset(linked)
        self.shapes = dict(shapes)

    def render(self, page: Page) -> bytes | None:
        """The whole document of a page; None if the theme's template has to be asked."""
        if page.address in self.linked:
            return None
        values = self.values(page)
        shape = self.shapes.get(values.shape)
        return filled(shape.frame, values.values) if shape and shape.fits(page.address) else None

    def values(self, page: Page) -> Values:
        """What of a page stands in a frame, and which shape it has."""
        return Values(page, self.base, self._place(page.address))

    def _place(self, address: str) -> tuple[str, int]:
        """How a page lies to what frames lead to: how deep, and in which of these folders.

        That is where navigation leads, and whatever a theme names, which is nothing in folders of
        single records, such as those of their parts and translations.
        """
        around = [*folders(address)][:-1]
        known = [folder for folder in around if folder in self.linked] or around[:1]
        return (known[-1] if known else "", len(around))

    def learn(self, name: str, shape: Shape) -> None:
        """Take what was found of the pages of a shape, here or by another process."""
        self.shapes[name] = self.shapes.get(name, Shape()).joined(shape)


def recall(reuse: Reuse, sign: str) -> KnownFrames | None:
    """What was known at the end of the build before, if the `sign` of all that frames are made
    from is the same."""
    content = reuse.notes.recall(_name(sign))
    if content is None:
        return None
    base, linked, shapes = marshal.loads(content)  # noqa: S302 - our own
    return KnownFrames(base, linked, {name: Shape(*shape) for name, shape in shapes.items()})


def note(reuse: Reuse, sign: str, frames: KnownFrames) -> None:
    """Keep for the next build what is known at the end of this one."""
    shapes = {name: tuple(shape) for name, shape in frames.shapes.items()}
    reuse.notes.note(_name(sign), marshal.dumps((frames.base, sorted(frames.linked), shapes)))


def _name(sign: str) -> str:
    return f"frames {sign}"


class Values:
    """The values of a page, the marks that stand for them, and all else that its frame is of."""

    def __init__(self, page: Page, base: str, place: tuple[str, int]) -> None:
        """`place` is what the links in its frame depend on."""
        self.values: list[str] = []
        self._page = page
        self._is_known = bool(base)
        self.meta = meta = page.front_matter()
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
        self.body = self._mark(page.body, _BODY if _BODY in page.body else "")
        self.address = self._mark(base and base + page.address)
        self.shape = json.dumps((place, meta, self.body, self.address))

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


def folders(address: str) -> Iterator[str]:
    """The folders that an address lies in, and itself."""
    parts = address.split("/")
    return ("/".join(parts[:end]) + "/" for end in range(1, len(parts)))


def cut(marked: str) -> Iterator[bytes | tuple[int, str]]:
    """The parts of a document in which marks stand for values."""
    done = 0
    for match in _MARK.finditer(marked):
        yield encoded(marked[done : match.start()])
        yield int(match[1]), match[2]
        done = match.end()
    yield encoded(marked[done:])


def filled(frame: Frame, values: Sequence[str]) -> bytes:
    """A document, with the values of a page in their places."""
    return b"".join(
        [
            part if isinstance(part, bytes) else encoded(_PRINTED[part[1]](values[part[0]]))
            for part in frame
        ]
    )


def encoded(text: str) -> bytes:
    """Text as MkDocs writes it to a file."""
    return text.encode(errors="xmlcharrefreplace")
