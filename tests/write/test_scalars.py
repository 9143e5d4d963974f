"""Whatever is written is read back as it was."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.load import load_document, without_hidden
from briefsite.model.dates import parse_date
from briefsite.write.scalars import Layout, Todo, Written, item_lines, mapping_lines, quoted

HOSTILE = [
    "null", "~", "true", "NO", "0x1F", "012", "12", "1.5", "1e3", ".inf", "-", "- a", "--- a",
    "a: b", "a:", ":a", "a #b", "#a", "@a", "`a`", "%a", "&a", "*a", "!a", "!!str a", "|", ">", "?",
    "? a", "{{ x }}", "{a: b}", "[a]", "a, b", "it's", "'a'", '"a"', 'a "b" c', "a\\b", "\\",
    "TODO", "TODO: x", "<<", "=", "2012-02-05", "1:30", "a: b # c: 'd'", "<<<<<<< HEAD", "=======",
    "Ə", "\u0627\u0644\u0641", "𝒜", "a\u200cb", "...", "a  b", " a", "a ", "key: |",
    "<script>alert(1)</script>",
    "${x}", "a:\u00a0b", "x" * 200, "w: " * 80, "# " * 80, "- " * 80, "a " * 80 + ":",
]  # fmt: skip
TEXTS = st.text(
    st.one_of(st.sampled_from(string.punctuation + "ab 01"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=150,
)


def read(lines: list[str]) -> object:
    text = "".join(f"{line}\n" for line in lines)
    document = load_document("written.yaml", text.encode())
    assert document.root is not None, (text, document.problems)
    assert not document.problems, text
    return document.root.plain()


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_as_text(text: str) -> None:
    record: dict[str, Written] = {"key": text, "list": [text, "word"], "below": {"key": text}}
    found = read(item_lines(record))
    assert isinstance(found, tuple)
    if text.startswith("TODO"):
        assert type(found[0]["key"]).__name__ == "Blank"
        return
    wanted = {"key": text, "list": (text, "word"), "below": {"key": text}}
    assert one_line(str(found[0])) == one_line(str(wanted))


@given(TEXTS)
def test_any_text_is_read_as_text(raw: str) -> None:
    text = without_hidden(raw)
    if not text or text.startswith("TODO"):
        return
    found = read(mapping_lines({"key": text, "list": [{"id": text}, {"id": "x"}]}))
    assert found == {"key": text, "list": ({"id": text}, {"id": "x"})}


@pytest.mark.parametrize(
    "text", ["Müller", "Speaks for the bank, it says.", "https://e.org/a?b=1#c"]
)
def test_plain_text_has_no_quotes(text: str) -> None:
    assert quoted(text) == text


def test_numbers_and_dates_are_what_they_are() -> None:
    record: dict[str, Written] = {"a": 2, "b": 1.5, "c": parse_date("2012-02"), "d": "2"}
    assert mapping_lines(record) == ["a: 2", "b: 1.5", "c: 2012-02", 'd: "2"']


def test_long_text_is_folded_and_a_blank_is_not() -> None:
    lines = mapping_lines({"note": "word " * 40 + "end", "title": Todo("what " * 40)})
    assert lines[0] == "note: >-"
    assert all(len(line) <= 96 for line in lines[:-1])
    assert lines[-1].startswith('title: "TODO: what')


def test_the_layout_is_that_of_the_file() -> None:
    record: dict[str, Written] = {"id": "a", "below": {"list": [{"x": 1, "y": [Todo("h")]}]}}
    assert item_lines(record, 0, Layout(step=4, dash=0)) == [
        "- id: a",
        "  below:",
        "      list:",
        "      - x: 1",
        "        y:",
        '        - "TODO: h"',
    ]
