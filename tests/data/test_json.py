"""The data files: every field, under the names the files use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.data import brief_json, library_json
from briefsite.load import load_document, load_tree
from briefsite.model.library import Library

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
    assert found["sections"] == written["sections"]
    assert found["claims"][0]["sources"][0]["quotation"] == "a pipeline will be built"
    assert found["claims"][1]["as_of"] == "2020-11~"
    assert found["claims"][0]["figures"][0]["value"] == 1.2


def test_a_brief_brings_all_that_it_names(wide: Library) -> None:
    found = json.loads(brief_json(wide, wide.briefs["contested"]))
    assert {source["id"] for source in found["sources"]} == {
        "gazette",
        "old-study",
        "ministry-report",
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
    found = json.loads(library_json(wide))
    assert [brief["id"] for brief in found["briefs"]] == ["contested", "gone", "sample"]
    assert {brief["status"] for brief in found["briefs"]} == {"published", "withdrawn"}
    assert [item["id"] for item in found["maps"]] == ["road-map", "sample-map"]
    for kind in ("sources", "actors", "places", "agreements", "topics"):
        assert len(found[kind]) == len(getattr(wide, kind)) > 0
    assert found["sources"][0]["container-title"] == "The Gazette"
    assert found["briefs"][0]["schema"] == 1


def test_files_are_the_same_every_time_and_readable(library: Library) -> None:
    first = brief_json(library, library.briefs["sample"])
    assert first == brief_json(library, library.briefs["sample"])
    assert first.endswith(b"\n")
    assert "Əlfavil".encode() in first
