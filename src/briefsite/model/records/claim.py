"""A claim: who says what, where and when, how sure we are, and who says otherwise."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.records.evidence import Citation, Confidence, Standing
from briefsite.model.records.fields import (
    ActorId,
    AgreementId,
    ClaimId,
    Date,
    FormerIds,
    Id,
    Language,
    Line,
    PlaceId,
    Record,
    Text,
)

ClaimKind = Literal[
    "event", "figure", "position", "assessment", "forecast", "quotation", "allegation"
]


class Figure(Record):
    """A number, and everything needed to read it."""

    measures: Line
    """What is counted, such as 'crude oil exported to Israel'."""
    value: float
    """The number as the source gives it, in `unit`."""
    unit: Line
    """Unit, such as 'million barrels', 'billion USD', '%'."""
    year: Date
    """The year or period the number is true of."""
    qualifier: Literal["about", "up to", "at least", "more than", "less than"] | None = None
    """The source's own hedge."""
    high: float | None = None
    """Upper end, where the source gives a range; `value` is then its lower end."""

    @model_validator(mode="after")
    def _range_is_ordered(self) -> Self:
        if self.high is not None and self.high <= self.value:
            message = "'high' is not above 'value'"
            raise PydanticCustomError("inconsistent", message, {"key": "high"})
        return self


class Contest(Record):
    """Someone who says otherwise."""

    by: ActorId | None = None
    """Who contests the claim; leave out where it is our own check."""
    position: Text
    """What they say instead, attributed and dated in the sentence."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that carry the other side."""
    sources: tuple[Citation, ...] = ()
    """Where the other side is said, if it is no claim here."""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not (self.claims or self.sources or self.by is None):
            raise PydanticCustomError(
                "missing_evidence",
                "give 'claims' or 'sources' for what '{by}' says",
                {"by": self.by},
            )
        return self


class Response(Record):
    """What the party that a claim is about answered."""

    kind: Literal["denial", "acceptance", "no-comment", "none-found"]
    """'none-found' says that an answer was looked for."""
    by: ActorId | None = None
    """Who answered."""
    text: Text
    """The answer, or where one was looked for."""
    searched: Date | None = None
    """The day of the search, for 'none-found'."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that carry the answer."""
    sources: tuple[Citation, ...] = ()
    """Where the answer is said."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.kind == "none-found" and self.searched is None:
            raise PydanticCustomError("missing_evidence", "'none-found' needs 'searched: DATE'")
        if self.kind != "none-found" and (self.by is None or not (self.claims or self.sources)):
            raise PydanticCustomError(
                "missing_evidence", "an answer needs 'by', and 'claims' or 'sources'"
            )
        return self


class Claim(Record):
    """One checkable statement: who says it, where, when, and how sure we are."""

    id: Id
    """Its address: the claim is at briefs/BRIEF/#ID for ever."""
    formerly: FormerIds = ()
    text: Text
    """The statement in our words, attributed and dated within the sentence."""
    kind: ClaimKind
    """What sort of statement it is."""
    said_by: ActorId
    """Who says it: an author, an official, a state."""
    said_with: tuple[ActorId, ...] = ()
    """Who says it too, in the same words: the other parties to a joint statement."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """Where it is said."""
    date: Date
    """When it happened, or the period it is about."""
    as_of: Date
    """When it was said: the statement is not younger than this."""
    confidence: Confidence
    """How sure we are that it is so."""
    figures: tuple[Figure, ...] = ()
    """The numbers in it."""
    actors: tuple[ActorId, ...] = ()
    """Whom it is about."""
    places: tuple[PlaceId, ...] = ()
    """Where it is about."""
    agreements: tuple[AgreementId, ...] = ()
    """Agreements it names."""
    status: Standing | None = None
    """What has become of it; absent means that it stands."""
    contested: tuple[Contest, ...] = ()
    """Who says otherwise."""
    response: Response | None = None
    """What the party it is about answered."""
    supersedes: tuple[ClaimId, ...] = ()
    """Older claims that this one replaces."""
    review_by: Date | None = None
    """The day after which it must be looked at again, where that is sooner than the brief's."""
    compared: Date
    """The day it was last compared with its passage."""
    language: Language = "en"
    """Language of the passage."""
    note: Text | None = None
    """For the reader: what to keep in mind."""

    @model_validator(mode="after")
    def _names_each_speaker_once(self) -> Self:
        if len(set(self.speakers)) < len(self.speakers):
            message = "'said_with' names someone twice, or whom 'said_by' names already"
            raise PydanticCustomError("inconsistent", message, {"key": "said_with"})
        return self

    @property
    def speakers(self) -> tuple[str, ...]:
        """Ids of all who say it."""
        return (self.said_by, *self.said_with)

    @property
    def is_contested(self) -> bool:
        """Whether anybody says otherwise; whoever denies a charge does."""
        return bool(self.contested) or self.is_denied

    @property
    def is_denied(self) -> bool:
        return self.response is not None and self.response.kind == "denial"

    @property
    def state(self) -> str:
        return self.status.state if self.status else "current"
