"""Components in hand-written pages: `<!-- briefsite: NAME -->` on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefsite.pages.page import address_of
from briefsite.pages.templates import Templates
from briefsite.report import Problem, did_you_mean

# Fenced code is matched too, so that a page can show a marker.
_MARKER = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*?(?P=fence)[ \t]*$"
    r"|^<!--[ \t]*briefsite:[ \t]*(?P<name>[^\n]*?)[ \t]*-->[ \t]*$",
    re.MULTILINE,
)


def expand_inserts(text: str, source: str, templates: Templates) -> str:
    """A hand-written page (Markdown at `source`) with its markers replaced by HTML."""
    known = set(templates.names("inserts"))

    def replace(match: re.Match[str]) -> str:
        if match["name"] not in known:
            return match[0]
        return templates.render(f"inserts/{match['name']}", address_of(source))

    return _MARKER.sub(replace, text)


def check_inserts(text: str, path: str, known: Sequence[str]) -> list[Problem]:
    """Markers that name no component, in the hand-written page at `path`."""
    problems = []
    for match in _MARKER.finditer(text):
        name = match["name"]
        if name is not None and name not in known:
            line = text.count("\n", 0, match.start()) + 1
            problems.append(
                Problem(
                    path,
                    line,
                    match.start("name") - match.start() + 1,
                    "unknown-component",
                    f"there is no component '{name[:80]}'",
                    did_you_mean(name, known) or f"components: {', '.join(sorted(known))}",
                    match[0],
                )
            )
    return problems
