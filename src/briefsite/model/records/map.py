"""Maps: what is drawn, where, and on which ground."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.records.fields import (
    SLUG,
    ClaimId,
    Date,
    Id,
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
