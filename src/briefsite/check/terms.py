"""Terms that a brief names: each is in its analysis, where it can be explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefsite.check.plain import each, items
from briefsite.check.shape import Reading
from briefsite.model.names import forms_of, holds_any
from briefsite.model.prose import parse_prose
from briefsite.model.records import Brief, Registry, Term
from briefsite.report import Problem


def terms_of(reading: Reading[Registry]) -> dict[str, Term]:
    """The terms of a registry file that are right by themselves."""
    if "terms" not in reading.partial.model_fields_set:
        return {}
    return {term.id: term for term in reading.partial.terms if term is not None}


def check_terms(reading: Reading[Brief], terms: Mapping[str, Term]) -> Iterator[Problem]:
    """What a brief calls a term of its own, and has nowhere in its analysis."""
    listed = list(enumerate(items(reading.plain, "terms")))
    if not listed:
        return
    sections = [section.get("prose") for _, section in each(reading.plain, "sections")]
    told = [parse_prose(text) for text in sections if isinstance(text, str)]
    for number, key in listed:
        term = terms.get(key) if isinstance(key, str) else None
        if term is None or any(holds_any(prose, forms_of(term)) for prose in told):
            continue
        yield reading.document.problem(
            reading.document.locate(("terms", number)),
            "term-not-used",
            f"the analysis does not use '{term.name[:80]}', nor another form of it",
            "take it out, or add the form that is used to the `names:` of the term",
        )
