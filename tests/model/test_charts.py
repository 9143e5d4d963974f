"""Charts: which form figures take, in which unit, and why a chart cannot be drawn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from briefsite.model.charts import ChartError, Plot, plot
from briefsite.model.records import Chart, Claim
from briefsite.model.units import number_words, split_unit


def claim(*figures: dict[str, Any]) -> Claim:
    return Claim.model_validate(
        {
            "id": "said",
            "text": "In 2020 it was said.",
            "kind": "figure",
            "said_by": "office",
            "sources": ({"source": "report", "locator": "p. 1"},),
            "date": "2020",
            "as_of": "2020",
            "confidence": {"level": "high", "reason": "It was counted twice."},
            "figures": figures,
            "compared": "2024-03-04",
        }
    )


def figure(value: float, unit: str = "km", year: str = "2011", **more: Any) -> dict[str, Any]:
    return {"measures": "road", "value": value, "unit": unit, "year": year, **more}


def plotted(*figures: dict[str, Any], labels: tuple[str | None, ...] = ()) -> Plot:
    given = labels or (None,) * len(figures)
    marks = tuple(
        {"claim": "said", "figure": number, **({"label": label} if label else {})}
        for number, label in enumerate(given, start=1)
    )
    chart = Chart.model_validate({"id": "chart", "title": "Roads", "marks": marks})
    return plot(chart, {"said": claim(*figures)})


def test_one_measure_at_several_times_is_columns_in_their_order() -> None:
    found = plotted(figure(3, year="2013"), figure(1, year="2011"), figure(2, year="2012-05"))
    assert found.form == "columns"
    assert [datum.figure.year.text for datum in found.data] == ["2011", "2012-05", "2013"]


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param((figure(1), figure(2, year="2012", measures="rail")), id="two measures"),
        pytest.param((figure(1, year="2010/2014"), figure(2, year="2012/2016")), id="overlap"),
        pytest.param((figure(1), figure(2, year="2012/..")), id="open"),
    ],
)
def test_what_has_no_place_of_its_own_in_time_is_bars(figures: tuple[dict[str, Any], ...]) -> None:
    assert plotted(*figures).form == "bars"


def test_labels_make_bars_in_the_order_of_the_file() -> None:
    found = plotted(figure(1, year="2012"), figure(2, year="2011"), labels=("South", "North"))
    assert (found.form, [datum.label for datum in found.data]) == ("bars", ["South", "North"])
    assert {datum.group for datum in found.data} == {""}


def test_a_label_that_comes_again_groups_the_bars_by_period() -> None:
    figures = [figure(n, year=year) for n, year in enumerate(("2011", "2011", "2012", "2012"), 1)]
    found = plotted(*figures, labels=("North", "South", "South", "North"))
    assert [(datum.group, datum.label) for datum in found.data] == [
        ("2011", "North"),
        ("2011", "South"),
        ("2012", "South"),
        ("2012", "North"),
    ]


def test_one_label_over_overlapping_periods_is_called_by_them() -> None:
    found = plotted(figure(1, year="2010/2014"), figure(2, year="2012/2016"))
    assert [datum.label for datum in found.data] == ["2010–2014", "2012–2016"]


def test_figures_are_drawn_in_the_unit_of_the_largest() -> None:
    found = plotted(
        figure(1.2, "billion USD"), figure(825, "million USD"), figure(5000, "USD"),
        labels=("A", "B", "C"),
    )  # fmt: skip
    assert found.unit == "billion USD"
    assert [datum.high for datum in found.data] == [
        Decimal("1.2"),
        Decimal("0.825"),
        Decimal("0.000005"),
    ]


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        (figure(2), 2, 2),
        (figure(2, high=4), 2, 4),
        (figure(2, qualifier="up to"), 0, 2),
        (figure(2, qualifier="less than"), 0, 2),
        (figure(2, qualifier="at least"), 2, 2),
        (figure(2, qualifier="about", high=3), 2, 3),
        (figure(2, qualifier="up to", high=3), 2, 3),
    ],
)
def test_what_a_source_leaves_open_lies_between_low_and_high(
    given: dict[str, Any], low: int, high: int
) -> None:
    found = plotted(given, figure(1, year="2012")).data[0]
    assert (int(found.low), int(found.high)) == (low, high)


def test_only_at_least_and_more_than_are_open() -> None:
    hedges = ("at least", "more than", "about", "up to", "less than", None)
    data = [plotted(figure(2, qualifier=hedge), figure(1, year="2012")).data[0] for hedge in hedges]
    assert [datum.is_open for datum in data] == [True, True, False, False, False, False]
    assert [datum.is_rough for datum in data] == [False, False, True, False, False, False]


@pytest.mark.parametrize(
    ("figures", "labels", "code", "mark"),
    [
        ((figure(1), figure(2, "km²")), (), "mixed-units", 1),
        ((figure(1, "million"), figure(2, "million km")), (), "mixed-units", 1),
        ((figure(0), figure(0, year="2012")), (), "bad-chart", 0),
        ((figure(1), figure(-1, year="2012")), (), "bad-chart", 1),
        ((figure(1), figure(2)), (), "bad-chart", 1),
        ((figure(1), figure(2)), ("A", "A"), "bad-chart", 1),
        ((figure(1),), (None, None), "bad-chart", 1),
    ],
)
def test_what_cannot_be_drawn_says_which_mark(
    figures: tuple[dict[str, Any], ...], labels: tuple[str | None, ...], code: str, mark: int
) -> None:
    with pytest.raises(ChartError) as caught:
        plotted(*figures, labels=labels)
    assert (caught.value.code, caught.value.mark) == (code, mark)


def test_units_and_numbers_in_words() -> None:
    assert split_unit("million barrels a day") == (6, "barrels a day")
    assert split_unit("Billion USD") == (9, "USD")
    assert split_unit("km") == (0, "km")
    assert split_unit("thousand") == (3, "")
    assert number_words(Decimal("1234567.50")) == "1,234,567.5"
    assert number_words(Decimal("20")) == "20"
    assert number_words(Decimal("-3")) == "−3"
