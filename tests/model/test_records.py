"""Records: frozen, strict, and described by a JSON Schema that fits good files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import referencing
from pydantic import ValidationError
from referencing.jsonschema import DRAFT202012

from briefsite.load import load_tree
from briefsite.model.records import (
    Actor,
    Brief,
    Citation,
    Confidence,
    Extent,
    Figure,
    MapRecord,
    Person,
    Place,
    Record,
    RecordKind,
    Registry,
    Source,
    is_id,
)
from briefsite.model.schema import FILES, IDS, Known, ids_schema, json_schema


def plain(project: Path, kind: str) -> Any:
    """A good file as JSON has it."""
    (document,) = (document for other, document in load_tree(project) if other == kind)
    assert document.root is not None
    return json.loads(json.dumps(document.root.plain()))


def errors(record: type[Record], value: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        record.model_validate(value)
    return [(error["loc"], error["type"]) for error in caught.value.errors()]


def test_a_record_cannot_be_changed() -> None:
    confidence = Confidence(level="high", reason="Known.")
    with pytest.raises(ValidationError, match="frozen"):
        confidence.level = "low"  # type: ignore[misc]
    assert hash(confidence) == hash(Confidence(level="high", reason="Known."))


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"source": "s", "locator": "p", "seen": 2012.5}, (("seen",), "date_type")),
        ({"source": "s", "locator": "p", "seen": "then"}, (("seen",), "bad_date")),
        ({"source": "s", "locator": "p", "seen": True}, (("seen",), "date_type")),
        ({"source": "s", "locator": 12}, (("locator",), "string_type")),
        ({"source": "s", "locator": " \n "}, (("locator",), "string_too_short")),
        ({"source": "s", "locator": "x" * 241}, (("locator",), "string_too_long")),
        ({"source": "S", "locator": "p"}, (("source",), "bad_id")),
        ({"source": "s\n", "locator": "p"}, (("source",), "bad_id")),
        ({"source": "s", "locator": "p", "page": 1}, (("page",), "extra_forbidden")),
        ({"source": "s", "locator": "p", "cites": "s"}, (("cites",), "tuple_type")),
        ({"source": "s", "locator": "p", "cites": ["s"]}, (("cites",), "tuple_type")),
    ],
)
def test_nothing_is_converted_silently(
    value: dict[str, object], error: tuple[tuple[str, ...], str]
) -> None:
    assert errors(Citation, value) == [error]


def test_wrapped_text_is_one_paragraph() -> None:
    assert Confidence(level="low", reason="  One \n  two.\n").reason == "One two."


def test_a_year_is_a_date() -> None:
    figure = Figure.model_validate({"measures": "m", "value": 1, "unit": "u", "year": 2012})
    assert figure.year.words() == "2012"
    assert figure.value == 1.0


@pytest.mark.parametrize(
    ("record", "value"),
    [
        (Figure, {"measures": "m", "value": 2, "high": 2, "unit": "u", "year": 2012}),
        (Extent, {"west": 2, "south": 0, "east": 1, "north": 1}),
        (Extent, {"west": 0, "south": 1, "east": 1, "north": 1}),
    ],
)
def test_values_that_contradict_each_other(record: type[Record], value: object) -> None:
    assert errors(record, value) == [((), "inconsistent")]


@pytest.mark.parametrize(
    "value",
    [{}, {"given": "Jane"}, {"family": "Doe", "literal": "Jane Doe"}],
)
def test_an_author_has_one_kind_of_name(value: object) -> None:
    assert errors(Person, value) == [((), "missing_evidence")]


def test_names_as_they_are_printed() -> None:
    assert Person(family="Doe", given="Jane").display == "Jane Doe"
    assert Person(literal="Ministry").display == "Ministry"


def test_a_point_is_whole_or_absent() -> None:
    given = {"id": "p", "name": "P", "kind": "city"}
    assert Place.model_validate(given).point is None
    assert errors(Place, {**given, "lat": 40.0}) == [((), "missing_evidence")]
    whole = {**given, "lat": 40, "lon": 49, "precision_km": 1, "coordinates_from": "G"}
    assert Place.model_validate(whole).point == (49.0, 40.0)


def test_an_extent_holds_its_edges() -> None:
    extent = Extent(west=44, south=38, east=51, north=42)
    assert extent.holds((44, 38))
    assert extent.holds((51, 42))
    assert not extent.holds((51.1, 40))


def test_csl_names_are_read_as_csl_writes_them() -> None:
    source = Source.model_fields["container_title"]
    assert source.alias == "container-title"


@pytest.mark.parametrize("text", ["a", "a1", "1", "a-b", "0882-b", "a" * 64])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a" * 65, "a\n", "../a", "٣"]
)
def test_no_ids(text: str) -> None:
    assert not is_id(text)
    assert [kind for _, kind in errors(Actor, {"id": text, "kind": "state", "name": "A"})] == [
        "bad_id"
    ]


# JSON Schema


@pytest.mark.parametrize("kind", ["brief", "registry", "map"])
def test_a_good_file_fits_its_schema(project: Path, kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema(kind)))
    validator(kind).validate(plain(project, kind))


def validator(kind: str, known: Known | None = None) -> jsonschema.Draft202012Validator:
    ids = json.loads(ids_schema(known or {}))
    registry = referencing.Registry[Any]().with_resource(IDS, DRAFT202012.create_resource(ids))
    return jsonschema.Draft202012Validator(json.loads(json_schema(kind)), registry=registry)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("brief", ("titel",), "x"),
        ("brief", ("schema",), 2),
        ("brief", ("title",), ""),
        ("brief", ("title",), "x" * 241),
        ("brief", ("topic",), "Not An Id"),
        ("brief", ("claims",), []),
        ("brief", ("claims", 0, "kind"), "rumour"),
        ("brief", ("claims", 0, "id"), "a--b"),
        ("registry", ("places", 0, "lat"), 91),
        ("registry", ("places", 0, "country"), "Azerbaijan"),
        ("map", ("layers", 0, "routes", 0, "path", 0), "Baku City"),
        ("map", ("layers", 0, "routes", 0, "path", 0), [1, 2, 3]),
    ],
)
def test_a_bad_file_does_not_fit(
    project: Path, kind: str, path: tuple[str | int, ...], value: object
) -> None:
    file = plain(project, kind)
    place = file
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not validator(kind).is_valid(file)
    assert not validator(kind, {"topic": {"energy": "Energy"}}).is_valid(file)


@pytest.mark.parametrize("record", [Brief, Registry, MapRecord])
def test_a_schema_describes_every_field(record: type[Record]) -> None:
    schema = record.model_json_schema(by_alias=True)
    for model in [schema, *schema["$defs"].values()]:
        assert model.get("description")
        for name, field in model.get("properties", {}).items():
            assert field.get("description"), name


def test_a_schema_says_what_a_text_refers_to() -> None:
    schema = Brief.model_json_schema(by_alias=True)
    assert schema["properties"]["topic"]["x-ref"] == "topic"
    assert schema["$defs"]["Claim"]["properties"]["actors"]["items"]["x-ref"] == "actor"


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_explains_every_field_with_an_example_that_fits(kind: str) -> None:
    schema = json.loads(json_schema(kind))
    check = validator(kind)
    for model in [schema, *schema["$defs"].values()]:
        for name, field in model["properties"].items():
            assert field["title"], name
            assert field["description"], name
            text = json.dumps(field)
            is_free = not re.search(r'#/\$defs/|"enum"|"const"|"boolean"', text)
            assert not is_free or '"examples"' in text, name
            for example in field.get("examples", []):
                assert check.evolve(schema=field).is_valid(example), (name, example)


def test_ids_that_are_known_are_offered_and_others_may_be_written() -> None:
    ids = json.loads(ids_schema({"source": {"study": "A study", "book": "A book"}}))
    offered, any_id = ids["$defs"]["source"]["anyOf"]
    assert offered == {"enum": ["book", "study"], "enumDescriptions": ["A book", "A study"]}
    assert jsonschema.Draft202012Validator(any_id).is_valid("not-written-yet")
    assert set(ids["$defs"]) == set(get_args(RecordKind))


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(FILES) == {"brief", "translation", "registry", "map"}
