"""What a claim, a judgement and a position rest on: rules over records, not over words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefsite.check import lexicon as words
from briefsite.check.expressions import look_over
from briefsite.check.folding import fold
from briefsite.check.plain import Mappings, Plain, each, items, texts
from briefsite.check.shape import Reading
from briefsite.load import Document, Path
from briefsite.model.records import Brief, Claim, Correction, Registry
from briefsite.model.sums import SumError, compute
from briefsite.report import Problem


@dataclass(frozen=True)
class Evidence:
    """Claims of the whole tree by id, as the files have them, and what was read of each source."""

    claims: Mapping[str, Plain]
    reads: Mapping[str, str | None]
    whole_claims: Mapping[str, Claim]
    """The claims that are records, for sums."""


def collect_evidence(readings: Sequence[Reading[Any]]) -> Evidence:
    """Claims and sources of every file that could be read."""
    claims: dict[str, Plain] = {}
    whole: dict[str, Claim] = {}
    reads: dict[str, str | None] = {}
    for reading in readings:
        if reading.type is Brief:
            claims |= plain_by_id(reading, "claims")
            whole |= whole_claims_of(reading)
        elif reading.type is Registry:
            reads |= reads_of(reading)
    return Evidence(claims, reads, whole)


def plain_by_id(reading: Reading[Any], key: str) -> dict[str, Plain]:
    """The records of a list that have an id, as the file has them."""
    return {r["id"]: r for _, r in each(reading.plain, key) if isinstance(r.get("id"), str)}


def reads_of(reading: Reading[Registry]) -> dict[str, str | None]:
    """What a registry file says was read of each source: all that rules ask of one."""
    reads = ((key, s.get("read")) for key, s in plain_by_id(reading, "sources").items())
    return {key: read if isinstance(read, str) else None for key, read in reads}


def whole_claims_of(reading: Reading[Brief]) -> dict[str, Claim]:
    """The claims of a brief that are records, whatever else is wrong with it."""
    if "claims" not in reading.partial.model_fields_set:
        return {}
    return {claim.id: claim for claim in reading.partial.claims if claim is not None}


def check_evidence(
    reading: Reading[Brief], below: Mappings, evidence: Evidence
) -> Iterator[Problem]:
    """The rules of a brief's claims, judgements and positions."""
    for number, claim in each(reading.plain, "claims"):
        path: Path = ("claims", number)
        yield from _check_claim(reading.document, path, claim)
        yield from _check_sources(reading.document, path, claim, evidence)
        yield from _check_superseded(reading.document, path, claim, evidence)
    for number, judgement in each(reading.plain, "judgements"):
        yield from _check_judgement(reading.document, ("judgements", number), judgement, evidence)
    for number, question in each(reading.plain, "positions"):
        yield from _check_question(reading.document, ("positions", number), question)
    yield from _check_seen(reading.document, below, evidence)
    yield from _check_reasons(reading.document, below)


def check_registry(
    reading: Reading[Registry], below: Mappings, evidence: Evidence
) -> Iterator[Problem]:
    """The rules of shared records: reasons that say something, and sums that can be done."""
    yield from _check_seen(reading.document, below, evidence)
    yield from _check_reasons(reading.document, below)
    if "corrections" in reading.partial.model_fields_set:
        for number, correction in enumerate(reading.partial.corrections):
            if correction is not None:
                yield from _check_sums(reading.document, number, correction, evidence)


def _check_claim(document: Document, path: Path, claim: Plain) -> Iterator[Problem]:
    kind, text = claim.get("kind"), claim.get("text")
    identity = str(claim.get("id"))[:80]
    if claim.get("response") is None:
        if kind == "allegation":
            what = f"'{identity}' is an allegation without an answer"
        elif isinstance(text, str) and words.ACCUSES.search(look_over(text)):
            what = f"'{identity}' tells of an accusation, and has no answer"
        else:
            what = ""
        if what:
            yield document.problem(
                document.locate((*path, "text")),
                "allegation-without-answer",
                what,
                "add `response:`; if none was found, `kind: none-found` and the day of the search",
            )
    if kind == "figure" and not claim.get("figures"):
        yield document.problem(
            document.locate((*path, "kind")),
            "claim-without-figure",
            f"'{identity}' is a figure without `figures`",
            "give its value, unit and year",
        )


def _cited(claim: Plain) -> list[str]:
    return [c["source"] for _, c in each(claim, "sources") if isinstance(c.get("source"), str)]


def _check_sources(
    document: Document, path: Path, claim: Plain, evidence: Evidence
) -> Iterator[Problem]:
    read = [evidence.reads.get(key) for key in _cited(claim)]
    if not read or not all(each in ("whole", "excerpt", "not-read") for each in read):
        return
    if set(read) == {"not-read"}:
        yield document.problem(
            document.locate((*path, "sources")),
            "unread-source",
            "the claim rests on a work that was not read",
            "cite the source that cites it, with the work under `cites`",
        )
    confidence = claim.get("confidence")
    level = confidence.get("level") if isinstance(confidence, dict) else None
    if "whole" not in read and level == "high":
        yield document.problem(
            document.locate((*path, "confidence", "level")),
            "excerpt-too-sure",
            "high confidence in a claim of which only excerpts were seen",
            "write `moderate` at most, or cite a source that was read whole",
        )


