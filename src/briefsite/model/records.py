"""The records: what a file may say, field by field. Frozen, typed, exported as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.model.prose import Prose, parse_prose

SCHEMA_VERSION = 1

RecordKind = Literal[
    "brief", "claim", "source", "actor", "place", "agreement", "topic", "map", "judgement"
]


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text as the id of another record, for the reference check and for editors."""

    kind: RecordKind

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        shape = handler(schema)
        shape["x-ref"] = self.kind
        return shape


class EdtfType:
    """Pydantic's view of an EDTF date: text or a year in, Edtf out."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": ["string", "integer"],
            "examples": ["2012", "2012-02", "2012-02-05", "2011~", "2020-09-27/2020-11-10"],
        }

    @staticmethod
    def _read(value: object) -> Edtf:
        if isinstance(value, Edtf):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise PydanticCustomError("date_type", "a date is text such as 2012-02")
        try:
            return parse_date(str(value))
        except DateError as error:
            raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None


class ProseType:
    """Pydantic's view of prose: text in, Prose out. Its own issues are reported by the check."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda p: p.source),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1}

    @staticmethod
    def _read(value: object) -> Prose:
        if isinstance(value, Prose):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "prose is text")
        if not value.strip():
            raise PydanticCustomError("string_too_short", "prose is empty")
        return parse_prose(value)


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPACES = re.compile(r"\s+")


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return len(text) <= 64 and _SLUG.fullmatch(text) is not None


def _id(value: object) -> object:
    if isinstance(value, str) and not is_id(value):
        raise PydanticCustomError("bad_id", "'{id}' is not an id", {"id": value[:80]})
    return value


def _url(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", value):
        raise PydanticCustomError("bad_url", "'{url}' is not a web address", {"url": value[:80]})
    return value


def _text(value: object) -> object:
    """One paragraph: the line breaks a writer used to wrap it mean nothing."""
    return _SPACES.sub(" ", value).strip() if isinstance(value, str) else value


# Constraints stand before the validators, or JSON Schema would not have them.
Id = Annotated[str, Field(pattern=f"^{_SLUG.pattern}$", max_length=64), BeforeValidator(_id)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), BeforeValidator(_text)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=240), BeforeValidator(_text)]
Url = Annotated[str, Field(max_length=2000), BeforeValidator(_url)]
Date = Annotated[Edtf, EdtfType]
ProseText = Annotated[Prose, ProseType]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]

BriefId = Annotated[Id, Ref("brief")]
ClaimId = Annotated[Id, Ref("claim")]
SourceId = Annotated[Id, Ref("source")]
ActorId = Annotated[Id, Ref("actor")]
PlaceId = Annotated[Id, Ref("place")]
AgreementId = Annotated[Id, Ref("agreement")]
TopicId = Annotated[Id, Ref("topic")]
MapId = Annotated[Id, Ref("map")]

SchemaVersion = Annotated[Literal[1], Field(description="Version of this file format.")]
ConfidenceLevel = Literal["high", "moderate", "low"]
Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
]
ClaimKind = Literal[
    "event", "figure", "position", "assessment", "forecast", "quotation", "allegation"
]
PublicationStatus = Literal["draft", "published", "withdrawn"]


class Record(BaseModel):
    """What all records share: frozen, nothing unknown, nothing converted silently."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


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


class Standing(Record):
    """What has become of a claim since it was made."""

    state: Literal["current", "overtaken", "superseded", "withdrawn"]
    """'overtaken' by events, 'superseded' by a newer claim, 'withdrawn' by us."""
    since: Date | None = None
    """When that happened."""
    reason: Text
    """What happened, in a sentence."""
    sources: tuple[Citation, ...] = ()
    """Where that is said."""


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
    text: Text
    """The statement in our words, attributed and dated within the sentence."""
    kind: ClaimKind
    """What sort of statement it is."""
    said_by: ActorId
    """Who says it: an author, an official, a state."""
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
    compared: Date
    """The day it was last compared with its passage."""
    language: Language = "en"
    """Language of the passage."""
    note: Text | None = None
    """For the reader: what to keep in mind."""

    @property
    def is_contested(self) -> bool:
        return bool(self.contested)

    @property
    def state(self) -> str:
        return self.status.state if self.status else "current"


class Judgement(Record):
    """A key judgement: likelihood and confidence, apart."""

    id: Id
    """Its address on the page."""
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
    heading: Line
    """Its heading."""
    prose: ProseText
    """Paragraphs; each sentence names its claims as [@claim-id]."""


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


class Change(Record):
    """An entry of a brief's change log."""

    date: Date
    """The day of the change."""
    text: Text
    """What changed in substance."""


