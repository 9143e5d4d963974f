"""What briefs share: sources, actors, places, agreements, topics, the publisher."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.dates import Edtf
from briefsite.model.records.corrections import Correction
from briefsite.model.records.evidence import Citation, Standing
from briefsite.model.records.fields import (
    ActorId,
    AgreementId,
    ClaimId,
    Date,
    FormerIds,
    Id,
    Language,
    Latitude,
    Line,
    Longitude,
    MapId,
    PlaceId,
    Record,
    SchemaVersion,
    SourceId,
    TermId,
    Text,
    Url,
)
from briefsite.model.records.wording import ContestedName, LoadedWord


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
    formerly: FormerIds = ()
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
    review_by: Date | None = None
    """The day after which whatever rests on it must be looked at again."""
    status: Standing | None = None
    """What has become of it, such as a retraction; absent means that it stands."""
    note: Text | None = None
    """Anything else a reader should know."""

    @property
    def label(self) -> str:
        """The source in short, such as `Khalifa-zadeh 2013`, in English."""
        return self.called(Edtf.words)

    @property
    def signed(self) -> str:
        """Who answers for it: its authors, or where it appeared."""
        names = [author.family or author.literal or "" for author in self.author]
        who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
        return who or self.container_title or self.publisher or self.title

    def called(self, words: Callable[[Edtf], str]) -> str:
        """The source in short, with its date in `words` where nobody signed it.

        A paper has many such in a year, and `TASS 2020` would not tell one from another.
        """
        if self.issued is None:
            return self.signed
        year = self.issued.year_words()
        when = year if self.author else words(self.issued)
        return f"{self.signed} {year}" if when == year else f"{self.signed}, {when}"


class Actor(Record):
    """A state, organisation, company or person."""

    id: Id
    """Its address: actors/ID/."""
    formerly: FormerIds = ()
    kind: Literal[
        "state", "former-state", "organisation", "company", "armed-force", "group", "person"
    ]
    """What it is."""
    name: Line
    """The name used here."""
    names: tuple[Name, ...] = ()
    """Other names in use."""
    adjectives: tuple[Line, ...] = ()
    """Words made from its name, such as 'Iranian' and 'Iranians', that name it in prose."""
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
    formerly: FormerIds = ()
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
        "lock",
        "river",
        "lake",
        "canal",
        "sea",
        "peninsula",
        "other",
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
    formerly: FormerIds = ()
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
    """Claims that say so."""
    sources: tuple[Citation, ...] = ()
    """Where that is said, if it is no claim here."""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not (self.claims or self.sources):
            raise PydanticCustomError(
                "missing_evidence", "an agreement needs 'claims' or 'sources' for what it says"
            )
        return self


class Term(Record):
    """A word of the glossary: what it means, in whose mouth. Briefs name it under `terms`."""

    id: Id
    """Its address: glossary/ID/."""
    formerly: FormerIds = ()
    name: Line
    """The word as it stands in prose."""
    names: tuple[Name, ...] = ()
    """Other forms of it: spelt out, plural, in other languages; each is found in prose too."""
    definition: Text
    """What it means, in a sentence or three; of a contested name, who uses and who refuses it."""
    see_also: tuple[TermId, ...] = ()
    """Terms that help to understand it."""
    actors: tuple[ActorId, ...] = ()
    """Actors it concerns."""
    places: tuple[PlaceId, ...] = ()
    """Places it concerns."""
    agreements: tuple[AgreementId, ...] = ()
    """Agreements it concerns."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that the definition rests on."""
    sources: tuple[Citation, ...] = ()
    """Where that is said, if it is no claim here."""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not (self.claims or self.sources):
            raise PydanticCustomError(
                "missing_evidence", "a term needs 'claims' or 'sources' for what it means"
            )
        return self


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
    language: Language = "en"
    """Its language: that of its pages, where `languages/` has a catalogue for it."""
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
    map_worldview: Text
    """Printed under every map: whose view of borders and names it draws, and where that is said."""
    front_map: MapId | None = None
    """The map on the home page; absent means the first of them."""


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
    terms: tuple[Term, ...] = ()
    """The glossary."""
    corrections: tuple[Correction, ...] = ()
    """Errors of sources."""
    loaded_words: tuple[LoadedWord, ...] = ()
    """Words that are not used in our own voice."""
    contested_names: tuple[ContestedName, ...] = ()
    """Names that are given together at first mention."""