def _check_superseded(
    document: Document, path: Path, claim: Plain, evidence: Evidence
) -> Iterator[Problem]:
    for number, key in enumerate(items(claim, "supersedes")):
        other = evidence.claims.get(key) if isinstance(key, str) else None
        status = other.get("status") if other is not None else None
        state = status.get("state") if isinstance(status, dict) else "current"
        if other is not None and state not in ("superseded", "overtaken", "withdrawn"):
            yield document.problem(
                document.locate((*path, "supersedes", number)),
                "superseded-unmarked",
                f"'{key}' is replaced here, and its own status does not say so",
                f"give '{key}' a `status:` with `state: superseded`",
            )


def _check_seen(document: Document, below: Mappings, evidence: Evidence) -> Iterator[Problem]:
    """Each citation of a page of which an excerpt was seen gives the day, wherever it stands."""
    for path, record in below.get("sources", ()):
        for number, item in each(record, "sources"):
            source = item.get("source")
            given = isinstance(source, str) and item.get("seen") is None
            if given and evidence.reads.get(str(source)) == "excerpt":
                where = document.locate((*path, "sources", number))
                message = f"'{source}' was seen in excerpt, and the day is not given"
                yield document.problem(where, "excerpt-without-day", message, "add `seen: DATE`")


_REASONS = ("reason", "stance")
_HOLLOW = {
    "reason": ("gives no reason", "say what it rests on, in a sentence"),
    "stance": (
        "does not say where the source stands",
        "say whom it speaks for, and what to watch for",
    ),
    "text": ("is no answer", "say what was answered, or where an answer was looked for"),
}
_MIN_WORDS = 3
_WORD = re.compile(r"[^\W_]+")


def _check_reasons(document: Document, below: Mappings) -> Iterator[Problem]:
    """A reason or a stance says something, wherever it stands."""
    for key in (*_REASONS, "text"):
        for path, record in below.get(key, ()):
            if key == "text" and path[-1:] != ("response",):
                continue
            value = record[key]
            if isinstance(value, str) and value.strip() and _is_hollow(value):
                message, hint = _HOLLOW[key]
                yield document.problem(
                    document.locate((*path, key)),
                    "hollow-reason",
                    f"'{value[:60].strip()}' {message}",
                    hint,
                )


# So many characters nearly always show that a text says something.
_GLANCE = 60


def _is_hollow(text: str) -> bool:
    beginning = _WORD.findall(fold(text[:_GLANCE]))[:-1]  # whose last word may go on
    return _are_hollow(beginning) and _are_hollow(_WORD.findall(fold(text)))


def _are_hollow(found: Sequence[str]) -> bool:
    opening = "".join(found[:3]) if found and len(found[0]) == 1 else "".join(found[:1])
    if len(found) < _MIN_WORDS or set(found) <= words.HOLLOW_WORDS:
        return True
    return opening in words.HOLLOW_OPENINGS


def _check_judgement(
    document: Document, path: Path, judgement: Plain, evidence: Evidence
) -> Iterator[Problem]:
    identity = str(judgement.get("id"))[:80]
    confidence = judgement.get("confidence")
    if isinstance(confidence, dict) and confidence.get("level") == "low":
        yield document.problem(
            document.locate((*path, "confidence", "level")),
            "judgement-on-low-confidence",
            f"'{identity}' is of low confidence",
            "what is weak does not lead: move it to the analysis",
        )
    keys = texts(judgement, "claims")
    for number, key in enumerate(keys):
        claim = evidence.claims.get(key, {}).get("confidence")
        if isinstance(claim, dict) and claim.get("level") == "low":
            yield document.problem(
                document.locate((*path, "claims", number)),
                "judgement-on-low-confidence",
                f"'{identity}' rests on '{key}', which is of low confidence",
                "claims of low confidence never headline: rest it on a stronger one",
            )
    if not all(key in evidence.claims for key in keys):
        return  # what cannot be read may rest on another source
    sources = {s for key in keys for s in _cited(evidence.claims[key])}
    read = [evidence.reads.get(key) for key in sources]
    if read == ["excerpt"]:
        yield document.problem(
            document.locate((*path, "claims")),
            "judgement-on-one-excerpt",
            f"'{identity}' rests on one stored page alone",
            "add a claim from another source, or from one that was read whole",
        )


def _check_question(document: Document, path: Path, question: Plain) -> Iterator[Problem]:
    filled, parties = 0, set[str]()
    cells = list(each(question, "cells"))
    for number, cell in cells:
        filled += cell.get("basis") in ("own-words", "reported")
        party = cell.get("party")
        if isinstance(party, str) and party in parties:
            yield document.problem(
                document.locate((*path, "cells", number, "party")),
                "repeated-id",
                f"'{party}' has a cell already",
                "one cell a party",
            )
        parties.add(str(party))
    if len(cells) >= 2 and filled < 2:
        yield document.problem(
            document.locate((*path, "cells")),
            "one-sided-question",
            f"'{str(question.get('id'))[:80]}' has the position of {filled or 'no'} party"
            f"{'' if filled == 1 else ' at all'}",
            "a contested question shows two positions at least",
        )


def _check_sums(
    document: Document, number: int, correction: Correction, evidence: Evidence
) -> Iterator[Problem]:
    for index, record in enumerate(correction.sums):
        if any(
            q.claim is not None and q.claim not in evidence.whole_claims for q in record.quantities
        ):
            continue  # which has a problem of its own
        try:
            compute(record, evidence.whole_claims)
        except SumError as error:
            path: Path = ("corrections", number, "sums", index)
            part = ("quantities", error.part) if isinstance(error.part, int) else (error.part,)
            yield document.problem(document.locate((*path, *part)), "bad-sum", str(error))
