"""Runs of text, and the sentences they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

# A sentence ends at . ! or ? (with closing quotes and brackets) before a space and a capital,
# digit or opening quote. References behind the stop belong to the sentence; they stand as the
# object replacement character here.
CITED = "\ufffc"
_FULL_STOPS = "．。․։｡"  # other scripts' full stops, which some type as ours
STOPS = f".!?…{_FULL_STOPS}"
"""The characters that end a sentence."""
# What looks back stands behind the stop: a search for one passes over all else at once.
_STOP = re.compile(
    rf"[{STOPS}](?:[\"'”’»)\]]*(?:\s*{CITED})*(?=\s)"
    rf"|(?<=[{_FULL_STOPS}])(?:\s*{CITED})*(?=\S)"
    rf"|(?<=[a-z]{{3}}[.!?])(?:\s*{CITED})*(?=[A-Z][a-z ]))"
)
_START = re.compile(r"\s*(?:[-–—]\s+)?[\"'“„‘‚«‹(\[]*([^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[“\"]*$")
_MAX_ABBREVIATION = 12
_ABBREVIATION = re.compile(
    r"[a-z]|mr|mrs|ms|dr|prof|st|gen|col|lt|sgt|rep|sen|gov|no|nos|vol|pp|ch|art|sec|fig|ed|eds"
    r"|vs|cf|al|etc|approx|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|u\.s|u\.k|u\.n|e\.g|i\.e"
)


class Run(NamedTuple):
    """A piece of text with its markup.

    `kind` is text, em, strong, link, break, reference, or connective (the mark `[~]`).
    `children` holds what emphasis and links enclose, `target` a link's address, `claims` the ids
    of a reference. `offset` counts characters into the prose.
    """

    kind: str
    offset: int
    text: str = ""
    target: str = ""
    children: tuple[Run, ...] = ()
    claims: tuple[str, ...] = ()

    def plain(self) -> str:
        """The text without markup and references."""
        if self.kind == "break":
            return " "
        if not self.children:
            return self.text
        return self.text + "".join(child.plain() for child in self.children)

    def references(self) -> Iterator[Run]:
        """Every claim reference in this run."""
        if self.kind == "reference":
            yield self
        for child in self.children:
            yield from child.references()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its runs, and the claims it rests on."""

    runs: tuple[Run, ...]

    def __reduce__(self) -> tuple[type[Sentence], tuple[object, ...]]:
        # Read in half the time of what a dataclass writes.
        return Sentence, (self.runs,)

    @property
    def text(self) -> str:
        return readable("".join([_flat(run) for run in self.runs]))

    @property
    def offset(self) -> int:
        return self.runs[0].offset

    @property
    def is_connective(self) -> bool:
        """Whether it is marked as one that states no fact and only joins others."""
        return any(run.kind == "connective" for run in self.runs)

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(
            claim
            for run in self.runs
            for reference in run.references()
            for claim in reference.claims
        )


def readable(flat: str) -> str:
    """A sentence as it is read: in one line, without the places of its references."""
    *before, last = flat.split(CITED)
    return " ".join("".join([*map(str.rstrip, before), last]).split())


def split_sentences(runs: list[Run]) -> tuple[Sentence, ...]:
    """Cut runs into sentences.

    References stand before the stop (`A [@a]. B.`) or behind it (`A. [@a] B.`); either way they
    belong to the sentence they follow.
    """
    flats = [_flat(run) for run in runs]
    cuts = list(inner_stops("".join(flats)))
    cuts.reverse()
    sentences: list[Sentence] = []
    current: list[Run] = []
    end = 0
    for run, flat in zip(runs, flats, strict=True):
        start, end = end, end + len(flat)
        at = start
        while cuts and cuts[-1] <= end:
            cut = cuts.pop()
            if run.kind == "text":
                piece = run.text[at - start : cut - start]
                current.append(Run("text", run.offset + at - start, piece))
                at = cut
            elif cut == end:
                current.append(run)
                at = cut
            else:  # within a link or emphasis, which stays whole
                continue
            sentences.append(Sentence(tuple(current)))
            current = []
        if run.kind != "text" and at == start:
            current.append(run)
        elif run.kind == "text" and at < end:
            current.append(Run("text", run.offset + at - start, run.text[at - start :]))
    if any(run.plain().strip() or _flat(run) == CITED for run in current):
        sentences.append(Sentence(tuple(current)))
    return tuple(sentences)


def split_text(text: str) -> list[tuple[int, str]]:
    """Cut a text without markup into sentences, each with the offset that it begins at."""
    cuts = [0, *inner_stops(text), len(text)]
    found = [(start, text[start:end]) for start, end in pairwise(cuts) if start < end]
    if found and not found[-1][1].strip():
        found.pop()
    return found


def _flat(run: Run) -> str:
    return CITED if run.kind in ("reference", "connective") else run.plain()


def _ends_sentence(flat: str, stop: re.Match[str]) -> bool:
    following = _START.match(flat, stop.end())
    if following is None:
        return False
    before = flat[max(0, stop.start() - _MAX_ABBREVIATION) : stop.start()]
    last = _LAST_WORD.search(before)
    word = last.group().lower() if last else ""
    if following[1].islower():
        # A sentence that starts small is one, unless the stop may be a shortened word's.
        plain = len(word) > 3 and word.isalpha() and not _ABBREVIATION.fullmatch(word)
        return stop.group()[0] == "." and plain
    if stop.group().rstrip(f"{CITED} \n") != ".":
        return True
    return not _ABBREVIATION.fullmatch(word)


def inner_stops(text: str) -> Iterator[int]:
    """Behind which characters of a text a sentence ends, by its stops."""
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield stop.end()