class Brief(Record):
    """A briefing on one topic: the whole of a file in `briefs/`."""

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    title: Line
    """Title of the page."""
    topic: TopicId
    """The topic it is filed under."""
    status: PublicationStatus = "published"
    """'draft' is never published; 'withdrawn' keeps its address."""
    language: Language = "en"
    """Language of the brief."""
    summary: Text
    """The answer in three sentences at most: what a reader in a hurry takes away."""
    cutoff: Date
    """Information cut-off: nothing later is known to the brief."""
    reviewed: Date
    """The day it was last reviewed."""
    review_by: Date
    """The day the next review is due."""
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
    timeline: tuple[Event, ...] = ()
    """Dated events."""
    maps: tuple[MapId, ...] = ()
    """Maps shown on the page, by file name."""
    unknowns: tuple[Text, ...] = ()
    """What the sources do not say, and a reader might think they do."""
    related: tuple[BriefId, ...] = ()
    """Other briefs to read with this one."""
    changes: tuple[Change, ...] = ()
    """Change log, newest first."""


class Name(Record):
    """Another name in use."""

    name: Line
    """The name."""
    language: Language | None = None
    """Its language."""
    used_by: Line | None = None
    """Who uses it, where that says something."""


class Person(Record):
    """An author, as CSL-JSON writes one: `family` and `given`, or `literal`."""

    family: Line | None = None
    """Family name."""
    given: Line | None = None
    """Given names."""
    literal: Line | None = None
    """The whole name of an organisation or an unsigned author."""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if bool(self.family) == bool(self.literal):
            raise PydanticCustomError(
                "missing_evidence", "an author has 'family' (and 'given'), or 'literal'"
            )
        return self

    @property
    def display(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Grade(Record):
    """Admiralty grade of a source."""

    reliability: Literal["A", "B", "C", "D", "E", "F"]
    """A completely reliable … E unreliable, F cannot be judged."""
    credibility: Annotated[int, Field(ge=1, le=6)]
    """1 confirmed by others … 5 improbable, 6 cannot be judged."""
    reason: Text
    """Why this grade."""

    @property
    def code(self) -> str:
        return f"{self.reliability}{self.credibility}"


class Archive(Record):
    """An archived copy."""

    URL: Url
    """Address of the copy."""
    date: Date
    """The day it was made."""


SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "broadcast",
    "chapter",
    "document",
    "interview",
    "legislation",
    "post-weblog",
    "report",
    "speech",
    "treaty",
    "webpage",
]


class Source(Record):
    """A work that something is said in: CSL-JSON's fields, then ours."""

    id: Id
    """Its address: sources/ID/."""
    type: SourceType
    """CSL type."""
    title: Line
    """Title."""
    author: tuple[Person, ...] = ()
    """Authors, as in CSL-JSON."""
    container_title: Line | None = Field(None, alias="container-title")
    """Journal, newspaper or site."""
    publisher: Line | None = None
    """Publisher."""
    volume: Line | None = None
    """Volume, as text."""
    issue: Line | None = None
    """Issue, as text."""
    page: Line | None = None
    """Pages, as text."""
    issued: Date | None = None
    """When it appeared."""
    URL: Url | None = None
    """Address."""
    DOI: Line | None = None
    """Digital object identifier."""
    accessed: Date | None = None
    """The day the page was seen."""
    language: Language = "en"
    """Language of the work."""
    stance: Text
    """Where it stands, whom it speaks for, what to watch for."""
    perspective: Line
    """The same in two or three words, for the tally of how sources lean."""
    grade: Grade
    """Admiralty grade."""
    read: Literal["whole", "excerpt", "not-read"]
    """How much of it was read by us; 'not-read' for works known only as cited in another."""
    cited_in: tuple[SourceId, ...] = ()
    """Sources that lean on it."""
    archived: Archive | None = None
    """An archived copy."""
    note: Text | None = None
    """Anything else a reader should know."""


