"""Several questions are one, which is answered otherwise if the answer to any of them differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from tests.cache.test_reuse import MORE

from briefsite.cache.store import Store
from briefsite.check import Parts, check_project
from briefsite.model.answers import Answers
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary
from briefsite.model.questions import Question
from briefsite.model.records import Brief
from briefsite.model.seen import SeenEntry

Check = Callable[..., tuple[Library, Answers]]
ASKED = (
    *("briefs", "heads", "current", "withdrawn", "home", "claims", "questions", "asked_in"),
    *("maps", "maps_of", "claims_of", "heads_of", "claim_counts", "corrections_of", "cited_by"),
    *("topics", "sources", "actors", "places", "agreements", "terms", "corrections", "origins"),
    "cited_beside",
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


def handed(value: object) -> object:
    """What is handed out, without what is looked up in it later."""
    if isinstance(value, BriefEntry):
        return value.id, value.origin
    return tuple(map(handed, value)) if isinstance(value, tuple) else value


def looks(entry: BriefEntry) -> Iterator[tuple[str, Callable[[], object]]]:
    """Whatever can be looked at in a brief."""
    for name in dir(type(entry)):
        if not name.startswith("_") and not callable(getattr(entry, name)):
            yield name, partial(getattr, entry, name)
    for name in Brief.model_fields:
        yield f"record.{name}", partial(getattr, entry.record, name)
    yield "record", lambda: repr(entry.record)


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_is_another_its_question_has_another_answer(edit: str, check: Check) -> None:
    first, before = check()
    second, after = check(edit)
    noted, count = NotedLibrary(first), 0
    for name in ASKED:
        then, now, looked = getattr(first, name), getattr(second, name), getattr(noted, name)
        for key in {*then, *now}:
            if handed(then.get(key)) == handed(now.get(key)):
                continue
            for look in (partial(looked.get, key), partial(looked.__contains__, key)):
                question = question_of(noted, look)
                assert before.answer(question) != after.answer(question), (question, name, key)
            count += 1
    assert count or edit == "lines"


@pytest.mark.parametrize("edit", [*EDITS, "sentence", "unknown"])
def test_whatever_is_another_in_a_brief_a_question_has_another_answer(
    edit: str, check: Check
) -> None:
    first, before = check()
    second, after = check(edit)
    noted, differing = NotedLibrary(first), 0
    for key in first.briefs.keys() & second.briefs.keys():
        views = noted.briefs[key], noted.newest[0], noted.current[key]
        seen = [dict(looks(view)) for view in views if view.id == key]
        then, now = dict(looks(first.briefs[key])), dict(looks(second.briefs[key]))
        for name, look in then.items():
            for each in seen:
                asked: set[Question] = set()
                with noted.noting(asked):
                    assert each[name]() == look()
                is_same = all(before.answer(one) == after.answer(one) for one in asked)
                assert not (is_same and look() != now[name]()), (name, asked)
                differing += not is_same
    assert bool(differing) == (edit in ("title", "claim", "sentence", "unknown"))


def test_whoever_looks_at_one_part_of_a_brief_is_not_concerned_by_another(check: Check) -> None:
    first, before = check()
    _, after = check("unknown")
    noted = NotedLibrary(first)
    asked: set[Question] = set()
    with noted.noting(asked):
        for entry in noted.current.values():
            assert all((entry.record.title, entry.summary, entry.record.claims, entry.days))
    assert len(asked) > 3
    assert all(before.answer(question) == after.answer(question) for question in asked)


def test_no_brief_is_handed_out_without_noting_how_it_is_looked_at(check: Check) -> None:
    library, _ = check()
    noted = NotedLibrary(library)

    def briefs(value: object, depth: int = 3) -> Iterator[BriefEntry]:
        if isinstance(value, BriefEntry):
            yield value
        elif depth and isinstance(value, Mapping):
            for each in (*value.values(), *map(value.get, value), *(v for _, v in value.items())):
                yield from briefs(each, depth - 1)
        elif depth and isinstance(value, tuple | list):
            for each in value:
                yield from briefs(each, depth - 1)

    names = [name for name in dir(Library) if not name.startswith("_")]
    values = [getattr(noted, name) for name in names]
    found = [entry for value in values for entry in briefs(value)]
    assert len(found) > 5
    assert all(isinstance(entry, SeenEntry) for entry in found)


def test_a_macro_may_look_for_what_cannot_be_there(check: Check) -> None:
    library, answers = check()
    noted = NotedLibrary(library)
    for name in ASKED:
        for key in (None, 1, (), ("claim",), ("source", 1), ("no", "such", "key"), "nobody"):
            looked = getattr(noted, name)
            question = question_of(noted, partial(looked.__contains__, key))
            assert answers.answer(question)
