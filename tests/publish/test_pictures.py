"""Pictures on paper: as they are, or as pixels where the letters of a script join."""

from __future__ import annotations

import pytest

from briefsite.publish.cache import Cache
from briefsite.publish.typeset import Typesetter

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<text x="5" y="20" font-family="Noto Sans">{}</text></svg>'
)


@pytest.mark.parametrize("word", ["Bakı", "Баку", "Երևան", "თბილისი"])
def test_letters_that_stand_alone_stay_a_text(word: str) -> None:
    picture = SVG.format(word)
    assert Typesetter(Cache(None)).readable(picture) == picture


@pytest.mark.parametrize("word", ["باکو", "ירושלים", "दिल्ली"])
def test_letters_that_join_become_pixels(word: str) -> None:
    made = Typesetter(Cache(None)).readable(SVG.format(word))
    assert made.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">')
    assert 'href="data:image/png;base64,' in made
    assert word not in made
