"""What has aged: how a reason spreads from a source to the claims, judgements and pages on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from briefsite.model.dates import Edtf
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Claim, Source

Kind = Literal["source", "claim", "judgement", "brief"]
Cause = Literal["review due", "superseded", "withdrawn"]
AgedKey = tuple[Kind, str]


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


class Staleness:
    """What is stale in a library at a day (default: the library's), found for what is asked about.

    A source's reason marks each claim that cites it, and a withdrawn brief's each claim in it; a
    claim's marks each judgement and each page that rests on it. What events have overtaken is told
    as such where it stands, and so is no reason; a claim that was replaced or withdrawn keeps its
    place on the page of its brief, which is marked only if something else on it rests on that
    claim.
    """

    def __init__(self, library: Library, as_of: Edtf | None = None) -> None:
        self._library = library
        self._day = as_of or library.as_of
        self._found: dict[AgedKey, Callable[[], tuple[Reason, ...]]] = {}

    def reasons(self, kind: Kind, identity: str) -> tuple[Reason, ...]:
        """Why a record is stale; nothing if it is fresh. A judgement's id is `BRIEF#JUDGEMENT`."""
        key = (kind, identity)
        if key not in self._found:
            self._found[key] = self._library.shared(lambda: tuple(self._find(kind, identity)))
        return self._found[key]()

    def _find(self, kind: Kind, identity: str) -> Iterable[Reason]:
        match kind:
            case "source":
                return _own(self._library.sources[identity], kind, self._day)
            case "claim":
                return self._of_claim(self._library.claims[identity])
            case "judgement":
                brief, _, judgement = identity.partition("#")
                return self._of_judgement(self._library.briefs[brief], judgement)
            case "brief":
                return self._of_brief(self._library.briefs[identity])

    def _of_claim(self, claim: Claim) -> Iterator[Reason]:
        yield from _own(claim, "claim", self._day)
        yield from _withdrawn(self._library.briefs[self._library.home[claim.id]])
        # What a claim cites for the other side or an answer is not what it rests on.
        for key in dict.fromkeys(citation.source for citation in claim.sources):
            yield from self.reasons("source", key)

    def _of_judgement(self, entry: BriefEntry, key: str) -> list[Reason]:
        claims = entry.judgements[key].claims
        below = (reason for claim in claims for reason in self.reasons("claim", claim))
        # What a brief says of itself, its page says once.
        return _new([], (r for r in below if (r.kind, r.id) != ("brief", entry.id)))

    def _of_brief(self, entry: BriefEntry) -> list[Reason]:
        brief, page = entry.record, []
        if brief.review_by.last < self._day.first:
            page.append(Reason("brief", entry.id, "review due", brief.review_by))
        page += _withdrawn(entry)
        for key in entry.judgements:
            page += _new(page, self.reasons("judgement", f"{entry.id}#{key}"))
        for key in entry.claims:
            own: AgedKey = ("claim", key)
            page += _new(
                page, (r for r in self.reasons(*own) if (r.kind, r.id) != own or _is_due(r))
            )
        aged: dict[tuple[str, str], Sequence[Reason]] = {}
        for kind, key in self._library.shown_on(entry):
            if kind in ("claim", "source") and (reasons := self.reasons(kind, key)):
                aged[kind, key] = reasons
        if aged:
            beside = (*entry.named_beside, *self._library.named_by_questions(entry))
            for pair in dict.fromkeys(beside):
                page += _new(page, aged.get(pair, ()))
        return page


def stale(library: Library, as_of: Edtf | None = None) -> Mapping[AgedKey, tuple[Reason, ...]]:
    """Everything that is stale, each with its reasons, as Staleness finds them."""
    found = Staleness(library, as_of)
    keys: list[AgedKey] = [("source", key) for key in library.sources]
    keys += [("claim", key) for key in library.claims]
    for entry in library.briefs.values():
        keys += [("judgement", f"{entry.id}#{key}") for key in entry.judgements]
        keys.append(("brief", entry.id))
    return MappingProxyType({key: why for key in sorted(keys) if (why := found.reasons(*key))})


def _withdrawn(entry: BriefEntry) -> Iterator[Reason]:
    """What a withdrawn brief says of itself, and of each of its claims."""
    if entry.record.status == "withdrawn":
        told = entry.record.withdrawn
        yield Reason("brief", entry.id, "withdrawn", told.date if told else None)


def _is_due(reason: Reason) -> bool:
    return reason.cause == "review due"


def _new(known: Sequence[Reason], reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in dict.fromkeys(reasons) if reason not in known]


def _own(record: Source | Claim, kind: Kind, day: Edtf) -> Iterator[Reason]:
    if record.review_by is not None and record.review_by.last < day.first:
        yield Reason(kind, record.id, "review due", record.review_by)
    status = record.status
    if status is not None and status.state in ("superseded", "withdrawn"):
        yield Reason(kind, record.id, status.state, status.since)
