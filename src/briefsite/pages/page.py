"""A page: its address, its body, and what goes around it."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

_HEADING = re.compile(r'([^"]+)"[^>]*>(.*?)</h2>')
_TAG = re.compile(r"<[^>]*>")
_NEAR = re.compile("id=")
# Values are passed over whole: a text may hold `id=` too. What is read is not read again another
# way (`++`), which would take three times as long and find the same. Only single characters are
# repeated so: Python before 3.11.5 takes groups for something else.
_ID = re.compile(
    r"""<[a-z][^\s<>"']*+(?:\s++(?!id=)[^\s=<>"']++(?:=(?:"[^"]*+"|'[^']*+'|[^\s"'>]++))?)*"""
    r"""\s+id=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's contents list; `title` is plain text."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page: what else it is (`feed`, `describedby`), type, title, site path."""

    relation: str
    type: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Version:
    """A page in a language: its code, what the language calls itself, and the site path."""

    language: str
    name: str
    direction: str
    path: str


@dataclass(frozen=True)
class Page:
    """A generated page.

    `source` is its file in a tree of Markdown files, such as `briefs/energy-ties.md`; `origin` the
    file an author edits, and `anchors` the ids that must exist in its body, each once. `write`
    makes the body.
    """

    source: str
    title: str
    description: str
    write: Callable[[], str]
    origin: str
    anchors: tuple[str, ...] = ()
    robots: str = ""
    """What search engines are told; `noindex` in a preview."""
    card: tuple[str, str] | None = None
    """Path in the site and text of the picture that stands for it elsewhere."""
    alternates: tuple[Alternate, ...] = ()
    versions: tuple[Version, ...] = ()
    """The same in each language there is, itself among them."""
    frame: Mapping[str, object] = field(default_factory=dict)
    """What the theme must know of its language, where that is not English."""
    describe: Callable[[], str] = str
    """Makes the JSON-LD of what the page is about, safe to stand within an element."""

    @property
    def address(self) -> str:
        """Where it is published, such as `briefs/energy-ties/`."""
        return address_of(self.source)

    @cached_property
    def body(self) -> str:
        """HTML without blank lines, so that Markdown passes it through as one block.

        It is written when it is first asked for: what a page is called, where it stands and which
        anchors it promises are known without. Raises TemplateError.
        """
        return self.write()

    def put(self, body: str) -> None:
        """Set a body that was written elsewhere."""
        self.__dict__["body"] = body

    def forget(self) -> None:
        """Let go of the body, and of what was read off it."""
        for name in ("body", "contents"):
            self.__dict__.pop(name, None)

    def with_frame(self, **changes: Any) -> Page:
        """The same page with something else around its body, which is not written again."""
        page = replace(self, **changes)
        if "body" in self.__dict__:
            page.put(self.body)
        return page

    @cached_property
    def contents(self) -> tuple[Heading, ...]:
        """Its headings of the second level."""
        return tuple(
            Heading(match[1], html.unescape(_TAG.sub("", match[2])))
            for rest in self.body.split('<h2 id="')[1:]
            if (match := _HEADING.match(rest))
        )

    def front_matter(self) -> dict[str, Any]:
        """What an engine's templates must know; escaped, because themes print it raw."""
        return {
            "title": html.escape(self.title),
            "description": html.escape(self.description),
            "origin": self.origin,
            # No siblings are listed beside it, for there can be thousands; nor is one heading.
            "hide": ["navigation", *(["toc"] if len(self.contents) < 2 else [])],
            **self.frame,
            **(
                {"versions": [{"language": v.language, "path": v.path} for v in self.versions]}
                if self.versions
                else {}
            ),
            **({"robots": self.robots} if self.robots else {}),
            **(
                {"card": {"path": self.card[0], "alt": html.escape(self.card[1])}}
                if self.card
                else {}
            ),
            **({"linked_data": linked} if (linked := self.describe()) else {}),
            **({"alternates": self._alternates()} if self.alternates else {}),
            "contents": [
                {"url": f"#{heading.id}", "title": html.escape(heading.title)}
                for heading in self.contents
            ],
        }

    @property
    def around(self) -> str:
        """What differs if anything does that it tells the frame, besides what its body follows
        from."""
        frame = (self.alternates, self.versions, self.frame)
        return repr((self.title, self.description, self.origin, self.robots, self.card, *frame))

    def _alternates(self) -> list[dict[str, str]]:
        return [
            {
                "relation": each.relation,
                "type": each.type,
                "title": html.escape(each.title),
                "path": each.path,
            }
            for each in self.alternates
        ]

    def markdown(self) -> str:
        """The page as a Markdown file: front matter (JSON is YAML), then one HTML block."""
        matter = json.dumps(self.front_matter(), ensure_ascii=False, indent=1)
        return f"---\n{matter}\n---\n\n{self.body}\n"


def ids(markup: str) -> list[str]:
    """Every id in some HTML, in its order; where `<` is escaped in texts and in values, none is
    found there.

    `id` is written small, as in all that we and engines write.
    """
    # Most tags have none: only those are read that an `id=` follows.
    tags = dict.fromkeys(markup.rfind("<", 0, near.start()) for near in _NEAR.finditer(markup))
    return ["".join(match.groups("")) for tag in tags if (match := _ID.match(markup, max(tag, 0)))]


@lru_cache(maxsize=1 << 16)
def address_of(source: str) -> str:
    """The address of a Markdown file, with directory addresses."""
    folder, name = posixpath.split(source)
    stem = name.removesuffix(".md")
    if stem in ("index", "README"):
        return f"{folder}/" if folder else ""
    return posixpath.join(folder, stem) + "/"


def relative(target: str, here: str) -> str:
    """The way from the page at address `here` to a site path, as a link."""
    path, hash_, fragment = target.lstrip("/").partition("#")
    if path == here and hash_:
        return f"#{fragment}"
    shared = 0
    while (end := path.find("/", shared) + 1) and here.startswith(path[shared:end], shared):
        shared = end
    way = "../" * here.count("/", shared) + path[shared:]
    return (way or "./") + hash_ + fragment


_INDENT = re.compile("^ +", re.MULTILINE)


def indented(text: str) -> Markup:
    """Text whose lines keep their indentation where `compact` takes that of markup away."""
    kept = _INDENT.sub(lambda found: "&#32;" * len(found[0]), escape(text))
    return Markup(kept)  # noqa: S704 - escaped


def printed(markup: str) -> str:
    """Markup with the apostrophes that a printer sets, where a keyboard's stand between letters.

    No line ends between a number and its `%`. What stands in code, to be copied, and in tags, such
    as addresses, is left as it is.
    """
    first, *others = markup.split("<code")
    made = [_printed(first)]
    for other in others:
        code, end, text = other.partition("</code>")
        made += ("<code", code, end, _printed(text))
    return "".join(made)


def _printed(markup: str) -> str:
    markup = _set(markup, " %", "\N{NO-BREAK SPACE}%", lambda before, _: before.isdecimal())
    for typed in ("&#39;", "'"):
        markup = _set(markup, typed, "\N{RIGHT SINGLE QUOTATION MARK}", _are_letters)
    return markup


def _are_letters(before: str, after: str) -> bool:
    return before.isalnum() and after.isalpha()


def _set(markup: str, typed: str, wanted: str, is_meant: Callable[[str, str], bool]) -> str:
    """Markup in which what was `typed` is as it is `wanted`, where the letters around it say so."""
    pieces = markup.split(typed)
    made, in_tag = pieces[:1], False
    for before, after in pairwise(pieces):
        opened, closed = before.rfind("<"), before.rfind(">")
        in_tag = opened > closed or (opened == closed and in_tag)
        is_within = is_meant(before[-1:], after[:1]) and not in_tag
        made += (wanted if is_within else typed, after)
    return "".join(made)


def compact(markup: str) -> str:
    """Markup without indentation and blank lines: a blank line would end Markdown's HTML block."""
    return "\n".join(filter(None, map(str.strip, markup.splitlines())))
