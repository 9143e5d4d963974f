"""Prose: a small Markdown subset, read into blocks of sentences with their claim references.

Parsing is a CommonMark library's (pyromark); what is ours is the subset, the references
`[@claim-id]` (several: `[@one; @two]`), the mark `[~]` of a sentence that states no fact, the
sentences, and a place for every mistake.
"""

from __future__ import annotations

import bisect
import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pyromark

from briefsite.load.characters import HIDDEN, describe
from briefsite.lookalikes import name_lookalikes
from briefsite.model.markdown import Offsets, named
from briefsite.model.sentences import Run, Sentence, split_sentences

_REFERENCE = re.compile(r"\[(?:@([^\[\]]*)|(~))\]")
_UNREAD_REFERENCE = re.compile(r"\[\s*@[^\s\[\]()]*\]?")
_BEFORE_CLAIM_ID = re.compile(r"[\s;@\[]*")
_DEFINITION = re.compile(r"^[ \t>*+\-\d.)]*(\[)[^\[\]\n]+\]:", re.MULTILINE)
_CLAIM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_DEPTH = 12
_SCHEMES = frozenset({"http", "https", "mailto"})
_SITE_LINK = re.compile(r"(?:/|#)?[a-z0-9][a-z0-9/._-]*(?:#[a-z0-9-]+)?|#[a-z0-9-]+")

