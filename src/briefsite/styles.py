"""The part of Material's style that our pages have a use for, made from the one installed.

Material's sheets style every feature it has; a reader waits for them before the first word is seen.
What no page of ours can hold is left out by the names below, so that the sheet does not depend on
what is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

OWN = Path(__file__).parent / "theme" / "assets" / "briefsite"
# Blocks of class names, as Material writes them: `md-post` is also `md-post__title`; single ones;
# and what only Markdown extensions make that `mkdocs.yml` does not name.
_BLOCKS = (
    "annotation|author|banner|button|clipboard|code|consent|draft|feedback|input|meta|pagination"
    "|path|pin|post|profile|progress|search|search-result|select|social|source-file|status|tags?"
    "|tooltip2?"
)
_SINGLE = (
    r"md-header--lifted|md-nav--integrated|md-nav__container|md-content--post|md-sidebar--post"
    r"|md-footer__[\w-]+|md-source__fact[\w-]*"
)
_EXTENSIONS = (
    r"admonition|arithmatex|caption|cards|critic|footnote[\w-]*|giscus|highlight|highlighttable|keys"
    r"|linenodiv|linenos|lightbox|mermaid|tabbed-[\w-]+|task-list-[\w-]+|abstract|bug|danger|example"
    r"|failure|info|note|question|quote|success|tip|warning"
)
# The colours are our own: none of Material's is chosen in `mkdocs.yml`.
_COLOURS = r"data-md-color-(?:primary|accent)=(?!custom)"
_LEFT_OUT = re.compile(
    rf"\.(?:md-(?:{_BLOCKS})(?:(?:__|--)[\w-]+)?|{_SINGLE}|{_EXTENSIONS})(?![\w-])|\[{_COLOURS}"
)
_TOKEN = re.compile(
    r"""(?: "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\((?:\\.|[^)"'\\])*\) | [^{};"'] )+
    | [{};]""",
    re.VERBOSE,
)
_COMMA = re.compile(r",(?![^(]*\))")
_INNER = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_VARIABLE = re.compile(r"var\((--md-[\w-]+)")


@dataclass(frozen=True)
class Rule:
    """What stands before a block, and the declarations or rules in it; a statement has neither."""

    prelude: str
    declarations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def text(self) -> str:
        """The rule as it is written, without a space that is not needed."""
        if not self.declarations and not self.rules:
            return f"{self.prelude};"
        inner = "".join(rule.text() for rule in self.rules) or ";".join(self.declarations)
        return f"{self.prelude}{{{inner}}}"


def lean(sheets: Iterable[str], beside: str) -> str:
    """Some style sheets as one, with what our pages have a use for; `beside` is read after them."""
    rules = [kept for sheet in sheets for rule in parse(sheet) if (kept := _kept(rule))]
    while True:
        text = "".join(rule.text() for rule in rules)
        used = set(_VARIABLE.findall(text + beside))
        rules = [kept for rule in rules if (kept := _without_unused(rule, used))]
        if "".join(rule.text() for rule in rules) == text:
            return f"{text}\n"


def parse(sheet: str) -> tuple[Rule, ...]:
    """The rules of a style sheet that was minified."""
    return tuple(_rules(iter(_TOKEN.findall(sheet))))


def _rules(tokens: Iterator[str]) -> Iterator[Rule]:
    prelude = ""
    for piece in tokens:
        if piece == "{":
            if prelude.startswith(("@media", "@supports", "@keyframes", "@layer")):
                yield Rule(prelude, rules=tuple(_rules(tokens)))
            else:
                yield Rule(prelude, declarations=tuple(_declarations(tokens)))
            prelude = ""
        elif piece == "}":
            return
        elif piece == ";":
            yield Rule(prelude)
            prelude = ""
        else:
            prelude = piece.strip()


def _declarations(tokens: Iterator[str]) -> Iterator[str]:
    for piece in tokens:
        if piece == "}":
            return
        if piece == "{":
            raise ValueError("a rule within a rule of declarations")
        if piece not in ";":
            yield piece.strip()


def _kept(rule: Rule) -> Rule | None:
    if rule.prelude.startswith("@"):
        if not rule.rules:
            return rule
        inner = tuple(kept for each in rule.rules if (kept := _kept(each)))
        return replace(rule, rules=inner) if inner else None
    chosen = [each for each in _COMMA.split(rule.prelude) if not _left_out(each)]
    return replace(rule, prelude=",".join(chosen)) if chosen else None


def _left_out(selector: str) -> bool:
    # `:not(.md-post)` is true of every page of ours, `:is(.md-post,details)` of some.
    return _LEFT_OUT.search(_INNER.sub("", selector)) is not None


def _without_unused(rule: Rule, used: set[str]) -> Rule | None:
    """A rule without custom properties that nothing reads."""
    if rule.rules:
        inner = tuple(kept for each in rule.rules if (kept := _without_unused(each, used)))
        return replace(rule, rules=inner) if inner else None
    if not rule.declarations:
        return rule
    held = tuple(each for each in rule.declarations if _is_read(each, used))
    return replace(rule, declarations=held) if held else None


def _is_read(declaration: str, used: set[str]) -> bool:
    name = declaration.partition(":")[0]
    return not name.startswith("--md-") or name in used


def _material() -> Path:
    return Path(str(distribution("mkdocs-material").locate_file("material/templates")))


@cache
def frame_languages() -> frozenset[str]:
    """The languages that Material's own words are in."""
    folder = _material() / "partials" / "languages"
    return frozenset(path.stem for path in folder.glob("*.html"))


def sheets() -> list[str]:
    """Material's style sheets, in the order its pages load them."""
    folder = _material() / "assets"
    found = [*folder.glob("stylesheets/main.*.css"), *folder.glob("stylesheets/palette.*.css")]
    if len(found) != 2:
        raise FileNotFoundError(f"Material's style sheets are not where they were, in {folder}")
    return [
        re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S) for path in found
    ]


@cache
def style_sheet() -> str:
    """What pages load of Material's sheets; what our own read of it is kept."""
    own = (path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.css")))
    return lean(sheets(), "".join(own))
