"""Records in a reader's words."""

from __future__ import annotations

from typing import Any

import pytest

from briefsite.model.records import Source
from briefsite.pages import wording


def source(**given: Any) -> Source:
    least = {
        "id": "a",
        "type": "report",
        "title": "A title",
        "stance": "Somewhere.",
        "perspective": "someone",
        "grade": {"reliability": "A", "credibility": 1, "reason": "Why."},
        "read": "whole",
    }
    return Source.model_validate(least | {k.replace("_", "-"): v for k, v in given.items()})


ROE = {"family": "Roe", "given": "Ann"}


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"author": (ROE,), "issued": "2013-03"}, "Roe 2013"),
        ({"author": (ROE, {"literal": "The desk"}), "issued": "2013"}, "Roe and The desk 2013"),
        ({"author": (ROE, {"family": "Poe"}, ROE), "issued": "2013~"}, "Roe et al. 2013"),
        ({"container_title": "The Gazette", "issued": "2019"}, "The Gazette 2019"),
        ({"container_title": "The Gazette", "issued": "2019/2020"}, "The Gazette, 2019–2020"),
        ({"container_title": "The Gazette", "issued": "2019-05-12"}, "The Gazette, 12 May 2019"),
        ({"container_title": "The Gazette", "issued": "2019-05~"}, "The Gazette, about May 2019"),
        ({"publisher": "An office"}, "An office"),
        ({"issued": "200X"}, "A title 2000s"),
        ({"issued": "18XX"}, "A title 19th century"),
        ({"issued": "../2020"}, "A title, until 2020"),
    ],
)
def test_a_source_in_short(given: dict[str, Any], label: str) -> None:
    assert source(**given).label == label


@pytest.mark.parametrize(
    ("given", "reference"),
    [
        ({}, "“A title”, no date"),
        (
            {"author": (ROE, {"literal": "The desk"}), "publisher": "P", "issued": "2013-03"},
            "Ann Roe, The desk, “A title”, P, March 2013",
        ),
        (
            {
                "container_title": "J",
                "volume": "7",
                "issue": "2",
                "page": "12-14",
                "publisher": "J",
            },
            "“A title”, J 7(2), pp. 12-14, no date",
        ),
        ({"container_title": "J", "page": "12–14"}, "“A title”, J, pp. 12–14, no date"),
        ({"container_title": "J", "page": "3, 7"}, "“A title”, J, pp. 3, 7, no date"),
        ({"page": "12"}, "“A title”, p. 12, no date"),
        ({"page": "A-12"}, "“A title”, p. A-12, no date"),
        ({"issued": "2011~"}, "“A title”, about 2011"),
    ],
)
def test_a_source_in_full(given: dict[str, Any], reference: str) -> None:
    assert wording.reference(source(**given)) == reference


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0"),
        (18.5, "18.5"),
        (1200.0, "1,200"),
        (1250000.0, "1,250,000"),
        (12345678901.5, "12,345,678,901.5"),
        (0.1, "0.1"),
        (0.0000012, "0.0000012"),
        (-4.0, "-4"),
        (1e21, "1,000,000,000,000,000,000,000"),
        (10.05, "10.05"),
    ],
)
def test_a_number_is_as_precise_as_it_was_written(value: float, words: str) -> None:
    assert wording.number(value) == words


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ((49.481, 40.201), "40.201° N, 49.481° E"),
        ((-70.0, -33.45), "33.45° S, 70° W"),
        ((49.123456, 40.654321), "40.654321° N, 49.123456° E"),
        ((0.0, 0.00001), "0.00001° N, 0° E"),
    ],
)
def test_coordinates(point: tuple[float, float], words: str) -> None:
    assert wording.coordinates(point) == words


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b", "www.example.org"),
        ("https://user:pw@example.org:80/", "example.org"),
        ("https://[nonsense/", "https://[nonsense/"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert wording.host(url) == host


@pytest.mark.parametrize(
    ("words", "expected"),
    [(0, "1 minute"), (230, "1 minute"), (231, "2 minutes"), (2300, "10 minutes")],
)
def test_how_long_a_text_takes_to_read(words: int, expected: str) -> None:
    assert wording.minutes("word " * words) == expected


@pytest.mark.parametrize(
    ("title", "letter"),
    [("abc", "A"), ("Élan", "E"), ("“Quoted”", "Q"), ("301.am", "0-9"), ("Жук", "Ж"), ("—", "#")],
)
def test_the_letter_that_a_title_is_listed_under(title: str, letter: str) -> None:
    assert wording.initial(title) == letter
