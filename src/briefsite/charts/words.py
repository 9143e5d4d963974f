"""What a chart says in words: for its labels, for its key, and for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefsite.languages import N_, Language
from briefsite.model.charts import Datum, Plot
from briefsite.model.library import Library
from briefsite.model.records import Figure
from briefsite.model.units import number_words

_KEY = (
    ("range", N_("Faint: from the low end of a range to its high end.")),
    ("ceiling", N_("Faint throughout: up to this, or less.")),
    ("open", N_("Arrow: this or more.")),
    ("rough", N_("Striped end: about.")),
    ("low", N_("Hatched: low confidence.")),
    ("contested", N_("Broken edge: contested.")),
    ("gone", N_("Hollow: overtaken, replaced or withdrawn since.")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a chart with all that is said of it.

    `facts` are those that not all of the chart's figures share; `traits` say how it is drawn.
    """

    datum: Datum
    value: str
    facts: tuple[str, ...]
    traits: frozenset[str]


def rows(
    plot: Plot, library: Library, language: Language
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The figures of a chart, and what is true of all of them."""
    data = [_named(datum, language) for datum in plot.data]
    facts = [_facts(datum, library, language, dated=plot.form == "bars") for datum in data]
    shared = tuple(fact for fact in facts[0] if all(fact in others for others in facts))
    return (
        tuple(
            Row(
                datum,
                value_words(datum.figure, language, unit=datum.figure.unit != plot.unit),
                tuple(f for f in own if f not in shared),
                _traits(datum, library),
            )
            for datum, own in zip(data, facts, strict=True)
        ),
        shared,
    )


def _named(datum: Datum, language: Language) -> Datum:
    """A figure whose label or group, if that is its period, is said in the language."""
    period = datum.figure.year.words()
    if language.is_english or period not in (datum.label, datum.group):
        return datum
    said = language.date(datum.figure.year)
    label = said if datum.label == period else datum.label
    return replace(datum, label=label, group=said if datum.group == period else datum.group)


def value_words(figure: Figure, language: Language, *, unit: bool) -> str:
    """A figure as its source gives it, such as `up to 2.5` or `2–4 billion USD`."""
    hedge = f"{language.pgettext('hedge', figure.qualifier)} " if figure.qualifier else ""
    high = "" if figure.high is None else f"–{_number(figure.high, language)}"
    return f"{hedge}{_number(figure.value, language)}{high}{f' {figure.unit}' if unit else ''}"


def _number(value: float, language: Language) -> str:
    return language.numerals(number_words(Decimal(repr(value))))


def sentence(row: Row, library: Library, language: Language) -> str:
    """All of a figure in one sentence."""
    datum = row.datum
    period = language.date(datum.figure.year)
    label = datum.label if datum.label == period else f"{datum.label}, {period}"
    facts = ", ".join(_facts(datum, library, language, dated=False))
    return f"{label}: {value_words(datum.figure, language, unit=True)} ({facts})"


def _facts(datum: Datum, library: Library, language: Language, *, dated: bool) -> list[str]:
    claim = datum.claim
    period = language.date(datum.figure.year)
    facts = [period] if dated and period not in (datum.group, datum.label) else []
    facts.append(language.gettext("said by %(who)s", who=library.speakers_of(claim)))
    if claim.is_contested:
        facts.append(language.gettext("contested"))
    if claim.confidence.level == "low":
        facts.append(language.gettext("low confidence"))
    state = library.state_of(claim.id)
    return facts if state == "current" else [*facts, language.pgettext("state", state)]


def _traits(datum: Datum, library: Library) -> frozenset[str]:
    claim = datum.claim
    held = {
        "range": datum.figure.high is not None,
        "ceiling": datum.figure.high is None and datum.low < datum.high,
        "open": datum.is_open,
        "rough": datum.is_rough and datum.low > Decimal(0),
        "low": claim.confidence.level == "low",
        "contested": claim.is_contested,
        "gone": library.state_of(claim.id) != "current",
    }
    return frozenset(name for name, holds in held.items() if holds)


def key_words(found: Sequence[Row], language: Language) -> tuple[str, ...]:
    """How to read what is not simply a full bar: a sentence for each trait that occurs."""
    seen = frozenset[str]().union(*(row.traits for row in found))
    return tuple(language.gettext(words) for trait, words in _KEY if trait in seen)
