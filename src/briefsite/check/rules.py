"""Rules of a brief beyond shape and ids: prose, dates, quotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefsite.check.gate import MAX_QUOTED_WORDS
from briefsite.check.lexicon import count_words
from briefsite.check.plain import Mappings, Plain, each
from briefsite.check.shape import Reading
from briefsite.load import Document, Path
from briefsite.model.prose import parse_prose
from briefsite.model.records import Brief
from briefsite.report import Problem


def check_brief(reading: Reading[Brief], below: Mappings) -> Iterator[Problem]:
    """The rules of a brief's prose, dates and quotations.

    Most look at what the file says rather than at the record, so that a record with another
    mistake is looked at too.
    """
    yield from check_prose(reading)
    yield from _check_dates(reading)
    yield from check_quotations(reading.document, below)


def check_prose(reading: Reading[Any]) -> Iterator[Problem]:
    """What is wrong with the prose of a brief or its translation as such."""
    document = reading.document
    paths: list[Path] = [("summary",)]
    paths += [("sections", number, "prose") for number, _ in each(reading.plain, "sections")]
    for path in paths:
        if not isinstance(text := document.value(path), str):
            continue
        issues = parse_prose(text).issues
        if not issues and not document.may_be_wrapped(text):
            continue
        node = document.node(path)
        assert node is not None
        if node.style == ">" or (not node.style and "\n" in document.text[node.start : node.end]):
            yield document.problem(
                node.location, "prose-folded", "this prose is folded", "write it behind a `|`"
            )
        for issue in issues:
            where = document.locate_inside(node, issue.offset)
            yield document.problem(where, issue.code, issue.message, issue.hint)


def _check_dates(reading: Reading[Brief]) -> Iterator[Problem]:
    document, brief = reading.document, reading.partial
    given = brief.model_fields_set
    if {"reviewed", "review_by"} <= given and brief.review_by.last <= brief.reviewed.first:
        yield document.problem(
            document.locate(("review_by",)),
            "review-order",
            f"the next review ({brief.review_by}) is not after the last ({brief.reviewed})",
        )
    if {"reviewed", "cutoff"} <= given and brief.cutoff.first > brief.reviewed.last:
        yield document.problem(
            document.locate(("cutoff",)),
            "review-order",
            f"the cut-off ({brief.cutoff}) is after the review ({brief.reviewed})",
        )


def check_quotations(document: Document, below: Mappings) -> Iterator[Problem]:
    """The length of every quotation of a file, whatever record the citation stands in."""
    for path, record in below.get("quotation", ()):
        if path[-2:-1] == ("sources",):
            yield from _check_quotation(document, record, (*path, "quotation"))


def _check_quotation(document: Document, citation: Plain, path: Path) -> Iterator[Problem]:
    quotation = citation.get("quotation")
    words = count_words(quotation) if isinstance(quotation, str) else 0
    node = document.node(path) if words > MAX_QUOTED_WORDS else None
    if node is not None:
        yield document.problem(
            node.location,
            "long-quotation",
            f"the quotation has {words} words; the limit is {MAX_QUOTED_WORDS}",
            "quote only the words that are the fact, and paraphrase the rest",
        )