class Actor(Record):
    """A state, organisation, company or person."""

    id: Id
    """Its address: actors/ID/."""
    kind: Literal[
        "state", "former-state", "organisation", "company", "armed-force", "group", "person"
    ]
    """What it is."""
    name: Line
    """The name used here."""
    names: tuple[Name, ...] = ()
    """Other names in use."""
    role: Line | None = None
    """Office or role, with its time."""
    part_of: ActorId | None = None
    """What it belongs to."""
    note: Text | None = None
    """For the reader: naming, standing."""


class Place(Record):
    """A place with every name in use, and how precisely its point is known."""

    id: Id
    """Its address: places/ID/."""
    name: Line
    """The name used here."""
    names: tuple[Name, ...] = ()
    """Other names in use."""
    kind: Literal[
        "country",
        "region",
        "province",
        "city",
        "town",
        "village",
        "crossing",
        "port",
        "terminal",
        "field",
        "base",
        "airport",
        "dam",
        "river",
        "sea",
        "peninsula",
    ]
    """What it is."""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(/[A-Z]{2})?$")] | None = None
    """ISO 3166-1 code of the country it lies in; two for a place on a border."""
    lat: Latitude | None = None
    """Latitude, degrees north (WGS 84)."""
    lon: Longitude | None = None
    """Longitude, degrees east (WGS 84)."""
    precision_km: Annotated[float, Field(gt=0, le=500)] | None = None
    """How far off the point may be, in kilometres."""
    coordinates_from: Text | None = None
    """Where the coordinates come from."""
    note: Text | None = None
    """For the reader."""

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        given = [self.lat, self.lon, self.precision_km, self.coordinates_from]
        if any(v is not None for v in given) and any(v is None for v in given):
            raise PydanticCustomError(
                "missing_evidence",
                "a point needs 'lat', 'lon', 'precision_km' and 'coordinates_from'",
            )
        return self

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, or None."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class Agreement(Record):
    """A treaty, contract or declaration."""

    id: Id
    """Its address: agreements/ID/."""
    title: Line
    """Its title."""
    names: tuple[Name, ...] = ()
    """Other names in use."""
    kind: Literal["treaty", "contract", "declaration", "understanding", "protocol"]
    """What it is."""
    signed: Date
    """When it was signed or made."""
    parties: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    """Who made it."""
    places: tuple[PlaceId, ...] = ()
    """Where."""
    summary: Text
    """What it says, in a sentence or two, without a judgement."""
    claims: tuple[ClaimId, ...] = ()
    """Claims it rests on."""


class Topic(Record):
    """A heading that briefs are filed under."""

    id: Id
    """Its id."""
    title: Line
    """Its title."""
    description: Line
    """What is filed here."""


class Contact(Record):
    """How to reach the publisher."""

    label: Line
    """What is printed."""
    URL: Url
    """Where it leads."""


class Publication(Record):
    """Who publishes, on what terms."""

    title: Line
    """Title of the publication."""
    tagline: Line
    """One line about it."""
    byline: Line
    """Who writes it."""
    funding: Text
    """Who pays for it."""
    contact: Contact
    """How to reach the desk."""
    licence: Line
    """Licence of the text."""
    coverage: Text
    """What the sources do not hold, said on every page."""
    map_disclaimer: Text
    """Printed under every map."""


class Registry(Record):
    """A file in `briefs/registry/`: records that briefs share, any kinds together."""

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    publication: Publication | None = None
    """Who publishes; in one registry file only."""
    topics: tuple[Topic, ...] = ()
    """Topics."""
    sources: tuple[Source, ...] = ()
    """Sources."""
    actors: tuple[Actor, ...] = ()
    """Actors."""
    places: tuple[Place, ...] = ()
    """Places."""
    agreements: tuple[Agreement, ...] = ()
    """Agreements."""


