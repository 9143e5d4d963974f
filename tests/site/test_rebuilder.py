"""A unit stands if its makers hold the same, and every question it asks has the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefsite.cache.store import Store
from briefsite.model.answers import Answers
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary
from briefsite.model.records import Publication
from briefsite.site.rebuilder import Rebuilder
from briefsite.site.traces import UNIT, note_traces, recall_traces

Build = Callable[..., set[str]]
ALL = {"terms", "page", "list"}


@pytest.fixture
def build(library: Library, tmp_path: Path) -> Build:
    """Makes some terms, a page, and a list that is made of the page; tells what was kept."""

    def build(
        publication: Publication = library.publication,
        *,
        given: bytes = b"",
        holds: str = "",
        concerned: frozenset[str] | None = None,
    ) -> set[str]:
        store = Store(tmp_path, tmp_path)
        noted = NotedLibrary(replace(library, publication=publication))
        answers = Answers(noted, {}, {Rebuilder: lambda _: "-"})
        rebuilder = Rebuilder(store, given, answers, recall_traces(store, given)[1])
        rebuilder.concerned = concerned

        def page() -> str:
            return f"{noted.publication.title} {holds}"

        def listed() -> str:
            noted.ask((UNIT, "page"))
            return f"{rebuilder.unit('page').make('page', noted)}"

        rebuilder.unit("list").makers["list"] = listed
        rebuilder.unit("terms").makers["terms"] = lambda: len(noted.terms)
        rebuilder.unit("page").makers["page"] = page
        units = [*map(rebuilder.opened, rebuilder.units.values())]
        kept = {unit.name for unit in units if unit.is_kept}
        for unit in units:
            unit.make(unit.name, noted)
        traces, is_whole = rebuilder.save()
        assert is_whole
        note_traces(store, given, traces)
        store.save()
        store.close()
        return kept

    return build


def test_what_would_be_the_same_is_kept(build: Build) -> None:
    assert build() == set()
    assert build() == ALL
    assert build() == ALL


def test_with_another_answer_all_is_made_again_that_asks(build: Build, library: Library) -> None:
    build()
    other = library.publication.model_copy(update={"title": "Another"})
    assert build(other) == {"terms"}
    assert build(other) == ALL
    assert build() == {"terms"}


def test_what_its_makers_hold_and_all_depend_on_is_compared(build: Build) -> None:
    build()
    assert build(holds="more") == {"terms"}
    assert build(given=b"more", holds="more") == set()
    assert build(holds="more") == ALL


def test_all_stands_but_what_is_known_to_be_concerned(build: Build, library: Library) -> None:
    """No question is answered for that."""
    build()
    assert build(concerned=frozenset({"page"})) == {"terms", "list"}
    other = library.publication.model_copy(update={"title": "Another"})
    assert build(other, concerned=frozenset({"page", "list"})) == {"terms"}
    assert build(other) == ALL
