"""What a source got wrong, and the arithmetic that shows it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from briefsite.model.records.evidence import Citation
from briefsite.model.records.fields import (
    ClaimId,
    Date,
    FormerIds,
    Id,
    Line,
    Record,
    SourceId,
    Text,
)


class Quantity(Record):
    """A value that a sum is made from, and where it comes from."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,31}$")]
    """Its name in the formula."""
    claim: ClaimId | None = None
    """A claim whose figure or date it is."""
    figure: Annotated[int, Field(ge=1, le=50)] | None = None
    """Which figure of the claim, counted from 1."""
    date: Literal["start", "end"] | None = None
    """Which end of the claim's date."""
    value: float | None = None
    """A number that is no figure of a claim here, in `unit`."""
    unit: Line | None = None
    """Unit of `value`."""
    day: Date | None = None
    """A date that is no date of a claim here."""
    sources: tuple[Citation, ...] = ()
    """Where `value` or `day` is said."""

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        given = [
            self.claim is not None and self.figure is not None,
            self.claim is not None and self.date is not None,
            self.value is not None,
            self.day is not None,
        ]
        if given.count(True) != 1 or (self.claim is not None and not (given[0] or given[1])):
            raise PydanticCustomError(
                "missing_evidence",
                "a quantity is 'claim' with 'figure' or 'date', or 'value' with 'unit', or 'day'",
            )
        if self.claim is None and not self.sources:
            raise PydanticCustomError("missing_evidence", "a typed value needs 'sources'")
        if self.value is not None and self.unit is None:
            raise PydanticCustomError("missing_evidence", "a 'value' needs its 'unit'")
        return self


class Sum(Record):
    """Arithmetic that the build does: the result is computed, never typed."""

    label: Line
    """What is computed, such as 'Barrels in a tonne'."""
    quantities: Annotated[tuple[Quantity, ...], Field(min_length=1, max_length=12)]
    """What it is computed from."""
    formula: Line
    """Names of quantities, numbers, + - * / and brackets; year(d) and weekday(d) of dates."""
    unit: Line | None = None
    """Unit of the result, such as 'barrels per tonne'; none for a date or a day of the week."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    """How many decimals of the result are shown."""


class Correction(Record):
    """What a source got wrong, or what was checked and found right, with the evidence."""

    id: Id
    """Its address: corrections/#ID."""
    formerly: FormerIds = ()
    source: SourceId
    """The source."""
    locator: Line
    """Where in the source."""
    kind: Literal[
        "date", "number", "name", "attribution", "citation", "wording", "omission", "checked"
    ]
    """What is wrong; 'checked' for a check that found nothing wrong."""
    severity: Literal["high", "moderate", "low", "none"]
    """How far it would mislead a reader; 'none' for what was found right."""
    says: Text
    """What the source says, paraphrased."""
    problem: Text
    """What is wrong with it, or what was checked."""
    evidence: Text
    """What shows that."""
    claims: tuple[ClaimId, ...] = ()
    """Claims here that it concerns."""
    sources: tuple[Citation, ...] = ()
    """Where the evidence is said."""
    sums: tuple[Sum, ...] = ()
    """Arithmetic that shows it, done by the build."""
    handling: Text
    """What this publication writes instead."""
