"""The types of single values, and what all records share."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

# None is wanted, and to look through all packages for some takes as long as to check a brief.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.model.prose import Prose, parse_prose
from briefsite.model.records.described import descriptions

RecordKind = Literal[
    "brief",
    "claim",
    "question",
    "source",
    "actor",
    "place",
    "agreement",
    "term",
    "topic",
    "map",
    "correction",
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
        return {
            "type": "string",
            "minLength": 1,
            "examples": ["The ministry announced a pipeline in 2012 [@pipeline-announced]."],
        }

    @staticmethod
    def _read(value: object) -> Prose:
        if isinstance(value, Prose):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "prose is text")
        if not value.strip():
            raise PydanticCustomError("string_too_short", "prose is empty")
        return parse_prose(value)


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=1 << 14)
def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return len(text) <= 64 and SLUG.fullmatch(text) is not None


def read_id(value: object) -> object:
    if isinstance(value, str) and not is_id(value):
        raise PydanticCustomError("bad_id", "'{id}' is not an id", {"id": value[:80]})
    return value


def _url(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", value):
        raise PydanticCustomError("bad_url", "'{url}' is not a web address", {"url": value[:80]})
    return value


def _text(value: object) -> object:
    """One paragraph: the line breaks a writer used to wrap it mean nothing."""
    if type(value) is str and value.isprintable() and "  " not in value and value == value.strip():
        return value  # as most are; no white space but a blank is printable
    return " ".join(value.split()) if isinstance(value, str) else value


# Constraints stand before the validators, or JSON Schema would not have them.
Id = Annotated[
    str,
    Field(pattern=f"^{SLUG.pattern}$", max_length=64, examples=["pipeline-announced"]),
    BeforeValidator(read_id),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), BeforeValidator(_text)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=240), BeforeValidator(_text)]
Url = Annotated[
    str, Field(max_length=2000, examples=["https://example.org/report"]), BeforeValidator(_url)
]
Date = Annotated[Edtf, EdtfType]
ProseText = Annotated[Prose, ProseType]
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"),
    Field(examples=["en", "az", "fa"]),
]
Longitude = Annotated[float, Field(ge=-180, le=180, examples=[49.87])]
Latitude = Annotated[float, Field(ge=-90, le=90, examples=[40.41])]

BriefId = Annotated[Id, Ref("brief")]
ClaimId = Annotated[Id, Ref("claim")]
QuestionId = Annotated[Id, Ref("question")]
SourceId = Annotated[Id, Ref("source")]
ActorId = Annotated[Id, Ref("actor")]
PlaceId = Annotated[Id, Ref("place")]
AgreementId = Annotated[Id, Ref("agreement")]
TermId = Annotated[Id, Ref("term")]
TopicId = Annotated[Id, Ref("topic")]
MapId = Annotated[Id, Ref("map")]

FormerIds = Annotated[
    tuple[Id, ...],
    Field(description="Ids it had before: each old address leads to the new one."),
]
SchemaVersion = Annotated[Literal[1], Field(description="Version of this file format.")]


class Record(BaseModel):
    """What all records share: frozen, nothing unknown, nothing converted silently."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        populate_by_name=True,
        # Validators of fifty records take a fifth of a second to build; most are part of another's.
        defer_build=True,
    )

    apart: ClassVar[tuple[str, ...]] = ()
    """The fields that are packed by themselves where the record is kept (`LargeRecord`)."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        # Python shares the names of what objects of a kind hold (PEP 412), if the first of them has
        # them all: this one, before any other is made.
        _kept_record(cls, *_names(cls))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema of a record, in which each field says what it is for."""
        shape = handler(schema)
        properties = handler.resolve_ref_schema(shape)["properties"]
        for name, text in descriptions(cls).items():
            properties[cls.model_fields[name].alias or name].setdefault("description", text)
        return shape

    def __reduce__(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        """The values alone: a publication is kept as some hundred thousand records."""
        kind = type(self)
        return _kept_record, (kind, *_values(kind)(self))


# Which of its values a file gave, checks ask of what they have just read. Of a record that was kept
# nobody may ask: it is not known any more.
_GIVEN = set[str]()
_set = object.__setattr__


@cache
def _names(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in kind.apart)


@cache
def _fields(kind: type[Record]) -> frozenset[str]:
    return frozenset(kind.model_fields)


@cache
def _values(kind: type[Record]) -> Callable[[Record], tuple[Any, ...]]:
    """What gives the values of a record, in the order of their names."""
    names = _names(kind)
    if len(names) < 2:  # of one name, it would be the value alone
        return lambda record: tuple(getattr(record, name) for name in names)
    return attrgetter(*names)


def _kept_record(kind: type[Record], *values: Any) -> Record:
    """A record of its values: set one by one, they take half of what a dictionary of each does."""
    record = object.__new__(kind)
    for name, value in zip(_names(kind), values, strict=True):
        _set(record, name, value)
    _set(record, "__pydantic_fields_set__", _GIVEN)
    _set(record, "__pydantic_extra__", None)
    _set(record, "__pydantic_private__", None)
    return record


class LargeRecord(Record):
    """A record of many others, some of which stay packed where it is kept until they are asked for.

    Most of a publication is claims, and a build after an edit looks at those of a few briefs.
    """

    if not TYPE_CHECKING:  # or any name would do

        def __getattr__(self, name: str) -> Any:
            """A field that nobody has asked for since the record was kept, or that somebody is
            told of."""
            held = vars(self)
            if "seen" in held and name in _fields(type(self)):
                return getattr(self._look(name), name)
            packed = held.get("packed", {})
            if name not in packed:
                raise AttributeError(name)
            value = pickle.loads(packed[name])  # noqa: S301 - of what was unpickled
            _set(self, name, value)
            return value

    def seen(self, look: Callable[[str], object]) -> Self:
        """The same record for somebody of whom `look` is told each field that he looks at, and an
        empty name if it is all of them."""
        view = object.__new__(type(self))
        _set(view, "__dict__", {"seen": self, "look": look})
        return view

    def _look(self, name: str) -> Self:
        """What somebody is shown of."""
        held: dict[str, Any] = vars(self)
        held["look"](name)
        shown: Self = held["seen"]
        return shown

    def pack(self, name: str) -> bytes:
        """A field as it is kept."""
        held: dict[str, Any] = vars(self)
        if name in held or name not in held.get("packed", ()):
            return pickle.dumps(getattr(self, name), protocol=5)
        packed: bytes = held["packed"][name]
        return packed

    def kept(self) -> Self:
        """The record as it will be where it is kept."""
        make, given = self.__reduce__()
        record: Self = make(*given)  # type: ignore[assignment]
        return record

    def whole(self) -> Self:
        """The record with every field, for those who look past its attributes, as pydantic does."""
        if "seen" in vars(self):
            return self._look("").whole()
        if "packed" in vars(self):
            _set(self, "__dict__", {name: getattr(self, name) for name in type(self).model_fields})
        return self

    def __reduce__(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        kind = type(self)
        packed = {name: self.pack(name) for name in kind.apart}
        return _kept_large, (kind, packed, *_values(kind)(self))

    def __eq__(self, other: object) -> bool:
        other = other.whole() if isinstance(other, LargeRecord) else other
        return super(LargeRecord, self.whole()).__eq__(other)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))

    def __iter__(self) -> Any:
        return super(LargeRecord, self.whole()).__iter__()

    def __repr_args__(self) -> Any:
        return super(LargeRecord, self.whole()).__repr_args__()

    @model_serializer(mode="wrap")
    def _serialize(self, serialize: SerializerFunctionWrapHandler) -> Any:
        return serialize(self.whole())


def _kept_large(kind: type[Record], packed: Mapping[str, bytes], *values: Any) -> Record:
    record = _kept_record(kind, *values)
    _set(record, "packed", packed)
    return record
