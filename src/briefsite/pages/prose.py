"""Prose to HTML: the record's own runs, escaped, then sanitised once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import nh3
from markupsafe import Markup

from briefsite.model.prose import Block, Prose, is_allowed_link
from briefsite.model.sentences import Run, Sentence

Cite = Callable[[tuple[str, ...]], str]
Link = Callable[[str], str]
Mark = Callable[[str], str]

_STOPS = ",.;:"

_TAGS = {"p", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "span"}
_ATTRIBUTES = {
    "a": {"href", "class", "aria-label", "data-state", "data-contested", "data-card", "rel"},
    "span": {"class"},
}
_SCHEMES = {"http", "https", "mailto"}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def render_prose(prose: Prose, *, cite: Cite, link: Link, mark: Mark = escape) -> Markup:
    """HTML of some prose.

    `cite` gives the markup of a reference to claims, `link` turns a path within the site into a
    link from the page at hand, `mark` escapes a text that stands in no link, and may make links of
    names in it. Nothing in the text can become markup: it is escaped here, and the
    whole is cleaned by nh3.
    """
    writer = _Writer(cite, link, mark)
    markup = "".join(writer.block(block) for block in prose.blocks)
    return Markup(_CLEANER.clean(markup))  # noqa: S704 - cleaned


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
                parts[index] = f"{parts[index][:-1]}\N{NO-BREAK SPACE}"
                if parts[index + 2 : index + 3] and parts[index + 2][:1] in tuple(_STOPS):
                    # Printers set the number behind the stop, and it begins no decimal there.
                    stop, parts[index + 2] = parts[index + 2][0], parts[index + 2][1:]
                    parts[index] = f"{parts[index][:-1]}{stop}\N{NARROW NO-BREAK SPACE}"
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
        return escape(run.text) if in_link else self.mark(run.text)

    def _inner(self, run: Run, *, in_link: bool) -> str:
        return "".join([self._run(child, in_link=in_link) for child in run.children])

    def _link(self, target: str, inner: str) -> str:
        if not is_allowed_link(target):
            return inner
        if ":" in target:
            return f'<a href="{escape(target)}" rel="noopener external">{inner}</a>'
        way = target if target.startswith("#") else self.link(target.lstrip("/"))
        return f'<a href="{escape(way)}">{inner}</a>'
