"""Several questions are one, which is answered otherwise if the answer to any of them differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.cache.test_reuse import MORE

from briefsite.cache.store import Store
from briefsite.check import Parts, check_project
from briefsite.model.answers import Answers
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question

Check = Callable[..., tuple[Library, Answers]]
ASKED = (
    *("briefs", "heads", "current", "withdrawn", "home", "claims", "questions", "asked_in"),
    *("maps", "maps_of", "claims_of", "heads_of", "claim_counts", "corrections_of", "cited_by"),
    *("topics", "sources", "actors", "places", "agreements", "terms", "corrections", "origins"),
)


EDITS = ("title", "claim", "source", "actor", "map", "another brief", "correction", "term", "lines")


@pytest.fixture
def check(lay_out: Callable[..., Path], tmp_path: Path) -> Iterator[Check]:
    """What checks a project that may be edited, and edits it before."""
    root = lay_out(tmp_path / "project")
    store = Store(tmp_path / "cache", root)

    def check(edit: str = "") -> tuple[Library, Answers]:
        if edit:
            MORE[edit](root, 1)
        checked = check_project(root, Parts(store))
        library = checked.library
        assert library is not None, checked.problems
        prints = checked.prints
        return library, Answers(NotedLibrary(library), checked.digests, prints=prints)

    yield check
    store.close()


def question_of(noted: NotedLibrary, look: Callable[[], object]) -> Question:
    asked: set[Question] = set()
    with noted.noting(asked):
        look()
    (question,) = asked
    return question


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_is_another_its_question_has_another_answer(edit: str, check: Check) -> None:
    first, before = check()
    second, after = check(edit)
    noted, count = NotedLibrary(first), 0
    for name in ASKED:
        then, now, looked = getattr(first, name), getattr(second, name), getattr(noted, name)
        for key in {*then, *now}:
            if then.get(key) == now.get(key):
                continue
            for look in (partial(looked.get, key), partial(looked.__contains__, key)):
                question = question_of(noted, look)
                assert before.answer(question) != after.answer(question), (question, name, key)
            count += 1
    assert count


def test_a_macro_may_look_for_what_cannot_be_there(check: Check) -> None:
    library, answers = check()
    noted = NotedLibrary(library)
    for name in ASKED:
        for key in (None, 1, (), ("claim",), ("source", 1), ("no", "such", "key"), "nobody"):
            looked = getattr(noted, name)
            question = question_of(noted, partial(looked.__contains__, key))
            assert answers.answer(question)
