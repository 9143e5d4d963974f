"""The audit: which sentences rest on evidence, and how that evidence leans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefsite.check.evidence import Evidence, collect_evidence, plain_by_id
from briefsite.check.passages import passages
from briefsite.check.plain import each, texts
from briefsite.check.publishing import NEVER
from briefsite.check.shape import Reading
from briefsite.load import Path, address
from briefsite.model.records import Brief, Registry


@dataclass(frozen=True, slots=True, order=True)
class Unsourced:
    """A sentence that does not rest on evidence: its place, its text, and why not."""

    path: str
    line: int
    column: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """A brief's statements: how many there are, rest on evidence, or only connect."""

    brief: str
    statements: int
    sourced: int
    connective: int

    @property
    def percent(self) -> float:
        return 100 * self.sourced / self.statements if self.statements else 100.0


@dataclass(frozen=True)
class Audit:
    """The evidence of a tree. Tallies are claims by source, by perspective and by party."""

    coverage: tuple[Coverage, ...]
    unsourced: tuple[Unsourced, ...]
    by_source: Mapping[str, int]
    by_perspective: Mapping[str, int]
    by_party: Mapping[str, int]
    left_out: tuple[str, ...] = ()
    """Briefs that are drafts, and were not asked for."""

    @property
    def overall(self) -> Coverage:
        return Coverage(
            "overall",
            sum(each.statements for each in self.coverage),
            sum(each.sourced for each in self.coverage),
            sum(each.connective for each in self.coverage),
        )


def audit(readings: Sequence[Reading[Any]], only: Collection[str] = ()) -> Audit:
    """Follow every statement of every brief to its sources, also in a tree with mistakes.

    Of the briefs `only` those that are named, if any are: drafts too, as if they were public.
    A statement is a sentence of the summary or the analysis, a judgement, a position or an event.
    It is sourced if it names claims, and each of them is a whole record whose sources exist.
    """
    evidence = collect_evidence(readings)
    every = {address(r.document.path): r for r in readings if r.type is Brief}
    public = [r for key, r in every.items() if key in only or r.partial.public_from < NEVER]
    briefs = [every[key] for key in every if key in only] if only else public
    published, coverage, unsourced = _claims_in(public), [], []
    for reading in sorted(briefs, key=lambda reading: reading.document.path):
        found = list(_statements(reading))
        connective = sum(claims is None for *_, claims in found)
        missing = [
            Unsourced(reading.document.path, line, column, text, why)
            for line, column, text, claims in found
            if claims is not None and (why := _why_not(claims, evidence, published))
        ]
        count = len(found) - connective
        slug = address(reading.document.path)
        coverage.append(Coverage(slug, count, count - len(missing), connective))
        unsourced += missing
    drafts = () if only else tuple(sorted(key for key, r in every.items() if r not in public))
    tallies = _tallies(readings, evidence, _claims_in(briefs))
    return Audit(tuple(coverage), tuple(sorted(unsourced)), **tallies, left_out=drafts)


def _claims_in(briefs: Sequence[Reading[Any]]) -> set[str]:
    found = (c.get("id") for r in briefs for _, c in each(r.plain, "claims"))
    return {identity for identity in found if isinstance(identity, str)}


Basis = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids of the claims that a statement names, and of the sources beside them."""


def _statements(reading: Reading[Any]) -> Iterator[tuple[int, int, str, Basis | None]]:
    """Line, column and text of each statement, with what it names; None for a connective one."""
    document, plain = reading.document, reading.plain
    for passage in passages(document, plain):
        if passage.kind not in ("summary", "prose"):
            continue
        for statement in passage.statements:
            if not any(char.isalnum() for char in statement.plain):
                continue
            where = passage.locate(statement.start)
            basis = None if statement.is_connective else (statement.claims, ())
            yield where.line, where.column, statement.plain, basis
    for path, text, record in _recorded(plain):
        where = document.locate(path)
        yield where.line, where.column, text, (texts(record, "claims"), _sources(record))


def _recorded(plain: Mapping[str, Any]) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    for key, name in (("judgements", "text"), ("timeline", "title")):
        for number, record in each(plain, key):
            yield (key, number, name), str(record.get(name)), record
    for number, question in each(plain, "positions"):
        for index, cell in each(question, "cells"):
            if cell.get("basis") != "none-found":
                path = ("positions", number, "cells", index, "position")
                yield path, str(cell.get("position")), cell


def _sources(record: Mapping[str, Any]) -> tuple[str, ...]:
    cited = (citation.get("source") for _, citation in each(record, "sources"))
    return tuple(source for source in cited if isinstance(source, str))


def _why_not(basis: Basis, evidence: Evidence, published: set[str]) -> str:
    claims, sources = basis
    if not claims and not sources:
        return "it names no claim"
    for key in claims:
        if key not in evidence.claims:
            return f"there is no claim '{key}'"
        if key not in published:
            return f"claim '{key}' is in a draft"
        claim = evidence.whole_claims.get(key)
        if claim is None:
            empty = not evidence.claims[key].get("sources")
            return f"claim '{key}' {'has no source' if empty else 'is not complete'}"
        for citation in claim.sources:
            if citation.source not in evidence.reads:
                return f"claim '{key}' cites '{citation.source}', which is no source"
    missing = next((source for source in sources if source not in evidence.reads), None)
    return f"'{missing}' is no source" if missing else ""


def _tallies(
    readings: Sequence[Reading[Any]], evidence: Evidence, published: set[str]
) -> dict[str, Mapping[str, int]]:
    belongs = {
        actor["id"]: actor.get("part_of")
        for reading in readings
        if reading.type is Registry
        for _, actor in each(reading.plain, "actors")
        if isinstance(actor.get("id"), str)
    }
    leans = {
        key: source.get("perspective")
        for reading in readings
        if reading.type is Registry
        for key, source in plain_by_id(reading, "sources").items()
    }
    sources, perspectives, parties = Counter[str](), Counter[str](), Counter[str]()
    for key, claim in evidence.whole_claims.items():
        if key in published:
            cited = {citation.source for citation in claim.sources}
            sources.update(cited)
            perspectives.update({lean for key in cited if isinstance(lean := leans.get(key), str)})
            parties.update({_party(actor, belongs) for actor in claim.speakers})
    return {
        "by_source": _ranked(sources),
        "by_perspective": _ranked(perspectives),
        "by_party": _ranked(parties),
    }


def _party(actor: str, belongs: Mapping[str, Any]) -> str:
    """Who speaks: of an official or a ministry the state that it belongs to."""
    party, seen = actor, set[str]()
    while isinstance(above := belongs.get(party), str) and party not in seen:
        seen.add(party)
        party = above
    return party


def _ranked(counts: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
