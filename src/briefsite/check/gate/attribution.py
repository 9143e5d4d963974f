"""Motives, accusations and their answers: who says so, and what the other side said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefsite.check import lexicon as words
from briefsite.check.expressions import blank
from briefsite.check.gate.context import Context
from briefsite.check.gate.finding import Finding, first_word
from briefsite.check.passages import Passage
from briefsite.check.plain import texts
from briefsite.check.statements import Statement


def check_motives(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    motive = words.MOTIVE.search(statement.spoken)
    if motive is None or statement.is_connective:
        return
    # "To punish Armenia, Russia said …": what opens the sentence is ours.
    before_comma = statement.spoken[: statement.spoken.find(",") + 1]
    opens = motive.start() == first_word(statement) and not words.is_attributed(before_comma)
    if opens or not words.is_attributed(statement.spoken):
        yield Finding(
            statement,
            motive.start(),
            "motive-without-attribution",
            f"'{motive.group().strip()}' gives a motive, and no one says it",
            "say who says so: 'X argued in 2013 that …', 'the author infers'",
        )


def check_plain_accusation(
    statement: Statement, passage: Passage, context: Context
) -> Iterator[Finding]:
    found = words.PLAIN_ACCUSATION.search(statement.spoken)
    if found and not words.is_attributed(statement.spoken):
        yield Finding(
            statement,
            found.start(),
            "allegation-as-fact",
            f"'{found.group().strip()}' accuses, and no one says it",
            "say who accuses whom of what",
        )


def check_allegations(passage: Passage, context: Context) -> Iterator[Finding]:
    """A sentence on an allegation says that it is one; its paragraph holds the answer."""
    for paragraph in passage.paragraphs:
        all_alleged = [_alleged(statement, context) for statement in paragraph]
        if not any(all_alleged):
            continue
        cited = {key for statement in paragraph for key in statement.claims}
        answered = any(
            words.ANSWER.search(words.NO_DENIAL.sub(blank, statement.spoken))
            for statement in paragraph
        )
        for statement, alleged in zip(paragraph, all_alleged, strict=True):
            if not alleged:
                continue
            at = first_word(statement)
            if _tells_as_fact(statement):
                yield Finding(
                    statement,
                    at,
                    "allegation-as-fact",
                    f"'{alleged[0]}' is an allegation, told here as a fact",
                    "say who accuses whom: 'Azerbaijan accused Iran of …'",
                )
            if not answered and not (_answers(context, alleged) & cited):
                yield Finding(
                    statement,
                    at,
                    "allegation-without-answer",
                    f"the paragraph does not answer '{alleged[0]}'",
                    "give the denial in the same paragraph, or say that none was found",
                )


def _alleged(statement: Statement, context: Context) -> list[str]:
    return [key for key in statement.claims if context.is_allegation(key)]


_CLAUSE = re.compile(
    r"[;:,–—]|\b(?:and|but|though|although|while|whereas|which|who|after|before)\b"
)


def _tells_as_fact(statement: Statement, *, is_title: bool = False) -> bool:
    """Whether a sentence on an allegation tells more than its denial, and no one says so."""
    cuts = [0, *(cut.start() for cut in _CLAUSE.finditer(statement.folded)), len(statement.folded)]
    clauses = [statement.folded[start:end] for start, end in pairwise(cuts)]
    told = [c for c in clauses if not (words.DENIAL.search(c) or words.NO_ANSWER.search(c))]
    denies = len(told) < len(clauses)
    said = " ".join(told)
    if words.TAKEN_FOR_TRUE.search(statement.folded):
        return True
    if words.is_attributed(said):
        return False
    if is_title or not denies:
        return bool(told)
    return bool(words.ACCUSATION.search(said) or words.VERB.search(said))


def check_alleged(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A text that `is_alleged` says so."""
    if _tells_as_fact(statement, is_title=passage.kind == "event"):
        yield Finding(
            statement,
            first_word(statement),
            "allegation-as-fact",
            "an allegation, told here as a fact",
            "say who accuses whom: 'Azerbaijan accused Iran of …'",
        )


def is_alleged(passage: Passage, context: Context) -> bool:
    """Whether a text is that of an allegation, or stands beside nothing else."""
    claims = passage.claims
    return bool(claims) and all(context.is_allegation(key) for key in claims)


def _answers(context: Context, claims: Sequence[str]) -> set[str]:
    responses = (context.evidence.claims[key].get("response") for key in claims)
    return {a for each in responses if isinstance(each, dict) for a in texts(each, "claims")}
