"""What a file says of its own past: former ids, and the change log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from briefsite.check.index import Index
from briefsite.check.plain import each, texts
from briefsite.check.references import RESERVED_SLUGS, is_reserved_anchor
from briefsite.check.shape import Reading
from briefsite.load import Document, Path
from briefsite.model.records import (
    Brief,
    Change,
    Judgement,
    MapRecord,
    Record,
    RecordKind,
    Registry,
)
from briefsite.report import Problem, did_you_mean

Kind = RecordKind | Literal["judgement", "section"]

_ANCHORED: Mapping[str, Kind] = {
    "claims": "claim",
    "judgements": "judgement",
    "sections": "section",
    "positions": "question",
}
_WITH_FORMER: Mapping[type[Record], Mapping[str, Kind]] = {
    Brief: _ANCHORED,
    Registry: {
        "sources": "source",
        "actors": "actor",
        "places": "place",
        "agreements": "agreement",
        "terms": "term",
        "corrections": "correction",
    },
    MapRecord: {},
}


Former = tuple[Kind, str, Path, str]
"""Kind and former id of a record, where it stands, and what uses it on its own page, in words."""


def former_in(reading: Reading[Any]) -> Iterator[Former]:
    """Each former id of a file."""
    anchors: dict[str, str] = {}
    for kind, identity, path in _former(reading):
        used = ""
        if kind in _ANCHORED.values():
            anchors = anchors or _anchors(reading)
            used = anchors.get(identity, "")
            if not used:
                line = reading.document.locate(path).line
                anchors[identity] = f"a former id on line {line} already"
        yield kind, identity, path, used


def check_former_ids(
    index: Index, files: Iterable[tuple[Sequence[Former], Callable[[], Document]]]
) -> Iterator[Problem]:
    """A former id is not in use, and leads to one record: so there are no chains and no loops.

    Of each file, what is `former_in` it is given.
    """
    taken: dict[tuple[Kind, str], tuple[Callable[[], Document], Path]] = {}
    for former, find in files:
        for kind, identity, path, used in former:
            what = _user(index, kind, identity) or used
            if kind != "judgement" and kind != "section":
                if not what and (first := taken.get((kind, identity))):
                    document = first[0]()
                    line = document.locate(first[1]).line
                    what = f"a former id at {document.path}:{line} already"
                taken.setdefault((kind, identity), (find, path))
            if what:
                document = find()
                message = f"former id '{identity[:80]}' is {what}"
                hint = "a former id leads to one record, and nothing else has it: take it out"
                yield document.problem(document.locate(path), "former-id", message, hint)


def _user(index: Index, kind: Kind, identity: str) -> str:
    """What uses an id now, in words, or an empty string."""
    if kind != "judgement" and kind != "section" and (kind, identity) in index.defined:
        first = index.defined[(kind, identity)][0]
        article = "an" if kind[0] in "aeiou" else "a"
        return f"the id of {article} {kind} at {first.name}:{first.where.line}"
    reserved = identity in RESERVED_SLUGS if kind == "brief" else identity == "index"
    if kind in _ANCHORED.values():
        reserved = is_reserved_anchor(identity)
    return "an address the site uses itself" if reserved else ""


def _anchors(reading: Reading[Any]) -> dict[str, str]:
    """The ids on a brief's page, each with what it is."""
    found: dict[str, str] = {}
    for key, kind in _ANCHORED.items():
        for _, record in each(reading.plain, key):
            found.setdefault(str(record.get("id")), f"the id of a {kind} on this page")
    for key in texts(reading.plain, "questions"):
        found.setdefault(key, "the id of a question on this page")
    return found


def _former(reading: Reading[Any]) -> Iterator[tuple[Kind, str, Path]]:
    for number, identity in enumerate(texts(reading.plain, "formerly")):
        if reading.type in (Brief, MapRecord):
            yield ("brief" if reading.type is Brief else "map"), identity, ("formerly", number)
    for key, kind in _WITH_FORMER[reading.type].items():
        for position, record in each(reading.plain, key):
            for number, identity in enumerate(texts(record, "formerly")):
                yield kind, identity, (key, position, "formerly", number)


def check_change_log(reading: Reading[Brief]) -> Iterator[Problem]:
    """What changed was reviewed, and the newest that the log says of a judgement is so."""
    given = reading.partial.model_fields_set
    if "changes" not in given:
        return
    entries = [(n, c) for n, c in enumerate(reading.partial.changes) if c is not None]
    if "reviewed" in given:
        yield from _check_reviewed(reading, entries)
    if "judgements" in given and None not in reading.partial.judgements:
        judgements = {judgement.id: judgement for judgement in reading.partial.judgements}
        yield from _check_moves(reading.document, entries, judgements)


def _check_reviewed(
    reading: Reading[Brief], entries: Sequence[tuple[int, Change]]
) -> Iterator[Problem]:
    """A brief is reviewed when it is changed, if only to be withdrawn."""
    days = [reading.partial.reviewed]
    if reading.partial.withdrawn is not None:
        days.append(reading.partial.withdrawn.date)
    latest = max(day.last for day in days)
    for number, entry in entries:
        if entry.date.first > latest:
            yield reading.document.problem(
                reading.document.locate(("changes", number, "date")),
                "review-order",
                f"the change ({entry.date}) is after the last review ({reading.partial.reviewed})",
                "bring `reviewed` up to date: what changed was reviewed",
            )


def _check_moves(
    document: Document,
    entries: Sequence[tuple[int, Change]],
    judgements: Mapping[str, Judgement],
) -> Iterator[Problem]:
    dropped: set[str] = set()
    likelihoods: set[str] = set()
    confidences: set[str] = set()
    for number, entry in entries:
        for position, move in enumerate(entry.judgements):
            path: Path = ("changes", number, "judgements", position)
            judgement = judgements.get(move.judgement)
            if judgement is None:
                if move.is_dropped:
                    dropped.add(move.judgement)
                if move.judgement not in dropped:
                    message = f"there is no judgement '{move.judgement}' in this brief"
                    where = document.locate((*path, "judgement"))
                    hint = did_you_mean(move.judgement, judgements)
                    yield document.problem(where, "unknown-id", message, hint)
                continue
            for key, told, so, known in (
                ("to", move.after, judgement.likelihood, likelihoods),
                (
                    "confidence_to",
                    move.confidence_after,
                    judgement.confidence.level,
                    confidences,
                ),
            ):
                if told is not None and move.judgement not in known:
                    known.add(move.judgement)
                    if told != so:
                        yield document.problem(
                            document.locate((*path, key)),
                            "change-log",
                            f"the newest change of '{move.judgement}' is to '{told}',"
                            f" and it is '{so}'",
                            "add an entry for what came since: `briefsite diff BASE --write`",
                        )
