"""Which parts of briefs are looked at, by which questions, and what an edit of one concerns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Set
from pathlib import Path

import pytest
from tests.cache.test_reuse import MORE
from tests.conftest import MINIMAL, LayOut

from briefsite.cache.store import Store
from briefsite.check import Parts, check_project, check_tree
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question
from briefsite.model.records import Brief
from briefsite.site.impact import (
    INSIDE,
    Edited,
    concerned_units,
    edited_briefs,
    looked_at,
    looking,
)
from briefsite.site.traces import UNIT, Traces

CONTESTED = Path(__file__).parents[1] / "golden" / "contested-and-overtaken" / "input"


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with positions, judgements, and all else that is looked up in a brief."""
    root = tmp_path_factory.mktemp("contested")
    for source in (MINIMAL, CONTESTED):
        shutil.copytree(source, root, dirs_exist_ok=True)
    library = check_tree(load_tree(root)).library
    assert library is not None
    return library


@pytest.mark.parametrize("part", sorted(INSIDE))
def test_what_is_asked_of_a_part_looks_at_that_part(part: str, contested: Library) -> None:
    for entry in contested.briefs.values():
        for question in looking(entry, [part]):
            is_of_any = question == ("brief", entry.id, "")
            assert looked_at([question]) == (INSIDE if is_of_any else {part})


def brief(library: Library) -> Brief:
    return library.briefs["contested"].record


LOOKS: dict[str, tuple[Callable[[Library], object], Set[str]]] = {
    "a claim": (lambda library: library.claims["road-agreed"], {"claims"}),
    "all claims": (lambda library: library.claims.values(), {"claims"}),
    "all that names a record": (lambda library: library.claims_of.get(("topic", "x")), {"claims"}),
    "a question": (lambda library: library.questions["is-it-a-road"], {"positions"}),
    "where a claim is written": (
        lambda library: library.origins["claim", "road-agreed"],
        {"lines"},
    ),
    "where a source is written": (lambda library: library.origins.get(("source", "x")), set()),
    "a source": (lambda library: library.sources.get("x"), set()),
    "which briefs there are": (lambda library: [*library.briefs], set()),
    "what is not known": (lambda library: brief(library).unknowns, {"unknowns"}),
    "a title": (lambda library: brief(library).title, {"front"}),
    "a whole brief": (lambda library: repr(brief(library)), INSIDE),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_at_a_brief_is_known_by_its_questions(look: str, contested: Library) -> None:
    looks, parts = LOOKS[look]
    asked: set[Question] = set()
    noted = NotedLibrary(contested)
    with noted.noting(asked):
        looks(noted)
    assert looked_at(asked) == parts, asked


def traces(assembled: frozenset[str] | None = frozenset({"front"})) -> Traces:
    """Those of a page of a brief, what is made of it, and others."""
    asked: dict[str, Question] = {
        "page": ("brief", "contested", "unknowns"),
        "list": (UNIT, "page"),
        "feed": (UNIT, "list"),
        "claims": ("claims of", "contested"),
        "gone": ("brief", "gone", "unknowns"),
    }
    units = {name: ("", [question], b"") for name, question in asked.items()}
    return Traces(units=units, assembled=assembled)


@pytest.mark.parametrize(
    ("edited", "concerned"),
    [
        ({"contested": ["unknowns"]}, {"page", "list", "feed"}),
        ({"contested": ["claims"], "gone": ["unknowns"]}, {"claims", "gone"}),
        ({}, set[str]()),
    ],
)
def test_a_unit_is_concerned_by_what_it_looks_at_and_what_it_is_made_of(
    edited: Edited, concerned: set[str], contested: Library
) -> None:
    assert concerned_units(edited, traces(), contested) == frozenset(concerned)


@pytest.mark.parametrize(
    ("parts", "assembled"),
    [
        (["unknowns"], None),
        (["unknowns"], frozenset({"unknowns"})),
        (["front"], frozenset[str]()),
        (["unknowns", "claim_ids"], frozenset[str]()),
    ],
)
def test_there_may_be_other_pages_or_files(
    parts: list[str], assembled: frozenset[str] | None, contested: Library
) -> None:
    assert concerned_units({"contested": parts}, traces(assembled), contested) is None


@pytest.fixture
def edited(lay_out: LayOut, tmp_path: Path) -> Iterator[Callable[[str], Edited | None]]:
    """What is found to be edited after an edit."""
    root = lay_out(tmp_path / "project")
    store = Store(tmp_path / "cache", root)
    before = check_project(root, Parts(store)).digests
    store.save()
    store.close()
    store = Store(tmp_path / "cache", root)

    def edit(name: str) -> Edited | None:
        MORE[name](root, 1)
        checked = check_project(root, Parts(store))
        assert checked.library is not None, checked.problems
        return edited_briefs(checked.digests, before, checked.library, Parts(store))

    yield edit
    store.close()


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        ("sentence", {"sections"}),
        ("claim", {"claims"}),
        ("unknown", {"unknowns"}),
        ("title", {"front"}),
    ],
)
def test_of_a_brief_it_is_known_which_parts_were_edited(
    edit: str, parts: set[str], edited: Callable[[str], Edited | None]
) -> None:
    found = edited(edit)
    assert found is not None
    assert {brief: {*found[brief]} - {"lines"} for brief in found} == {"sample": parts}


@pytest.mark.parametrize("edit", ["source", "another brief", "map"])
def test_any_other_edit_is_not_of_briefs_alone(
    edit: str, edited: Callable[[str], Edited | None]
) -> None:
    assert edited(edit) is None
