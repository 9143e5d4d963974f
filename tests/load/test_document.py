"""One file: what it is refused for, and where everything in it stands."""

from __future__ import annotations

import time

import pytest

from briefsite.load import Document, Location, Path, load_document
from briefsite.load.document import MAX_BYTES
from briefsite.load.nodes import MAX_DEPTH, MAX_NODES


def load(text: str) -> Document:
    return load_document("x.yaml", text.encode())


def found(document: Document) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in document.problems]


# Places


@pytest.mark.parametrize(
    ("path", "key", "line", "column"),
    [
        ((), False, 1, 1),
        (("title",), False, 1, 8),
        (("title",), True, 1, 1),
        (("ad",), False, 2, 5),
        (("list", 0), False, 4, 5),
        (("list", 1), False, 5, 5),
        (("list", 1, "ə"), False, 5, 8),
        (("list", 1, "ə"), True, 5, 5),
        (("flow", 1, "b"), False, 6, 27),
        (("empty",), False, 7, 1),  # an empty value has no place but its key's
        (("quoted",), False, 8, 9),
        (("list", 7, "x"), False, 4, 3),  # the nearest parent that exists
        (("nothing",), False, 1, 1),
    ],
)
def test_a_path_leads_to_its_line_and_column(path: Path, key: bool, line: int, column: int) -> None:
    document = load(
        "title: Bakı\n"
        "ad: 'Gəncə'\n"
        "list:\n"
        "  - 𐎧 \n"
        "  - ə: Şuşa\n"
        "flow: [Əhəd, {a: Ordu, b: Çay}]\n"
        "empty:\n"
        'quoted: ""\n'
    )
    assert document.problems == []
    assert document.locate(path, key=key) == Location(line, column)


def test_columns_count_characters_and_not_bytes() -> None:
    document = load("{𐎧𐎧: ə, ü: [ö, x: y]}\n")
    assert document.locate(("ü", 1, "x")) == Location(1, 19)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_counts_once(ending: str) -> None:
    document = load(ending.join(["a: 1", "", "b: |", "  one", "  two", "c: 3", ""]))
    assert document.locate(("c",)) == Location(6, 4)
    assert document.line(6) == "c: 3"
    assert document.line(2) == ""
    node = document.node(("b",))
    assert node is not None
    assert node.value == "one\ntwo\n"
    assert document.locate_inside(node, 4) == Location(5, 3)


def test_a_line_that_does_not_exist_is_empty() -> None:
    document = load("a: 1\n")
    assert document.line(0) == ""
    assert document.line(99) == ""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # X marks the same character in the value and in the file.
        ("a: |\n  one X two\n", "one X two\n"),
        ("a: |\n  one\n  two X\n", "one\ntwo X\n"),
        ("a: |\n\n\n  one\n\n    - two X\n", "\n\none\n\n  - two X\n"),
        ("a: |2\n    one\n  X\n", "  one\nX\n"),
        ("a: |- # a remark with X… no\n  one Y\n", "one Y"),
        ("a: |+\n  trailing  \n  X\n\n", "trailing  \nX\n\n"),
        ("- |\n ə ə X\n", "ə ə X\n"),
        ("a: one X two\n", "one X two"),
        ("a: one\n  two\n   X\n", "one two X"),
        ("a: one\n\n\n  X\n", "one\n\nX"),
        ("a: 'it''s ''X'' '\n", "it's 'X' "),
        ("a: 'one\n\n  two X'\n", "one\ntwo X"),
        ('a: "one X"\n', "one X"),
        ('a: "\\xe9\\u0259\\U0001d11e\\n\\t\\"\\\\ X"\n', 'éə𝄞\n\t"\\ X'),
        ('a: "one \\\n  two\\\n  X"\n', "one twoX"),
        ('a: "one\n\n\n  two X"\n', "one\n\ntwo X"),
        ("a: >\n  one\n  two\n\n  X\n", "one two\nX\n"),
        ("a: >-\n  one\n\n    indented X\n", "one\n\n  indented X"),
    ],
)
def test_a_character_of_a_value_has_its_place(written: str, value: str) -> None:
    mark = "Y" if "Y" in value else "X"
    document = load(written)
    assert document.problems == []
    assert document.root is not None
    node = document.node(("a",)) or document.node((0,))
    assert node is not None
    assert node.value == value
    where = document.locate_inside(node, value.index(mark))
    assert where == document.location(written.rindex(mark))


def test_every_character_of_a_literal_block_has_its_place() -> None:
    text = "prose: |\n  “Ərdəbil” was <b>.\n\n    - indented ə\n  \n  last\nnext: 1\n"
    document = load(text)
    node = document.node(("prose",))
    assert node is not None
    assert isinstance(node.value, str)
    for offset, char in enumerate(node.value):
        where = document.locate_inside(node, offset)
        assert (document.line(where.line) + "\n")[where.column - 1] == char


