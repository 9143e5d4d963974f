"""One walk finds every reference, in records and in what a file says."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefsite.load import load_tree
from briefsite.model import records
from briefsite.model.records import Brief, Claim, MapRecord, Record, Ref, Registry
from briefsite.model.walk import Reference, named, references

CITATION = {"source": "s1", "locator": "p. 1", "cites": ("s2",)}
SHARE = {"name": "share", "claim": "c4", "figure": 1, "sources": (CITATION,)}
CONFIDENCE = {"level": "high", "reason": "Known."}
# A brief that uses every field of its records that names something.
BRIEF: dict[str, Any] = {
    "schema": 1,
    "title": "T",
    "topic": "t1",
    "summary": "S [@c11].",
    "cutoff": 2024,
    "reviewed": 2024,
    "review_by": 2025,
    "judgements": (
        {
            "id": "j",
            "text": "J",
            "likelihood": "likely",
            "confidence": CONFIDENCE,
            "claims": ("c1", "c2"),
        },
    ),
    "sections": ({"id": "s", "heading": "H", "prose": "Ə [@c3].\n\n- *B [@c4; @c5]*"},),
    "claims": (
        {
            "id": "c",
            "text": "C",
            "kind": "event",
            "said_by": "a1",
            "sources": (CITATION,),
            "date": 2020,
            "as_of": 2020,
            "confidence": CONFIDENCE,
            "actors": ("a2",),
            "places": ("p1",),
            "agreements": ("g1",),
            "status": {
                "state": "overtaken",
                "reason": "R",
                "claims": ("c12",),
                "sources": (CITATION,),
            },
            "contested": (
                {"by": "a3", "position": "P", "claims": ("c6",), "sources": (CITATION,)},
            ),
            "response": {
                "kind": "denial",
                "by": "a4",
                "text": "R",
                "claims": ("c7",),
                "sources": (CITATION,),
            },
            "supersedes": ("c8",),
            "compared": 2024,
        },
    ),
    "positions": (
        {
            "id": "q",
            "question": "Q",
            "cells": (
                {
                    "party": "a5",
                    "basis": "reported",
                    "position": "P",
                    "date": 2020,
                    "claims": ("c9",),
                    "sources": (CITATION,),
                },
                {"party": "a6", "basis": "none-found", "position": "P", "date": 2020},
            ),
        },
    ),
    "timeline": (
        {"date": 2020, "title": "E", "claims": ("c10",), "places": ("p2",), "actors": ("a7",)},
    ),
    "questions": ("q1",),
    "maps": ("m1",),
    "terms": ("w1",),
    "related": ("b1",),
}


def test_a_record_and_its_file_have_the_same_references() -> None:
    from_file = list(references(BRIEF, Brief))
    from_record = list(references(Brief.model_validate(BRIEF)))
    assert from_file == from_record
    assert {(r.kind, r.id) for r in from_file} == {
        ("topic", "t1"),
        *(("claim", f"c{number}") for number in range(1, 13)),
        *(("actor", f"a{number}") for number in range(1, 8)),
        *(("place", f"p{number}") for number in (1, 2)),
        ("source", "s1"),
        ("source", "s2"),
        ("agreement", "g1"),
        ("question", "q1"),
        ("map", "m1"),
        ("term", "w1"),
        ("brief", "b1"),
    }
    assert sum(r.id == "s1" for r in from_file) == 5


def test_what_a_record_names_is_told_once_each_in_the_same_order() -> None:
    brief = Brief.model_validate(BRIEF)
    found = references(brief)
    assert named(brief) == tuple(dict.fromkeys((r.kind, r.id) for r in found))
    beside = dict.fromkeys((r.kind, r.id) for r in found if r.path[0] != "claims")
    assert named(brief, but="claims") == tuple(beside)
    assert len(beside) < len(named(brief))


def test_each_reference_knows_its_path_and_its_place_in_prose() -> None:
    found = {r.id: r for r in references(BRIEF, Brief)}
    assert found["a4"] == Reference(("claims", 0, "response", "by"), "actor", "a4")
    path = ("claims", 0, "contested", 0, "sources", 0, "cites", 0)
    assert Reference(path, "source", "s2") in set(references(BRIEF, Brief))
    prose = BRIEF["sections"][0]["prose"]
    offsets = [found[name].offset for name in ("c3", "c4", "c5")]
    assert offsets == [prose.index(name) for name in ("c3", "c4", "c5")]


def test_a_route_refers_to_places_and_has_points_besides() -> None:
    route = {"path": ("p1", (49.5, 40.0), "p2"), "claims": ("c1",)}
    plain = {"layers": ({"places": ({"place": "p3"},), "routes": (route,)},)}
    found = [(r.path, r.id) for r in references(plain, MapRecord)]
    assert found == [
        (("layers", 0, "places", 0, "place"), "p3"),
        (("layers", 0, "routes", 0, "path", 0), "p1"),
        (("layers", 0, "routes", 0, "path", 2), "p2"),
        (("layers", 0, "routes", 0, "claims", 0), "c1"),
    ]


def test_registry_records_refer_too() -> None:
    plain = {
        "sources": ({"cited_in": ("s1",), "status": {"claims": ("c3",)}},),
        "actors": ({"part_of": "a1"},),
        "agreements": (
            {"parties": ("a2",), "places": ("p1",), "claims": ("c1",), "sources": (CITATION,)},
        ),
        "terms": (
            {"see_also": ("w1",), "actors": ("a3",), "places": ("p2",), "agreements": ("g1",)},
            {"claims": ("c5",), "sources": (CITATION,)},
        ),
        "corrections": ({"source": "s3", "claims": ("c2",), "sums": ({"quantities": (SHARE,)},)},),
    }
    assert [r.id for r in references(plain, Registry)] == [
        *("s1", "c3", "a1", "a2", "p1", "c1", "s1", "s2", "w1", "a3", "p2", "g1", "c5"),
        *("s1", "s2", "s3", "c2", "c4", "s1", "s2"),
    ]


@pytest.mark.parametrize(
    "wrong", [None, True, 1, 1.5, "text", (), ("x", 1, None, ("y",)), {}, {"id": 1, "claims": {}}]
)
@pytest.mark.parametrize("key", sorted(BRIEF))
def test_values_of_the_wrong_type_are_passed_over(key: str, wrong: object) -> None:
    assert list(references({**BRIEF, key: wrong}, Brief)) is not None
    claim = {**BRIEF["claims"][0], "sources": wrong, "status": wrong, "said_by": wrong}
    assert list(references({**BRIEF, "claims": (claim, wrong)}, Brief)) is not None


def test_a_mapping_needs_its_record_type() -> None:
    with pytest.raises(TypeError, match="record type"):
        list(references({"claims": ()}))


def test_every_field_that_names_something_is_walked() -> None:
    """No field with a Ref is left out, however it is nested."""
    kinds = {ref.kind for record in record_types() for ref in refs_of(record)}
    walked = {r.kind for r in references(BRIEF, Brief)}
    assert kinds == walked


def record_types() -> Iterator[type[Record]]:
    for value in vars(records).values():
        if isinstance(value, type) and issubclass(value, Record):
            yield value


def refs_of(record: type[Record]) -> Iterator[Ref]:
    for hint in typing.get_type_hints(record, include_extras=True).values():
        waiting: list[Any] = [hint]
        while waiting:
            current = waiting.pop()
            yield from (m for m in getattr(current, "__metadata__", ()) if isinstance(m, Ref))
            waiting += typing.get_args(current)


def test_the_minimal_project_refers_only_to_what_it_has(project: Path) -> None:
    tree = load_tree(project)
    types: dict[str, type[Record]] = {"brief": Brief, "registry": Registry, "map": MapRecord}
    for kind, document in tree:
        assert document.root is not None
        plain = document.root.plain()
        assert isinstance(plain, dict)
        for reference in references(plain, types[kind]):
            node = document.node(reference.path)
            assert node is not None
            if reference.offset is None:
                assert node.value == reference.id


def test_a_claim_alone_can_be_walked() -> None:
    claim = Claim.model_validate(BRIEF["claims"][0])
    assert next(iter(references(claim))) == Reference(("said_by",), "actor", "a1")
