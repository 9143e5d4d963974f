"""One file to one record: pydantic's errors, put at their place in an author's words."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Generic, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from briefsite.load import Blank, Document, Location, Path
from briefsite.lookalikes import name_lookalikes
from briefsite.model.records import Record
from briefsite.model.walk import Reference, references
from briefsite.report import Problem, did_you_mean

R = TypeVar("R", bound=Record)

_TYPE_WORDS = {
    "string_type": "text",
    "date_type": "a date",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_RANGE = {
    "greater_than",
    "greater_than_equal",
    "less_than",
    "less_than_equal",
    "finite_number",
}
_PATTERN_HINTS = {
    "language": "write its code, such as en, az or fa",
    "country": "write its two letters, such as AZ, or AZ/IR for a place on a border",
}
_OWN = {
    "bad_id": "bad-id",
    "bad_date": "bad-date",
    "bad_url": "bad-url",
    "bad_point": "bad-point",
    "inconsistent": "inconsistent",
    "missing_evidence": "missing-key",
}
_HINTS = {
    "bad-id": "use letters from a to z, digits and single hyphens, 64 characters at most",
    "bad-date": "write 2012, 2012-02, 2012-02-05, 2011~ or 2020-09-27/2020-11-10",
    "bad-url": "start it with https://",
    "bad-point": "longitude comes first, then latitude",
}


@dataclass(frozen=True)
class Reading(Generic[R]):
    """What a parsed file says.

    `record` is whole, or None if anything is wrong with its shape; `partial` then holds the fields
    and list items that are right by themselves, so that the other checks can still look at them.
    """

    document: Document
    type: type[R]
    plain: Mapping[str, Any]
    record: R | None
    partial: R
    problems: tuple[Problem, ...]

    @cached_property
    def references(self) -> Sequence[Reference]:
        """Every value that names another record."""
        return references(self.record if self.record is not None else self.plain, self.type)


def read_record(document: Document, record: type[R]) -> Reading[R]:
    """Read a parsed file as a record, with everything that is wrong with its shape."""
    assert document.is_read
    plain = document.plain
    fields = plain if isinstance(plain, dict) else {}
    blank = tuple(_blanks(document)) if document.has_empty else ()
    try:
        whole = record.model_validate(plain, by_name=False)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        misspelt = _misspelt(record, details)
        problems = tuple(
            _problem(document, record, detail)
            for detail in details
            if not _is_short_of_refused(detail) and detail["loc"] not in misspelt
        )
        told = {(problem.line, problem.column) for problem in problems}
        problems += tuple(p for p in blank if (p.line, p.column) not in told)
        return Reading(document, record, fields, None, _salvage(record, fields), problems)
    return Reading(document, record, fields, None if blank else whole, whole, blank)


def _blanks(document: Document) -> Iterator[Problem]:
    """Keys and list items with nothing behind them, also where nothing need be."""
    root = document.root
    assert root is not None
    waiting = [(root, root.location, "")]
    while waiting:
        node, where, name = waiting.pop()
        if node.fields is not None:
            for key, below in node.fields.items():
                waiting.append((below, node.keys[key].location, key))
        elif node.items is not None:
            waiting += [(below, below.location, name) for below in node.items]
        elif node.value is None and name:
            at = where if node.start == node.end else node.location
            yield _empty(document, at, name)


def _empty(document: Document, where: Location, name: str) -> Problem:
    hint = "leave the key out, or say something"
    return document.problem(where, "empty-value", f"'{name}' is empty", hint)


def _is_short_of_refused(detail: Any) -> bool:
    """Whether a list is found too short only because its items were refused."""
    if detail["type"] != "too_short":
        return False
    return bool(len(detail["input"]) >= detail["ctx"]["min_length"])


def _misspelt(record: type[Record], details: Sequence[Any]) -> set[Path]:
    """Keys that are missing only because they are misspelt, which is a problem of its own."""
    missing: dict[Path, list[str]] = {}
    for detail in details:
        if detail["type"] == "missing":
            missing.setdefault(detail["loc"][:-1], []).append(detail["loc"][-1])
    meant = set()
    for detail in details:
        path = detail["loc"][:-1]
        if detail["type"] == "extra_forbidden" and path in missing:
            key = str(detail["loc"][-1])
            hint = did_you_mean(key, _keys(_model_at(record, path)))
            meant |= {(*path, name) for name in missing[path] if hint == did_you_mean(key, [name])}
    return meant


def _salvage(record: type[R], fields: Mapping[str, Any]) -> R:
    kept: dict[str, Any] = {}
    for name, field in record.model_fields.items():
        value = fields.get(field.alias or name)
        below = _record_in(field.annotation)
        if below is not None and isinstance(value, tuple) and _is_list(field.annotation):
            kept[name] = tuple(_valid(below, item) for item in value)
        elif value is not None:
            with suppress(ValidationError):
                kept[name] = _adapter(record, name).validate_python(
                    value, strict=True, by_name=False
                )
    return cast("R", record.model_construct(_fields_set=set(kept), **kept))


def _is_list(annotation: Any) -> bool:
    if typing.get_origin(annotation) is tuple:
        return True
    return any(_is_list(inner) for inner in get_args(annotation) if inner is not Ellipsis)


@cache
def _adapter(record: type[Record], name: str) -> TypeAdapter[Any]:
    field = record.model_fields[name]
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)


def _valid(record: type[Record], value: object) -> Record | None:
    try:
        return record.model_validate(value, by_name=False)
    except ValidationError:
        return None


def _is_cut_off(document: Document, path: Path) -> bool:
    """Whether a key has no colon behind it, as what follows a comma in a flow mapping."""
    parent, key = document.node(path[:-1]), str(path[-1])
    if parent is None or key not in parent.keys or document.text[parent.start] != "{":
        return False
    return document.text[parent.keys[key].end :].lstrip()[:1] in (",", "}")


def _problem(document: Document, record: type[Record], detail: Any) -> Problem:
    path: Path = tuple(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        message = f"'{path[-1]}' is missing" + _in_what(document, path[:-1])
        return document.problem(document.locate(path[:-1]), "missing-key", message)
    if isinstance(detail["input"], Blank) and kind != "extra_forbidden":
        where, hint = document.locate(path), detail["input"].hint
        return document.problem(where, "blank", f"'{_name(path)}' is still to be written", hint)
    if kind == "extra_forbidden":
        key = str(path[-1])
        known = list(_keys(_model_at(record, path[:-1])))
        hint = did_you_mean(key, known) or f"the keys here are: {', '.join(known)}"
        if _is_cut_off(document, path):
            hint = "a comma ends a value within { }: put a text that holds one in quotes"
        where = document.locate(path, key=True)
        return document.problem(where, "unknown-key", f"'{key[:80]}' is no key here", hint)
    where = document.locate((*path, context["key"]) if "key" in context else path)
    name = _name(path)
    if detail["input"] is None and path:
        return _empty(document, where, name)
    if kind == "literal_error" and isinstance(detail["input"], tuple | dict):
        kind = "string_type"
    if kind == "literal_error":
        choices = [str(c) for c in _choices(_model_at(record, path[:-1]), name)]
        given = str(detail["input"])
        hint = did_you_mean(given, choices)
        if given in choices:
            hint = "write it without quotes"
        listed = f"choices: {', '.join(choices)}"
        hint = f"{hint} ({listed})" if hint else listed
        return document.problem(where, "not-a-choice", f"'{name}' cannot be '{given[:80]}'", hint)
    if kind in _TYPE_WORDS:
        return document.problem(
            where,
            "wrong-type",
            f"'{name}' must be {_TYPE_WORDS[kind]}, not {_describe(detail['input'])}",
            _type_hint(kind, detail["input"]),
        )
    if kind == "too_short" and detail["input"]:
        message = f"'{name}' needs at least {context['min_length']} items"
        return document.problem(where, "out-of-range", message)
    if kind in ("string_too_short", "too_short"):
        return document.problem(where, "empty-value", f"'{name}' is empty")
    if kind == "string_pattern_mismatch":
        message = f"'{name}' cannot be '{str(detail['input'])[:80]}'"
        hint = _PATTERN_HINTS.get(name, f"it matches {context['pattern']}")
        return document.problem(where, "not-a-choice", message, hint)
    if kind in ("too_long", "string_too_long"):
        longest = context["max_length"]
        what = "characters" if isinstance(detail["input"], str) else "items"
        message = f"'{name}' has more than {longest:,} {what}"
        return document.problem(where, "out-of-range", message)
    if kind in _RANGE:
        message = detail["msg"].replace("Input should be", f"'{name}' must be")
        return document.problem(where, "out-of-range", message)
    code = _OWN.get(kind, "wrong-type")
    hint = _HINTS.get(code, "")
    if code == "bad-id" and (named := name_lookalikes(str(detail["input"])[:80])):
        hint = f"{named}; {hint}"
    return document.problem(where, code, detail["msg"], hint)


def _name(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")


def _type_hint(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, bool | int | float):
        return 'put quotes around it to make it text: "…"'
    if kind == "tuple_type" and isinstance(value, dict):
        is_by_id = bool(value) and all(isinstance(below, dict) for below in value.values())
        first = f"id: {next(iter(value))}"[:80] if is_by_id else ""
        return f"begin each item with '- {first}'"
    if kind == "tuple_type":
        return "put it in brackets, or behind a '- '"
    if kind in ("int_type", "float_type") and isinstance(value, str):
        return "write digits only, without quotes, spaces or commas"
    return ""


def _in_what(document: Document, path: Path) -> str:
    """Names the record by its id or its key, so that the message reads by itself."""
    node = document.node(path)
    if node is not None and node.fields:
        identity = node.fields.get("id")
        if identity is not None and isinstance(identity.value, str):
            return f" in '{identity.value[:80]}'"
    key = next((step for step in reversed(path) if isinstance(step, str)), None)
    return f" in '{key}'" if key else ""


def _describe(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case tuple():
            return "a list"
        case dict():
            return "a mapping"
    return type(value).__name__


def _keys(record: type[Record] | None) -> Iterator[str]:
    for name, field in (record.model_fields if record else {}).items():
        yield field.alias or name


def _model_at(record: type[Record], path: Path) -> type[Record] | None:
    """The record type that stands at a path of another."""
    current: type[Record] | None = record
    for step in path:
        if isinstance(step, int):
            continue
        fields = current.model_fields if current else {}
        field = next((f for name, f in fields.items() if step in (name, f.alias)), None)
        current = _record_in(field.annotation) if field else None
    return current


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for a in get_args(annotation) if (found := _record_in(a))), None)


def _choices(record: type[Record] | None, key: str) -> Iterator[object]:
    for name, field in (record.model_fields if record else {}).items():
        if key in (name, field.alias):
            yield from _literals(field.annotation)


def _literals(annotation: Any) -> Iterator[object]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from get_args(annotation)
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated, tuple):
        for argument in get_args(annotation):
            yield from _literals(argument)
