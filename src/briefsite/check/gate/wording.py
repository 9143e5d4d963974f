"""Words: quotations, words that take sides, names that stand together, disguises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefsite.check import lexicon as words
from briefsite.check.folding import disguised
from briefsite.check.forms import Form, is_directional
from briefsite.check.gate.context import Context
from briefsite.check.gate.finding import Finding, form_in
from briefsite.check.passages import Passage
from briefsite.check.statements import Statement
from briefsite.lookalikes import name_lookalikes

MAX_QUOTED_WORDS = 12
_MAX_WORD = 80


def check_quotation(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    spans = [*statement.quoted, *([statement.unclosed] if statement.unclosed else ())]
    count = sum(words.count_words(statement.text[start:end]) for start, end in spans)
    if count > MAX_QUOTED_WORDS:
        yield Finding(
            statement,
            spans[0][0],
            "long-quotation",
            f"the sentence quotes {count} words; the limit is {MAX_QUOTED_WORDS}",
            "quote only the words that are the fact, and paraphrase the rest",
        )


def check_loaded(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A word that takes sides stands in a quotation, and the sentence says whose."""
    for form, word in context.vocabulary.loaded_words_in(statement.letters):
        for found in form_in(form, statement):
            if is_directional(form.form) and statement.text[found.start()].islower():
                continue  # "western Azerbaijan" is where something lies
            quoted = any(
                start <= found.start() and found.end() <= end for start, end in statement.quoted
            )
            if quoted and (word.term or words.is_attributed(statement.spoken)):
                continue
            written = statement.text[found.start() : found.end()]
            if quoted:
                yield Finding(
                    statement,
                    found.start(),
                    "loaded-word",
                    f"'{written}' is quoted, and no one is said to say it",
                    "say in the sentence who speaks",
                )
            else:
                instead = f"write: {word.instead}. " if word.instead else ""
                if word.term:
                    instead += "As a party's term it stands in quotation marks. "
                why = word.reason.partition(". ")[0].rstrip(".")
                yield Finding(
                    statement,
                    found.start(),
                    "loaded-word",
                    f"'{written}' takes sides in our own voice",
                    f"{instead}{why}.",
                )


def check_disguised(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    hint = "type it again in plain letters"
    for at in disguised(statement.text):
        named = name_lookalikes(statement.text[at : at + _MAX_WORD].split()[0])
        yield Finding(
            statement,
            at,
            "disguised-word",
            "this word mixes scripts, or hides a letter behind a mark",
            f"{named}; {hint}" if named else hint,
        )


def check_first_mentions(
    texts: Sequence[Passage], context: Context
) -> Iterator[tuple[Passage, Finding]]:
    """The first mention of a contested name on a page has another name of the thing beside it."""
    for sides, every in context.vocabulary.contested_names:
        mentions = ((p, m) for p in texts if (m := next(_mentions(p, sides), None)))
        passage, mention = next(mentions, (None, None))
        if passage is None or mention is None:
            continue
        statement, at, which = mention
        names = [side.partition("/")[0].strip() for side in every]
        others = [form for i, form in enumerate(names) if i != which]
        beside = (form for i, side in enumerate(sides) if i != which for form in side)
        if not any(next(form_in(form, statement), None) for form in beside):
            yield (
                passage,
                Finding(
                    statement,
                    at,
                    "contested-name",
                    f"'{names[which]}' stands alone at its first mention",
                    f"give both: '{names[which]} ({' or '.join(others)})'",
                ),
            )


def _mentions(
    passage: Passage, sides: Sequence[Sequence[Form]]
) -> Iterator[tuple[Statement, int, int]]:
    """Each statement that mentions a thing, where, and which side's name it says first."""
    for statement in passage.statements:
        found = [
            (match.start(), which)
            for which, side in enumerate(sides)
            for form in side
            for match in form_in(form, statement)
        ]
        if found:
            yield (statement, *min(found))
