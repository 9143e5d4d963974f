"""News of a publication from its committed change logs: no clock, no git history."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from briefsite.model.dates import Edtf
from briefsite.model.library import BriefEntry, Library
from briefsite.model.records import JudgementChange

MOST = 100
"""How many entries a feed has at most, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something new of a brief. `anchor` tells it from all others of the brief, for ever."""

    brief: str
    anchor: str
    title: str
    date: Edtf
    text: str
    topic: str
    authors: tuple[str, ...]
    language: str
    moves: tuple[str, ...] = ()
    """How key judgements moved, a sentence or two each."""

    @property
    def day(self) -> datetime.date:
        """The day it is dated; the first that the date can mean."""
        return self.date.first


def entries(library: Library) -> tuple[Entry, ...]:
    """All news of all briefs, the newest first."""
    found = [each for entry in library.briefs.values() for each in entries_of(library, entry)]
    # A stable sort: on one day, in the order of the briefs.
    return tuple(sorted(found, key=lambda each: each.date.sort_key[:2], reverse=True))


def entries_of(library: Library, entry: BriefEntry) -> Iterator[Entry]:
    """The news of one brief, as its log has them: the newest first."""
    brief = entry.record
    if brief.withdrawn is not None:
        text = f"Withdrawn. {brief.withdrawn.reason}"
        yield _entry(library, entry, "withdrawn", brief.withdrawn.date, text)
    for change, anchor in zip(brief.changes, _anchors(c.date for c in brief.changes), strict=True):
        known = {judgement.id: judgement.text for judgement in brief.judgements}
        moves = tuple(_move(move, known) for move in change.judgements)
        news = _entry(library, entry, anchor, change.date, " ".join((change.text, *moves)))
        yield replace(news, moves=moves)


def _move(move: JudgementChange, known: Mapping[str, str]) -> str:
    said = [known.get(move.judgement, f"“{move.judgement}”.")]
    if move.before and move.after:
        said.append(f"Moved {move.direction}, from {move.before} to {move.after}.")
    elif move.after:
        said.append(f"New, {move.after}.")
    elif move.before:
        said.append(f"Dropped; it was {move.before}.")
    if move.confidence_after:
        said.append(f"Confidence from {move.confidence_before} to {move.confidence_after}.")
    return " ".join(said)


def _entry(library: Library, entry: BriefEntry, anchor: str, date: Edtf, text: str) -> Entry:
    brief = entry.record
    authors = brief.authors or (library.publication.byline,)
    topic = library.topics[brief.topic].title
    return Entry(entry.id, anchor, brief.title, date, text, topic, authors, brief.language)


def _anchors(dates: Iterable[Edtf]) -> list[str]:
    """A name for each entry of a log. What stands below it is older, and decides on its number."""
    known: Counter[str] = Counter()
    names = []
    for date in reversed(list(dates)):
        known[date.text] += 1
        number = f"-{known[date.text]}" if known[date.text] > 1 else ""
        names.append(f"change-{date.text.replace('/', '--')}{number}")
    return names[::-1]
