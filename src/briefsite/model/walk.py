"""Walks over any record, read or still plain: every value that names another record.

`references` gives each with its place, `named` what is named; a test holds the two together.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from briefsite.model.prose import Prose, parse_prose
from briefsite.model.records import ProseType, Record, RecordKind, Ref

Path = tuple[str | int, ...]
Key = tuple[RecordKind, str]
"""Kind and id of a record that others can name."""
AnyKey = tuple[str, str]
"""Kind and id of any record, also of a judgement, which no reference names."""


class Reference(NamedTuple):
    """A value at `path` that names the record `id` of `kind`.

    `offset` is the character within prose where it stands, otherwise None.
    """

    path: Path
    kind: RecordKind
    id: str
    offset: int | None = None


class _Step(NamedTuple):
    """A field that can hold references: as texts of a `kind`, within records, or within prose."""

    name: str
    key: str
    kind: RecordKind | None
    record: type[Record] | None
    prose: bool


def references(
    value: Record | Mapping[str, Any], record: type[Record] | None = None
) -> Sequence[Reference]:
    """Every reference in a record, in the order of its fields.

    A mapping is read as what a file says about a `record`; values of the wrong type are passed
    over, so that a file with other mistakes still gives all its references.
    """
    found: list[Reference] = []
    _add_references(value, record, (), found)
    return found


def named(record: Record, *, but: str = "") -> tuple[Key, ...]:
    """Kind and id of each record that a record names, once, in the order of its fields.

    `but` is a field that is passed over.
    """
    found: dict[Key, None] = {}
    _add_named(record, found, but)
    return tuple(found)


def _add_named(record: Record, found: dict[Key, None], but: str = "") -> None:
    """As `_add_references`, of what is known to be right, and without where it stands."""
    for step in _plan(type(record)):
        value = getattr(record, step.name)
        if not value or step.name == but:
            continue
        for item in value if type(value) is tuple else (value,):
            if isinstance(item, str):
                if step.kind is not None:
                    found[step.kind, item] = None
            elif type(item) is step.record or isinstance(item, Record):
                _add_named(item, found)
            elif type(item) is Prose:
                for sentence in item.sentences:
                    for claim in sentence.claims:
                        found["claim", claim] = None


def _add_references(
    value: Record | Mapping[str, Any],
    record: type[Record] | None,
    path: Path,
    found: list[Reference],
) -> None:
    if type(value) is not dict and isinstance(value, Record):
        for step in _plan(type(value)):
            if below := getattr(value, step.name):
                _add_below(below, step, (*path, step.key), found)
        return
    for step in _plan(_given(record)):
        below = value.get(step.key)
        if below is not None:
            _add_below(below, step, (*path, step.key), found)


def _given(record: type[Record] | None) -> type[Record]:
    if record is None:
        raise TypeError("a mapping needs the record type it stands for")
    return record


def _add_below(value: object, step: _Step, path: Path, found: list[Reference]) -> None:
    # Most values are records, and most of these of the very type that is wanted.
    record = step.record
    if record is not None and (type(value) is record or type(value) is dict):
        _add_references(value, record, path, found)
    elif isinstance(value, str):
        if step.kind is not None:
            found.append(Reference(path, step.kind, value))
        elif step.prose:
            _add_below(parse_prose(value), step, path, found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if record is not None and type(item) is record:
                _add_references(item, record, (*path, index), found)
            elif step.kind is not None and isinstance(item, str):
                found.append(Reference((*path, index), step.kind, item))
            elif not isinstance(item, tuple):  # a point, or a mistake
                _add_below(item, step, (*path, index), found)
    elif isinstance(value, Prose):
        for claim, offset in value.references():
            found.append(Reference(path, "claim", claim, offset))
    elif record is not None and isinstance(value, (Record, dict)):
        _add_references(value, record, path, found)


@cache
def _plan(record: type[Record]) -> tuple[_Step, ...]:
    hints = typing.get_type_hints(record, include_extras=True)
    steps = []
    for name, field in record.model_fields.items():
        kind, nested, prose = _inspect(hints[name])
        if kind is not None or nested is not None or prose:
            steps.append(_Step(name, field.alias or name, kind, nested, prose))
    return tuple(steps)


def _inspect(annotation: Any) -> tuple[RecordKind | None, type[Record] | None, bool]:
    kind: RecordKind | None = None
    nested: type[Record] | None = None
    prose = False
    if isinstance(annotation, type) and issubclass(annotation, Record):
        nested = annotation
    for extra in getattr(annotation, "__metadata__", ()):
        if isinstance(extra, Ref):
            kind = extra.kind
        prose = prose or extra is ProseType
    inner = get_args(annotation)
    if get_origin(annotation) is typing.Annotated:
        inner = inner[:1]
    for argument in inner:
        if argument is Ellipsis or isinstance(argument, str):
            continue
        kind_below, nested_below, prose_below = _inspect(argument)
        kind, nested, prose = kind or kind_below, nested or nested_below, prose or prose_below
    return kind, nested, prose
