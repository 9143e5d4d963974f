"""Charts with their figures put in place: what is drawn, in one unit, and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from briefsite.model.dates import Edtf
from briefsite.model.records import Chart, Claim, Figure, Mark
from briefsite.model.units import in_power, split_unit

Form = Literal["columns", "bars"]


class ChartError(ValueError):
    """A chart that cannot be drawn; `mark` is the number of the mark that is wrong, from 0."""

    def __init__(self, code: str, message: str, hint: str, mark: int, key: str = "") -> None:
        super().__init__(message)
        self.code, self.hint, self.mark, self.key = code, hint, mark, key


@dataclass(frozen=True, slots=True)
class Datum:
    """A figure in a chart, in the chart's unit.

    It is drawn full up to `low` and faint from there to `high`: between them lies what the source
    leaves open. What is `open` may go on, and of what is `rough` the end is not exact.
    """

    claim: Claim
    figure: Figure
    label: str
    low: Decimal
    high: Decimal
    group: str = ""

    @property
    def is_open(self) -> bool:
        return self.figure.qualifier in ("at least", "more than")

    @property
    def is_rough(self) -> bool:
        return self.figure.qualifier == "about"


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart ready to draw: columns in the order of time, bars in that of the file."""

    record: Chart
    form: Form
    unit: str
    data: tuple[Datum, ...]

    @property
    def top(self) -> Decimal:
        """The highest value that any of it can have."""
        return max(datum.high for datum in self.data)


def plot(record: Chart, claims: Mapping[str, Claim]) -> Plot:
    """Put the figures of `claims` in place of a chart's marks. Raises ChartError."""
    found = [_figure(mark, claims[mark.claim], at) for at, mark in enumerate(record.marks)]
    power = _power(found)
    data: list[Datum] = []
    for at, (mark, figure) in enumerate(zip(record.marks, found, strict=True)):
        if any(figure is other.figure for other in data):
            raise _bad("this figure stands in the chart already", "once is enough", at)
        if figure.value < 0:
            raise _bad("bars start at zero, and this figure lies below", "leave it out", at)
        data.append(_datum(claims[mark.claim], figure, mark.label, power))
    if not any(datum.high for datum in data):
        raise _bad("all figures are zero", "a sentence says as much", 0)
    unit = next(f.unit for f in found if split_unit(f.unit)[0] == power)
    if _are_columns(record.marks, found):
        ordered = sorted(data, key=lambda datum: datum.figure.year.sort_key)
        return Plot(record, "columns", unit, tuple(ordered))
    return Plot(record, "bars", unit, _grouped(data))


def _bad(message: str, hint: str, mark: int, key: str = "") -> ChartError:
    return ChartError("bad-chart", message, hint, mark, key)


def _figure(mark: Mark, claim: Claim, at: int) -> Figure:
    count = len(claim.figures)
    if mark.figure is None and count > 1:
        message = f"claim '{claim.id}' has {count} figures"
        raise _bad(message, f"add `figure:`, a number from 1 to {count}", at, "claim")
    number = mark.figure or 1
    if number > count:
        message = (
            f"claim '{claim.id}' has no figure number {number}"
            if count
            else (f"claim '{claim.id}' has no figure")
        )
        hint = "a chart draws the `figures` of claims, and nothing else"
        raise _bad(message, hint, at, "figure" if mark.figure else "claim")
    return claim.figures[number - 1]


def _power(figures: Sequence[Figure]) -> int:
    """The power of ten that the largest figure is written in."""
    units = [split_unit(figure.unit) for figure in figures]
    for at, (_, counted) in enumerate(units):
        if counted != units[0][1]:
            first, other = figures[0].unit, figures[at].unit
            raise ChartError(
                "mixed-units",
                f"a figure in {other} beside one in {first}",
                "one chart, one unit: make a chart of each",
                at,
            )
    powers = [power for power, _ in units]
    largest = max(range(len(figures)), key=lambda at: in_power(figures[at].value, powers[at], 0))
    return powers[largest]


def _datum(claim: Claim, figure: Figure, label: str | None, power: int) -> Datum:
    given = split_unit(figure.unit)[0]
    value = in_power(figure.value, given, power)
    high = value if figure.high is None else in_power(figure.high, given, power)
    is_ceiling = figure.high is None and figure.qualifier in ("up to", "less than")
    low = Decimal(0) if is_ceiling else value
    return Datum(claim, figure, label or figure.measures, low, high)


def _are_columns(marks: Sequence[Mark], figures: Sequence[Figure]) -> bool:
    """Whether the figures are one measure at times that are known and do not overlap."""
    if any(mark.label for mark in marks) or len({f.measures.casefold() for f in figures}) > 1:
        return False
    times = sorted((figure.year for figure in figures), key=lambda year: year.sort_key)
    bounded = all(year.start is not None and year.end is not None for year in times)
    return bounded and all(a.last < b.first for a, b in pairwise(times))


def _grouped(data: Sequence[Datum]) -> tuple[Datum, ...]:
    """The bars; where a label comes more than once, by the period they are true of."""
    if len({datum.label for datum in data}) == len(data):
        return tuple(data)
    seen: dict[tuple[str, Edtf], int] = {}
    for at, datum in enumerate(data):
        key = (datum.label, datum.figure.year)
        if key in seen:
            message = f"two bars are called '{datum.label}', and are of the same time"
            raise _bad(message, "give each a `label`", at)
        seen[key] = at
    order = {year: at for at, year in enumerate(dict.fromkeys(d.figure.year for d in data))}
    if len({datum.label for datum in data}) == 1:
        return tuple(replace(datum, label=datum.figure.year.words()) for datum in data)
    if len(order) == len(data):  # a group of one bar needs no heading
        return tuple(data)
    ranked = sorted(data, key=lambda datum: order[datum.figure.year])
    return tuple(replace(datum, group=datum.figure.year.words()) for datum in ranked)
