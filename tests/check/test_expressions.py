"""Rare words are found in every sentence that holds one, as if each were looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefsite.check import lexicon
from briefsite.check.expressions import Expression, Text
from briefsite.check.folding import fold, letters
from briefsite.check.forms import Form, Forms

RARE = {
    name: expression
    for name, expression in vars(lexicon).items()
    if isinstance(expression, Expression) and expression.bit
}
SECTIONS = {name.replace("_", "-").lower(): expression for name, expression in RARE.items()}


def spans(expression: Expression, folded: str) -> list[tuple[int, int]]:
    return [match.span() for match in expression.finditer(folded)]


def test_the_rules_that_every_sentence_is_held_to_look_for_rare_words() -> None:
    assert {"MOTIVE", "PLAIN_ACCUSATION", "LIKELIHOOD", "VAGUE", "RELATIVE_DATE"} <= RARE.keys()
    assert SECTIONS.keys() <= lexicon.WORDS.keys()


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_word_is_missed(section: str, data: st.DataObject) -> None:
    expression = SECTIONS[section]
    word = data.draw(st.sampled_from(lexicon.WORDS[section]))
    said = data.draw(st.from_regex(re.compile(word, re.ASCII), fullmatch=True))
    before, behind = data.draw(st.tuples(*[st.sampled_from(["", "the ", "in ", "12. ", "x"])] * 2))
    folded = f"{before}{said}{behind}"
    assert spans(expression, Text(folded)) == spans(expression, folded)
    blanked = expression.sub(lambda match: " " * len(match.group()), folded)
    assert expression.sub(lambda match: " " * len(match.group()), Text(folded)) == blanked


def test_a_sentence_without_a_rare_word_is_passed_over() -> None:
    text = Text(fold("The pipeline delivered 36,666 barrels of oil to the port."))
    assert all(expression.search(text) is None for expression in RARE.values())
    assert text.held == 0


def test_forms_are_found_by_their_letters_in_their_order() -> None:
    names = ["Western Azerbaijan", "Azerbaijan", "…", "Baku", "Azer"]
    forms = Forms(map(Form, names))
    found = forms.found_in(letters(fold("In w-e-s-t-e-r-n Azerbaijan.")))
    assert [names[number] for number in found] == ["Western Azerbaijan", "Azerbaijan", "…", "Azer"]
    assert [names[number] for number in forms.found_in("")] == ["…"]
    assert list(Forms([]).found_in("anything")) == []
