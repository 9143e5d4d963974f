"""What has aged: how a reason spreads from a source to the claims, judgements and pages on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from briefsite.model.dates import Edtf
from briefsite.model.library import BriefEntry, Library
from briefsite.model.records import Claim, Source

Kind = Literal["source", "claim", "judgement", "brief"]
Cause = Literal["review due", "superseded", "withdrawn"]
Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is stale: the record it comes from, what befell that record, and since when.

    `since` is the day the review was due, or the date of the record's status or withdrawal, if it
    gives one.
    """

    kind: Kind
    id: str
    cause: Cause
    since: Edtf | None = None


def stale(library: Library, as_of: Edtf | None = None) -> Mapping[Key, tuple[Reason, ...]]:
    """Everything that is stale at a day (default: the library's), each with its reasons.

    A source's reason marks each claim that cites it, and a withdrawn brief's each claim in it; a
    claim's marks each judgement and each page that rests on it. What events have overtaken is told
    as such where it stands, and so is no reason; a claim that was replaced or withdrawn keeps its
    place on the page of its brief, which is marked only if something else on it rests on that
    claim.
    """
    day = as_of or library.as_of
    found: dict[Key, list[Reason]] = defaultdict(list)
    for source in library.sources.values():
        found[("source", source.id)] += _own(source, "source", day)
    for claim in library.claims.values():
        reasons = found[("claim", claim.id)]
        reasons += _own(claim, "claim", day)
        reasons += _withdrawn(library.briefs[library.home[claim.id]])
        # What a claim cites for the other side or an answer is not what it rests on.
        for key in dict.fromkeys(citation.source for citation in claim.sources):
            reasons += found[("source", key)]
    for entry in library.briefs.values():
        _spread(library, entry, day, found)
    return MappingProxyType({key: tuple(each) for key, each in sorted(found.items()) if each})


def _spread(library: Library, entry: BriefEntry, day: Edtf, found: dict[Key, list[Reason]]) -> None:
    brief, page = entry.record, found[("brief", entry.id)]
    if brief.review_by.last < day.first:
        page.append(Reason("brief", entry.id, "review due", brief.review_by))
    page += _withdrawn(entry)
    for judgement in brief.judgements:
        below = (r for key in judgement.claims for r in found[("claim", key)])
        # What a brief says of itself, its page says once.
        reasons = _new([], (r for r in below if (r.kind, r.id) != ("brief", entry.id)))
        found[("judgement", f"{entry.id}#{judgement.id}")] += reasons
        page += _new(page, reasons)
    for key in entry.claims:
        own: Key = ("claim", key)
        page += _new(page, (r for r in found[own] if (r.kind, r.id) != own or _is_due(r)))
    for reference in library.shown_on(brief):
        if reference.kind in ("claim", "source") and reference.path[0] != "claims":
            page += _new(page, found[(reference.kind, reference.id)])


def _withdrawn(entry: BriefEntry) -> Iterator[Reason]:
    """What a withdrawn brief says of itself, and of each of its claims."""
    if entry.record.status == "withdrawn":
        told = entry.record.withdrawn
        yield Reason("brief", entry.id, "withdrawn", told.date if told else None)


def _is_due(reason: Reason) -> bool:
    return reason.cause == "review due"


def _new(known: list[Reason], reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in dict.fromkeys(reasons) if reason not in known]


def _own(record: Source | Claim, kind: Kind, day: Edtf) -> Iterator[Reason]:
    if record.review_by is not None and record.review_by.last < day.first:
        yield Reason(kind, record.id, "review due", record.review_by)
    status = record.status
    if status is not None and status.state in ("superseded", "withdrawn"):
        yield Reason(kind, record.id, status.state, status.since)
