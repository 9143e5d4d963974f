"""What an edit inside of briefs concerns, and what it leaves alone, before anything is made.

A part of a brief is what `model.entries.part_with` names. Which of them were edited follows from
what is kept of each file; which units look at those, from what the build before has noted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from briefsite.check import Parts
from briefsite.load import Kind
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.questions import Question
from briefsite.site.traces import UNIT, Trace, Traces

Edited = Mapping[str, Collection[str]]
"""Briefs of which anything else is said than before, and which parts of them."""
INSIDE = frozenset(
    ("unknowns", "coverage", "judgements", "sections", "claims", "positions", "lines")
)
"""The parts of a brief that pages and files, their addresses and anchors never follow from.

They follow from what is kept of these apart, such as ids, and how often something is named."""
_SEEN_BY = {
    "claims": "claims",
    "claims of": "claims",
    "around": "claims",
    "questions": "positions",
    "origins": "lines",
}
"""What is asked otherwise than of a brief itself, and the part of it that is looked at so."""


def edited_briefs(
    now: Mapping[str, str], before: Mapping[str, str], library: Library, kept: Parts
) -> Edited | None:
    """What was edited, by the digests of sources; None if there is any other difference between
    them than in what briefs say."""
    if [*now] != [*before]:
        return None
    others: list[tuple[Kind, str, str]]
    others = [("brief", name, before[name]) for name in now if now[name] != before[name]]
    edited: dict[str, Collection[str]] = {}
    for (_, name, _), part in zip(others, kept.get_all(others), strict=True):
        was = None if part is None else part.record
        if not isinstance(was, BriefEntry) or was.id not in library.briefs:
            return None
        entry = library.briefs[was.id]
        if entry.origin.path != name:
            return None
        parts = entry.prints.items()
        edited[entry.id] = [key for key, told in parts if told != was.prints.get(key)]
    return edited


def concerned_units(edited: Edited, before: Traces, library: Library) -> frozenset[str] | None:
    """The units that look at what was edited, or are made of one that does; None if the site itself
    may have other pages or files."""
    parts = {part for each in edited.values() for part in each}
    if before.assembled is None or not parts <= INSIDE or parts & before.assembled:
        return None
    asked = (looking(library.briefs[brief], parts) for brief, parts in edited.items())
    return frozenset(_asking({question for each in asked for question in each}, before.units))


def _asking(questions: set[Question], units: Mapping[str, Trace]) -> set[str]:
    """The units that ask one of some questions, or for a unit that does."""
    found = set[str]()
    while questions:
        others = units.keys() - found
        further = {name for name in others if not questions.isdisjoint(units[name][1])}
        found |= further
        questions = {(UNIT, name) for name in further}
    return found


def looking(entry: BriefEntry, parts: Collection[str]) -> Iterator[Question]:
    """What may have another answer if some parts of a brief are edited."""
    yield from (("brief", entry.id, part) for part in ("", *parts))
    if "claims" in parts:
        yield from (("claims of", entry.id), ("claims",))
        yield from (("around", kind, key) for kind, key in entry.named)
    if "positions" in parts:
        yield from (("questions",), *(("questions", key) for key in entry.question_ids))
    if "lines" in parts:
        yield from (("origins",), *(("origins", *key) for key in entry.origins))


def looked_at(questions: Iterable[Question]) -> frozenset[str]:
    """The parts of briefs that questions look at."""
    return frozenset(part for question in questions for part in _parts_of(question))


def _parts_of(question: Question) -> Collection[str]:
    name, *key = question
    if name == "brief":
        return (key[1],) if key[1] else INSIDE  # without a name, it may be any
    is_of_brief = name != "origins" or not key or key[0] in ("claim", "judgement")
    return (_SEEN_BY[name],) if name in _SEEN_BY and is_of_brief else ()
