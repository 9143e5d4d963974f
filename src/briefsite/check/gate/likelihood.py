"""Likelihood and confidence (ICD 203): the seven bands, and the two kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefsite.check import lexicon as words
from briefsite.check.expressions import blank
from briefsite.check.gate.context import Context
from briefsite.check.gate.finding import Finding, first_word
from briefsite.check.passages import Passage
from briefsite.check.statements import Statement


def check_judgement_words(
    statement: Statement, passage: Passage, context: Context
) -> Iterator[Finding]:
    modified = words.MODIFIED_BAND.search(statement.spoken)
    other = modified or words.OTHER_LIKELIHOOD.search(words.BAND.sub(blank, statement.spoken))
    if other:
        yield Finding(
            statement,
            other.start(),
            "likelihood-wording",
            f"'{other.group().strip()}' is none of the seven bands",
            f"write one of: {', '.join(words.BANDS)}",
        )
    sure = words.CONFIDENCE.search(statement.spoken)
    if sure and not words.LIKELIHOOD.search(statement.spoken):
        yield Finding(
            statement,
            sure.start(),
            "likelihood-with-confidence",
            f"'{sure.group()}' speaks of confidence, beside a likelihood",
            "confidence stands in its own field, with its reason",
        )


def check_band(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    """A judgement says its band, and the same as its field."""
    wanted = passage.record.get("likelihood")
    if not isinstance(wanted, str) or wanted not in words.BANDS:
        return
    first = next(passage.statements)
    if statement is first and not any(_is_likely(each) for each in passage.statements):
        yield Finding(
            statement,
            first_word(statement),
            "likelihood-wording",
            "the judgement does not say how likely it is",
            f"write '{wanted}', as its field says",
        )
    for match in words.BAND.finditer(words.MODIFIED_BAND.sub(blank, statement.spoken)):
        said = next(name for name, form in words.BANDS.items() if re.fullmatch(form, match.group()))
        if said != wanted:
            yield Finding(
                statement,
                match.start(),
                "likelihood-wording",
                f"the text says '{match.group()}', its field '{wanted}'",
                "both say the same band",
            )


def _is_likely(statement: Statement) -> bool:
    text = statement.spoken
    known = (words.BAND, words.MODIFIED_BAND, words.OTHER_LIKELIHOOD)
    return any(pattern.search(text) for pattern in known)


def check_apart(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    likely = words.LIKELIHOOD.search(statement.spoken)
    sure = words.CONFIDENCE.search(statement.spoken) if likely else None
    if likely and sure:
        yield Finding(
            statement,
            sure.start(),
            "likelihood-with-confidence",
            f"'{likely.group()}' and '{sure.group()}' in one sentence",
            "likelihood and confidence are two things: part them",
        )


def check_reason(statement: Statement, passage: Passage, context: Context) -> Iterator[Finding]:
    likely = words.LIKELIHOOD.search(statement.spoken)
    if likely:
        yield Finding(
            statement,
            likely.start(),
            "likelihood-with-confidence",
            f"a reason for confidence says '{likely.group()}'",
            "say how good the evidence is; how likely something is stands in the judgement",
        )
