"""A brief: claims, judgements, prose, positions, events."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.dates import Edtf
from briefsite.model.records.chart import Chart
from briefsite.model.records.claim import Claim
from briefsite.model.records.evidence import Citation, Confidence, ConfidenceLevel
from briefsite.model.records.fields import (
    ActorId,
    BriefId,
    ClaimId,
    Date,
    FormerIds,
    Id,
    Language,
    LargeRecord,
    Line,
    MapId,
    PlaceId,
    ProseText,
    QuestionId,
    Record,
    SchemaVersion,
    TermId,
    Text,
    TopicId,
)

Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
]
PublicationStatus = Literal["draft", "published", "withdrawn"]
PublicationState = Literal["draft", "scheduled", "published", "withdrawn"]


class Judgement(Record):
    """A key judgement: likelihood and confidence, apart."""

    id: Id
    """Its address on the page."""
    formerly: FormerIds = ()
    text: Text
    """The judgement, without a word about confidence."""
    likelihood: Likelihood
    """One of the seven bands of ICD 203."""
    confidence: Confidence
    """How good the evidence is."""
    claims: Annotated[tuple[ClaimId, ...], Field(min_length=1)]
    """The claims it rests on."""


class Section(Record):
    """A part of the analysis."""

    id: Id
    """Its address on the page."""
    formerly: FormerIds = ()
    heading: Line
    """Its heading."""
    prose: ProseText
    """Paragraphs; each sentence ends with its claims, [@claim-id], or with [~] if it states no
    fact and only joins others."""


class Cell(Record):
    """What one party says on a contested question."""

    party: ActorId
    """Whose position it is."""
    basis: Literal["own-words", "reported", "none-found"]
    """The party's own words, someone's report of them, or nothing found."""
    position: Text | None = None
    """The position, attributed; for 'none-found' what was searched."""
    date: Date | None = None
    """When it was said; for 'none-found' the day of the search."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that carry it."""
    sources: tuple[Citation, ...] = ()
    """Where it is said, if it is no claim here."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.position is None or self.date is None:
            raise PydanticCustomError(
                "missing_evidence",
                "a cell needs 'position' and 'date': for none-found, what was searched and when",
            )
        if self.basis != "none-found" and not (self.claims or self.sources):
            raise PydanticCustomError("missing_evidence", "a position needs 'claims' or 'sources'")
        return self


class Question(Record):
    """A contested question, and what each party concerned says."""

    id: Id
    """Its address on the page."""
    formerly: FormerIds = ()
    question: Line
    """The question, in words all parties could accept."""
    cells: Annotated[tuple[Cell, ...], Field(min_length=2)]
    """One for each party concerned."""


class Event(Record):
    """A dated entry of the timeline."""

    date: Date
    """When, as precisely as it is known."""
    title: Line
    """What happened."""
    claims: Annotated[tuple[ClaimId, ...], Field(min_length=1)]
    """The claims it rests on."""
    places: tuple[PlaceId, ...] = ()
    """Where."""
    actors: tuple[ActorId, ...] = ()
    """Who."""


class JudgementChange(Record):
    """How a key judgement changed: `to` alone is a new one, `from` alone one that was dropped."""

    judgement: Id
    """Id of the judgement in this brief."""
    before: Likelihood | None = Field(None, alias="from")
    """Its likelihood before."""
    after: Likelihood | None = Field(None, alias="to")
    """Its likelihood since."""
    confidence_before: ConfidenceLevel | None = Field(None, alias="confidence_from")
    """Its confidence before, if that changed."""
    confidence_after: ConfidenceLevel | None = Field(None, alias="confidence_to")
    """Its confidence since."""

    @property
    def is_dropped(self) -> bool:
        return self.before is not None and self.after is None

    @property
    def direction(self) -> Literal["new", "up", "down", "dropped", "none"]:
        """Where the likelihood went."""
        if self.before is None:
            return "new" if self.after else "none"
        if self.after is None:
            return "dropped"
        bands: tuple[Likelihood, ...] = get_args(Likelihood)
        return "up" if bands.index(self.after) > bands.index(self.before) else "down"

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.before is None and self.after is None and self.confidence_before is None:
            raise PydanticCustomError(
                "missing_evidence", "give 'from' and 'to', or 'confidence_from' and 'confidence_to'"
            )
        if (self.confidence_before is None) != (self.confidence_after is None):
            raise PydanticCustomError(
                "missing_evidence", "'confidence_from' and 'confidence_to' stand together"
            )
        if self.before == self.after is not None:
            message = "the judgement moves from a likelihood to the same"
            raise PydanticCustomError("inconsistent", message, {"key": "to"})
        if self.confidence_before == self.confidence_after is not None:
            message = "the judgement moves from a confidence to the same"
            raise PydanticCustomError("inconsistent", message, {"key": "confidence_to"})
        return self


class Change(Record):
    """An entry of a brief's change log."""

    date: Date
    """The day of the change."""
    text: Text
    """What changed in substance."""
    judgements: tuple[JudgementChange, ...] = ()
    """Key judgements that moved, as data: `briefsite diff --write` proposes them."""


