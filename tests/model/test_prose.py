"""Prose: blocks, sentences and their references; and what is refused, at its place."""

from __future__ import annotations

import time

import pytest

from briefsite.model.prose import Block, Prose, is_allowed_link, parse_prose


def issues(text: str) -> list[tuple[str, str]]:
    """Code of each issue, and the text that stands at its place."""
    return [(issue.code, text[issue.offset :][:6]) for issue in parse_prose(text).issues]


def sentences(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.claims) for sentence in parse_prose(text).sentences]


def shape(blocks: tuple[Block, ...]) -> list[object]:
    return [
        (block.kind, shape(block.children)) if block.children else block.kind for block in blocks
    ]


def text_of(prose: Prose) -> str:
    """All text, as the runs have it."""
    return "".join(run.plain() for sentence in prose.sentences for run in sentence.runs)


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", [("One.", ()), ("Two.", ())]),
        ("A [@a]. B [@b].", [("A.", ("a",)), ("B.", ("b",))]),
        ("It is. [@a] So. [@b]", [("It is.", ("a",)), ("So.", ("b",))]),
        ("It is.[@a] So.", [("It is.", ("a",)), ("So.", ())]),
        ("It is. [@a] [@b; @c] So.", [("It is.", ("a", "b", "c")), ("So.", ())]),
        ("One.\nTwo [@a].\nThree.", [("One.", ()), ("Two.", ("a",)), ("Three.", ())]),
        ("One\ntwo [@a;\n@b].", [("One two.", ("a", "b"))]),
        ("*One.* Two. **Three** is.", [("One.", ()), ("Two.", ()), ("Three is.", ())]),
        ("See [it](https://x.y/). Then [@a].", [("See it.", ()), ("Then.", ("a",))]),
        ("*As [@a] says.* More.", [("As says.", ("a",)), ("More.", ())]),
        ("“Is it?” Yes! It… Was it (so)? “No.”", [
            ("“Is it?”", ()), ("Yes!", ()), ("It…", ()), ("Was it (so)?", ()), ("“No.”", ()),
        ]),
        ("In Feb. 2012 Mr. Smith of the U.S. Navy met J. Doe, e.g. Monday.", [
            ("In Feb. 2012 Mr. Smith of the U.S. Navy met J. Doe, e.g. Monday.", ()),
        ]),
        ("See p. 12, no. 5 and Art. 3. Then.", [
            ("See p. 12, no. 5 and Art. 3.", ()), ("Then.", ()),
        ]),
        ("It cost 1.2 billion. 2012 was dear.", [
            ("It cost 1.2 billion.", ()), ("2012 was dear.", ()),
        ]),
        ("It ended. şehir goes on.", [("It ended.", ()), ("şehir goes on.", ())]),
        ("It cost 5 bln. manat then.", [("It cost 5 bln. manat then.", ())]),
        ("Bitdi. Şuşa qaldı. Ərdəbil də.", [
            ("Bitdi.", ()), ("Şuşa qaldı.", ()), ("Ərdəbil də.", ()),
        ]),
        ("So it was. и дальше. Да.", [("So it was. и дальше.", ()), ("Да.", ())]),
        ("**Lead. More** text. End", [("Lead. More text.", ()), ("End", ())]),
        ("One.  \nTwo.", [("One.", ()), ("Two.", ())]),
        ("[@a]", [("", ("a",))]),
        ("AT&amp;T is. R&D too [@a].", [("AT&T is.", ()), ("R&D too.", ("a",))]),
        ("{{ config }} and {% raw %} stay.", [("{{ config }} and {% raw %} stay.", ())]),
        ("[@a;@b] [@ c ] x", [("x", ("a", "b", "c"))]),
        ("", []),
        (" \n\n ", []),
    ],
)  # fmt: skip
def test_sentences_and_their_claims(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert issues(text) == []
    assert sentences(text) == expected


def test_nothing_is_lost_between_sentences() -> None:
    text = "One. *Two.* Three [x](https://y.z/). Four! “Five.” [@a] Six\nseven. Eight.  \nNine."
    read = text_of(parse_prose(text))
    assert read == "One. Two. Three x. Four! “Five.”  Six seven. Eight. Nine."


def test_a_sentence_knows_where_it_starts() -> None:
    text = "Ərdəbil &amp; co. Two.\n\n- Three.\n  Four."
    starts = [text[sentence.offset :].lstrip()[:3] for sentence in parse_prose(text).sentences]
    assert starts == ["Ərd", "Two", "Thr", "Fou"]


# Blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.\n\nThree.", ["p", "p"]),
        ("- a\n- b", [("ul", [("li", ["p"]), ("li", ["p"])])]),
        ("- a\n\n- b", [("ul", [("li", ["p"]), ("li", ["p"])])]),
        ("1. a\n2. b", [("ol", [("li", ["p"]), ("li", ["p"])])]),
        ("- a\n  - b", [("ul", [("li", ["p", ("ul", [("li", ["p"])])])])]),
        ("- a\n\n  b", [("ul", [("li", ["p", "p"])])]),
        ("> a\n>\n> b", [("blockquote", ["p", "p"])]),
        ("> - a", [("blockquote", [("ul", [("li", ["p"])])])]),
    ],
)
def test_blocks(text: str, expected: list[object]) -> None:
    prose = parse_prose(text)
    assert not prose.issues
    assert shape(prose.blocks) == expected


