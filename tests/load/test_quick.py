"""The quick way through a file gives what the slow way gives, or leaves the file to it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.load import Document, load_document
from briefsite.load.characters import HIDDEN
from briefsite.load.document import _parse
from briefsite.load.nodes import MAX_DEPTH, MAX_NODES
from briefsite.load.quick import Quick, read_quickly

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("briefs", "maps", "tests")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.is_file()
)
PIECES = (
    "a", "b: ", "- ", "\n", "\n  ", "\n    ", ": ", "'", '"', "|\n", ">-\n", "[", "]", "{", "}",
    ",", " ", "? ", "&x ", "*x", "!t ", "# c", "---\n", "...\n", "1", "1.5", "~", "null",
    "true", "False", "NO", "2012-02",
    "é", "\t", "\\u202e", "0882", "%", "@", "<<: ", "-1e3", "''", "\r\n", "\u2028",
)  # fmt: skip


def quick_of(text: str) -> Quick | None:
    return read_quickly(text, max_depth=MAX_DEPTH, max_nodes=MAX_NODES)


def slow_of(text: str) -> Document:
    document = Document("a.yaml", text)
    _parse(document, quickly=False)
    return document


def assert_same(text: str) -> bool:
    quick = quick_of(text)
    if quick is None:
        return False
    slow = slow_of(text)
    assert slow.problems == []
    assert slow.root is not None
    assert repr(quick.value) == repr(slow.root.plain())
    if isinstance(quick.value, dict):
        for key, lines in quick.lines.items():
            items = slow.root.fields[key].items if slow.root.fields else None
            assert [slow.locate((key, n)).line for n, _ in enumerate(items or ())] == [*lines]
    for node in slow.root.walk():
        spans = "\n" in text[node.start : node.end]
        if isinstance(node.value, str) and (node.style == ">" or (not node.style and spans)):
            assert node.value in quick.wrapped or any(key is node for key in keys_of(slow))
    return True


def keys_of(document: Document) -> list[object]:
    assert document.root is not None
    return [key for node in document.root.walk() for key in node.keys.values()]


def test_good_files_are_read_quickly() -> None:
    good = [path for path in FILES if path.is_relative_to(ROOT / "briefs")]
    assert good
    for path in good:
        assert assert_same(path.read_text(encoding="utf-8")), path


def test_every_file_of_the_repository_is_read_alike() -> None:
    for path in FILES:
        document = load_document("a.yaml", path.read_bytes())
        if document.text and not any(p.code != "file-name" for p in document.problems):
            assert_same(document.text)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_read_alike(text: str) -> None:
    if not HIDDEN.search(text):
        assert_same(text)


MUTATIONS = (*PIECES, ' "', " #", "\n    x", " |\n      a\n", "[[1, 2], [3]]", "{a: b, c: [d]}")


@given(data=st.data())
def test_a_spoiled_file_is_read_alike(data: st.DataObject) -> None:
    """Some lines of a good file, with something put in: nearly right is where readers differ."""
    path = data.draw(st.sampled_from([path for path in FILES if "problems" not in path.parts]))
    lines = path.read_text(encoding="utf-8").split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[start : start + data.draw(st.integers(1, 12))]) + "\n"
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(MUTATIONS)) + text[at:]
    if not HIDDEN.search(text):
        assert_same(dedent(text))


@pytest.mark.parametrize(
    "value", ["False", "FALSE", "fALSE", "Null", "nULL", "True", "Truely", "falsehood", "Nullify"]
)
def test_what_is_no_text_is_none_in_any_case(value: str) -> None:
    assert assert_same(f"a: {value}\nb:\n  - {value}\n  - c: {value}\n")


@pytest.mark.parametrize("value", ["2012-02", "2012-02-05", "2012-02-0", "2012-", "2012-02 x"])
def test_a_date_is_a_text(value: str) -> None:
    assert assert_same(f"a: {value}\nb:\n  - {value}\n  - c: {value}\n    d: {value}\n      x\n")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "- " + "[" * 900],
    ids=["flow", "mappings", "sequences", "keys", "within"],
)
def test_deep_nesting_is_left_to_the_slow_way(text: str) -> None:
    assert quick_of(text) is None


def test_nodes_are_made_when_they_are_asked_for() -> None:
    document = load_document("a.yaml", b"a:\n  - {b: 1}\n  - {b: 2}\n")
    assert document.plain == {"a": ({"b": 1}, {"b": 2})}
    assert document.value(("a", 1, "b")) == 2
    assert document.value(("a", 2)) is None
    assert document.line_of("a", 1) == 3
    where = document.locate(("a", 1, "b"))
    assert (where.line, where.column) == (3, 9)
