"""The figures of a chart as CSV, with who says each and how sure it is."""

from __future__ import annotations

from briefsite.data import Addresses, to_csv
from briefsite.model.charts import Datum, Plot
from briefsite.model.library import Library

COLUMNS = (
    *("label", "measures", "year", "qualifier", "value", "high", "unit", "said_by"),
    *("confidence", "contested", "state", "claim", "address", "sources"),
)


def chart_table(plot: Plot, library: Library, addresses: Addresses) -> bytes:
    """One row a figure, as its source gives it: numbers and units are not converted."""
    return to_csv(COLUMNS, (_row(datum, library, addresses) for datum in plot.data))


def _row(datum: Datum, library: Library, addresses: Addresses) -> tuple[str | float | None, ...]:
    claim, figure = datum.claim, datum.figure
    return (
        *(datum.label, figure.measures, str(figure.year), figure.qualifier or ""),
        *(figure.value, figure.high, figure.unit, library.speakers_of(claim)),
        *(claim.confidence.level, "yes" if claim.is_contested else "no"),
        *(library.state_of(claim.id), claim.id),
        addresses.nearest(f"briefs/{library.home[claim.id]}/#{claim.id}"),
        " ".join(dict.fromkeys(citation.source for citation in claim.sources)),
    )
