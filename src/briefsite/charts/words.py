"""What a chart says in words: for its labels, for its key, and for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefsite.model.charts import Datum, Plot
from briefsite.model.library import Library
from briefsite.model.records import Figure
from briefsite.model.units import number_words

_KEY = (
    ("range", "Faint: from the low end of a range to its high end."),
    ("ceiling", "Faint throughout: up to this, or less."),
    ("open", "Arrow: this or more."),
    ("rough", "Striped end: about."),
    ("low", "Hatched: low confidence."),
    ("contested", "Broken edge: contested."),
    ("gone", "Hollow: overtaken, replaced or withdrawn since."),
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


def rows(plot: Plot, library: Library) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The figures of a chart, and what is true of all of them."""
    facts = [_facts(datum, library, dated=plot.form == "bars") for datum in plot.data]
    shared = tuple(fact for fact in facts[0] if all(fact in others for others in facts))
    return (
        tuple(
            Row(
                datum,
                value_words(datum.figure, unit=datum.figure.unit != plot.unit),
                tuple(f for f in own if f not in shared),
                _traits(datum, library),
            )
            for datum, own in zip(plot.data, facts, strict=True)
        ),
        shared,
    )


def value_words(figure: Figure, *, unit: bool) -> str:
    """A figure as its source gives it, such as `up to 2.5` or `2–4 billion USD`."""
    hedge = f"{figure.qualifier} " if figure.qualifier else ""
    high = "" if figure.high is None else f"–{_number(figure.high)}"
    return f"{hedge}{_number(figure.value)}{high}{f' {figure.unit}' if unit else ''}"


def _number(value: float) -> str:
    return number_words(Decimal(repr(value)))


def sentence(row: Row, library: Library) -> str:
    """All of a figure in one sentence."""
    datum = row.datum
    period = datum.figure.year.words()
    label = datum.label if datum.label == period else f"{datum.label}, {period}"
    facts = ", ".join(_facts(datum, library, dated=False))
    return f"{label}: {value_words(datum.figure, unit=True)} ({facts})"


def _facts(datum: Datum, library: Library, *, dated: bool) -> list[str]:
    claim = datum.claim
    period = datum.figure.year.words()
    facts = [period] if dated and period not in (datum.group, datum.label) else []
    facts.append(f"said by {library.speakers_of(claim)}")
    if claim.is_contested:
        facts.append("contested")
    if claim.confidence.level == "low":
        facts.append("low confidence")
    state = library.state_of(claim.id)
    return facts if state == "current" else [*facts, state]


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


def key_words(found: Sequence[Row]) -> tuple[str, ...]:
    """How to read what is not simply a full bar: a sentence for each trait that occurs."""
    seen = frozenset[str]().union(*(row.traits for row in found))
    return tuple(words for trait, words in _KEY if trait in seen)
