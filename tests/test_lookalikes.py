"""Letters that look like others: which are named, and which are only letters of another word."""

from __future__ import annotations

import pytest

from briefsite.lookalikes import name_lookalikes, plain_letters
from briefsite.report import did_you_mean


@pytest.mark.parametrize(
    ("text", "plain", "named"),
    [
        ("сable", "cable", "'с' (Cyrillic) looks like 'c'"),
        ("cοal", "coal", "'ο' (Greek) looks like 'o'"),
        ("ga\uff53", "gas", "'\uff53' (Fullwidth) looks like 's'"),
        ("oil–2011", "oil-2011", "'–' (en dash) looks like '-'"),
        ("\u00a0oil", " oil", "U+00A0 (no-break space) looks like a space"),
        ("соal", "coal", "'с' (Cyrillic) looks like 'c'; 'о' (Cyrillic) looks like 'o'"),
        ("oil-2011", "oil-2011", ""),
        ("şuşa", "şuşa", ""),  # Latin letters, though none of an id
        ("дом", "дom", ""),  # a Russian word, whatever some of its letters look like
    ],
)  # fmt: skip
def test_a_letter_that_looks_like_another_is_named(text: str, plain: str, named: str) -> None:
    assert plain_letters(text) == plain
    assert name_lookalikes(text) == named


def test_a_suggestion_tells_what_differs_where_it_looks_the_same() -> None:
    known = ["event", "figure"]
    assert did_you_mean("еvent", known) == "did you mean 'event'? 'е' (Cyrillic) looks like 'e'"
    assert did_you_mean("evnt", known) == "did you mean 'event'?"