_BLOCKS = {"Paragraph": "p", "List": "ul", "Item": "li", "BlockQuote": "blockquote"}
_INLINES = {"Emphasis": "em", "Strong": "strong"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`p`, with sentences) or a container (`ul`, `ol`, `li`, `blockquote`)."""

    kind: str
    sentences: tuple[Sentence, ...] = ()
    children: tuple[Block, ...] = ()

    def __reduce__(self) -> tuple[type[Block], tuple[object, ...]]:
        return Block, (self.kind, self.sentences, self.children)

    def walk(self) -> Iterator[Sentence]:
        yield from self.sentences
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ProseIssue:
    """A mistake inside prose, at a character offset."""

    offset: int
    code: str
    message: str
    hint: str = ""


class _Packed:
    __slots__ = ("packed",)
    packed: bytes


@dataclass(frozen=True, slots=True)
class Prose(_Packed):
    """Prose as read: its blocks, and what was wrong with it.

    Where it comes from a store or another process, its blocks are `packed`, and unpacked each time
    that they are asked for: most of what is kept between builds is prose, and most of that is not
    looked at, or by one page and its files alone.
    """

    source: str
    blocks: tuple[Block, ...]
    issues: tuple[ProseIssue, ...] = field(default=(), compare=False)

    def __reduce__(self) -> tuple[Callable[..., Prose], tuple[Any, ...]]:
        packed = getattr(self, "packed", b"") or pickle.dumps(self.blocks, protocol=5)
        return _packed_prose, (self.source, self.issues, packed)

    def __getattr__(self, name: str) -> Any:
        """A field that is not set."""
        if name != "blocks":
            raise AttributeError(name)
        return _unpacked(self.packed)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for block in self.blocks for sentence in block.walk())

    @property
    def text(self) -> str:
        """The sentences without markup and references."""
        return " ".join(sentence.text for sentence in self.sentences)

    def references(self) -> Iterator[tuple[str, int]]:
        """Each claim id referred to, with the offset it stands at."""
        for sentence in self.sentences:
            for run in sentence.runs:
                for reference in run.references():
                    at = reference.offset
                    for claim in reference.claims:
                        found = _BEFORE_CLAIM_ID.match(self.source, at)
                        if found and self.source.startswith(claim, found.end()):
                            at = found.end()
                        yield claim, at
                        at += len(claim)


@lru_cache(maxsize=256)
def _unpacked(packed: bytes) -> tuple[Block, ...]:
    """Blocks, for as long as a brief or two are looked at: all of them take half of what a build
    would hold."""
    blocks: tuple[Block, ...] = pickle.loads(packed)  # noqa: S301 - of what `pickle` has unpacked
    return blocks


def _packed_prose(source: str, issues: tuple[ProseIssue, ...], packed: bytes) -> Prose:
    prose = object.__new__(Prose)
    for name, value in (("source", source), ("issues", issues), ("packed", packed)):
        object.__setattr__(prose, name, value)
    return prose


# A publication of some thousand briefs is gone through more than once, in the same order.
@lru_cache(maxsize=1 << 15)
def parse_prose(source: str) -> Prose:
    """Read prose. Never raises: mistakes become `issues`, and their text is kept as text."""
    reader = _Reader(source)
    blocks = reader.read()
    issues = tuple(sorted(reader.issues, key=lambda issue: issue.offset))
    return Prose(source, blocks, issues)


@dataclass(slots=True)
class _Frame:
    kind: str
    offset: int
    target: str = ""
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


class _Reader:
    """Turns parser events into blocks. Offsets from the parser are bytes; ours are characters."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.issues: list[ProseIssue] = []
        self.stack = [_Frame("root", 0)]
        # Pieces of text that follow each other, as (offset, text): a reference may span several.
        self.pieces: list[tuple[int, str]] = []
        defined = _DEFINITION.finditer(source) if "]:" in source else ()
        self.definitions = {match.start(1) for match in defined}
        self.offsets = Offsets(source)
        # What a file may not hold can be written as `&#x202e;`, too.
        self.has_references = "&" in source

    def read(self) -> tuple[Block, ...]:
        character, stack = self.offsets.character, self.stack
        for event, span in pyromark.events_with_range(self.source, merge_text=False):
            name, detail = named(event)
            if name == "End":
                self._flush()
                self._end()
                continue
            offset = character(span["start"])
            if len(stack) > _MAX_DEPTH:
                self._refuse("Depth", offset)
                return ()
            if name == "Text" or name == "SoftBreak":
                text = detail or " "
                if self.has_references:
                    text = self._without_hidden(text, offset)
                if self.definitions:
                    self._seen(offset, text)
                self.pieces.append((offset, text))
                continue
            self._flush()
            match name:
                case "Start":
                    self._start(detail, offset)
                case "HardBreak":
                    self.stack[-1].runs.append(Run("break", offset))
                case _:
                    closing = isinstance(detail, str) and detail.startswith("</")
                    if name != "Html" and not closing:
                        self._refuse(name, offset)
                    if isinstance(detail, str):
                        self._seen(offset, detail)
                        self.stack[-1].runs.append(Run("text", offset, detail))
        self._flush()
        self._close_loose()
        # A definition shows nothing, and turns other text into links: its events are missing.
        for definition in self.definitions:
            self._refuse("Definition", definition)
        return tuple(self.stack[0].blocks)

    def _seen(self, offset: int, text: str) -> None:
        self.definitions.difference_update(range(offset, offset + len(text)))

    def _start(self, detail: Any, offset: int) -> None:
        name, argument = named(detail)
        if name in _BLOCKS:
            if name != "Paragraph":
                self._close_loose()
            kind = "ol" if name == "List" and argument is not None else _BLOCKS[name]
            if kind == "ol" and argument != 1:
                self._refuse("Start", offset)
            self.stack.append(_Frame(kind, offset))
        elif name in _INLINES:
            self.stack.append(_Frame(_INLINES[name], offset))
        elif name == "Link":
            self._seen(offset, "[")
            self._check_link(argument["dest_url"], offset)
            self.stack.append(_Frame("link", offset, argument["dest_url"]))
        else:
            self._refuse(name, offset)
            inline = name == "Image"
            self.stack.append(_Frame("em" if inline else "p", offset))

    def _end(self) -> None:
        self_closing = self.stack[-1].kind not in ("em", "strong", "link")
        if self_closing and self.stack[-1].kind != "p":
            self._close_loose()
        frame = self.stack.pop()
        parent = self.stack[-1]
        if frame.kind in ("em", "strong", "link"):
            run = Run(frame.kind, frame.offset, target=frame.target, children=tuple(frame.runs))
            parent.runs.append(run)
        elif frame.kind == "p":
            parent.blocks.append(Block("p", split_sentences(frame.runs)))
        else:
            parent.blocks.append(Block(frame.kind, children=tuple(frame.blocks)))

    def _close_loose(self) -> None:
        """Text straight inside a list item (a tight list) is a paragraph too."""
        frame = self.stack[-1]
        if frame.kind not in ("em", "strong", "link", "p") and frame.runs:
            frame.blocks.append(Block("p", split_sentences(frame.runs)))
            frame.runs = []

    def _flush(self) -> None:
        """Turn the pieces of text into runs and references."""
        if not self.pieces:
            return
        # Pieces that also follow each other in the source are one run; the others are parted by
        # something that reads otherwise than it is written: an entity, an escape, indentation.
        groups: list[tuple[int, int]] = []
        length, following = 0, -1
        for offset, piece in self.pieces:
            if offset != following:
                groups.append((length, offset))
            length += len(piece)
            following = offset + len(piece)
        text = "".join([piece for _, piece in self.pieces])
        self.pieces = []
        starts = [start for start, _ in groups]
        first_offset, runs = groups[0][1], self.stack[-1].runs
        is_one = len(groups) == 1

        def place(at: int) -> int:
            if is_one:
                return first_offset + at
            start, offset = groups[bisect.bisect_right(starts, at) - 1]
            return offset + at - start

        def add(start: int, end: int) -> None:
            if is_one:
                if start < end:
                    runs.append(Run("text", first_offset + start, text[start:end]))
                return
            first = bisect.bisect_right(starts, start)
            last = bisect.bisect_left(starts, end)
            for cut in (*starts[first:last], end):
                if start < cut:
                    runs.append(Run("text", place(start), text[start:cut]))
                start = cut

        at = 0
        opened = text.count("[")
        for match in _REFERENCE.finditer(text) if opened else ():
            opened -= 1
            add(at, match.start())
            if match[2]:
                runs.append(Run("connective", place(match.start())))
            else:
                self._reference(match[1], place(match.start()))
            at = match.end()
        add(at, len(text))
        if not opened:
            return
        for match in _UNREAD_REFERENCE.finditer(_REFERENCE.sub(_blank, text)):
            self._bad_reference(match.group(), place(match.start()))

    def _reference(self, inner: str, offset: int) -> None:
        names = [part.strip().removeprefix("@") for part in inner.split(";")]
        bad = [name for name in names if not _CLAIM_ID.fullmatch(name)]
        if bad:
            self._bad_reference(f"[@{inner}]", offset)
            self.stack[-1].runs.append(Run("text", offset, f"[@{inner}]"))
        else:
            self.stack[-1].runs.append(Run("reference", offset, claims=tuple(names)))

    def _bad_reference(self, text: str, offset: int) -> None:
        named, hint = name_lookalikes(text[:80]), "write [@claim-id], or [@one; @two] for several"
        self.issues.append(
            ProseIssue(
                offset,
                "prose-reference",
                f"'{text[:80]}' is no claim reference",
                f"{named}; {hint}" if named else hint,
            )
        )

    def _without_hidden(self, text: str, offset: int) -> str:
        for hidden in HIDDEN.findall(text):
            message = describe(hidden)
            self.issues.append(ProseIssue(offset, "hidden-character", message, "remove it"))
        return HIDDEN.sub("", text)

    def _check_link(self, target: str, offset: int) -> None:
        target = self._without_hidden(target, offset) if self.has_references else target
        if not is_allowed_link(target):
            self.issues.append(
                ProseIssue(
                    offset,
                    "prose-link",
                    f"the link to '{target[:80]}' may not be followed",
                    "link to https, http, mailto or a page of the site",
                )
            )

    def _refuse(self, name: str, offset: int) -> None:
        what = _REFUSED.get(name, name.lower())
        self.issues.append(
            ProseIssue(
                offset,
                "prose-markup",
                f"prose has no {what}",
                "use paragraphs, lists, > quotations, *emphasis*, **strong** and links",
            )
        )


_REFUSED = {
    "Heading": "headings: start a new section",
    "CodeBlock": "code blocks: do not indent by four spaces",
    "Code": "code",
    "Html": "HTML",
    "HtmlBlock": "HTML",
    "InlineHtml": "HTML",
    "Image": "images: add a map or a figure",
    "Rule": "rules",
    "Depth": "lists or quotations nested this deep",
    "Definition": "link definitions: write [text](address)",
    "Start": "list that starts at another number than 1",
}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def is_allowed_link(target: str) -> bool:
    """Whether a link may stand in prose: http, https, mailto, or a path within the site."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.scheme == "mailto")
    return not parts.netloc and bool(_SITE_LINK.fullmatch(target)) and ".." not in target
