"""A chart as an SVG picture: for a page, whose style it takes, or to stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from markupsafe import Markup

from briefsite.charts.bars import SMALL, draw_bars
from briefsite.charts.columns import draw_columns
from briefsite.charts.svg import element, text
from briefsite.charts.words import Row, key_words, rows, sentence
from briefsite.languages import ENGLISH, Language
from briefsite.lettering import wrapped
from briefsite.model.charts import Plot
from briefsite.model.library import Library

WIDTH = 328.0
"""The width of a chart in pixels: that of a phone, so that letters keep their size there."""
_STYLE = Path(__file__).parents[1] / "theme" / "assets" / "briefsite" / "charts.css"
_TITLE = 15.0

Link = Callable[[str], str]
"""Claim id → where its evidence is, as seen from the page."""


def chart_picture(
    plot: Plot,
    library: Library,
    link: Link | None = None,
    *,
    bare: bool = False,
    language: Language = ENGLISH,
) -> Markup:
    """A chart as SVG.

    With a `link` it is a part of a page: each figure leads to its evidence, and the page has the
    title, the key and the style. Without one it is a document that says all of that itself; a
    `bare` one leaves to others to say it.
    """
    found, shared = rows(plot, library, language)
    hatch = f"{plot.record.id}.hatch"
    parts: list[Markup] = []
    y = 0.0
    if link is None and not bare:
        y = _lines(parts, plot.record.title, _TITLE, y, "title")
    y = _lines(parts, " · ".join((_opening(plot.unit), *shared)), SMALL, y, "fact") + 8
    if any("low" in row.traits for row in found):
        parts.append(_pattern(hatch))

    def linked(row: Row, shapes: Markup) -> Markup:
        if link is None:
            return element("g", shapes)
        # Material's instant navigation rewrites each `href` it finds, and of SVG that is no text.
        to = {"xlink:href": link(row.datum.claim.id)}
        return element("a", shapes, aria_label=sentence(row, library, language), **to)

    draw = draw_columns if plot.form == "columns" else draw_bars
    drawn = draw(plot, found, width=WIDTH, top=y, hatch=hatch, linked=linked, language=language)
    parts.append(drawn.shapes)
    y = drawn.bottom + 4
    named = f"{plot.record.id}.title"
    if link is not None:
        more = {"data_chart": plot.record.id, "xmlns:xlink": "http://www.w3.org/1999/xlink"}
        return _svg(plot, y, *parts, role="group", aria_labelledby=named, **more)
    if not bare:
        y = _lines(parts, " ".join(key_words(found, language)), SMALL, y + 4, "fact")
        y = _lines(parts, _sources(plot, library, language), SMALL, y + 4, "fact") + 6
    head = [
        element("title", plot.record.title, id=named),
        element("desc", chart_words(plot, library, language), id=f"{plot.record.id}.desc"),
        element("style", Markup(style())),  # noqa: S704
    ]
    if not bare:
        ground = {"x": -12.0, "y": -8.0, "width": WIDTH + 24, "height": y + 16}
        head.append(element("rect", cls="paper", **ground))
    ids = f"{named} {plot.record.id}.desc"
    return _svg(plot, y, *head, *parts, role="img", lang=language.code, aria_labelledby=ids)


def chart_words(plot: Plot, library: Library, language: Language = ENGLISH) -> str:
    """All figures of a chart, for those who do not see it."""
    found, _ = rows(plot, library, language)
    return f"{'; '.join(sentence(row, library, language) for row in found)}."


def _opening(unit: str) -> str:
    """A unit as a line opens with it; short ones, such as `km`, keep their letters."""
    word = unit.partition(" ")[0]
    return unit if len(word) < 4 else unit[0].upper() + unit[1:]


def _svg(plot: Plot, height: float, *inside: Markup, **attributes: str) -> Markup:
    alone = attributes["role"] == "img"
    x, y, wide, high = (-12, -8, WIDTH + 24, height + 16) if alone else (0, 0, WIDTH, height)
    return element(
        "svg",
        *inside,
        xmlns="http://www.w3.org/2000/svg" if alone else None,
        cls=f"ink chart {plot.form}",
        width=wide,
        height=high,
        viewBox=f"{x} {y} {wide:.0f} {high:.0f}",
        **attributes,
    )


def _lines(parts: list[Markup], words: str, size: float, y: float, cls: str) -> float:
    """Put a text below `y`, in as many lines as it takes; where it ends."""
    for line in wrapped(words, size * 1.06, WIDTH):
        y += round(size * 1.25)
        parts.append(text(line, 0.0, y - 3, cls=cls))
    return y


def _pattern(identity: str) -> Markup:
    shapes = (
        element("rect", cls="tint", width=5.0, height=5.0),
        element("path", cls="hatch", d="M0 0V5"),
    )
    turned = {"patternTransform": "rotate(45)", "patternUnits": "userSpaceOnUse"}
    return element("pattern", *shapes, id=identity, width=5.0, height=5.0, **turned)


def _sources(plot: Plot, library: Library, language: Language) -> str:
    """The works that the figures are from, and who put them together."""
    cited = (c.source for datum in plot.data for c in datum.claim.sources)
    labels = dict.fromkeys(library.sources[key].called(language.date) for key in cited)
    told = language.gettext("Sources: %(labels)s.", labels="; ".join(labels))
    return f"{told} {library.publication.title}."


@cache
def style() -> str:
    """The ink without its comments and line breaks. `]]>` and `<` do not occur in it."""
    css = _STYLE.read_text(encoding="utf-8").partition("/* On a page */")[0]
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()
