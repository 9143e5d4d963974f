"""Texts as statements: sentences that know their claims, their quotations and their place."""

from __future__ import annotations

import bisect
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple

from briefsite.check.expressions import Text
from briefsite.check.folding import fold, letters
from briefsite.model.prose import Block, parse_prose
from briefsite.model.sentences import CITED, Run, Sentence, readable, split_text

_MAX_EMPHASIS = 12
_DOUBLE = re.compile('"')
# What looks back stands behind the mark: a search for one passes over all else at once.
_OPEN_SINGLE = re.compile(r"'(?<![\w']')(?=\S)")
OPENS_QUOTATION = re.compile(r"[\"'](?:(?<=\")|(?<![\w']')(?=\S))")
"""What every folded text has that quotes anything."""
_CLOSE_SINGLE = re.compile(r"(?<=\S)'(?!\w)")


Span = tuple[int, int]


@dataclass(eq=False)
class Statement:
    """A sentence of ours.

    `text` is plain, each reference one object replacement character; `pieces` says which
    character of the scalar each stretch of it was read from; `quoted` are the spans of `text`
    within quotation marks.
    """

    text: str
    folded: Text
    claims: tuple[str, ...]
    is_connective: bool
    pieces: tuple[tuple[int, int], ...]
    quoted: tuple[Span, ...]
    unclosed: Span | None = None
    """From a quotation mark that is never closed; whose words these are cannot be told."""
    spoken: Text = field(init=False)
    """The folded text in our own voice: quotations are blanked."""

    def __post_init__(self) -> None:
        self.spoken = self.folded
        if self.quoted:
            parts = list(self.folded)
            for start, end in self.quoted:
                parts[start:end] = " " * (end - start)
            self.spoken = Text("".join(parts))

    @cached_property
    def letters(self) -> str:
        """The folded letters, run together."""
        return letters(self.folded)

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


def text_statements(text: str, claims: tuple[str, ...] = ()) -> tuple[Statement, ...]:
    """The sentences of a text without markup; all rest on some claims."""
    return _statements([_Said(said, ((0, at),), claims) for at, said in split_text(text)])


def prose_statements(text: str) -> tuple[tuple[Statement, ...], ...]:
    """The sentences of prose, by paragraphs."""
    return tuple(_paragraphs(parse_prose(text).blocks, within_quotation=False))


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
    whole = Text(fold("".join([each.text for each in said])))
    spans_of_all, unclosed = _quotations(whole)
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
        folded = whole.part(at, end)
        statements.append(
            Statement(text, folded, claims, is_connective, pieces, tuple(spans), left_open)
        )
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


def _quotations(folded: str) -> tuple[list[Span], Span | None]:
    """Spans within quotation marks of any style, the marks included; and one never closed."""
    if not OPENS_QUOTATION.search(folded):
        return [], None
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
