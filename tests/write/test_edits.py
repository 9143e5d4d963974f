"""Edits of a file's text leave all else as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.load import Document, Edit, apply_edits, load_document
from briefsite.write.edits import insert_first, insert_key, insert_record
from briefsite.write.scalars import quoted


def read(text: str) -> Document:
    return load_document("briefs/a.yaml", text.encode())


def test_edits_are_made_from_the_text_as_it_was() -> None:
    edits = [Edit(4, 7, "two"), Edit(0, 0, ">"), Edit(0, 0, "<"), Edit(7, 7, "!")]
    assert apply_edits("one 1st 3", edits) == "><one two! 3"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  - id: x  # why\n    b: 1\n", "a:\n  - id: x  # why\n    k: [v]\n    b: 1\n"),
        ("a:\n- id: x", "a:\n- id: x\n  k: [v]"),
        ("a: [{id: x, b: 1}]\n", "a: [{id: x, k: [v], b: 1}]\n"),
        ("a:\r\n  - b: 1\r\n    id: x\r\n", "a:\r\n  - b: 1\r\n    id: x\r\n    k: [v]\r\n"),
    ],
)
def test_a_key_is_put_behind_another(before: str, after: str) -> None:
    edit = insert_key(read(before), ("a", 0, "id"), "k", "[v]")
    assert apply_edits(before, [edit]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [x]\n", "a: [v, x]\n"),
        ("a: []\n", "a: [v]\n"),
        ("a:\n  # first\n  - x\n", "a:\n  # first\n  - v\n  - x\n"),
        ("a:\n- x", "a:\n- v\n- x"),
    ],
)
def test_an_item_is_put_first(before: str, after: str) -> None:
    assert apply_edits(before, [insert_first(read(before), ("a",), "v")]) == after


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")), min_size=1))
def test_any_text_reads_as_itself(text: str) -> None:
    text = " ".join(text.split()) or "x"
    for before in ("a: 1\n", "log:\n  - {text: z}\n", "log: [{text: z}]\n"):
        edit = insert_record(read(before), "log", {"text": text, "also": [{"b": text, "c": 1}]})
        document = read(apply_edits(before, [edit]))
        assert document.root is not None, document.problems
        assert document.root.plain()["log"][0] == {  # type: ignore[call-overload, index]
            "text": text,
            "also": ({"b": text, "c": 1},),
        }


@pytest.mark.parametrize("text", ["yes: no", "- x", "a #b", "1.2", "null", "", "[x", "a: ", "x "])
def test_what_would_read_as_something_else_is_quoted(text: str) -> None:
    assert quoted(text).startswith('"')


def test_words_are_not_quoted() -> None:
    assert quoted("Two claims were added, one was reworded.") == (
        "Two claims were added, one was reworded."
    )
