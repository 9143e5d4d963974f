"""Dates keep the precision they are known to."""

from __future__ import annotations

import datetime

import pytest

from briefsite.model.dates import DateError, parse_date

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2012", DAY(2012, 1, 1), DAY(2012, 12, 31), "2012"),
        ("2012-02", DAY(2012, 2, 1), DAY(2012, 2, 29), "February 2012"),
        ("2012-02-05", DAY(2012, 2, 5), DAY(2012, 2, 5), "5 February 2012"),
        ("2011~", DAY(2011, 1, 1), DAY(2011, 12, 31), "about 2011"),
        ("2011-05?", DAY(2011, 5, 1), DAY(2011, 5, 31), "possibly May 2011"),
        ("2011-05-09%", DAY(2011, 5, 9), DAY(2011, 5, 9), "possibly about 9 May 2011"),
        ("199X", DAY(1990, 1, 1), DAY(1999, 12, 31), "1990s"),
        ("18XX", DAY(1800, 1, 1), DAY(1899, 12, 31), "19th century"),
        ("20XX~", DAY(2000, 1, 1), DAY(2099, 12, 31), "about 21st century"),
        ("0882", DAY(882, 1, 1), DAY(882, 12, 31), "882"),
        ("1000XX"[:4] + "", DAY(1000, 1, 1), DAY(1000, 12, 31), "1000"),
        ("10XX", DAY(1000, 1, 1), DAY(1099, 12, 31), "11th century"),
        ("01XX", DAY(100, 1, 1), DAY(199, 12, 31), "2nd century"),
        ("9999-12-31", DAY(9999, 12, 31), DAY(9999, 12, 31), "31 December 9999"),
        (
            "2020-09-27/2020-11-10",
            DAY(2020, 9, 27),
            DAY(2020, 11, 10),
            "27 September – 10 November 2020",
        ),
        ("2020-09-05/2020-09-10", DAY(2020, 9, 5), DAY(2020, 9, 10), "5–10 September 2020"),
        ("2020-09/2020-11", DAY(2020, 9, 1), DAY(2020, 11, 30), "September – November 2020"),
        ("2019-12/2020-01", DAY(2019, 12, 1), DAY(2020, 1, 31), "December 2019 – January 2020"),
        ("1988/1994", DAY(1988, 1, 1), DAY(1994, 12, 31), "1988–1994"),
        ("1988~/1994", DAY(1988, 1, 1), DAY(1994, 12, 31), "about 1988 – 1994"),
        (
            "2020-09/2020-11-10",
            DAY(2020, 9, 1),
            DAY(2020, 11, 10),
            "September 2020 – 10 November 2020",
        ),
        ("2020/..", DAY(2020, 1, 1), DAY.max, "since 2020"),
        ("2020/", DAY(2020, 1, 1), DAY.max, "from 2020"),
        ("../2020", DAY(2020, 1, 1), DAY(2020, 12, 31), "until 2020"),
        ("/2020", DAY(2020, 1, 1), DAY(2020, 12, 31), "until 2020"),
        ("2020/2020", DAY(2020, 1, 1), DAY(2020, 12, 31), "2020–2020"),
    ],
)
def test_a_date_is_read_and_said(
    text: str, first: datetime.date, last: datetime.date, words: str
) -> None:
    date = parse_date(text)
    assert (date.first, date.last, date.words(), str(date)) == (first, last, words, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no EDTF date"),
        ("yesterday", "no EDTF date"),
        ("2012-2", "no EDTF date"),
        ("12", "no EDTF date"),
        ("20120205", "no EDTF date"),
        ("05.02.2012", "no EDTF date"),
        ("2012-02-05T10:00", "no EDTF date"),
        ("-0044", "no EDTF date"),
        ("٢٠١٢", "no EDTF date"),
        ("2012 ", "no EDTF date"),
        ("2012\n", "no EDTF date"),
        ("2012/2013/2014", "no EDTF date"),
        ("199X-05", "month of an unknown year"),
        ("2012-00", "no month 00"),
        ("2012-13", "no month 13"),
        ("2012-02-30", "February 2012 has 29 days"),
        ("2011-02-29", "February 2011 has 28 days"),
        ("2012-04-00", "April 2012 has 30 days"),
        ("0000", "no year 0"),
        ("0000-01", "no year 0"),
        ("000X", "no year 0"),
        ("00XX", "no year 0"),
        ("../..", "at least one end"),
        ("/", "at least one end"),
        ("2020/2019", "before it starts"),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        parse_date(text)


def test_dates_sort_by_when_they_begin_then_by_how_soon_they_end() -> None:
    dates = ["2020/..", "2020", "2020-01-01", "19XX", "2020-01", "2019-12", "../1950"]
    ordered = sorted(map(parse_date, dates), key=lambda date: date.sort_key)
    assert [date.text for date in ordered] == [
        "19XX",
        "../1950",
        "2019-12",
        "2020-01-01",
        "2020-01",
        "2020",
        "2020/..",
    ]
