"""Every text of ours, as statements: sentences that know their claims and their place."""

from __future__ import annotations

import bisect
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

from briefsite.check.expressions import Text
from briefsite.check.folding import fold, letters, words_in
from briefsite.check.plain import Plain, each, items, texts
from briefsite.load import Document, Location, Path
from briefsite.model.prose import Block, parse_prose
from briefsite.model.sentences import CITED, Run, Sentence, readable, split_text

Kind = Literal[
    "title", "summary", "judgement", "judgement reason", "heading", "prose", "question", "cell",
    "unknown", "event", "chart", "claim", "claim reason", "answer", "note", "change", "registry",
    "map",
]  # fmt: skip
_MAX_EMPHASIS = 12
_DOUBLE = re.compile('"')
_ANY_MARK = re.compile("[\"'`]")
_OPEN_SINGLE = re.compile(r"(?<![\w'])'(?=\S)")
_CLOSE_SINGLE = re.compile(r"(?<=\S)'(?!\w)")


Span = tuple[int, int]


@dataclass(eq=False, slots=True)
class Statement:
    """A sentence of ours.

    `text` is plain, each reference one object replacement character; `pieces` says which
    character of the scalar each stretch of it was read from; `quoted` are the spans of `text`
    within quotation marks.
    """

    text: str
    claims: tuple[str, ...]
    is_connective: bool
    pieces: tuple[tuple[int, int], ...]
    quoted: tuple[Span, ...]
    unclosed: Span | None = None
    """From a quotation mark that is never closed; whose words these are cannot be told."""
    folded: Text = field(init=False)
    letters: str = field(init=False)
    """The folded letters, run together."""
    spoken: Text = field(init=False)
    """The folded text in our own voice: quotations are blanked."""

    def __post_init__(self) -> None:
        self.folded = self.spoken = Text(fold(self.text))
        self.letters = letters(self.folded)
        if self.quoted:
            parts = list(self.folded)
            for start, end in self.quoted:
                parts[start:end] = " " * (end - start)
            self.spoken = Text("".join(parts))

    @property
    def words(self) -> Set[str]:
        """The folded words, as far as they are letters from a to z."""
        return words_in(self.folded)

    @property
    def plain(self) -> str:
        """The sentence as it is read, in one line."""
        return readable(self.text)

    def offset(self, at: int) -> int:
        """Where character `at` of the text stands in the scalar."""
        index = max(0, bisect.bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1)
        start, offset = self.pieces[index]
        return offset + at - start

    @property
    def start(self) -> int:
        """Where the sentence begins in the scalar."""
        return self.offset(len(self.text) - len(self.text.lstrip()))


@dataclass(frozen=True)
class Passage:
    """A text of ours at `path`, by paragraphs, and the record it stands in, as it is written."""

    kind: Kind
    path: Path
    document: Document
    paragraphs: tuple[tuple[Statement, ...], ...]
    record: Plain

    def locate(self, offset: int) -> Location:
        """Where character `offset` of the text stands in the file."""
        node = self.document.node(self.path)
        assert node is not None
        return self.document.locate_inside(node, offset)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that the record names; of a claim, its own."""
        if self.kind != "claim":
            return texts(self.record, "claims")
        identity = self.record.get("id")
        return (identity,) if isinstance(identity, str) else ()

    @property
    def statements(self) -> Iterator[Statement]:
        for paragraph in self.paragraphs:
            yield from paragraph


def passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a brief, in the order a reader meets them; `plain` is the file as it stands."""
    yield from _texts(document, plain, (), plain, ("title", "title"))
    yield from _prose(document, plain, ("summary",), "summary")
    for number, record in each(plain, "judgements"):
        path: Path = ("judgements", number)
        yield from _texts(document, record, path, record, ("text", "judgement"))
        reason: tuple[str, Kind] = ("reason", "judgement reason")
        yield from _texts_within(document, record, path, "confidence", reason)
    for number, record in each(plain, "sections"):
        path = ("sections", number)
        yield from _texts(document, record, path, record, ("heading", "heading"))
        yield from _prose(document, record, (*path, "prose"), "prose")
    for number, record in each(plain, "positions"):
        path = ("positions", number)
        yield from _texts(document, record, path, record, ("question", "question"))
        for below, cell in each(record, "cells"):
            yield from _texts(document, cell, (*path, "cells", below), cell, ("position", "cell"))
    for number, text in enumerate(items(plain, "unknowns")):
        yield from _text(document, plain, ("unknowns", number), "unknown", text)
    for number, record in each(plain, "timeline"):
        yield from _texts(document, record, ("timeline", number), record, ("title", "event"))
    for number, record in each(plain, "charts"):
        yield from _chart(document, record, ("charts", number))
    for number, record in each(plain, "claims"):
        yield from _claim(document, record, ("claims", number))
    for number, record in each(plain, "changes"):
        yield from _texts(document, record, ("changes", number), record, ("text", "change"))


