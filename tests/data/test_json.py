"""The data files: every field, under the names the files use; the audit and the stale as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import audit, check_tree
from briefsite.data import brief_json, library_json, print_audit, print_stale
from briefsite.load import load_document, load_tree
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.model.staleness import stale

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wide(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of three more briefs that use every field."""
    overlay = TESTS / "golden" / "contested-and-overtaken" / "input"
    root = lay_out(tmp_path_factory.mktemp("data") / "project", overlay)
    found = check_tree(load_tree(root)).library
    assert found is not None
    return found


def test_a_brief_is_what_was_written(library: Library) -> None:
    path = TESTS / "projects" / "minimal" / "briefs" / "sample.yaml"
    root = load_document("sample.yaml", path.read_bytes()).root
    assert root is not None
    written = json.loads(json.dumps(root.plain()))
    found = json.loads(brief_json(library, library.briefs["sample"]))["brief"]
    assert set(written) <= set(found)
    assert found["title"] == written["title"]
    assert found["sections"] == [{**each, "formerly": []} for each in written["sections"]]
    assert found["claims"][0]["sources"][0]["quotation"] == "a pipeline will be built"
    assert found["claims"][1]["as_of"] == "2020-11~"
    assert found["claims"][0]["figures"][0]["value"] == 1.2


def test_a_brief_brings_all_that_it_names(wide: Library) -> None:
    found = json.loads(brief_json(wide, wide.briefs["contested"]))
    assert {source["id"] for source in found["sources"]} == {
        "gazette",
        "old-study",
        "ministry-report",
        "road-poll",
    }
    assert {claim["id"] for claim in found["claims_from_other_briefs"]} == {
        "pipeline-announced",
        "pipeline-unbuilt",
    }
    assert {claim["brief"] for claim in found["claims_from_other_briefs"]} == {"sample"}
    assert {place["id"] for place in found["places"]} == {"alphaville", "betatown"}
    assert {a["id"] for a in found["agreements"]} == {"road-accord", "pipeline-accord"}
    assert found["as_of"] == "2024-04-10"


def test_the_library_holds_every_record(wide: Library) -> None:
    found = json.loads(library_json(wide)())
    assert [brief["id"] for brief in found["briefs"]] == ["contested", "gone", "sample"]
    assert {brief["status"] for brief in found["briefs"]} == {"published", "withdrawn"}
    assert [item["id"] for item in found["maps"]] == ["road-map", "sample-map"]
    for kind in (
        *("sources", "actors", "places", "agreements", "topics", "corrections"),
        *("loaded_words", "contested_names"),
    ):
        assert len(found[kind]) == len(getattr(wide, kind)) > 0
    assert found["sources"][0]["container-title"] == "The Gazette"
    assert found["briefs"][0]["schema"] == 1


def test_files_are_the_same_every_time_and_readable(library: Library) -> None:
    first = brief_json(library, library.briefs["sample"])
    assert first == brief_json(library, library.briefs["sample"])
    assert first.endswith(b"\n")
    assert "Əlfavil".encode() in first


def test_a_brief_brings_the_questions_of_others_that_it_shows(wide: Library) -> None:
    found = json.loads(brief_json(wide, wide.briefs["gone"]))
    shown = wide.questions["is-it-a-road"][0].cells
    claims = {claim["id"] for claim in found["claims_from_other_briefs"]}
    assert {key for cell in shown for key in cell.claims} <= claims


def test_an_audit_in_json_has_every_number_of_the_text() -> None:
    project = TESTS / "projects" / "minimal"
    found = audit(check_tree(load_tree(project)).readings)
    assert json.loads(print_audit(found, "json")) == {
        "overall": {
            "brief": "overall", "statements": 6, "sourced": 6, "connective": 0, "percent": 100.0,
        },
        "briefs": [
            {"brief": "sample", "statements": 6, "sourced": 6, "connective": 0, "percent": 100.0}
        ],
        "left_out": [],
        "unsourced": [],
        "claims_by_source": {"ministry-report": 2},
        "claims_by_perspective": {"official": 2},
        "claims_by_party": {"alphaland": 2},
    }  # fmt: skip


def test_an_audit_in_json_names_what_is_not_sourced(project: Path, edit: Any) -> None:
    edit("briefs/sample.yaml", " [@pipeline-announced]. A review", ". Şuşa “knew”. A review")
    found = audit(check_tree(load_tree(project)).readings)
    assert json.loads(print_audit(found, "json"))["unsourced"] == [
        {
            "path": "briefs/sample.yaml",
            "line": 22,
            "column": column,
            "text": text,
            "why": "it names no claim",
        }
        for column, text in (
            (7, "The ministry announced a pipeline in February 2012."),
            (59, "Şuşa “knew”."),
        )
    ]


def test_what_is_stale_in_json_has_each_reason(library: Library) -> None:
    found = json.loads(print_stale(library, stale(library, parse_date("2024-10-01")), "json"))
    due = {"kind": "claim", "id": "pipeline-unbuilt", "cause": "review due", "since": "2024-08"}
    own = {"kind": "brief", "id": "sample", "cause": "review due", "since": "2024-09-05"}
    assert found == [
        {"kind": "brief", "id": "sample", "reasons": [own, due]},
        {"kind": "claim", "id": "pipeline-unbuilt", "reasons": [due]},
        {"kind": "judgement", "id": "sample#pipeline-unlikely", "reasons": [due]},
    ]


def test_a_reason_tells_its_day(wide: Library) -> None:
    found = json.loads(print_stale(wide, stale(wide), "json"))
    (gone,) = [item for item in found if (item["kind"], item["id"]) == ("brief", "gone")]
    own = {"kind": "brief", "id": "gone", "cause": "withdrawn", "since": "2023-09"}
    assert own in gone["reasons"]


def test_nothing_stale_is_an_empty_list(library: Library) -> None:
    assert print_stale(library, stale(library), "json") == "[]\n"
    assert print_stale(library, stale(library)) == ""
