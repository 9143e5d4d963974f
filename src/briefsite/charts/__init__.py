"""Charts and timelines as pictures: SVG that is drawn from records, and the numbers as CSV."""

from briefsite.charts.band import Band, timeline_band
from briefsite.charts.files import chart_files
from briefsite.charts.picture import chart_picture, chart_words
from briefsite.charts.shown import Shown, show_chart
from briefsite.charts.table import chart_table
from briefsite.charts.tally import Counted, Tally, count_events, draw_tally

__all__ = [
    "Band",
    "Counted",
    "Shown",
    "Tally",
    "chart_files",
    "chart_picture",
    "chart_table",
    "chart_words",
    "count_events",
    "draw_tally",
    "show_chart",
    "timeline_band",
]