def test_markup_becomes_runs() -> None:
    (sentence,) = parse_prose("A *b **c*** [d *e*](https://x.y/ 'title') [@f]  \ng").sentences
    assert [run.kind for run in sentence.runs] == [
        "text", "em", "text", "link", "text", "reference", "break", "text",
    ]  # fmt: skip
    assert sentence.runs[3].target == "https://x.y/"
    assert sentence.runs[3].children[1].kind == "em"
    assert sentence.text == "A b c d e g"


# References


def test_each_reference_has_the_place_of_its_id() -> None:
    text = (
        "“Ərdəbil” &amp; *“Şuşa” [@one]*\n"
        "> [a [@two;@three]](https://x.y/)\n\n"
        "- 𐎧 [@four;\n  @five]. \\* &#91; [@six; @six]\n"
    )
    found = list(parse_prose(text).references())
    assert [claim for claim, _ in found] == ["one", "two", "three", "four", "five", "six", "six"]
    assert all(text[offset:].startswith(claim) for claim, offset in found)
    assert len({offset for _, offset in found}) == 7


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("ə [@Bad]", "[@Bad]"),
        ("ə [@]", "[@]"),
        ("ə [@a; ] b", "[@a; ]"),
        ("ə [@a, @b]", "[@a, @"),
        ("ə &amp; \\* [@a b]", "[@a b]"),
        ("ə [@a", "[@a"),
        ("ə [@a) and", "[@a) a"),
        ("ə [ @a]", "[ @a]"),
        ("ə [@a [@b]]", "[@a [@"),
        ("ə [@a\n\nb]", "[@a\n\nb"),
        ("- ə\n  [@é]", "[@é]"),
    ],
)
def test_a_reference_that_cannot_be_read_is_never_just_text(text: str, at: str) -> None:
    assert issues(text) == [("prose-reference", at)]


# Refusals


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("é <b>x</b>", "<b>x</"),
        ("é <script>alert(1)</script>", "<scrip"),
        ("é <!-- x -->", "<!-- x"),
        ("é\n\n<div onclick=x>\ny\n</div>\n", "<div o"),
        ("é\n\n</div>\n", "</div>"),
        ("# é", "# é"),
        ("é\n\n## x", "## x"),
        ("é\n===", "é\n==="),
        ("é\n\n    code", "code"),
        ("é\n\n```x\ncode\n```", "```x\nc"),
        ("é `code`", "`code`"),
        ("é ![x](y.png)", "![x](y"),
        ("é\n\n***\n", "***\n"),
        ("é\n\n[x]: https://y.z", "[x]: h"),
        ("é\n\n> - [x]: y", "[x]: y"),
        ("é [x].\n\n[x]: https://y.z", "[x]: h"),
        ("é\n\n1815. A year", "1815. "),
        ("é\n\n0. A year", "0. A y"),
    ],
)
def test_markup_that_prose_does_not_have(text: str, at: str) -> None:
    assert issues(text) == [("prose-markup", at)]


def test_every_refused_piece_is_found_once() -> None:
    text = "# é\n\n<b>x</b> <i>y</i>\n\n<p>\nz\n</p>\n\n`c`"
    assert [at for _, at in issues(text)] == ["# é\n\n<", "<b>x</", "<i>y</", "<p>\nz\n", "`c`"]


def test_refused_text_is_kept_as_text() -> None:
    assert parse_prose("A <b>b</b> `c`.").sentences[0].text == "A <b>b</b> c."


