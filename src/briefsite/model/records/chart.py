"""A chart: figures of claims that are drawn together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from briefsite.model.records.fields import ClaimId, FormerIds, Id, Line, Record


class Mark(Record):
    """A figure of a claim, as it stands in a chart: its number is never typed again."""

    claim: ClaimId
    """The claim whose figure it is."""
    figure: Annotated[int, Field(ge=1, le=50)] | None = None
    """Which figure of the claim, counted from 1; needed where the claim has several."""
    label: Annotated[Line, StringConstraints(max_length=80)] | None = None
    """What it is called here, such as the supplier; without it, what the figure measures."""


class Chart(Record):
    """Figures drawn together. Its form follows from them.

    Figures of one measure, each of a time of its own and without a label, are columns over time;
    all others are bars, by label, and by period where a label comes more than once.
    """

    id: Id
    """Its address on the page."""
    formerly: FormerIds = ()
    title: Line
    """What it shows, without a number."""
    marks: Annotated[tuple[Mark, ...], Field(min_length=2, max_length=24)]
    """The figures, all in one unit (thousands and millions of it are the same unit), in their
    order from the top; columns stand in the order of time."""
