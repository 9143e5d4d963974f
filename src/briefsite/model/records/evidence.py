"""What a statement rests on, and what has become of it: shared by briefs and the registry."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.records.fields import ClaimId, Date, Line, Record, SourceId, Text

ConfidenceLevel = Literal["high", "moderate", "low"]


class Confidence(Record):
    """How sure we are, and why: never how likely something is."""

    level: ConfidenceLevel
    """Quality and agreement of the evidence: high, moderate or low."""
    reason: Text
    """What the level rests on, in one sentence."""


class Citation(Record):
    """Where a source says something."""

    source: SourceId
    """Id of a source in the registry."""
    locator: Line
    """Section and paragraph, page or note: enough to find the passage."""
    cites: tuple[SourceId, ...] = ()
    """Works that the source itself leans on at this place (\"cited in\")."""
    quotation: Line | None = None
    """The source's own words, twelve at most, where the wording is the fact."""
    seen: Date | None = None
    """The day the page was seen, where only a stored page was read."""


class Standing(Record):
    """What has become of a claim or a source since it was made."""

    state: Literal["current", "overtaken", "superseded", "withdrawn"]
    """'overtaken' by events, 'superseded' by something newer, 'withdrawn' by whoever made it."""
    since: Date | None = None
    """When that happened."""
    reason: Text
    """What happened, in a sentence."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that say so."""
    sources: tuple[Citation, ...] = ()
    """Where that is said, if it is no claim here."""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.state == "overtaken" and not (self.claims or self.sources):
            raise PydanticCustomError(
                "missing_evidence", "'overtaken' needs 'claims' or 'sources' for what happened"
            )
        return self
