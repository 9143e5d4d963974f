"""The library: everything that is published, and the ways back between its records."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest

from briefsite.check import Checked, check_tree
from briefsite.load import load_tree
from briefsite.model.dates import parse_date
from briefsite.model.entries import Origin
from briefsite.model.library import Library

SECOND = """\
schema: 1
title: Second brief
topic: energy
summary: Later news [~].
cutoff: 2025-01-01
reviewed: 2025-01-02
review_by: 2025-09-05
judgements:
  - id: later
    text: It is likely.
    likelihood: likely
    confidence: {level: high, reason: Known from the report.}
    claims: [pipeline-announced]
sections:
  - id: news
    heading: News
    prose: |
      It was said [@a-later-claim], as before [@pipeline-unbuilt].
claims:
  - id: a-later-claim
    text: In 2024 it was said.
    kind: event
    said_by: alphaland
    sources: [{source: ministry-report, locator: p. 1, cites: [older-report]}]
    date: 2011
    as_of: 2024
    confidence: {level: high, reason: Known from the report.}
    contested: [{position: A review said otherwise., claims: [pipeline-unbuilt]}]
    status: {state: withdrawn, reason: It was wrong.}
    compared: 2025-01-01
changes:
  - {date: 2025-01-02, text: A later review was read.}
  - {date: 2024-03-05, text: First published.}
timeline:
  - {date: 2011, title: Before, claims: [a-later-claim]}
  - {date: 2012-02, title: An event, claims: [pipeline-announced]}
"""
OLDER = """\
schema: 1
sources:
  - id: older-report
    type: report
    title: Older
    author: [{literal: Office}]
    stance: Unknown; nobody has seen it.
    perspective: unknown
    grade: {reliability: F, credibility: 6, reason: Nobody here has a copy of it.}
    read: not-read
    cited_in: [ministry-report]
"""


@pytest.fixture
def library(project: Path, check: Callable[[], Checked]) -> Library:
    (project / "briefs" / "later.yaml").write_text(SECOND)
    (project / "briefs" / "registry" / "older.yaml").write_text(OLDER)
    checked = check()
    assert checked.problems == ()
    assert checked.library is not None
    return checked.library


def ids(records: tuple[Any, ...]) -> list[str]:
    return [record.id for record in records]


def test_everything_is_there_and_in_order(library: Library) -> None:
    assert list(library.briefs) == ["later", "sample"]
    assert list(library.claims) == ["a-later-claim", "pipeline-announced", "pipeline-unbuilt"]
    assert list(library.sources) == ["ministry-report", "older-report"]
    assert list(library.places) == ["alphaville", "betatown"]
    assert list(library.maps) == ["sample-map"]
    assert library.home["pipeline-unbuilt"] == "sample"
    assert list(library.briefs["later"].claims) == ["a-later-claim"]


def test_the_ways_back(library: Library) -> None:
    assert ids(library.claims_of["source", "older-report"]) == ["a-later-claim"]
    assert ids(library.claims_of["claim", "pipeline-unbuilt"]) == ["a-later-claim"]
    assert ids(library.claims_of["actor", "energy-ministry"]) == [
        "pipeline-announced",
        "pipeline-unbuilt",
    ]
    assert ids(library.briefs_of["claim", "pipeline-unbuilt"]) == ["later", "sample"]
    assert ids(library.briefs_of["map", "sample-map"]) == ["sample"]
    assert ids(library.maps_of["place", "betatown"]) == ["sample-map"]
    assert ids(library.maps_of["claim", "pipeline-announced"]) == ["sample-map"]
    assert ("place", "betatown") not in library.claims_of


def test_a_brief_cites_also_what_the_claims_of_others_cite(library: Library) -> None:
    later = library.briefs["later"]
    assert ids(library.sources_of(later)) == ["ministry-report", "older-report"]
    assert ids(library.actors_of(later)) == ["alphaland"]


def test_the_timeline_is_by_date_and_keeps_both_tellings(library: Library) -> None:
    told = [(event.title, entry.id) for event, entry in library.timeline]
    assert told == [
        ("Before", "later"),
        ("An event", "later"),
        ("The pipeline is announced", "sample"),
    ]


def test_what_changed_is_told_the_newest_first(library: Library) -> None:
    told = [(change.text, entry.id) for change, entry in library.history]
    assert told[0] == ("A later review was read.", "later")
    assert told[-1] == ("First published.", "later")


def test_the_map_of_the_home_page_is_the_one_named_or_the_first(library: Library) -> None:
    assert library.front_map is library.maps["sample-map"]
    named = library.publication.model_copy(update={"front_map": "second-map"})
    second = dataclasses.replace(library.maps["sample-map"], id="second-map")
    both = {**library.maps, "second-map": second}
    assert dataclasses.replace(library, publication=named, maps=both).front_map is second
    assert dataclasses.replace(library, maps={}).front_map is None


def test_only_what_no_longer_stands_has_a_state(library: Library) -> None:
    assert library.states() == {"a-later-claim": "withdrawn"}


def test_the_day_is_that_of_the_newest_review(library: Library, project: Path) -> None:
    assert library.as_of.text == "2025-01-02"
    day = parse_date("2030-01-01")
    given = check_tree(load_tree(project), as_of=day).library
    assert given is not None
    assert given.as_of == day


def test_records_know_where_they_are_written(library: Library, project: Path) -> None:
    for (kind, identity), origin in library.origins.items():
        line = (project / origin.path).read_text().splitlines()[origin.line - 1]
        assert f"id: {identity.rpartition('#')[2]}" in line, kind
    assert library.briefs["later"].origin == Origin("briefs/later.yaml", 1)
    assert {kind for kind, _ in library.origins} == {
        "claim",
        "judgement",
        "source",
        "actor",
        "place",
        "agreement",
        "term",
    }


def test_a_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(AttributeError):
        library.as_of = parse_date("2012")  # type: ignore[misc]
    for mapping in (library.briefs, library.claims, library.home, library.claims_of):
        assert isinstance(mapping, MappingProxyType)
        with pytest.raises(TypeError):
            cast("dict[str, object]", mapping)["x"] = 1
