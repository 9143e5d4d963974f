"""A difference in substance: what it is, of which record, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from briefsite.model.entries import Origin

_SHARED = (
    "source", "actor", "place", "agreement", "term", "correction", "topic", "publication", "word",
    "map",
)  # fmt: skip

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "brief-removed": "is gone",
        "brief-withdrawn": "is withdrawn",
        "brief-renamed": "has another address",
        "brief-restored": "is published again",
        "brief-added": "is new",
        "judgement-up": "moved up",
        "judgement-down": "moved down",
        "judgement-added": "is new",
        "judgement-removed": "is dropped",
        "judgement-confidence": "is of another confidence",
        "judgement-reworded": "is reworded",
        "judgement-resourced": "rests on other claims",
        "judgement-changed": "changed",
        "judgement-renamed": "has another id",
        "claim-withdrawn": "is withdrawn",
        "claim-superseded": "is superseded",
        "claim-overtaken": "is overtaken",
        "claim-restored": "stands again",
        "claim-removed": "is gone",
        "claim-contested": "is contested",
        "claim-uncontested": "is no longer contested",
        "claim-answered": "has another answer",
        "figure-changed": "has another figure",
        "figure-added": "has a new figure",
        "figure-removed": "lost a figure",
        "claim-reworded": "is reworded",
        "claim-resourced": "has other sources",
        "claim-confidence": "is of another confidence",
        "claim-added": "is new",
        "claim-moved": "comes from another brief",
        "claim-renamed": "has another id",
        "claim-changed": "changed",
        "claim-compared": "was compared again",
        "question-added": "is new",
        "question-removed": "is gone",
        "question-reworded": "is reworded",
        "question-renamed": "has another id",
        "position-added": "is new",
        "position-removed": "is gone",
        "position-changed": "changed",
        "summary-reworded": "is reworded",
        "summary-resourced": "rests on other claims",
        "section-added": "is new",
        "section-removed": "is gone",
        "section-reworded": "is reworded",
        "section-resourced": "rests on other claims",
        "section-renamed": "has another id",
        "event-added": "is new",
        "event-removed": "is gone",
        "event-changed": "changed",
        "unknown-added": "is new",
        "unknown-removed": "is gone",
        "source-withdrawn": "is withdrawn",
        "source-superseded": "is superseded",
        "source-overtaken": "is overtaken",
        "source-restored": "stands again",
        "source-regraded": "is graded anew",
        **{f"{kind}-removed": "is gone" for kind in _SHARED},
        **{f"{kind}-renamed": "has another id" for kind in _SHARED},
        **{f"{kind}-added": "is new" for kind in _SHARED},
        "feature-added": "is new",
        "feature-removed": "is gone",
        "feature-changed": "changed",
        **{f"{kind}-changed": "changed" for kind in _SHARED},
        "translation-removed": "is gone",
        "translation-added": "is new",
        "translation-outdated": "is older than its original now",
        "translation-renewed": "is no longer older than its original",
        "translation-untold": "lost a text",
        "translation-told": "has a new text",
        "translation-reworded": "is reworded",
        "translation-changed": "has another translator",
        "stale-due": "became due to be looked at again",
        "stale-ceased": "is no longer due",
        "brief-changed": "changed",
        "brief-reviewed": "has other dates",
    }
)
"""Every kind of difference with its words, the weightiest first."""
_WEIGHT = {kind: number for number, kind in enumerate(KINDS)}
REWORDED = frozenset(kind for kind in KINDS if kind.endswith("-reworded"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    `record` is what sort of record `id` names; `brief` the brief it belongs to, or empty for what
    briefs share. `before` and `after` are plain text: of a rewording the whole texts, else values
    in words. `text` says what the record says, or which field changed. `origin` is where it stands
    now; of something that is gone, where it stood.
    """

    kind: str
    record: str
    id: str
    brief: str
    origin: Origin
    before: str = ""
    after: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of difference")

    @property
    def group(self) -> tuple[int, str]:
        """Where it is told: with its brief, with its map, or with what is shared."""
        if self.brief:
            return 0, self.brief
        if self.record in ("map", "feature"):
            return 1, self.id.partition("#")[0]
        return 2, ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (*self.group, _WEIGHT[self.kind], self.id, self.before, self.after, self.text)
