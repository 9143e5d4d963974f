"""Which rule reads which text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from briefsite.check.gate.attribution import (
    check_allegations,
    check_alleged,
    check_motives,
    check_plain_accusation,
    is_alleged,
)
from briefsite.check.gate.context import Context
from briefsite.check.gate.finding import Finding, Rule
from briefsite.check.gate.likelihood import (
    check_apart,
    check_band,
    check_judgement_words,
    check_reason,
)
from briefsite.check.gate.quantities import check_numbers, check_quantities
from briefsite.check.gate.signs import (
    CONTESTED_NAMES,
    LOADED_WORDS,
    QUOTES,
    RARE_WORDS,
    UNUSUAL_LETTERS,
    signs_of,
)
from briefsite.check.gate.sourcing import (
    check_connective,
    check_headline,
    check_references_last,
    check_sourced,
    check_unknown,
)
from briefsite.check.gate.wording import (
    check_disguised,
    check_first_mentions,
    check_loaded,
    check_quotation,
)
from briefsite.check.passages import Kind, Passage, map_passages, passages, registry_passages
from briefsite.check.shape import Reading
from briefsite.load import Document
from briefsite.model.records import Brief, MapRecord, Registry
from briefsite.report import Problem

_SAID: Sequence[Rule] = (check_motives, check_plain_accusation)
_PROSE: Sequence[Rule] = (check_connective, check_numbers, check_quantities, *_SAID)
_ENGLISH: Mapping[str, Sequence[Rule]] = {
    "summary": _PROSE,
    "prose": _PROSE,
    "judgement": (check_judgement_words, check_band, check_plain_accusation),
    "judgement reason": (check_reason,),
    "claim reason": (check_reason,),
    "claim": (*_SAID, check_alleged),
    "cell": (*_SAID, check_alleged),
    "event": (*_SAID, check_alleged),
    "heading": _SAID,
    "chart": (check_numbers, *_SAID),
    "unknown": (check_unknown,),
    "definition": (check_numbers, *_SAID),
}
_ENGLISH_EVERYWHERE: Sequence[Rule] = (check_loaded, check_apart)
_EVERYWHERE: Sequence[Rule] = (check_quotation, check_disguised)
_ANY_LANGUAGE: Mapping[str, Sequence[Rule]] = {
    "summary": (check_sourced, check_references_last, check_headline),
    "prose": (check_sourced, check_references_last),
}
# What a text must show that these may find anything in it.
_SIGNS: Mapping[Rule, int] = {
    check_quotation: QUOTES,
    check_disguised: UNUSUAL_LETTERS,
    check_loaded: LOADED_WORDS,
    **dict.fromkeys((check_motives, check_plain_accusation, check_apart, check_reason), RARE_WORDS),
}
_WORDS: Sequence[Rule] = (check_quotation, check_loaded, check_disguised)


def check_brief_texts(reading: Reading[Brief], context: Context) -> Iterator[Problem]:
    """Every rule over every sentence of a brief."""
    english = str(reading.plain.get("language", "en")).split("-")[0] == "en"
    texts = list(passages(reading.document, reading.plain))
    signs = signs_of(texts, context.vocabulary)
    for passage, seen in zip(texts, signs, strict=True):
        if rules := _rules(passage.kind, seen, english=english):
            yield from _apply(rules, passage, context, reading.document)
        if english and passage.kind in _ANY_LANGUAGE:
            for finding in check_allegations(passage, context):
                yield _problem(reading.document, passage, finding)
    naming = [p for p, seen in zip(texts, signs, strict=True) if seen & CONTESTED_NAMES]
    for passage, finding in check_first_mentions(naming, context):
        yield _problem(reading.document, passage, finding)


def check_registry_texts(reading: Reading[Registry], context: Context) -> Iterator[Problem]:
    """The rules of words over the texts of shared records, and more over what terms mean."""
    texts = list(registry_passages(reading.document, reading.plain))
    for passage, seen in zip(texts, signs_of(texts, context.vocabulary), strict=True):
        is_definition = passage.kind == "definition"
        more = _ENGLISH["definition"] if is_definition else ()
        if rules := _to_ask((*_WORDS, *more), seen):
            yield from _apply(rules, passage, context, reading.document)
        if is_definition and seen & CONTESTED_NAMES:  # each stands on a page of its own
            for _, finding in check_first_mentions([passage], context):
                yield _problem(reading.document, passage, finding)


def check_map_texts(reading: Reading[MapRecord], context: Context) -> Iterator[Problem]:
    """The rules of words over what a map says: it is read, copied and embedded by itself."""
    texts = list(map_passages(reading.document, reading.plain))
    signs = signs_of(texts, context.vocabulary)
    for passage, seen in zip(texts, signs, strict=True):
        if rules := _to_ask(_WORDS, seen):
            yield from _apply(rules, passage, context, reading.document)
    naming = [p for p, seen in zip(texts, signs, strict=True) if seen & CONTESTED_NAMES]
    # The name that a party uses is the point of its view.
    ours = [passage for passage in naming if passage.path[-1] != "name"]
    for passage, finding in check_first_mentions(ours, context):
        yield _problem(reading.document, passage, finding)


@cache
def _rules(kind: Kind, signs: int, *, english: bool) -> Sequence[Rule]:
    """The rules that may find something in a text of a kind with these signs."""
    rules = [*_ANY_LANGUAGE.get(kind, ()), *_EVERYWHERE]
    if english:
        rules += [*_ENGLISH.get(kind, ()), *_ENGLISH_EVERYWHERE]
    return _to_ask(rules, signs)


def _to_ask(rules: Sequence[Rule], signs: int) -> Sequence[Rule]:
    return [rule for rule in rules if rule not in _SIGNS or _SIGNS[rule] & signs]


def _apply(
    rules: Sequence[Rule], passage: Passage, context: Context, document: Document
) -> Iterator[Problem]:
    if check_alleged in rules and not is_alleged(passage, context):
        rules = [rule for rule in rules if rule is not check_alleged]
    if not rules:
        return  # and need not be cut into sentences
    others = [rule for rule in rules if _SIGNS.get(rule) != RARE_WORDS]
    for statement in passage.statements:
        for rule in rules if statement.spoken.held else others:
            for finding in rule(statement, passage, context):
                yield _problem(document, passage, finding)


def _problem(document: Document, passage: Passage, finding: Finding) -> Problem:
    where = passage.locate(finding.statement.offset(finding.at))
    return document.problem(where, finding.code, finding.message, finding.hint)
