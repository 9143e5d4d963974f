"""Prose that was kept is unpacked when somebody looks at it, and is then what it was."""

from __future__ import annotations

import copy
import gc
import pickle

import pytest
from pydantic import ValidationError

from briefsite.model.answers import print_record
from briefsite.model.dates import parse_date
from briefsite.model.prose import Block, Prose, parse_prose
from briefsite.model.records import Section

TEXT = "One *fact* [@claim-one].\n\n- A [link](places/baku/).\n- Another. [~]\n"


def unpacked() -> int:
    return sum(isinstance(each, Block) for each in gc.get_objects())


def test_prose_that_was_kept_is_what_it_was() -> None:
    prose = parse_prose(TEXT)
    kept = pickle.loads(pickle.dumps(prose))
    assert kept is not prose
    again = pickle.loads(pickle.dumps(kept))  # without having been looked at
    for each in (kept, again, copy.copy(again)):
        assert each == prose
        assert hash(each) == hash(prose)
        assert repr(each) == repr(prose)
        assert (each.text, list(each.references())) == (prose.text, list(prose.references()))


def test_what_was_unpacked_is_not_held_for_all_of_a_build() -> None:
    kept = [pickle.loads(pickle.dumps(parse_prose(f"Paragraph {n}."))) for n in range(1_000)]
    assert kept[0].blocks is kept[0].blocks  # while one page is made
    parse_prose.cache_clear()
    before = unpacked()
    assert [each.text for each in kept] == [f"Paragraph {n}." for n in range(1_000)]
    assert unpacked() - before < 500
    assert kept[0].text == "Paragraph 0."


def test_its_mistakes_are_kept_too() -> None:
    prose = parse_prose("An <b>element</b> and a ![picture](x.png).")
    assert prose.issues
    assert pickle.loads(pickle.dumps(prose)).issues == prose.issues


def test_it_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="paragraphs"):
        getattr(pickle.loads(pickle.dumps(parse_prose(TEXT))), "paragraphs")  # noqa: B009
    assert not hasattr(Prose, "paragraphs")


def test_a_record_is_known_by_the_same_whether_it_was_kept_or_not() -> None:
    section = Section.model_validate({"id": "one", "heading": "One", "prose": TEXT})
    assert print_record(pickle.loads(pickle.dumps(section))) == print_record(section)


def test_a_record_that_was_kept_is_what_it_was() -> None:
    section = Section.model_validate({"id": "one", "heading": "One", "prose": TEXT})
    kept = pickle.loads(pickle.dumps(section))
    assert kept == section
    assert hash(kept) == hash(section)
    assert repr(kept) == repr(section)
    renamed = kept.model_copy(update={"heading": "Two"})
    assert (renamed.heading, kept.heading) == ("Two", "One")
    assert pickle.loads(pickle.dumps(section)).model_fields_set == kept.model_fields_set
    with pytest.raises(ValidationError, match="frozen"):
        kept.heading = "Two"


@pytest.mark.parametrize("text", ["2020", "2020-09-27/2020-11-10", "199X", "2020/..", "2011~"])
def test_dates_too(text: str) -> None:
    assert pickle.loads(pickle.dumps(parse_date(text))) == parse_date(text)