def test_an_escaped_character_has_the_place_of_its_escape() -> None:
    document = load('a: "ab\\u0259c"\n')
    node = document.node(("a",))
    assert node is not None
    assert document.locate_inside(node, 2) == Location(1, 7)
    assert document.locate_inside(node, 3) == Location(1, 13)


def test_the_end_of_a_value_is_within_the_file() -> None:
    for text in ("a: |\n  one\n", "a: 'one'\n", "a: one", 'a: ""', "a: >\n  x\n", "a: |\n"):
        document = load(text)
        node = document.node(("a",))
        assert node is not None
        end = len(node.value) if isinstance(node.value, str) else 0
        where = document.locate_inside(node, end)
        assert 1 <= where.line <= text.count("\n") + 1


def test_ten_thousand_places_in_a_megabyte_take_no_time() -> None:
    text = 'a: "' + "\\xe9 <b> " * 110_000 + '"\n'
    document = load(text)
    node = document.node(("a",))
    assert node is not None
    start = time.process_time()
    places = [document.locate_inside(node, offset) for offset in range(0, 600_000, 60)]
    problems = [document.problem(place, "prose-markup", "x") for place in places]
    assert time.process_time() - start < 5
    assert len({id(problem.excerpt) for problem in problems}) == 1  # one line, not ten thousand


# Refusals


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: 'ə\nb: 2\n", 1, 4, "yaml-syntax"),
        ('ə: "x\n', 1, 4, "yaml-syntax"),
        ("a: [1, 2\nb: 3\n", 1, 4, "yaml-syntax"),
        ("a: [1, 2\n", 1, 4, "yaml-syntax"),
        ("a: {b: 1\nc: 2\n", 1, 4, "yaml-syntax"),
        ("a: [1 2: 3: 4]\n", 1, 11, "yaml-syntax"),
        ("é: ü: x\n", 1, 5, "yaml-syntax"),
        ("a: @x\n", 1, 4, "yaml-syntax"),
        ("a: 1\nb\nc: 2\n", 2, 1, "yaml-syntax"),
        ("a:\n  - b\n c: d\n", 3, 2, "yaml-syntax"),
        ("a: 'it's here'\n", 1, 8, "yaml-syntax"),
        ('a: "\\q"\n', 1, 5, "yaml-syntax"),
        ('a: "\\ud800"\n', 1, 7, "yaml-syntax"),
        ("a: 1\n\tb: 2\n", 2, 1, "yaml-tab"),
        ("a:\n  \t- b\n", 2, 3, "yaml-tab"),
        ("a:\n  - b: c\n\u00a0   d: e\n    f: g\n", 3, 1, "yaml-syntax"),
        ("a:\n  - b: c\n  \u2003 d: e\n", 3, 3, "yaml-syntax"),
        ("a: 1\nb:\u00a0c\nd: e\n", 2, 3, "yaml-syntax"),
        ("a: |\n  b\n\u3000 c\n", 3, 1, "yaml-syntax"),
        # One that is only text is not what is wrong.
        ("a: |\n  \u00a0b\nc: 'it's here'\n", 3, 8, "yaml-syntax"),
        ("", 1, 1, "yaml-empty"),
        ("# a remark\n", 1, 1, "yaml-empty"),
        ("---\n...\n", 1, 1, "yaml-empty"),
        ("~\n", 1, 1, "yaml-empty"),
        ("a: 1\n---\nb: 2\n", 2, 1, "yaml-documents"),
        ("a: &x 1\n", 1, 4, "yaml-anchor"),
        ("a: *x\n", 1, 4, "yaml-anchor"),
        ("<<: *x\n", 1, 5, "yaml-anchor"),
        ("&x a: 1\n", 1, 1, "yaml-anchor"),
        ("a: !!python/object:os.system x\n", 1, 4, "yaml-tag"),
        ("- !x {a: 1}\n", 1, 3, "yaml-tag"),
        ("a: ! x\n", 1, 4, "yaml-tag"),
        ("[a]: 1\n", 1, 1, "yaml-key"),
        ("a:\n  ? {b: c}\n  : d\n", 2, 5, "yaml-key"),
        ("a: 1\n>>>>>>> theirs\n", 2, 1, "merge-conflict"),
    ],
)
def test_a_file_that_cannot_be_parsed_gives_one_problem(
    text: str, line: int, column: int, code: str
) -> None:
    document = load(text)
    assert found(document) == [(line, column, code)]
    assert document.root is None


def test_bytes_that_are_no_utf8_have_their_place() -> None:
    document = load_document("x.yaml", "a: ə\nb: xü".encode() + b"\xff\n")
    assert found(document) == [(2, 6, "not-utf8")]


def test_a_byte_order_mark_is_one_problem() -> None:
    assert found(load_document("x.yaml", b"\xef\xbb\xbfa: 1\n")) == [(1, 1, "byte-order-mark")]


@pytest.mark.parametrize("text", ["a: سلام\u200cها\n", "a: \U0001f468\u200d\U0001f469\n"])
def test_joiners_are_letters_of_a_language(text: str) -> None:
    assert load(text).problems == []


