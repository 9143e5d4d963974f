"""Hand-written pages: Markdown is data too, and can become no script, frame or foreign request."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pyromark

from briefsite.docs.limits import check_limits
from briefsite.docs.markers import check_inserts, marker_lines
from briefsite.load import Document, load_document
from briefsite.load.characters import HIDDEN, MAX_HIDDEN, describe
from briefsite.model.markdown import Offsets, named
from briefsite.report import Problem, did_you_mean

_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*(?:\n|$)", re.DOTALL)
# MkDocs also reads `key: value` lines at the head of a file as front matter.
_BARE_META = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_KEYS = ("title", "description", "hide")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>")
_SCHEMES = frozenset({"http", "https", "mailto"})
# Browsers need no semicolon. What has more digits is no character.
_NAMED = re.compile(
    r"&(?:#0*(?P<number>\d{1,7})(?!\d)|#[xX]0*(?P<hex>[\da-fA-F]{1,6})(?![\da-fA-F])|[A-Za-z]{2,40};?)"
)

# What Markdown itself makes, with the extensions that mkdocs.yml names.
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES = frozenset(
    ["alt", "class", "colspan", "href", "id", "rowspan", "src", "start", "style", "title"]
)
_RAW = re.compile(r'[<>"]')
_STYLE = re.compile(r"text-align: ?(left|right|center);?")


def check_written(text: str, path: str, known: Sequence[str]) -> list[Problem]:
    """What a hand-written page may not hold.

    `path` is its path in the project, `known` the names of the components it can take.
    """
    start, problems = _check_front_matter(text, path)
    problems += check_inserts(text, path, known)
    problems += _check_markup(text, path, start)
    problems += check_limits(text, path)
    problems += _check_hidden(text, path, start)
    return problems


def _check_front_matter(text: str, path: str) -> tuple[int, list[Problem]]:
    """Where the text proper starts, and what is wrong with the front matter.

    Themes print it raw, within elements and attributes.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        first = text.split("\n", 1)[0]
        if not _BARE_META.match(first):
            return 0, []
        message = "this line would be read as front matter"
        hint = "put front matter between two lines of ---, or start with another line"
        return 0, [Problem(path, 1, 1, "docs-front-matter", message, hint, first)]
    document = load_document(path, match[1].encode())
    problems = list(document.problems)
    plain, is_raw = document.plain, _RAW.search(match[1])
    # Only mistakes need a place, which the parser tells: it takes long to import.
    is_known = isinstance(plain, dict) and all(_fits(*each) for each in plain.items())
    if not problems and is_known and not is_raw:
        return match.end(), []
    for key, node in (document.root.keys if document.root is not None else {}).items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"keys: {', '.join(_KEYS)}"
            message = f"'{key}' is no key of a written page"
            problems.append(document.problem(node.location, "docs-front-matter", message, hint))
        elif isinstance(plain, dict) and not _fits(key, plain[key]):
            message = f"'{key}' is a {'list' if key == 'hide' else 'text'}"
            problems.append(document.problem(node.location, "docs-front-matter", message))
    for node in document.root.walk() if document.root is not None else ():
        if isinstance(node.value, str) and _RAW.search(node.value):
            message = "front matter holds no <, > or double quote"
            problems.append(document.problem(node.location, "docs-front-matter", message))
    return match.end(), [replace(p, line=p.line + 1) for p in problems]


def _fits(key: str, value: object) -> bool:
    """Whether themes can print a value under a key, or look for a word in it."""
    if key == "hide":
        return value is None or isinstance(value, tuple)
    return key in _KEYS and not isinstance(value, dict | tuple)


def _check_markup(text: str, path: str, start: int) -> Iterator[Problem]:
    document = Document(path, text)

    def problem(offset: int, code: str, message: str, hint: str) -> Problem:
        return document.problem(document.location(offset), code, message, hint)

    # An element has a start and an end, and is one mistake: one for each line.
    passed = {number + 1 for number, _ in marker_lines(text.split("\n"))}
    code, targets = _read(text[start:])
    for match in _MARKUP.finditer(text, start):
        at = match.start()
        line = document.location(at).line
        if line in passed or _AUTOLINK.match(text, at):
            continue
        if not _is_within(code, at - start):
            passed.add(line)
            message = "written pages hold no HTML"
            yield problem(at, "docs-html", message, "write Markdown, or `code` to show it")
    for offset, target, is_image in targets:
        if not _may_lead(target, is_image=is_image):
            what = "image" if is_image else "link"
            message = f"the {what} '{target[:80]}' leads where none may"
            hint = "images lie in docs/" if is_image else "link to https, http, mailto or a page"
            yield problem(start + offset, "docs-link", message, hint)