class Withdrawal(Record):
    """Why a whole brief no longer stands."""

    date: Date
    """The day it was withdrawn."""
    reason: Text
    """What was wrong with it, in a sentence or two."""


class Brief(LargeRecord):
    """A briefing on one topic: the whole of a file in `briefs/`."""

    apart: ClassVar = ("judgements", "sections", "claims", "positions")

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    formerly: FormerIds = ()
    title: Line
    """Title of the page."""
    topic: TopicId
    """The topic it is filed under."""
    status: PublicationStatus = "published"
    """'draft' is never published; 'withdrawn' keeps its address and says why in `withdrawn`."""
    publish_on: Date | None = None
    """The day it is published, as the site speaks from that day on; until then it is scheduled."""
    withdrawn: Withdrawal | None = None
    """When and why it was withdrawn; only with `status: withdrawn`."""
    language: Language = "en"
    """Language of the brief."""
    summary: ProseText
    """The answer in three sentences at most, each naming its claims as [@claim-id]."""
    cutoff: Date
    """Information cut-off: nothing later is known to the brief."""
    reviewed: Date
    """The day it was last reviewed."""
    review_by: Date
    """The day the next review is due."""
    coverage: Text | None = None
    """What its sources do not hold, where that differs from what the publication says of itself."""
    authors: tuple[Line, ...] = ()
    """Byline, if other than the publication's."""
    judgements: Annotated[tuple[Judgement, ...], Field(min_length=1)]
    """Key judgements, the weightiest first."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    """The analysis."""
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
    """What is known: each claim lives in one brief; others refer to it."""
    positions: tuple[Question, ...] = ()
    """Contested questions, with every party's position."""
    questions: tuple[QuestionId, ...] = ()
    """Contested questions of other briefs that are shown here too."""
    timeline: tuple[Event, ...] = ()
    """Dated events."""
    charts: tuple[Chart, ...] = ()
    """Figures of claims, drawn together."""
    maps: tuple[MapId, ...] = ()
    """Maps shown on the page, by file name."""
    terms: tuple[TermId, ...] = ()
    """Terms of the glossary that its analysis uses: each is explained where it first stands."""
    unknowns: tuple[Text, ...] = ()
    """What the sources do not say, and a reader might think they do."""
    related: tuple[BriefId, ...] = ()
    """Other briefs to read with this one."""
    changes: tuple[Change, ...] = ()
    """Change log, newest first."""

    @property
    def public_from(self) -> datetime.date:
        """The first day on which it is public: the end of time for a draft."""
        if self.status == "draft":
            return datetime.date.max
        if self.status == "withdrawn" or self.publish_on is None:
            return datetime.date.min
        return self.publish_on.first

    def is_published(self, day: Edtf) -> bool:
        """Whether a site that speaks from `day` holds it; a withdrawn brief keeps its address."""
        return self.public_from <= day.first

    def state(self, day: Edtf) -> PublicationState:
        """What it is on a day."""
        waiting = self.status == "published" and not self.is_published(day)
        return "scheduled" if waiting else self.status
