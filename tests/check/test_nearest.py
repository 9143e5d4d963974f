"""The nearest of many words."""

from __future__ import annotations

import time

import pytest

from briefsite.check.nearest import Nearest


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("btc-pipelin", "did you mean 'btc-pipeline'?"),
        ("btc-pipleine", "did you mean 'btc-pipeline'?"),
        ("tbc-pipeline", "did you mean 'btc-pipeline'?"),
        ("iarn", "did you mean 'iran'?"),
        ("irn", "did you mean 'iran'?"),
        ("BTC-PIPELINE", "did you mean 'btc-pipeline'?"),
        ("something-else", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_the_nearest_word_is_named(word: str, hint: str) -> None:
    nearest = Nearest(["iran", "btc-pipeline", "azerbaijan", "zangezur-corridor"])
    assert nearest.hint(word) == hint


def test_nothing_is_near_to_nothing() -> None:
    assert Nearest([]).hint("word") == ""


def test_the_order_of_the_words_does_not_matter() -> None:
    words = [f"claim-{number}" for number in range(100)]
    assert Nearest(words).hint("claim-x") == Nearest(reversed(words)).hint("claim-x")


def test_two_hundred_questions_about_ten_thousand_words_take_seconds() -> None:
    nearest = Nearest(f"claim-about-{number:05}" for number in range(10_000))
    start = time.process_time()
    hints = [nearest.hint(f"claim-abuot-{number:05}") for number in range(200)]
    assert time.process_time() - start < 10
    assert hints[0] == "did you mean 'claim-about-00000'?"
