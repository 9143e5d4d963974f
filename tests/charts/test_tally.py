"""The timeline of all briefs as a picture: how many events began when, whatever their number."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from briefsite.charts import Tally, count_events, draw_tally
from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.dates import parse_date
from briefsite.model.entries import BriefEntry, Head
from briefsite.model.records import Event, Topic

MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"
Told = list[tuple[Event, Head]]


@pytest.fixture(scope="module")
def entry() -> BriefEntry:
    library = check_tree(load_tree(MINIMAL)).library
    assert library is not None
    return library.briefs["sample"]


def events(entry: BriefEntry, *dates: str, topic: str = "t0") -> Told:
    told = replace(entry.head, topic=topic)
    return [
        (Event(date=parse_date(date), title="It begins", claims=("pipeline-announced",)), told)
        for date in dates
    ]


def topics(count: int) -> dict[str, Topic]:
    return {f"t{n}": Topic(id=f"t{n}", title=f"Topic {n}", description="D") for n in range(count)}


def ordered(*told: Told) -> Told:
    return sorted((e for each in told for e in each), key=lambda pair: pair[0].date.sort_key)


def drawn(told: Told, count: int = 1, shown: Told | None = None) -> Tally:
    counted = count_events(told, topics(count))
    assert counted is not None
    tally = draw_tally(counted, told, shown or told)
    ElementTree.fromstring(f'<x xmlns="http://www.w3.org/2000/svg">{tally.svg}</x>')
    return tally


def test_few_events_are_not_counted(entry: BriefEntry) -> None:
    assert count_events(events(entry, *["2020"] * 11), topics(1)) is None


def test_every_event_is_in_the_table_under_its_topic(entry: BriefEntry) -> None:
    years = [str(year) for year in range(2001, 2021)]
    told = ordered(events(entry, *years), events(entry, "2020-05", "2020-06", topic="t1"))
    tally = drawn(told, 2)
    assert tally.heads == ("Topic 0", "Topic 1")
    assert [when for when, _ in tally.rows] == years
    assert dict(tally.rows)["2020"] == (1, 2)
    assert tally.highest == 2
    assert tally.before == ""


def test_the_columns_are_as_fine_as_the_time_allows(entry: BriefEntry) -> None:
    months = [f"20{year}-{month:02}" for year in (20, 21) for month in range(1, 13)]
    assert [when for when, _ in drawn(events(entry, *months)).rows][:2] == ["Jan 2020", "Feb 2020"]
    decade = [f"20{year:02}-07" for year in range(10, 22)]
    assert drawn(events(entry, *decade)).rows[0][0] == "Jul 2010–Sep 2010"
    rough = [f"20{year:02}" for year in range(10, 22)]
    assert drawn(events(entry, *rough)).rows[0][0] == "2010"
    centuries = [str(year) for year in range(1600, 2020, 10)]
    assert drawn(events(entry, *centuries)).rows[1][0] == "1610–1619"


def test_what_was_long_before_is_told_and_not_drawn(entry: BriefEntry) -> None:
    told = events(entry, "1501", "1828", *[str(year) for year in range(1990, 2026)])
    tally = drawn(told)
    assert tally.before == "2 events before 1978 are not drawn."
    assert tally.rows[0] == ("before 1978", (2,))
    assert sum(n for _, row in tally.rows for n in row) == len(told)


def test_the_part_at_hand_is_marked(entry: BriefEntry) -> None:
    told = events(entry, *[str(year) for year in range(1990, 2026)])
    assert 'class="tint"' not in drawn(told).svg
    (mark,) = re.findall(r'<rect class="tint" x="([\d.]+)%".*? width="([\d.]+)%"', drawn(
        told, shown=told[18:]
    ).svg)  # fmt: skip
    assert [float(each) for each in mark] == pytest.approx([50, 50], abs=0.1)


def test_a_part_before_the_axis_is_not_marked(entry: BriefEntry) -> None:
    told = events(entry, "1501", "1828", *[str(year) for year in range(1990, 2026)])
    assert 'class="tint"' not in drawn(told, shown=told[:2]).svg


def test_the_smallest_of_many_topics_share_a_row(entry: BriefEntry) -> None:
    told = ordered(
        *(events(entry, *["2020-01"] * (20 - n), topic=f"t{n}") for n in range(12)),
        events(entry, "2021-01"),
    )
    tally = drawn(told, 12)
    assert tally.heads == (*(f"Topic {n}" for n in range(7)), "Other topics")
    assert dict(tally.rows)["Jan 2020"][-1] == sum(20 - n for n in range(7, 12))


def test_the_picture_does_not_grow_with_the_events(entry: BriefEntry) -> None:
    sizes = []
    for number in (500, 8_000):
        told = ordered(
            *(
                events(
                    entry,
                    *(f"{1990 + n % 36}-{1 + n % 12:02}" for n in range(number // 10)),
                    topic=f"t{topic}",
                )
                for topic in range(10)
            )
        )
        tally = drawn(told, 10)
        assert len(tally.rows) <= 49
        sizes.append(len(tally.svg))
    assert max(sizes) < 16_000
    assert all(after < before * 1.3 for before, after in pairwise(sizes))
