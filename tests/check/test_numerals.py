"""Numbers of a text: however they are grouped, and where they stand."""

from __future__ import annotations

import pytest

from briefsite.check.numerals import numerals, numerals_of_prose


@pytest.mark.parametrize("written", ["2,100", "2.100", "2\u00a0100", "2\u202f100", "۲٬۱۰۰", "2100"])
def test_a_number_is_one_however_its_digits_are_grouped(written: str) -> None:
    text = f"Some {written} tonnes"
    assert [*numerals(text)] == [(written, "2100", 5)]
    assert [*numerals_of_prose(f"{text} [@a].")] == [(written, "2100", 5)]


def test_a_number_in_prose_stands_where_its_scalar_has_it() -> None:
    source = "In 2012 [@claim-2011] it\nwas [1,300](/2010) long. Then\n\n- *90* of 4.\n"
    found = [*numerals_of_prose(source)]
    assert [numeral.written for numeral in found] == ["2012", "1,300", "90", "4"]
    assert all(source.startswith(numeral.written, numeral.offset) for numeral in found)
