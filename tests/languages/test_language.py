"""A language writes messages, dates and numbers; what it has no words for stays English."""

from __future__ import annotations

import pytest

from briefsite.languages import ENGLISH, VOCABULARY, Language
from briefsite.languages.language import Messages
from briefsite.model.dates import parse_date

# Words of the test's own; what they mean is of no matter here.
MESSAGES = Messages(
    single={
        ("", "Evidence %(number)s"): "%(number)s EVIDENCE",
        ("", "about %(date)s"): "%(date)s ABOUT",
        ("claim", "event"): "EVENT",
    },
    several={("", "%(num)s claim"): ("%(num)s ONE", "%(num)s FEW", "%(num)s MANY")},
    plural=lambda number: 0 if number == 1 else 1 if number < 5 else 2,
)


def test_messages_are_translated_with_their_places() -> None:
    language = Language("ru", MESSAGES)
    assert language.gettext("Evidence %(number)s", number=7) == "7 EVIDENCE"
    assert language.pgettext("claim", "event") == "EVENT"
    assert language.pgettext("place", "event") == "event"
    assert language.gettext("Sources") == "Sources"


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [(1, "1 ONE", "1 claim"), (3, "3 FEW", "3 claims"), (1200, "1\xa0200 MANY", "1,200 claims")],
)
def test_counts_take_the_plural_of_the_language(number: int, russian: str, english: str) -> None:
    given = ("%(num)s claim", "%(num)s claims", number)
    assert Language("ru", MESSAGES).ngettext(*given) == russian
    assert ENGLISH.ngettext(*given) == english


@pytest.mark.parametrize(
    ("code", "date", "words"),
    [
        ("en", "2020-09-27", "27 September 2020"),
        ("az", "2020-09-27", "27 sentyabr 2020"),
        ("az", "2020-09", "sentyabr 2020"),
        ("fa", "2020-09-27", "27 سپتامبر 2020"),
        ("az", "1990/1995", "1990–1995"),
        ("az", "2020-09-27/2020-11-10", "27 sentyabr 2020 – 10 noyabr 2020"),
        ("az", "2020/..", "since 2020"),
        ("az", "/2020", "until 2020"),
        ("az", "2020/", "from 2020"),
        ("az", "19XX", "century 20"),
        ("az", "199X", "1990s"),
        ("az", "2020-09~", "sentyabr 2020 ABOUT"),
        ("az", "2020?", "possibly 2020"),
        ("az", "2020%", "possibly about 2020"),
    ],
)
def test_dates_keep_their_precision(code: str, date: str, words: str) -> None:
    assert Language(code, MESSAGES).date(parse_date(date)) == words


@pytest.mark.parametrize(
    ("code", "words"), [("en", "1,234.5"), ("az", "1.234,5"), ("fa", "1,234.5")]
)
def test_numbers_keep_their_digits(code: str, words: str) -> None:
    assert Language(code).numerals("1,234.5") == words


def test_a_capital_is_that_of_the_language() -> None:
    assert Language("az").capital("ilkin") == "İlkin"
    assert ENGLISH.capital("official of the US") == "Official of the US"
    assert ENGLISH.capital("") == ""


def test_pages_run_in_the_direction_of_the_language() -> None:
    assert [Language(code).direction for code in ("en", "az", "fa", "he")] == [
        "ltr",
        "ltr",
        "rtl",
        "rtl",
    ]


def test_each_word_that_a_record_shows_can_be_translated() -> None:
    assert VOCABULARY["confidence"] == ("high", "moderate", "low")
    assert "roughly even chance" in VOCABULARY["likelihood"]
    assert "former state" in VOCABULARY["actor"]
    assert VOCABULARY["hedge"] == ("about", "up to", "at least", "more than", "less than")
    assert all(VOCABULARY.values())


@pytest.mark.parametrize(
    ("code", "country", "words"),
    [("en", "AZ", "Azerbaijan"), ("az", "AZ/IR", "Azərbaycan / İran"), ("de", "XQ", "XQ")],
)
def test_a_country_is_told_by_its_name(code: str, country: str, words: str) -> None:
    assert Language(code).country(country) == words