def test_an_escape_cannot_smuggle_a_hidden_character() -> None:
    document = load('ə: "x\\u202ey"\n"\\0": 1\nb: "\\e[2J"\nc: "tab\\t, newline\\n"\n')
    assert found(document) == [
        (1, 6, "hidden-character"),
        (2, 2, "hidden-character"),
        (3, 5, "hidden-character"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{", [(1, 2, "yaml-syntax")]),
        ("{\0", [(1, 2, "hidden-character"), (1, 3, "yaml-syntax")]),
        ("{\n", [(2, 1, "yaml-syntax")]),
    ],
)
def test_what_ends_too_soon_is_told_of_where_the_file_ends(
    text: str, codes: list[tuple[int, int, str]]
) -> None:
    assert found(load(text)) == codes


@pytest.mark.parametrize(
    ("text", "column", "plain"),
    [
        ("a: ə\u202eb\n", 5, "əb"),
        ("a: x\ufffe\n", 5, "x"),
        ("a: \uffffx\n", 4, "x"),
        ("a: b\x1b[2J\n", 5, "b[2J"),
        ("a: one\u2028two\n", 7, "one two"),
        ("a: one \u2029two\n", 8, "one two"),
    ],
)
def test_what_cannot_be_seen_does_not_hide_the_rest(text: str, column: int, plain: str) -> None:
    document = load(text)
    assert found(document) == [(1, column, "hidden-character")]
    assert document.plain == {"a": plain}
    assert not document.is_as_written, "no edit may write the text that is read"


def test_places_count_what_cannot_be_seen() -> None:
    document = load("\ufeffa: b\nc\u200b: |\n  d\u200be\u200b\u200bf\n  g\n\u200bh: i\n")
    assert [each[:2] for each in found(document)] == [
        (1, 1),
        (2, 2),
        (3, 4),
        (3, 6),
        (3, 7),
        (5, 1),
    ]
    text = document.node(("c",))
    assert text is not None
    told = [
        document.problem(where, "bad-id", "")
        for where in (
            document.locate(("c",), key=True),
            document.locate(("c",)),
            *(document.locate_inside(text, offset) for offset in (0, 1, 2, 4)),
            document.locate(("h",), key=True),
        )
    ]
    places = [(problem.line, problem.column) for problem in told]
    assert places == [(2, 1), (2, 5), (3, 3), (3, 5), (3, 8), (4, 3), (5, 2)]
    assert told[0].excerpt == "c\u200b: |"


def test_a_flood_of_hidden_characters_is_cut_short() -> None:
    assert len(load("a: " + "\u200b" * 1000).problems) == 20


def test_duplicate_keys_are_all_found_and_the_rest_is_read() -> None:
    document = load("a: 1\nb: {c: 1, c: 2}\na: {x: [1, 2]}\n'a': 3\nd: 4\n")
    assert found(document) == [
        (2, 11, "duplicate-key"),
        (3, 1, "duplicate-key"),
        (4, 1, "duplicate-key"),
    ]
    assert document.root is not None
    assert document.root.plain() == {"a": 1, "b": {"c": 1}, "d": 4}
    assert "line 1" in document.problems[1].message


# Limits


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_at_once(unit: str) -> None:
    start = time.process_time()
    document = load("a:\n  " + unit * 100_000)
    assert time.process_time() - start < 2
    assert [problem.code for problem in document.problems] in (["yaml-too-deep"], ["yaml-key"])


def test_the_deepest_nesting_that_is_read() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert load(deepest).problems == []
    assert found(load(f"[{deepest}]")) == [(1, MAX_DEPTH + 1, "yaml-too-deep")]


def test_the_largest_number_of_values() -> None:
    assert load("[" + "a," * (MAX_NODES - 1) + "]").problems == []
    assert [p.code for p in load("[" + "a," * MAX_NODES + "]").problems] == ["yaml-too-many"]


def test_the_largest_file() -> None:
    data = b"a: 1\n#" + b"x" * (MAX_BYTES - 6)
    assert load_document("x.yaml", data).problems == []
    assert found(load_document("x.yaml", data + b"x")) == [(1, 1, "file-too-large")]


@pytest.mark.parametrize(
    "text",
    [
        "a:" * 400_000,
        "&a " * 300_000,
        "!a " * 300_000,
        '"a" ' * 200_000,
        "%A\n" * 300_000,
        "\t" * 1_000_000,
        "\n" * 1_000_000,
        "? " + "a" * 900_000 + "\n: 1\n",
        "a: >\n" + " \n" * 400_000 + " b",
        "".join(" " * depth + "a:\n" for depth in range(1300)),
        "{" + "a: b, " * 150_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_is_read_or_refused_quickly(text: str) -> None:
    start = time.process_time()
    load(text)
    assert time.process_time() - start < 5


def test_a_long_key_makes_no_long_message() -> None:
    key = "a" * 900
    document = load(f"{key}: 1\n{key}: 2\n")
    assert len(document.problems[0].message) < 200