def _check_hidden(text: str, path: str, start: int) -> Iterator[Problem]:
    """Characters that nobody sees; named ones (`&#x202e;`, `&shy;`) too, which browsers make of it.

    Code shows what is written, so that a name stands there as a name.
    """
    document = Document(path, text)
    found = [(each.start(), each.group()) for each in HIDDEN.finditer(text, start)]
    named = [
        (each.start(), meant) for each in _NAMED.finditer(text, start) if (meant := _meant(each))
    ]
    if named:
        code, _ = _read(text[start:])
        found += [(at, meant) for at, meant in named if not _is_within(code, at - start)]
    for at, hidden in sorted(found)[:MAX_HIDDEN]:
        where, message = document.location(at), describe(hidden)
        yield document.problem(where, "hidden-character", message, "remove it")


def _meant(name: re.Match[str]) -> str:
    """The hidden character that a reference such as `&#x202e;` names; else nothing."""
    if name["number"] or name["hex"]:
        number = int(name["number"] or name["hex"], 16 if name["hex"] else 10)
        text = chr(number) if number <= sys.maxunicode else ""
    else:
        text = unescape(name.group())
    match = HIDDEN.search(text)
    return match.group() if match else ""


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Sequence[tuple[int, int]], Sequence[tuple[int, str, bool]]]:
    """Character ranges of code, and every link: its offset, its target, whether it is an image."""
    offset = Offsets(text).character
    code: list[tuple[int, int]] = []
    targets: list[tuple[int, str, bool]] = []
    for event, span in pyromark.events_with_range(text, options=pyromark.Options.ENABLE_TABLES):
        name, detail = named(event)
        if name == "Code" or (name == "Start" and named(detail)[0] == "CodeBlock"):
            code.append((offset(span["start"]), offset(span["end"])))
        elif name == "Start" and named(detail)[0] in ("Link", "Image"):
            kind, given = named(detail)
            targets.append((offset(span["start"]), given["dest_url"], kind == "Image"))
    return code, targets


def _is_within(code: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of some ranges, which are in order and apart, holds an offset."""
    before = bisect_right(code, (offset, sys.maxsize))
    return before > 0 and offset < code[before - 1][1]


def links_of(text: str) -> Iterator[tuple[int, str]]:
    """Each link of a hand-written page: its offset and its target."""
    match = _FRONT_MATTER.match(text)
    start = match.end() if match else 0
    for offset, target, is_image in _read(text[start:])[1]:
        if not is_image:
            yield start + offset, target


def _may_lead(target: str, *, is_image: bool) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.netloc or parts.scheme:
        return not is_image and parts.scheme.lower() in _SCHEMES
    return not target.startswith(("//", "\\"))


def forbidden(html: str) -> list[str]:
    """Elements and attributes in the HTML of a written page that Markdown does not make, and
    characters that nobody sees.

    The check reads CommonMark; an engine's own Markdown may see markup where it sees text. What
    slips through is found here, and stops the build.
    """
    reading = _Forbidden()
    reading.feed(html)
    reading.close()
    return reading.found


class _Forbidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            given = value or ""
            if (
                name not in _ATTRIBUTES
                or (name == "style" and not _STYLE.fullmatch(given))
                or (name == "href" and not _may_lead(given, is_image=False))
                or (name == "src" and not _may_lead(given, is_image=True))
            ):
                self.found.append(f"<{tag} {name}={given[:40]!r}>")
            self.found += [describe(hidden) for hidden in HIDDEN.findall(given)]

    def handle_data(self, data: str) -> None:
        self.found += [describe(hidden) for hidden in HIDDEN.findall(data)]

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl[:40]}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data[:40]}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data[:40]}>")
