"""Prose to HTML: the record's own runs, escaped, then held to what prose may consist of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

import nh3
from markupsafe import Markup

from briefsite.model.prose import Block, Prose, is_allowed_link
from briefsite.model.sentences import Run, Sentence

Cite = Callable[[tuple[str, ...]], str]
Link = Callable[[str], str]
Mark = Callable[[str], str]

_STOPS = (",", ".", ";", ":")

_TAGS = {"p", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "span"}
_ATTRIBUTES = {
    "a": {"href", "class", "aria-label", "data-state", "data-contested", "data-card", "rel"},
    "span": {"class"},
}
_SCHEMES = {"http", "https", "mailto"}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def _clean() -> re.Pattern[str]:
    """What nh3 gives back as it is: texts and allowed elements, and no address with a scheme.

    Groups are not repeated by `++`, which Python before 3.11.5 takes for something else.
    """
    text = r"[^<>&\0\r\xa0]++|&(?:amp|lt|gt|nbsp);"
    value = r'(?:[^"<>&\0\r\xa0]++|&(?:amp|quot|nbsp);)*'
    tags = "|".join(sorted(_TAGS))
    opened = "|".join(
        rf'{tag}(?: (?!href="[^"]*:)(?:{"|".join(sorted(names))})="{value}")+'
        for tag, names in _ATTRIBUTES.items()
    )
    return re.compile(rf"(?:{text}|<(?:/?(?:{tags})|{opened})>)*")


_CLEAN = _clean()


def render_prose(prose: Prose, *, cite: Cite, link: Link, mark: Mark | None = None) -> Markup:
    """HTML of some prose.

    `cite` gives the markup of a reference to claims, `link` turns a path within the site into a
    link from the page at hand, `mark` escapes a text that stands in no link, and may make links of
    names in it. Nothing in the text can become markup: it is escaped here, and what the whole
    consists of is looked at once more. Whatever is not seen to be clean at once, nh3 cleans.
    """
    writer = _Writer(cite, link, mark or escape_prose)
    markup = "".join([writer.block(block) for block in prose.blocks])
    if not _CLEAN.fullmatch(markup):
        markup = _CLEANER.clean(markup)
    return Markup(markup)  # noqa: S704 - clean


def escape_prose(text: str) -> str:
    """A text as nh3 writes it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\N{NO-BREAK SPACE}", "&nbsp;")


class _Writer:
    def __init__(self, cite: Cite, link: Link, mark: Mark) -> None:
        self.cite = cite
        self.link = link
        self.mark = mark

    def block(self, block: Block) -> str:
        inner = "".join(self.block(child) for child in block.children)
        inner += self._sentences(block.sentences)
        return f"<{block.kind}>{inner}</{block.kind}>\n"

    def _sentences(self, sentences: Sequence[Sentence]) -> str:
        runs = [run for sentence in sentences for run in sentence.runs]
        parts = [self._run(run) for run in runs]
        for index, run in enumerate(runs[1:]):
            if run.kind == "connective":
                parts[index] = parts[index].rstrip(" ")
            if run.kind == "reference" and parts[index].endswith(" "):
                # A reference never starts a line: it belongs to the word before it.
                word, space = parts[index][:-1], "&nbsp;"
                if len(parts) > index + 2 and parts[index + 2].startswith(_STOPS):
                    # Printers set the number behind the stop, and it begins no decimal there.
                    stop, parts[index + 2] = parts[index + 2][0], parts[index + 2][1:]
                    space = f"{stop}\N{NARROW NO-BREAK SPACE}"
                parts[index] = word + space
        return "".join(parts)

    def _run(self, run: Run, *, in_link: bool = False) -> str:
        match run.kind:
            case "reference":
                return "" if in_link else self.cite(run.claims)
            case "em" | "strong":
                return f"<{run.kind}>{self._inner(run, in_link=in_link)}</{run.kind}>"
            case "link":
                # A link cannot hold another: what it cites stands behind it.
                cited = "".join(self.cite(reference.claims) for reference in run.references())
                return self._link(run.target, self._inner(run, in_link=True)) + cited
            case "break":
                return "<br>"
        return escape_prose(run.text) if in_link else self.mark(run.text)

    def _inner(self, run: Run, *, in_link: bool) -> str:
        return "".join([self._run(child, in_link=in_link) for child in run.children])

    def _link(self, target: str, inner: str) -> str:
        if not is_allowed_link(target):
            return inner
        if ":" in target:
            return f'<a href="{escape(target)}" rel="noopener external">{inner}</a>'
        way = target if target.startswith("#") else self.link(target.lstrip("/"))
        return f'<a href="{escape(way)}">{inner}</a>'
