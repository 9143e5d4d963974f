"""Long lists in parts: nothing is lost, nothing stands twice, and each anchor has its part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.languages import Language
from briefsite.load import load_tree
from briefsite.model import parts
from briefsite.model.library import Library
from briefsite.model.parts import Overviews, Part, Words, cut

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SIZES", dict.fromkeys(parts.SIZES, 2))


def listed(overviews: Overviews) -> Mapping[str, list[object]]:
    return {
        name: list(chain.from_iterable(part.items for part in found))
        for name, found in parts_of(overviews).items()
    }


def parts_of(overviews: Overviews) -> Mapping[str, tuple[Part[Any], ...]]:
    names = ("briefs", "positions", "timeline", "atlas", "corrections")
    return {name: overviews.of(name) for name in names}


@pytest.fixture(scope="module")
def real() -> Library:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    return library


def test_a_small_publication_has_one_page_of_each(library: Library) -> None:
    for name, found in parts_of(Overviews(library)).items():
        assert [(part.address, part.label) for part in found] == [(f"{name}/", "")]


def test_the_publication_of_this_repository_has_one_page_of_each(real: Library) -> None:
    assert {len(found) for found in parts_of(Overviews(real)).values()} == {1}


@pytest.mark.usefixtures("small")
def test_parts_hold_together_what_one_page_would(real: Library) -> None:
    overviews = Overviews(real)
    found = listed(overviews)
    assert sorted(map(id, found["briefs"])) == sorted(map(id, real.current.values()))
    assert found["timeline"] == list(real.timeline)
    assert sorted(entry.id for entry in found["atlas"]) == sorted(real.maps)  # type: ignore[attr-defined]
    assert sorted(item.id for item in found["corrections"]) == sorted(real.corrections)  # type: ignore[attr-defined]
    for name, each in parts_of(overviews).items():
        assert len({part.address for part in each}) == len({part.label for part in each}) or (
            name in ("timeline", "corrections")
        )
        assert len({part.address for part in each}) == len(each) > 1
        assert all(part.label and part.items for part in each)


@pytest.mark.usefixtures("small")
def test_a_link_to_an_anchor_leads_to_the_part_that_has_it(real: Library) -> None:
    overviews = Overviews(real)
    for key in real.maps:
        address, _, anchor = overviews.find(f"atlas/#map-{key}").partition("#")
        (part,) = [part for part in overviews.atlas if part.address == address]
        assert anchor == f"map-{key}"
        assert key in [entry.id for entry in part.items]
    assert overviews.find("atlas/#nothing") == "atlas/#nothing"
    assert overviews.find("atlas/") == "atlas/"
    assert overviews.find("briefs/energy-ties/#evidence") == "briefs/energy-ties/#evidence"


@pytest.mark.usefixtures("small")
def test_the_newest_part_of_the_timeline_has_its_own_address(real: Library) -> None:
    found = Overviews(real).timeline
    assert found[-1].address == "timeline/"
    assert [part.address for part in found[:2]] == ["timeline/part/1/", "timeline/part/2/"]
    dates = [event.date.sort_key for part in found for event, _ in part.items]
    assert dates == sorted(dates)


@pytest.mark.usefixtures("small")
def test_what_weighs_more_than_a_part_is_alone_in_one() -> None:
    assert cut([1, 1, 5, 1, 1, 1], "atlas", lambda item: item) == [[1, 1], [5], [1, 1], [1]]
    assert cut([], "atlas") == [[]]


@pytest.mark.usefixtures("small")
def test_parts_are_called_by_words_of_the_language(real: Library) -> None:
    azerbaijani = Language("az")
    words = Words(azerbaijani.date, azerbaijani.years, "Digərləri")
    english, translated = Overviews(real), Overviews(real, words)
    pairs = [
        (one.label, other.label)
        for name in ("timeline", "atlas")
        for one, other in zip(english.of(name), translated.of(name), strict=True)
    ]
    days = [(one, other) for one, other in pairs if "September" in one]
    assert days
    assert all("sentyabr" in other and "September" not in other for _, other in days)
    # What has years alone, or the title of a topic, is the same.
    assert all(one == other for one, other in pairs if re.fullmatch(r"[\d– ]+", one))
