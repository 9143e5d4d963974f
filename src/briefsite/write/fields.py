"""The fields of a record that can be given: as a flag, as an answer, from a citation."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from briefsite.check.publishing import LISTS
from briefsite.load import without_hidden
from briefsite.model.dates import Edtf
from briefsite.model.records import (
    Actor,
    Agreement,
    Brief,
    Claim,
    EdtfType,
    Layer,
    MapRecord,
    Place,
    ProseType,
    Record,
    RecordKind,
    Ref,
    Source,
    Term,
)
from briefsite.model.records.described import descriptions
from briefsite.write.scalars import Todo, Written

KINDS: Mapping[RecordKind, type[Record]] = MappingProxyType(
    {
        "brief": Brief,
        "source": Source,
        "actor": Actor,
        "place": Place,
        "agreement": Agreement,
        "term": Term,
        "map": MapRecord,
        "claim": Claim,
    }
)
"""What can be made new."""
WHOLE_FILES = frozenset({"brief", "map"})
LIST_OF: Mapping[str, str] = {**{kind: key for key, kind in LISTS.items()}, "claim": "claims"}
"""The list that each of the other kinds stands in."""

# Optional in the schema, and yet a new record of the kind needs one.
_NEEDED: Mapping[type[Record], frozenset[str]] = {
    Agreement: frozenset({"claims"}),
    Term: frozenset({"claims"}),
    Layer: frozenset({"places"}),
}
# Most have one, and a reader looks for it; the blank says what to do where there is none.
_EXPECTED: Mapping[type[Record], Mapping[str, str]] = {
    Source: {"issued": "If the work bears no date, delete this line."},
}
# What a rule asks of a claim of some kind.
_OF_A_CLAIM: Mapping[str, frozenset[str]] = {
    "allegation": frozenset({"response"}),
    "figure": frozenset({"figures"}),
}
_OF_THE_FILE = frozenset({"schema", "id", "status"})
Path = tuple[str | int, ...]


class FieldError(ValueError):
    """A text cannot be the value of a field; the message says why."""


@dataclass(frozen=True)
class Field:
    """A field at `path` of a record: what it is called, and what it takes."""

    path: Path
    annotation: Any
    description: str
    required: bool
    """Whether a new record has a blank for it."""
    if_none: str = ""
    """What the blank says besides, if a record can do without."""

    @property
    def choices(self) -> tuple[str, ...]:
        plain = _without_none(self.annotation)
        return tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else ()

    @property
    def is_list(self) -> bool:
        return get_origin(_unwrapped(self.annotation)[0]) is tuple

    @property
    def is_prose(self) -> bool:
        return ProseType in _extras(self.annotation)

    @property
    def kind(self) -> RecordKind | None:
        """The kind of record whose id it holds."""
        for extra in _extras(self.annotation):
            if isinstance(extra, Ref):
                return extra.kind
        return None

    @property
    def hint(self) -> str:
        """What belongs there, in a line."""
        text = " ".join(self.description.split())
        if self.choices:
            return f"{text} One of: {', '.join(self.choices)}."
        if EdtfType in _extras(self.annotation):
            return f"{text} A date such as 2012-02-05."
        return text

    @property
    def blank(self) -> Written:
        todo = Todo(f"{self.hint} {self.if_none}".rstrip(), prose=self.is_prose)
        return [todo] if self.is_list else todo

    def read(self, text: str) -> Written:
        """A value from what someone typed. Raises FieldError."""
        cleaned = " ".join(text.split())
        if without_hidden(text) != cleaned:
            raise FieldError("it holds characters that cannot be seen")
        if self.is_list:
            items = cleaned.replace(",", " ").split()
            return list(self.check(tuple(items)))
        base = _unwrapped(self.annotation)[0]
        try:
            number = base(cleaned) if base in (int, float) else None
        except ValueError:
            raise FieldError(f"'{cleaned[:80]}' is no number") from None
        value: Written = self.check(cleaned if number is None else number)
        return value

    def check(self, value: object) -> Any:
        """The value as a file writes it, if the field takes it. Raises FieldError."""
        try:
            read = TypeAdapter(self.annotation).validate_python(value, strict=True, by_name=False)
        except ValidationError as error:
            (first, *_) = error.errors(include_url=False)
            if self.choices:
                raise FieldError(f"'{value}' is none of: {', '.join(self.choices)}") from None
            raise FieldError(first["msg"]) from None
        return read if isinstance(read, Edtf | str | int | float | tuple) else value


def fields_of(record: type[Record], path: Path = ()) -> Iterator[Field]:
    """Every field of a new record that holds a single value or a list of ids.

    Lists of records that must be there have one item.
    """
    hints, told = typing.get_type_hints(record, include_extras=True), descriptions(record)
    for name, info in record.model_fields.items():
        key = info.alias or name
        if not path and key in _OF_THE_FILE:
            continue
        if_none = _EXPECTED.get(record, {}).get(key, "")
        needed = info.is_required() or key in _NEEDED.get(record, ()) or bool(if_none)
        below, is_list = nested(hints[name])
        here = (*path, key)
        if below is None:
            field = Field(here, hints[name], told.get(name, key), needed, if_none)
            # A list of texts cannot be told from one text on a command line; ids can.
            if needed or not field.is_list or field.kind is not None:
                yield field
        elif needed:
            yield from fields_of(below, (*here, 0) if is_list else here)


def skeleton(
    record: type[Record], given: Mapping[Path, Written], path: Path = ()
) -> dict[str, Written]:
    """A record with what is given, and a blank wherever something must be."""
    made: dict[str, Written] = {}
    wanted = _NEEDED.get(record, frozenset())
    if record is Claim:
        wanted |= _OF_A_CLAIM.get(str(given.get((*path, "kind"))), frozenset())
    hints, told = typing.get_type_hints(record, include_extras=True), descriptions(record)
    for name, info in record.model_fields.items():
        key = info.alias or name
        here = (*path, key)
        if_none = _EXPECTED.get(record, {}).get(key, "")
        needed = info.is_required() or key in wanted or bool(if_none)
        below, is_list = nested(hints[name])
        if here in given:
            made[key] = given[here]
        elif not needed:
            continue
        elif below is not None:
            made[key] = (
                [skeleton(below, given, (*here, 0))] if is_list else skeleton(below, given, here)
            )
        else:
            made[key] = Field(here, hints[name], told.get(name, key), True, if_none).blank
    return made


def flags(fields: Iterator[Field]) -> dict[str, Field]:
    """A flag for each field: its key if no other has that, or else its whole path."""
    every = list(fields)
    keys = [field.path[-1] for field in every]
    named = {}
    for field in every:
        steps = [str(step) for step in field.path if isinstance(step, str)]
        words = steps[-1:] if keys.count(field.path[-1]) == 1 else steps
        named["-".join(words).replace("_", "-").lower()] = field
    return named


def nested(annotation: Any) -> tuple[type[Record] | None, bool]:
    """The record that a field holds, if it holds one, and whether it is a list."""
    base = _unwrapped(annotation)[0]
    is_list = get_origin(base) is tuple
    if is_list:
        base = _unwrapped(get_args(base)[0])[0]
    return (base if isinstance(base, type) and issubclass(base, Record) else None), is_list


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        kept = [inner for inner in get_args(annotation) if inner is not NoneType]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _unwrapped(annotation: Any) -> tuple[Any, tuple[object, ...]]:
    """A type without `Annotated` and `None` around it, and what was annotated."""
    extras: tuple[object, ...] = ()
    while True:
        plain = _without_none(annotation)
        if get_origin(plain) is typing.Annotated:
            extras += plain.__metadata__
            plain = plain.__origin__
        if plain is annotation:
            return plain, extras
        annotation = plain


def _extras(annotation: Any) -> tuple[object, ...]:
    base, extras = _unwrapped(annotation)
    return extras + (_unwrapped(get_args(base)[0])[1] if get_origin(base) is tuple else ())
