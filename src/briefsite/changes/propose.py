"""What `diff --write` proposes: entries of change logs, and the former ids of what was renamed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefsite.changes.compare import Comparison, Lost
from briefsite.changes.difference import Difference
from briefsite.load import (
    Document,
    Edit,
    Path,
    Tree,
    apply_edits,
    load_document,
)
from briefsite.model.records import Brief, Change
from briefsite.write.edits import insert_first, insert_key, insert_record
from briefsite.write.scalars import Written

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Proposal:
    """The new text of each file that a proposal changes, and what to say about it."""

    files: Mapping[str, str]
    notes: tuple[str, ...]


def propose(comparison: Comparison, tree: Tree) -> Proposal:
    """Propose for every brief that changed an entry of its log, and a redirect for every new id.

    The entry is of the day that the brief says it was reviewed. A brief whose log has an entry that
    its older edition has not is left alone: its author has written one.
    """
    documents = {document.path: document for _, document in tree}
    edits: dict[str, list[Edit]] = defaultdict(list)
    notes: list[str] = []
    by_brief: dict[str, list[Difference]] = defaultdict(list)
    for difference in comparison.differences:
        by_brief[difference.brief].append(difference)
    for slug, brief in comparison.after.briefs.items():
        origin = comparison.after.origin("brief", slug)
        assert origin is not None
        entry = _entry(brief, by_brief.get(slug, ()))
        if entry is None:
            continue
        old = comparison.before.briefs.get(slug)
        if [change for change in brief.changes if old is None or change not in old.changes]:
            notes.append(f"{origin.path}: its change log has a new entry already; left alone")
            continue
        if old is not None and old.reviewed == brief.reviewed:
            notes.append(f"{origin.path}: `reviewed` is still {brief.reviewed}; is that so?")
        edits[origin.path].append(insert_record(documents[origin.path], "changes", entry))
        notes.append(f"{origin.path}: proposed an entry of its change log")
    for lost in comparison.lost:
        if lost.now:
            path, edit = _former(comparison, documents, lost)
            edits[path].append(edit)
            notes.append(f"{path}: '{lost.now}' was formerly '{lost.key[1].rpartition('#')[2]}'")
    for path in [path for path in edits if not documents[path].is_as_written]:
        notes.append(f"{path}: holds what cannot be seen, and is left as it is")
        del edits[path]
    files = {path: _applied(documents[path], found) for path, found in sorted(edits.items())}
    return Proposal(files, tuple(notes))


def _applied(document: Document, edits: Sequence[Edit]) -> str:
    text = apply_edits(document.text, edits)
    read = load_document(document.path, text.encode())
    if read.root is None or read.problems:
        raise AssertionError(f"{document.path}: the proposal is no YAML: {read.problems}")
    return text


def _entry(brief: Brief, found: Sequence[Difference]) -> dict[str, Written] | None:
    """The fields of a log entry, or None if nothing changed that a reader would ask about."""
    sentences = list(_sentences(found))
    if not sentences:
        return None
    entry: dict[str, Written] = {"date": str(brief.reviewed), "text": " ".join(sentences)}
    Change.model_validate(entry)
    if moves := _moves(found):
        entry["judgements"] = moves
    return entry


def _moves(found: Sequence[Difference]) -> list[dict[str, str]]:
    """How judgements moved, each as a record of the log."""
    moved: dict[str, dict[str, str]] = defaultdict(dict)
    for each in found:
        match each.kind:
            case "judgement-up" | "judgement-down" | "judgement-added" | "judgement-removed":
                fields = {"from": each.before, "to": each.after}
                moved[each.id] |= {key: value for key, value in fields.items() if value}
            case "judgement-confidence":
                moved[each.id] |= {"confidence_from": each.before, "confidence_to": each.after}
    return [{"judgement": key, **fields} for key, fields in moved.items()]


def _sentences(found: Sequence[Difference]) -> Iterator[str]:
    """What changed, in sentences that say neither how likely nor how sure anything is.

    They count, because the words of what changed stand on the page itself.
    """
    tally = Counter(each.kind for each in found)
    if tally["brief-added"]:
        yield "First published."
        return
    if tally["brief-withdrawn"]:
        yield "The brief was withdrawn."
    if tally["brief-restored"]:
        yield "The brief is published again."
    if tally["brief-renamed"]:
        yield "The brief has another address."
    for noun, verbs in _PHRASES:
        parts = [(tally[kind], verb) for kind, verb in verbs if tally[kind]]
        if parts:
            yield _counted(noun, parts)
    if tally["summary-reworded"]:
        yield "The summary was reworded."


_PHRASES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "key judgement",
        (
            ("judgement-up", "moved up"),
            ("judgement-down", "moved down"),
            ("judgement-added", "was added"),
            ("judgement-removed", "was dropped"),
            ("judgement-confidence", "is held with another confidence"),
            ("judgement-reworded", "was reworded"),
            ("judgement-resourced", "rests on other claims"),
        ),
    ),
    (
        "claim",
        (
            ("claim-withdrawn", "was withdrawn"),
            ("claim-superseded", "was replaced"),
            ("claim-overtaken", "was overtaken by events"),
            ("claim-restored", "stands again"),
            ("claim-removed", "was taken out"),
            ("claim-contested", "is contested now"),
            ("claim-uncontested", "is no longer contested"),
            ("claim-answered", "has another answer"),
            ("claim-added", "was added"),
            ("claim-moved", "came from another brief"),
            ("claim-reworded", "was reworded"),
            ("claim-resourced", "has other sources"),
            ("claim-confidence", "is held with another confidence"),
        ),
    ),
    (
        "figure",
        (
            ("figure-changed", "was changed"),
            ("figure-added", "was added"),
            ("figure-removed", "was taken out"),
        ),
    ),
    (
        "contested question",
        (
            ("question-added", "was added"),
            ("question-removed", "was taken out"),
            ("question-reworded", "was reworded"),
        ),
    ),
    (
        "position",
        (
            ("position-added", "was added"),
            ("position-removed", "was taken out"),
            ("position-changed", "was changed"),
        ),
    ),
    (
        "section",
        (
            ("section-added", "was added"),
            ("section-removed", "was taken out"),
            ("section-reworded", "was rewritten"),
        ),
    ),
    (
        "event",
        (
            ("event-added", "was added to the timeline"),
            ("event-removed", "was taken out of the timeline"),
            ("event-changed", "was changed in the timeline"),
        ),
    ),
)
_PLURAL = {"was": "were", "is": "are", "has": "have", "rests": "rest", "stands": "stand"}


def _counted(noun: str, parts: Sequence[tuple[int, str]]) -> str:
    """A sentence such as `Two claims were added, one was reworded.`"""
    clauses = []
    for number, (count, verb) in enumerate(parts):
        word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        subject = f"{word} {noun}{'' if count == 1 else 's'}" if not number else word
        first, _, rest = verb.partition(" ")
        verb = verb if count == 1 else f"{_PLURAL.get(first, first)} {rest}"
        clauses.append(f"{subject} {verb}")
    sentence = ", ".join(clauses)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _former(
    comparison: Comparison, documents: Mapping[str, Document], lost: Lost
) -> tuple[str, Edit]:
    """The file and the edit that tell a record's former id."""
    kind, former = lost.key[0], lost.key[1].rpartition("#")[2]
    home = f"{lost.key[1].rpartition('#')[0]}#" if kind in ("judgement", "section") else ""
    document, path = comparison.after.places[(kind, f"{home}{lost.now}")]
    known: Path = (*path, "formerly")
    if document.node(known) is not None:
        return document.path, insert_first(document, known, former)
    behind: Path = (*path, "id") if path else ("schema",)
    return document.path, insert_key(document, behind, "formerly", f"[{former}]")
