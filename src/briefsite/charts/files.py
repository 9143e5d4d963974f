"""The charts of a publication as files: a picture and a table of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from briefsite.charts.picture import chart_picture
from briefsite.charts.table import chart_table
from briefsite.data import Addresses
from briefsite.languages import ENGLISH, Language
from briefsite.model.charts import plot
from briefsite.model.library import Library
from briefsite.model.records import Chart
from briefsite.model.wanted import Wanted


def chart_files(
    library: Library,
    addresses: Addresses,
    language: Language = ENGLISH,
    wanted: Wanted | None = None,
) -> Mapping[str, Callable[[], bytes]]:
    """Site path of each file, with what makes it; of some briefs, if not all are wanted."""
    makers: dict[str, Callable[[], bytes]] = {}
    for key in library.briefs if wanted is None else wanted.of("charts"):
        entry = library.briefs[key]
        for chart in entry.record.charts:
            stem = f"charts/{entry.id}/{chart.id}"
            makers[f"{stem}.svg"] = partial(_picture, chart, library, language)
            makers[f"{stem}.csv"] = partial(_table, chart, library, addresses)
    return makers


def _picture(chart: Chart, library: Library, language: Language) -> bytes:
    return chart_picture(plot(chart, library.claims), library, language=language).encode()


def _table(chart: Chart, library: Library, addresses: Addresses) -> bytes:
    return chart_table(plot(chart, library.claims), library, addresses)
