"""Units have one spelling, and what is spelled so is left alone."""

from __future__ import annotations

import pytest

from briefsite.check.units import standard


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("mln USD", "million USD"),
        ("bn US$", "billion USD"),
        ("m EUR", "million EUR"),
        ("k people", "thousand people"),
        ("bcm", "billion m³"),
        ("percent", "%"),
        ("Per cent", "%"),
        ("million tons", "million tonnes"),
        ("bbl", "barrels"),
        ("km2", "km²"),
    ],
)
def test_another_spelling_is_put_right(unit: str, written: str) -> None:
    assert standard(unit) == written
    assert standard(written) == ""


@pytest.mark.parametrize(
    "unit",
    ["%", "km", "m", "m above the sea", "billion USD", "short tons", "long tons", "soldiers",
     "barrels per tonne", "“Manats”", "kilometres", "million  people", "b", ""],
)  # fmt: skip
def test_a_unit_that_is_no_other_spelling_is_left_alone(unit: str) -> None:
    assert standard(unit) == ""
