"""A chart on a page: the picture, how to read it, and what it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefsite.charts.picture import Link, chart_picture
from briefsite.charts.words import key_words, rows
from briefsite.languages import ENGLISH, Language
from briefsite.model.charts import Datum, plot
from briefsite.model.library import Library
from briefsite.model.records import Chart


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of a chart; `claims` are the ids of those it rests on, each once."""

    picture: Markup
    key: tuple[str, ...]
    data: tuple[Datum, ...]
    claims: tuple[str, ...]


def show_chart(chart: Chart, library: Library, link: Link, language: Language = ENGLISH) -> Shown:
    """A chart for a page from which `link` leads to the evidence of a claim."""
    drawn = plot(chart, library.claims)
    claims = tuple(dict.fromkeys(datum.claim.id for datum in drawn.data))
    key = key_words(rows(drawn, library, language)[0], language)
    return Shown(chart_picture(drawn, library, link, language=language), key, drawn.data, claims)
