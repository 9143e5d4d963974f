"""Charts: figures that are there, of one unit, and can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from briefsite.check.evidence import Evidence
from briefsite.check.shape import Reading
from briefsite.check.units import standard
from briefsite.load import Path
from briefsite.model.charts import ChartError, plot
from briefsite.model.records import Brief, Chart
from briefsite.report import Problem


def check_charts(reading: Reading[Brief], evidence: Evidence) -> Iterator[Problem]:
    """The charts of a brief that cannot be drawn from the figures of its claims."""
    if "charts" not in reading.partial.model_fields_set:
        return
    for number, chart in enumerate(reading.partial.charts):
        # A mark or a claim that is not whole has a problem of its own.
        if chart is None or any(mark.claim not in evidence.whole_claims for mark in chart.marks):
            continue
        try:
            plot(chart, evidence.whole_claims)
        except ChartError as error:
            if error.code == "mixed-units" and _are_misspelt(chart, evidence):
                continue  # they may be one unit
            path: Path = ("charts", number, "marks", error.mark)
            where = reading.document.locate((*path, error.key) if error.key else path)
            yield reading.document.problem(where, error.code, str(error), error.hint)


def _are_misspelt(chart: Chart, evidence: Evidence) -> bool:
    claims = {mark.claim: evidence.whole_claims[mark.claim] for mark in chart.marks}
    return any(standard(figure.unit) for claim in claims.values() for figure in claim.figures)