_REGISTRY: Mapping[str, Sequence[str]] = {
    "sources": ("stance", "note"),
    "actors": ("role", "note"),
    "places": ("note",),
    "agreements": ("summary",),
    "corrections": ("says", "problem", "evidence", "handling"),
}


def registry_passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a registry file."""
    for key, fields in _REGISTRY.items():
        for number, record in each(plain, key):
            for name in fields:
                yield from _text(
                    document, record, (key, number, name), "registry", record.get(name)
                )


_MAP: Mapping[str, Sequence[str]] = {
    "areas": ("title", "note"),
    "places": ("note",),
    "routes": ("title", "accuracy", "note"),
    "flows": ("title", "note"),
    "events": ("title", "note"),
}


def map_passages(document: Document, plain: Plain) -> Iterator[Passage]:
    """The texts of a map, in the order a reader meets them."""
    for name in ("title", "description", "note", "default_view_reason"):
        yield from _text(document, plain, (name,), "map", plain.get(name))
    for number, layer in each(plain, "layers"):
        yield from _text(document, layer, ("layers", number, "title"), "map", layer.get("title"))
        for key, fields in _MAP.items():
            for position, feature in each(layer, key):
                for name in fields:
                    path = ("layers", number, key, position, name)
                    yield from _text(document, feature, path, "map", feature.get(name))
    for number, view in each(plain, "views"):
        yield from _text(document, view, ("views", number, "title"), "map", view.get("title"))
        for position, named in each(view, "names"):
            path = ("views", number, "names", position, "name")
            yield from _text(document, named, path, "map", named.get("name"))


def _chart(document: Document, record: Plain, path: Path) -> Iterator[Passage]:
    """The words of a chart, each resting on the claims that are drawn beside it."""
    marks = list(each(record, "marks"))
    named = [mark.get("claim") for _, mark in marks]
    claims = tuple(dict.fromkeys(claim for claim in named if isinstance(claim, str)))
    said = [(record, (*path, "title"), claims)]
    for number, mark in marks:
        own = mark.get("claim")
        below = (own,) if isinstance(own, str) else ()
        said.append((mark, (*path, "marks", number, "label"), below))
    for holder, where, basis in said:
        for passage in _text(document, holder, where, "chart", holder.get(str(where[-1]))):
            sentences = (replace(s, claims=basis) for s in passage.statements)
            yield replace(passage, paragraphs=(tuple(sentences),))


def _claim(document: Document, record: Plain, path: Path) -> Iterator[Passage]:
    yield from _texts(document, record, path, record, ("text", "claim"), ("note", "note"))
    yield from _texts_within(document, record, path, "confidence", ("reason", "claim reason"))
    yield from _texts_within(document, record, path, "status", ("reason", "answer"))
    yield from _texts_within(document, record, path, "response", ("text", "answer"))
    for number, contest in each(record, "contested"):
        below = (*path, "contested", number)
        yield from _texts(document, record, below, contest, ("position", "answer"))


def _texts_within(
    document: Document, record: Plain, path: Path, key: str, field: tuple[str, Kind]
) -> Iterator[Passage]:
    below = record.get(key)
    if isinstance(below, dict):
        yield from _texts(document, record, (*path, key), below, field)


def _texts(
    document: Document, record: Plain, path: Path, holder: Plain, *fields: tuple[str, Kind]
) -> Iterator[Passage]:
    """Texts of the mapping at `path`, which is the record or lies within it."""
    for key, kind in fields:
        if key in holder:
            yield from _text(document, record, (*path, key), kind, holder[key])


def _text(
    document: Document, record: Plain, path: Path, kind: Kind, text: object
) -> Iterator[Passage]:
    if isinstance(text, str):
        sentences = [_Said(said, ((0, at),)) for at, said in split_text(text)]
        yield Passage(kind, path, document, (_statements(sentences),), record)


def _prose(document: Document, record: Plain, path: Path, kind: Kind) -> Iterator[Passage]:
    text = record.get(str(path[-1]))
    if isinstance(text, str):
        blocks = parse_prose(text).blocks
        paragraphs = tuple(_paragraphs(blocks, within_quotation=False))
        yield Passage(kind, path, document, paragraphs, record)


def _paragraphs(
    blocks: Sequence[Block], *, within_quotation: bool
) -> Iterator[tuple[Statement, ...]]:
    for block in blocks:
        inside = within_quotation or block.kind == "blockquote"
        if block.sentences:
            yield _statements(list(map(_said, block.sentences)), all_quoted=inside)
        yield from _paragraphs(block.children, within_quotation=inside)


class _Said(NamedTuple):
    """A sentence before it is known what it quotes; `emphasis` counts as a quotation."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    claims: tuple[str, ...] = ()
    is_connective: bool = False
    emphasis: Sequence[Span] = ()


