"""Claims and their figures as CSV (RFC 4180, UTF-8 without a mark at its head).

A spreadsheet runs a cell that starts like a formula. So a text that starts with `= + - @`, one of
their wide forms, or an apostrophe has an apostrophe put before it; take one away and the text is as
it was written. Numbers are numbers, and are never touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from briefsite.data.addresses import Addresses
from briefsite.data.json import json_line
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Claim, Figure, Record

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n'")

CLAIM_COLUMNS = (
    *("id", "brief", "address", "text", "kind", "said_by", "said_by_name", "said_with"),
    *("date", "date_first", "date_last", "as_of", "confidence", "confidence_reason"),
    *("sources", "citations", "figures", "actors", "places", "agreements"),
    *("state", "status", "contested", "response", "supersedes"),
    *("review_by", "compared", "language", "note"),
)
FIGURE_COLUMNS = (
    *("claim", "number", "brief", "address", "measures", "qualifier", "value", "high", "unit"),
    *("year", "year_first", "year_last", "confidence", "state", "text"),
)


def claims_csv(library: Library, entries: Iterable[BriefEntry], addresses: Addresses) -> bytes:
    """One row a claim, with every field: lists of ids parted by spaces, records as JSON."""
    return to_csv(
        CLAIM_COLUMNS,
        (
            _claim(library, entry, claim, addresses)
            for entry in entries
            for claim in entry.record.claims
        ),
    )


def figures_csv(library: Library, entries: Iterable[BriefEntry], addresses: Addresses) -> bytes:
    """One row a figure, in the order of the claims; `number` counts the figures of each from 1."""
    return to_csv(
        FIGURE_COLUMNS,
        (
            _figure(library, entry, claim, number, figure, addresses)
            for entry in entries
            for claim in entry.record.claims
            for number, figure in enumerate(claim.figures, 1)
        ),
    )


def inert(text: str) -> str:
    """A text as a cell that no spreadsheet runs."""
    return f"'{text}" if text[:1] in _FORMULA else text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """Rows below the names of their columns; no spreadsheet runs a text of them."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        # Nearly all cells are texts that stay as they are.
        writer.writerow(
            [
                cell if type(cell) is str and cell[:1] not in _FORMULA else _written(cell)
                for cell in row
            ]
        )
    return file.getvalue().encode()


def _written(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return inert(cell)
    return "" if cell is None else repr(cell).removesuffix(".0")


def _address(entry: BriefEntry, claim: Claim, addresses: Addresses) -> str:
    return addresses.nearest(f"briefs/{entry.id}/#{claim.id}")


def _claim(
    library: Library, entry: BriefEntry, claim: Claim, addresses: Addresses
) -> tuple[str | float | None, ...]:
    return (
        *(claim.id, entry.id, _address(entry, claim, addresses), claim.text, claim.kind),
        *(claim.said_by, library.actors[claim.said_by].name, " ".join(claim.said_with)),
        *(str(claim.date), *_days(claim), str(claim.as_of)),
        *(claim.confidence.level, claim.confidence.reason),
        " ".join(dict.fromkeys(citation.source for citation in claim.sources)),
        *(_json(claim.sources), _json(claim.figures)),
        *(" ".join(claim.actors), " ".join(claim.places), " ".join(claim.agreements)),
        *(library.state_of(claim.id), _json(claim.status), _json(claim.contested)),
        *(_json(claim.response), " ".join(claim.supersedes)),
        *(str(claim.review_by or ""), str(claim.compared), claim.language, claim.note or ""),
    )


def _figure(
    library: Library,
    entry: BriefEntry,
    claim: Claim,
    number: int,
    figure: Figure,
    addresses: Addresses,
) -> tuple[str | float | None, ...]:
    last = "" if figure.year.end is None else figure.year.last.isoformat()
    return (
        *(claim.id, number, entry.id, _address(entry, claim, addresses), figure.measures),
        *(figure.qualifier or "", figure.value, figure.high, figure.unit),
        *(str(figure.year), figure.year.first.isoformat(), last),
        *(claim.confidence.level, library.state_of(claim.id), claim.text),
    )


def _days(claim: Claim) -> tuple[str, str]:
    """The first and the last day that a date can mean, for sorting; an open end has none."""
    first = claim.date.first.isoformat() if claim.date.start else ""
    return first, claim.date.last.isoformat() if claim.date.end else ""


def _json(value: Record | Sequence[Record] | None) -> str:
    return json_line(value) if value else ""
