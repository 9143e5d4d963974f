"""Maps: what is drawn, where, and on which ground."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.records.evidence import Citation
from briefsite.model.records.fields import (
    SLUG,
    ActorId,
    ClaimId,
    Date,
    FormerIds,
    Id,
    LargeRecord,
    Latitude,
    Line,
    Longitude,
    PlaceId,
    Record,
    Ref,
    SchemaVersion,
    Text,
    read_id,
)


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


class OwnPoint(Record):
    """A point that a map gives for a place itself, as the registry gives its own."""

    lat: Latitude
    """Latitude, degrees north (WGS 84)."""
    lon: Longitude
    """Longitude, degrees east (WGS 84)."""
    precision_km: Annotated[float, Field(gt=0, le=500)]
    """How far off the point may be, in kilometres: no less than the registry says of the place."""
    coordinates_from: Text
    """Where the coordinates come from."""


LandId = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["AM", "PA"]}),
]
"""The id of a country in a basemap: its ISO 3166-1 code."""


class MapPlace(Record):
    """A place on a map."""

    place: PlaceId
    """Id of a place in the registry."""
    role: Literal[
        "capital",
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
        "other",
    ]
    """What it is here: decides the symbol. 'other' is a plain one, and an area's name alone."""
    point: OwnPoint | None = None
    """Where it is on this map, if not at the point of the registry."""
    when: Date | None = None
    """From when to when it is there, such as 1992/1994; without it, at any time."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims about it."""


def _waypoint(value: object) -> object:
    if isinstance(value, str):
        return read_id(value)
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
                {"type": "string", "pattern": f"^{SLUG.pattern}$", "x-ref": "place"},
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
    kind: Literal[
        "oil-pipeline",
        "gas-pipeline",
        "railway",
        "road",
        "sea-lane",
        "river",
        "canal",
        "corridor",
    ]
    """What runs along it, or what it is."""
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
    when: Date | None = None
    """From when to when it is there, such as 2006-06/..; without it, at any time."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims about it."""


class MapEvent(Record):
    """Something that happened at a place; shown from its day on."""

    place: PlaceId
    """Where."""
    title: Line
    """What happened."""
    date: Date
    """When."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that say so."""


class Flow(Record):
    """Something that goes from one place to another; by what way is not said."""

    id: Id
    """Its id on the map."""
    title: Line
    """What flows, from whom to whom."""
    kind: Literal["arms", "oil", "gas", "trade", "transit"]
    """What sort of thing flows."""
    start: PlaceId = Field(alias="from")
    """Where it comes from."""
    end: PlaceId = Field(alias="to")
    """Where it goes."""
    date: Date
    """From when to when, as far as the claims go."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that say so."""

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if self.start == self.end:
            message = "a flow goes from one place to another"
            raise PydanticCustomError("inconsistent", message, {"key": "to"})
        return self


class MapArea(Record):
    """Land of the basemap, shaded as a whole: a map draws no outline that the basemap has not."""

    id: Id
    """Its id on the map."""
    title: Line
    """What it is."""
    kind: Literal["state", "part", "party", "alliance", "measure", "former-territory"]
    """What it is here: decides the hatching."""
    lands: Annotated[tuple[LandId, ...], Field(min_length=1)]
    """Ids of countries in the basemap, such as AZ."""
    around: PlaceId | None = None
    """Only the part that this place lies in, such as an exclave or an island."""
    when: Date | None = None
    """From when to when it is so, such as 2024-05-02/..; without it, at any time."""
    note: Text | None = None
    """What it has to do with the subject."""
    claims: tuple[ClaimId, ...] = ()
    """Claims that say so."""


class Layer(Record):
    """A group of features that a reader can switch on and off."""

    id: Id
    """Its id on the map."""
    title: Line
    """Its name in the legend."""
    areas: tuple[MapArea, ...] = ()
    """Areas, drawn below everything else."""
    places: tuple[MapPlace, ...] = ()
    """Places."""
    routes: tuple[Route, ...] = ()
    """Routes."""
    flows: tuple[Flow, ...] = ()
    """Flows, drawn as arcs with an arrow head."""
    events: tuple[MapEvent, ...] = ()
    """Events."""


class ViewName(Record):
    """What a party calls a place, a route or an area."""

    place: PlaceId | None = None
    """The place."""
    route: Id | None = None
    """Id of a route or a flow of this map."""
    area: Id | None = None
    """Id of an area of this map."""
    name: Line
    """The name in this view."""

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if sum(map(bool, (self.place, self.route, self.area))) != 1:
            message = "a name is for a 'place', a 'route' or an 'area'"
            raise PydanticCustomError("missing_evidence", message)
        return self


class MapView(Record):
    """One way to name and draw what a map shows; a reader chooses."""

    id: Id
    """Its id on the map."""
    title: Line
    """What a reader chooses, such as 'Names used by Armenia'."""
    party: ActorId | None = None
    """Whose view it is; none for the publication's own."""
    sources: tuple[Citation, ...] = ()
    """Where the party names or draws it so."""
    names: tuple[ViewName, ...] = ()
    """Names that are not those of the registry."""
    hides: tuple[Id, ...] = ()
    """Ids of the layers that it does not show."""


class MapRecord(LargeRecord):
    """A map: the whole of a file in `maps/`."""

    apart: ClassVar = ("layers", "views")

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    formerly: FormerIds = ()
    title: Line
    """Title."""
    description: Text
    """What the map shows, for those who cannot see it."""
    data_date: Date
    """As of when the map is drawn."""
    extent: Extent
    """What is seen at first."""
    basemap: Id = "core"
    """The ground: the name of a file in maps/basemap/, such as core, region or world."""
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    """Groups of features."""
    views: tuple[MapView, ...] = ()
    """Where parties name or draw a thing differently: each way of it, with its source."""
    default_view: Id | None = None
    """Id of the view that is seen at first."""
    default_view_reason: Text | None = None
    """Why that one."""
    note: Text | None = None
    """Printed under the map, before the disclaimer."""