def _said(sentence: Sentence) -> _Said:
    pieces: list[tuple[int, int]] = []
    emphasis: list[Span] = []
    text = _flat(sentence.runs, 0, pieces, emphasis)
    return _Said(text, tuple(pieces), sentence.claims, sentence.is_connective, emphasis)


def _statements(said: Sequence[_Said], *, all_quoted: bool = False) -> tuple[Statement, ...]:
    """Quotation marks are paired over the paragraph: a quotation may hold several sentences."""
    spans_of_all, unclosed = _quotations("".join([each.text for each in said]))
    quoted = deque(spans_of_all)
    statements, at = [], 0
    for text, pieces, claims, is_connective, emphasis in said:
        end = at + len(text)
        while quoted and quoted[0][1] <= at:
            quoted.popleft()
        here = takewhile(lambda span, end=end: span[0] < end, quoted)  # type: ignore[misc]
        own = [_within(span, at, end) for span in here]
        left_open = _within(unclosed, at, end) if unclosed and unclosed[0] < end else None
        spans = [(0, len(text))] if all_quoted else sorted([*own, *emphasis])
        statements.append(Statement(text, claims, is_connective, pieces, tuple(spans), left_open))
        at = end
    return tuple(statements)


def _within(span: Span, start: int, end: int) -> Span:
    return max(span[0], start) - start, min(span[1], end) - start


def _flat(
    runs: Sequence[Run],
    at: int,
    pieces: list[tuple[int, int]],
    emphasis: list[tuple[int, int]],
) -> str:
    parts = []
    for run in runs:
        if run.kind in ("reference", "connective", "break"):
            text = "\n" if run.kind == "break" else CITED
            pieces.append((at, run.offset))
        elif run.children:
            text = _flat(run.children, at, pieces, emphasis)
            if run.kind in ("em", "strong") and len(text.split()) > _MAX_EMPHASIS:
                emphasis.append((at, at + len(text)))
        else:
            text = run.text
            pieces.append((at, run.offset))
        parts.append(text)
        at += len(text)
    if not pieces:
        pieces.append((0, runs[0].offset if runs else 0))
    return "".join(parts)


def _quotations(text: str) -> tuple[list[Span], Span | None]:
    """Spans within quotation marks of any style, the marks included; and one never closed."""
    words = text.replace(CITED, "")
    if words.isascii() and not _ANY_MARK.search(words):
        return [], None
    folded = fold(text)
    marks = [match.start() for match in _DOUBLE.finditer(folded)]
    spans = [(start, end + 1) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    unclosed = (marks[-1], len(folded)) if len(marks) % 2 else None
    starts = [start for start, _ in spans]
    openings = [match.start() for match in _OPEN_SINGLE.finditer(folded)]
    closings = [match.end() for match in _CLOSE_SINGLE.finditer(folded)]
    single: list[Span] = []
    for opening, following in pairwise([*openings, len(folded) + 1]):
        # The last mark before the next opens: "the states' words" within single marks.
        last = bisect.bisect_left(closings, following) - 1
        around = bisect.bisect_right(starts, opening) - 1
        within = around >= 0 and opening < spans[around][1]
        if last >= 0 and closings[last] > opening + 1 and not within:
            single.append((opening, closings[last]))
    return sorted([*spans, *single]), unclosed
