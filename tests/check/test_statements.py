"""Texts as sentences that know their claims, their quotations and their place in the file."""

from __future__ import annotations

import pytest

from briefsite.check.passages import Passage, passages, registry_passages
from briefsite.check.statements import Statement
from briefsite.load import Document, load_document


def load(text: str) -> Document:
    document = load_document("briefs/x.yaml", text.encode())
    assert document.problems == []
    return document


def read(text: str) -> list[Passage]:
    document = load(text)
    assert document.root is not None
    plain = document.root.plain()
    assert isinstance(plain, dict)
    return list(passages(document, plain))


def summary(prose: str) -> list[Statement]:
    """The statements of a summary written behind a `|`."""
    lines = "".join(f"  {line}\n" for line in prose.split("\n"))
    (passage,) = read(f"summary: |\n{lines}")
    return list(passage.statements)


def quoted(prose: str) -> list[str]:
    """What stands within quotation marks, sentence by sentence, the marks included."""
    return [s.text[start:end] for s in summary(prose) for start, end in s.quoted]


# Quotations


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ('He said "never" to it.', ['"never"']),
        ("He said “never” to it.", ["“never”"]),
        ("He said „never“ to it.", ["„never“"]),
        ("He said ”never” to it.", ["”never”"]),
        ("He said «never» to it.", ["«never»"]),
        ("He said »never« to it.", ["»never«"]),
        ("He said ‘never’ to it.", ["‘never’"]),
        ("He said 'never' to it.", ["'never'"]),
        ("He said ‚never‘ to it.", ["‚never‘"]),
        ("He said ‹never› to it.", ["‹never›"]),
        ("He said ＂never＂ to it.", ["＂never＂"]),
        ("He said 〝never〞 to it.", ["〝never〞"]),
        ("He said “never” and “ever”.", ["“never”", "“ever”"]),
        ("He said “never *ever*” to it.", ["“never ever”"]),
        ("He said “not 'now'” to it.", ["“not 'now'”"]),
        ("The ministry's men said no.", []),
        ("It isn't the states' own.", []),
        ("It was 'the states' own' road.", ["'the states' own'"]),
        ("In the '90s it was built.", []),
        ("A pipe 40' long and 20' wide was laid.", []),
        ("He said *never* to it.", []),
    ],
)
def test_a_quotation_is_found_in_every_style(text: str, spans: list[str]) -> None:
    assert quoted(text) == spans


def test_a_quotation_may_go_over_sentences_and_lines() -> None:
    text = "He said: “It is ours.\nIt was yours.” That was all."
    assert quoted(text) == ["“It is ours.", " It was yours.”"]


def test_a_quotation_that_does_not_end_goes_to_the_end_of_its_paragraph() -> None:
    text = "He said “it is ours. It was.\n\nThat is all."
    spans = [(s.text, s.unclosed) for s in summary(text)]
    left_open = [part[slice(*span)] for part, span in spans if span]
    assert left_open == ["“it is ours.", " It was."]
    assert quoted(text) == [], "a stray mark does not make the rest somebody else's words"


