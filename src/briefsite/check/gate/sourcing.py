"""What a sentence rests on, and what one that rests on nothing may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefsite.check import lexicon as words
from briefsite.check.expressions import blank
from briefsite.check.gate.context import Context
from briefsite.check.gate.finding import Finding, first_word, form_in, short
from briefsite.check.passages import Passage
from briefsite.check.statements import Statement
from briefsite.model.sentences import CITED, STOPS, inner_stops


def check_sourced(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A sentence names claims, or is marked as one that states no fact."""
    if not re.search(r"\w", statement.text) or statement.is_connective:
        return
    if statement.claims:
        yield from _hidden_sentences(statement, context)
        return
    if "[@" in statement.text:
        return  # a reference that cannot be read, which is a problem of its own
    yield Finding(
        statement,
        first_word(statement),
        "unsourced-sentence",
        f"'{short(statement)}' names no claim",
        "end it with [@claim-id], or with [~] if it states no fact",
    )


def _hidden_sentences(statement: Statement, context: Context) -> Iterator[Finding]:
    """A sentence within another: behind a line break, in emphasis, or after a shortened word."""
    text = statement.text
    cited = text.find(CITED)
    if not _MAY_END.search(text, 0, cited if cited >= 0 else len(text)):
        return
    ends = [*inner_stops(text), *(match.end() for match in re.finditer(r"\n", text))]
    if shortened := {match.start(1) for match in _SHORTENED.finditer(text)}:
        named = (found.start() for form in context.states for found in form_in(form, statement))
        ends += shortened.intersection(named)
    for end in sorted(ends):
        before, behind = text[:end], text[end:]
        if CITED not in before and re.search(r"\w", before) and re.search(r"\w", behind):
            yield Finding(
                statement,
                first_word(statement),
                "unsourced-sentence",
                f"'{' '.join(before.split())[:60]}' names no claim",
                "end it with [@claim-id], or make one sentence of the two",
            )
            return


# Nothing ends before the first reference without one of these.
_MAY_END = re.compile(rf"[\n{STOPS}]")
# What may be a shortened word, or the end of a sentence.
_SHORTENED = re.compile(r"(?:\b[A-Z]|\betc|\b[a-z]{2,3})\.\s+(?=[A-Z])()")


def check_references_last(
    statement: Statement, passage: Passage, context: Context
) -> Iterator[Finding]:
    """References cover a whole sentence."""
    last = statement.text.rfind(CITED)
    rest = statement.text[last + 1 :]
    if last >= 0 and re.search(r"\w", rest):
        at = last + 1 + len(rest) - len(rest.lstrip(" ,;:.–—-"))
        yield Finding(
            statement,
            at,
            "reference-not-last",
            f"'{rest.strip(' ,;:')[:60]}' stands behind the last reference",
            "put the references at the end, so that they cover the whole sentence",
        )
    if statement.is_connective and statement.claims:
        yield Finding(
            statement,
            first_word(statement),
            "connective-states-a-fact",
            "the sentence names claims and is marked [~]",
            "take the mark or the references out",
        )


def check_connective(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    if not statement.is_connective:
        return
    for what, at in _facts_in(statement, context):
        yield Finding(
            statement,
            at,
            "connective-states-a-fact",
            f"a sentence marked [~] holds {what}",
            "name the claims it rests on, or take the fact out",
        )
        return


def _facts_in(statement: Statement, context: Context) -> Iterator[tuple[str, int]]:
    text, folded = statement.text, statement.folded
    first = first_word(statement)
    names = context.names_in(statement.letters)
    named = (match for form in names for match in form_in(form, statement))
    numeric = next((at for at, char in enumerate(text) if char.isnumeric()), None)
    if numeric is not None:
        yield "a number", numeric
    for what, found in (
        ("a number", words.NUMBER_WORD.search(words.NO_NUMBER.sub(blank, folded))),
        ("a number", words.VAGUE.search(folded)),
        ("a number", words.ORDINALS.search(folded)),
        ("a number", words.ROMAN.search(text)),
        ("a date", _uncommon(words.DATE_WORDS.finditer(folded), text)),
        ("a name", _uncommon(named, text)),
        ("a name", _SPEAKER.match(folded, first)),
        ("a likelihood", words.LIKELIHOOD.search(folded)),
    ):
        if found:
            yield what, found.start()
    for start, _ in statement.quoted:
        yield "a quotation", start
    for found in re.finditer(r"[^\W\d_][\w'’-]*", text):
        if found.start() > first and found.group()[0].isupper() and found.group() != "I":
            yield "a name", found.start()


def _uncommon(matches: Iterable[re.Match[str]], text: str) -> re.Match[str] | None:
    """The first match that is no common word written small: "talking turkey", "less august"."""
    common = words.COMMON_WORDS
    return next((m for m in matches if text[m.start() : m.end()] not in common), None)


# A sentence that opens with one word and a verb of saying: "Lavrov tells it otherwise".
_SPEAKER = re.compile(
    r"(?!(?:they|it|he|she|who|others?|some|both|all|each|neither|none|this|that|these|those|what"
    r"|here|there|nobody|everyone|everybody|nothing|much|little|more|[a-z]+[^s]s)\b)"
    r"[a-z]+ (?:says|said|tells|told|argues|argued|writes|wrote|claims|claimed|holds|held|thinks"
    r"|thought|sees|saw|denies|denied|adds|added|insists|warns|calls|called|reads)\b"
)


def check_unknown(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    folded = words.IDIOMS.sub(blank, statement.folded)
    head, _, tail = folded.replace(";", ":").partition(":")
    known = tail.strip() and not (words.NOT_KNOWING.search(tail) or words.EVIDENCE.search(tail))
    if known or not words.NOT_KNOWING.search(head):
        yield Finding(
            statement,
            first_word(statement),
            "unknown-states-a-fact",
            f"'{short(statement)}' says nothing that is not known",
            "say what was not found, or make it a claim",
        )


def check_headline(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A summary rests on no claim of low confidence."""
    for key in statement.claims:
        confidence = context.evidence.claims.get(key, {}).get("confidence")
        if isinstance(confidence, dict) and confidence.get("level") == "low":
            yield Finding(
                statement,
                first_word(statement),
                "judgement-on-low-confidence",
                f"the summary rests on '{key}', which is of low confidence",
                "what is weak does not lead: move it to the analysis",
            )