class Extent(Record):
    """The part of the earth a map shows, in degrees (WGS 84)."""

    west: Longitude
    """Western edge."""
    south: Latitude
    """Southern edge."""
    east: Longitude
    """Eastern edge."""
    north: Latitude
    """Northern edge."""

    @model_validator(mode="after")
    def _is_an_area(self) -> Self:
        if self.west >= self.east:
            message = "'east' must be more than 'west'"
            raise PydanticCustomError("inconsistent", message, {"key": "east"})
        if self.south >= self.north:
            message = "'north' must be more than 'south'"
            raise PydanticCustomError("inconsistent", message, {"key": "north"})
        if max(-self.south, self.north) > 85:
            message = "a map ends at 85° north and south"
            raise PydanticCustomError("inconsistent", message, {"key": "north"})
        width, height = self.east - self.west, self.north - self.south
        if min(width, height) < 0.05 or max(width / height, height / width) > 8:
            message = "a map is at least 0.05° each way, and at most 8 times longer one way"
            raise PydanticCustomError("inconsistent", message, {"key": "east"})
        return self

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a longitude and latitude lie within."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


GROUNDS: Mapping[str, tuple[float, float, float, float]] = MappingProxyType(
    {
        "core": (42.5, 36.5, 52.0, 43.0),
        "region": (30.0, 29.0, 62.0, 46.5),
        "world": (-180.0, -90.0, 180.0, 90.0),
    }
)
"""The scales of the basemap: west, south, east and north of each, in degrees."""


class MapPlace(Record):
    """A place on a map."""

    place: PlaceId
    """Id of a place in the registry."""
    role: Literal[
        "capital", "city", "town", "crossing", "port", "terminal", "field", "base", "other"
    ]
    """What it is here: decides the symbol."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims about it."""


def _waypoint(value: object) -> object:
    if isinstance(value, str):
        return _id(value)
    if (
        isinstance(value, tuple)
        and len(value) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    ):
        return (float(value[0]), float(value[1]))
    raise PydanticCustomError("bad_point", "a point is [longitude, latitude] or the id of a place")


Waypoint = Annotated[
    Any,
    BeforeValidator(_waypoint),
    Ref("place"),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "string", "pattern": f"^{_SLUG.pattern}$", "x-ref": "place"},
                {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": 2,
                    "maxItems": 2,
                },
            ],
            "examples": ["baku", [49.48, 40.2]],
        }
    ),
]
"""A point of a route: the id of a place, or (longitude, latitude) in degrees."""


class Route(Record):
    """A line on a map."""

    id: Id
    """Its id on the map."""
    title: Line
    """What it is; describe it before naming it by a party's term."""
    kind: Literal["oil-pipeline", "gas-pipeline", "railway", "road", "sea-lane", "corridor", "flow"]
    """What runs along it."""
    status: Literal["existing", "under-construction", "proposed", "disused"]
    """Whatever is not built is drawn dashed."""
    status_date: Date
    """As of when."""
    schematic: bool = True
    """Whether the line is drawn by hand between named points."""
    accuracy: Line
    """How far off the line may be."""
    path: Annotated[tuple[Waypoint, ...], Field(min_length=2)]
    """Points from one end to the other: [longitude, latitude], or ids of places."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims about it."""


class Layer(Record):
    """A group of features that a reader can switch on and off."""

    id: Id
    """Its id on the map."""
    title: Line
    """Its name in the legend."""
    places: tuple[MapPlace, ...] = ()
    """Places."""
    routes: tuple[Route, ...] = ()
    """Routes."""


class MapRecord(Record):
    """A map: the whole of a file in `maps/`."""

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    title: Line
    """Title."""
    description: Text
    """What the map shows, for those who cannot see it."""
    data_date: Date
    """As of when the map is drawn."""
    extent: Extent
    """What is seen at first."""
    basemap: Literal["core", "region", "world"] = "core"
    """Scale of the ground: core (42.5–52 E, 36.5–43 N), region, or world."""
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    """Groups of features."""
    note: Text | None = None
    """Printed under the map, before the disclaimer."""