def test_a_block_quotation_is_quoted_whole() -> None:
    text = "He said:\n\n> It is ours. It was.\n>\n> - So it is.\n\nThat is all."
    assert [s.quoted == ((0, len(s.text)),) for s in summary(text)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_emphasis_over_many_words_is_a_quotation_in_disguise() -> None:
    many = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert quoted(f"He said *{many}* of it.") == [many]
    assert quoted("He said *one two three* of it.") == []


def test_our_own_voice_is_what_is_not_quoted() -> None:
    (statement,) = summary("The Office called it “our road” THEN.")
    assert statement.spoken == "the office called it            then."
    assert len(statement.spoken) == len(statement.text)


# Sentences and what they name


def test_a_sentence_knows_its_claims_and_whether_it_only_joins() -> None:
    first, second, third = summary("One [@a; @b]. Two. [@c] So it goes [~].")
    assert (first.claims, second.claims, third.claims) == (("a", "b"), ("c",), ())
    assert [s.is_connective for s in (first, second, third)] == [False, False, True]


def test_the_plain_text_is_what_a_reader_reads() -> None:
    (statement,) = summary("It *was*\n[built](https://example.org) &amp; \\*used\\* [@a].")
    assert statement.plain == "It was built & *used*."


# Places


BODY = "First [@a].\n  Second is here [@b]. Third [@c].\n\n{}  - Fourth [@d]."
STYLES = {
    "literal": f"summary: |\n  {BODY.format('')}\n",
    "stripped": f"summary: |-\n  {BODY.format('')}\n",
    # A folded line break is a space, and two of them are one.
    "folded": f"summary: >-\n  {BODY.format(chr(10))}\n",
    "plain": f"summary: {BODY.format(chr(10))}\n",
    "single": f"summary: '{BODY.format(chr(10))}'\n",
    "double": f'summary: "{BODY.format(chr(10))}"\n',
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("word", ["First", "Second", "Third", "Fourth"])
def test_a_sentence_stands_where_its_first_word_does(style: str, word: str) -> None:
    text = STYLES[style]
    document = load(text)
    assert document.root is not None
    plain = document.root.plain()
    assert isinstance(plain, dict)
    (passage,) = passages(document, plain)
    statement = next(s for s in passage.statements if s.plain.startswith(word))
    where = passage.locate(statement.start)
    lines = text[: text.index(word)].split("\n")
    assert (where.line, where.column) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    "prose",
    [
        "Şuşa *was & is* [built](https://example.org/a), and here [@one].",
        "Over\nmany lines [@one],\nand here [@two].",
        "It was &amp; is \\*so\\*, and here [@one].",
        "**It** was, *and **so** on*, and here [@one].",
        "Before. [@one] After, and here.",
        "𐎧𐎧 🙂, and here.",
    ],
)
def test_a_word_of_a_sentence_stands_where_it_is_written(prose: str) -> None:
    statement = summary(prose)[-1]
    at = statement.text.index("here")
    source = "".join(f"{line}\n" for line in prose.split("\n"))
    assert source[statement.offset(at) :].startswith("here")


# What is read


BRIEF = """\
title: A title
summary: |
  A summary.
judgements:
  - text: A judgement.
    confidence: {level: high, reason: A judgement reason.}
sections:
  - heading: A heading
    prose: |
      A prose.
positions:
  - question: A question
    cells:
      - position: A cell.
unknowns: [An unknown.]
timeline:
  - title: An event
claims:
  - text: A claim.
    note: A note.
    confidence: {level: high, reason: A claim reason.}
    status: {reason: A standing.}
    response: {text: A response.}
    contested:
      - position: A contest.
changes:
  - text: A change.
"""


def test_every_text_of_a_brief_is_read_in_the_order_of_the_page() -> None:
    texts = [s.plain for passage in read(BRIEF) for s in passage.statements]
    assert texts == [
        "A title", "A summary.", "A judgement.", "A judgement reason.", "A heading", "A prose.",
        "A question", "A cell.", "An unknown.", "An event", "A claim.", "A note.",
        "A claim reason.", "A standing.", "A response.", "A contest.", "A change.",
    ]  # fmt: skip


def test_shared_records_are_read_too() -> None:
    document = load(
        "sources: [{stance: A stance., note: A note.}]\n"
        "actors: [{role: A role, note: A note.}]\n"
        "places: [{note: A note.}]\n"
        "agreements: [{summary: A summary.}]\n"
        "corrections: [{says: It says., problem: Wrong., evidence: Shown., handling: Mended.}]\n"
    )
    assert document.root is not None
    plain = document.root.plain()
    assert isinstance(plain, dict)
    found = [s.plain for p in registry_passages(document, plain) for s in p.statements]
    assert found == [
        "A stance.", "A note.", "A role", "A note.", "A note.", "A summary.",
        "It says.", "Wrong.", "Shown.", "Mended.",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["~", "1", "[a]", "{a: b}", "[[]]", "[{claims: 1}]", "''"])
@pytest.mark.parametrize(
    "key", ["title", "summary", "judgements", "sections", "claims", "unknowns"]
)
def test_values_of_the_wrong_type_hold_no_text(key: str, value: str) -> None:
    assert [s for passage in read(f"{key}: {value}") for s in passage.statements][1:] == []