def test_a_definition_cannot_swallow_a_reference() -> None:
    assert issues("It is so [@a].\n\n[@a]: https://x.y") == [("prose-markup", "[@a]: ")]


def test_a_bracket_with_a_colon_is_no_definition() -> None:
    assert issues("It was\n[so]: he said.\n\n- [x](https://y.z): fine") == []


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org",
        "HTTPS://example.org/a?b=c&d=e#f",
        "http://example.org:80/",
        "mailto:desk@example.org",
        "/actors/iran/",
        "/maps/a_b.svg",
        "actors/iran/",
        "#evidence",
        "/briefs/x/#claim-id",
    ],
)
def test_links_that_may_be_followed(target: str) -> None:
    assert is_allowed_link(target)
    assert issues(f"[x]({target})") == []


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "DATA:text/html,x",
        "vbscript:x",
        "blob:https://example.org/x",
        "file:///etc/passwd",
        "ftp://example.org",
        "tel:+1",
        "//evil.example/x",
        "///evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https:\\\\evil.example",
        "http://[::1",
        "../../etc/passwd",
        "/a/../../b",
        "%6aavascript:alert(1)",
        "/%2e%2e/x",
        "x:y",
        "",
        "?q=1",
    ],
)
def test_links_that_may_not_be_followed(target: str) -> None:
    assert not is_allowed_link(target)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("é [x](javascript:alert(1))", "[x](ja"),
        ("é [x](javascript&#58;alert(1))", "[x](ja"),
        ("é [x](&#x6A;avascript:alert(1))", "[x](&#"),
        ("é [x](javascript&colon;alert(1))", "[x](ja"),
        ("é [x](java&Tab;script:alert(1))", "[x](ja"),
        ("é [x](< javascript:alert(1)>)", "[x](< "),
        ("é <javascript:alert(1)>", "<javas"),
        ("é <DATA:text/html,x>", "<DATA:"),
        ("é [x](//evil.example)", "[x](//"),
        ("é [*a* [b](javascript:c)](https://x.y)", "[b](ja"),
        ("é []()", "[]()"),
    ],
)
def test_a_hostile_link_is_refused_however_it_is_written(text: str, at: str) -> None:
    assert issues(text) == [("prose-link", at)]


# Bounds


@pytest.mark.parametrize("unit", [">", "> ", "- ", "1. ", "> - "])
def test_deep_nesting_is_refused(unit: str) -> None:
    prose = parse_prose(unit * 20_000 + "a")
    assert [issue.code for issue in prose.issues] in (["prose-markup"], ["prose-markup"] * 2)


@pytest.mark.parametrize(
    "text",
    [
        "a. " * 100_000,
        "é *b* " * 30_000,
        "é [@x]\n" * 30_000,
        "[@]" * 30_000,
        "[@ " * 100_000,
        "[@x]" * 30_000,
        "&amp;[@x]" * 30_000,
        "<b>" * 30_000,
        "[" * 500_000,
        "*a **b " * 100_000,
        "[a]: b\n" * 100_000,
        "a." + " " * 900_000,
        "a\n\n" * 30_000,
        "\n" * 1_000_000,
        "." * 900_000,
        "!" + "[[" * 200_000,
        "`" * 300_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_prose_is_read_in_time_that_grows_with_its_length(text: str) -> None:
    start = time.process_time()
    prose = parse_prose(text)
    assert len(list(prose.references())) <= len(text)
    assert all(len(sentence.text) <= len(text) for sentence in prose.sentences)
    assert time.process_time() - start < 10


def test_what_a_file_may_not_hold_is_not_written_as_a_reference_either() -> None:
    text = "A &#x2068;b&#8297; &shy;c, [d](https://x.y/&lrm;), e &amp; f&zwnj;g [@a]."
    assert issues(text) == [
        ("hidden-character", "&#x206"),
        ("hidden-character", "&#8297"),
        ("hidden-character", "&shy;c"),
        ("hidden-character", "[d](ht"),
    ]
    assert text_of(parse_prose(text)) == "A b c, d, e & f\u200cg ."


def test_prose_can_be_compared_and_is_frozen() -> None:
    prose = parse_prose("A [@a].")
    assert prose == parse_prose("A [@a].")
    assert prose != parse_prose("B [@a].")
    with pytest.raises(AttributeError):
        prose.source = "x"  # type: ignore[misc]
