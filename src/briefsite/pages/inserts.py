"""Components in hand-written pages: `<!-- briefsite: NAME -->` on a line of its own."""

from __future__ import annotations

from dataclasses import dataclass

from briefsite.docs import marker_lines
from briefsite.pages.page import address_of
from briefsite.pages.templates import Templates


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-written page with its components: the Markdown, and the HTML pieces set into it."""

    markdown: str
    pieces: tuple[str, ...] = ()


def expand_inserts(text: str, source: str, templates: Templates) -> Written:
    """A hand-written page (Markdown at `source`) with its markers replaced by HTML."""
    known = set(templates.names("inserts"))
    lines = text.split("\n")
    pieces = []
    for number, name in marker_lines(lines):
        if name in known:
            lines[number] = templates.render(f"inserts/{name}", address_of(source))
            pieces.append(lines[number])
    return Written("\n".join(lines), tuple(pieces))
