"""Sums: what a formula makes of figures and dates, and why a sum cannot be done."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from briefsite.model.records import Claim, Sum
from briefsite.model.sums import Computed, SumError, compute

CITATION = {"source": "report", "locator": "p. 1"}


def claim(identity: str, date: str, *figures: dict[str, Any]) -> Claim:
    return Claim.model_validate(
        {
            "id": identity,
            "text": "In 2020 it was said.",
            "kind": "event",
            "said_by": "office",
            "sources": (CITATION,),
            "date": date,
            "as_of": "2020",
            "confidence": {"level": "high", "reason": "It was counted twice."},
            "figures": figures,
            "compared": "2024-03-04",
        }
    )


def figure(value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"measures": "oil", "value": value, "unit": unit, "year": "2011", **more}


CLAIMS = {
    one.id: one
    for one in (
        claim("trade", "2011", figure(2.1, "billion USD"), figure(18.5, "million barrels")),
        claim("tonnes", "2011", figure(2.5, "million tonnes"), figure(0.1, "%")),
        claim("range", "2011", figure(40, "km", high=45)),
        claim("war", "2020-09-27/2020-11-10"),
        claim("open", "2019/.."),
        claim("century", "18XX"),
        claim("leap", "2020-02-29"),
    )
}
MONEY = {"name": "money", "claim": "trade", "figure": 1}
BARRELS = {"name": "barrels", "claim": "trade", "figure": 2}
TONNES = {"name": "tonnes", "claim": "tonnes", "figure": 1}
SHARE = {"name": "share", "claim": "tonnes", "figure": 2}
START = {"name": "start", "claim": "war", "date": "start"}
END = {"name": "end", "claim": "war", "date": "end"}
LEAP = {"name": "leap", "claim": "leap", "date": "start"}
TYPED = {"name": "typed", "value": 7.0, "unit": "tankers", "sources": (CITATION,)}
DAY = {"name": "day", "day": "2011-05-03", "sources": (CITATION,)}


def done(formula: str, *quantities: dict[str, Any], **more: Any) -> Computed:
    record = {"label": "A sum", "quantities": quantities, "formula": formula, **more}
    return compute(Sum.model_validate(record), CLAIMS)


@pytest.mark.parametrize(
    ("formula", "quantities", "more", "result"),
    [
        # 2,100,000,000 / 18,500,000 = 113.5135…
        ("money / barrels", (MONEY, BARRELS), {"unit": "USD", "decimals": 2}, "113.51 USD"),
        ("barrels / tonnes", (BARRELS, TONNES), {"unit": "barrels", "decimals": 1}, "7.4 barrels"),
        ("money", (MONEY,), {"unit": "USD"}, "2,100,000,000 USD"),
        ("100 * (tonnes - 2000000) / tonnes", (TONNES,), {"unit": "%"}, "20%"),
        ("typed * 3", (TYPED,), {"unit": "tankers"}, "21 tankers"),
        ("-typed", (TYPED,), {"unit": "tankers"}, "−7 tankers"),
        ("2 + typed * 3", (TYPED,), {"unit": "tankers"}, "23 tankers"),
        # Decimal, not binary: 0.1 and 0.2 make 0.3.
        ("share + 0.2", (SHARE,), {"unit": "points", "decimals": 6}, "0.300000 points"),
        ("end - start", (END, START), {"unit": "days"}, "44 days"),
        ("day + 10", (DAY,), {}, "13 May 2011"),
        ("day - 3", (DAY,), {}, "30 April 2011"),
        ("leap + 365", (LEAP,), {}, "28 February 2021"),
        ("weekday(day)", (DAY,), {}, "Tuesday"),
        ("weekday(leap)", (LEAP,), {}, "Saturday"),
        ("weekday(day + 1)", (DAY,), {}, "Wednesday"),
        ("year(end) - year(day)", (END, DAY), {"unit": "years"}, "9 years"),
    ],
)
def test_a_sum_gives(
    formula: str, quantities: tuple[dict[str, Any], ...], more: dict[str, Any], result: str
) -> None:
    assert done(formula, *quantities, **more).result == result


@pytest.mark.parametrize(
    ("formula", "quantities", "working"),
    [
        ("money / barrels", (MONEY, BARRELS), "2.1 billion USD ÷ 18.5 million barrels"),
        ("(share - 2) * typed", (SHARE, TYPED), "(0.1% − 2) × 7 tankers"),
        ("end - start", (END, START), "10 November 2020 − 27 September 2020"),
        ("year(end) + 1", (END,), "2020 + 1"),
        ("-typed / 2000", (TYPED,), "−7 tankers ÷ 2,000"),
    ],
)
def test_the_working_has_values_for_names(
    formula: str, quantities: tuple[dict[str, Any], ...], working: str
) -> None:
    assert done(formula, *quantities, unit="units").working == working


def test_a_unit_with_a_per_cent_sign_within_it_stays_as_it_is() -> None:
    assert done("typed", TYPED, unit="USD a %").result == "7 USD a %"


@pytest.mark.parametrize(
    ("formula", "quantities", "part", "said"),
    [
        ("money / cost", (MONEY,), "formula", "names 'cost', which is no quantity"),
        ("money", (MONEY, TYPED), 1, "does not use 'typed'"),
        ("money", (MONEY, MONEY), 1, "'money' is named twice"),
        ("money", ({**MONEY, "figure": 3},), 0, "has no figure number 3"),
        ("money", ({**MONEY, "claim": "range"},), 0, "a range cannot be computed with"),
        ("weekday(day)", ({"name": "day", "claim": "open", "date": "end"},), 0, "is open"),
        ("year(day)", ({"name": "day", "claim": "century", "date": "start"},), 0, "to the year"),
        ("money / (barrels - barrels)", (MONEY, BARRELS), "formula", "divides by zero"),
        ("typed * 1e999", (TYPED,), "formula", "range of numbers"),
        ("day + 99999999", (DAY,), "formula", "range of numbers"),
        ("day * 2", (DAY,), "formula", "stands where a number must"),
        ("day + day", (DAY,), "formula", "stands where a number must"),
        ("year(typed)", (TYPED,), "formula", "take a date"),
        ("typed ** 2", (TYPED,), "formula", "no other signs"),
        ("typed // 2", (TYPED,), "formula", "no other signs"),
        ("typed +", (TYPED,), "formula", "cannot be read"),
        ("typed + ", (TYPED,), "formula", "cannot be read"),
        ("typed\x00", (TYPED,), "formula", "cannot be read"),
        ("typed if typed else 1", (TYPED,), "formula", "a formula has names, numbers"),
        ("__import__('os').getcwd() + typed", (TYPED,), "formula", "a formula has names"),
        ("typed.real", (TYPED,), "formula", "a formula has names"),
        ("True + typed", (TYPED,), "formula", "a formula has names"),
        ("'x' * typed", (TYPED,), "formula", "a formula has names"),
        ("round(typed)", (TYPED,), "formula", "a formula has names"),
        ("(" * 90 + "typed" + ")" * 90, (TYPED,), "label", "needs its 'unit'"),
        ("typed" + " + 1" * 50, (TYPED,), "formula", "more than 200 characters"),
        ("typed", (TYPED,), "label", "needs its 'unit'"),
    ],
)
def test_a_sum_that_cannot_be_done_says_why(
    formula: str, quantities: tuple[dict[str, Any], ...], part: str | int, said: str
) -> None:
    with pytest.raises(SumError, match=said.replace("(", r"\(")) as error:
        done(formula, *quantities)
    assert error.value.part == part


@pytest.mark.parametrize(
    "quantity",
    [
        {"name": "x"},
        {"name": "x", "claim": "trade"},
        {"name": "x", "claim": "trade", "figure": 1, "date": "start"},
        {"name": "x", "value": 1.0, "unit": "km"},
        {"name": "x", "value": 1.0, "sources": (CITATION,)},
        {"name": "x", "day": "2011"},
        {"name": "x", "claim": "trade", "figure": 1, "value": 1.0, "unit": "km"},
        {"name": "X", **{k: v for k, v in TYPED.items() if k != "name"}},
        {"name": "a-b", **{k: v for k, v in TYPED.items() if k != "name"}},
    ],
)
def test_a_quantity_comes_from_one_place_that_is_named(quantity: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sum.model_validate(
            {"label": "A", "quantities": (quantity,), "formula": "x", "unit": "units"}
        )
