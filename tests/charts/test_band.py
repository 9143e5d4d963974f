"""A timeline as a picture: each event at its time, told apart by how exactly that is known."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from briefsite.charts import timeline_band
from briefsite.model.library import Library
from briefsite.model.records import Event


def events(*dates: str) -> list[Event]:
    given: list[Any] = [
        {"date": date, "title": f"Event of {date}", "claims": ("pipeline-announced",)}
        for date in dates
    ]
    return sorted((Event.model_validate(e) for e in given), key=lambda e: e.date.sort_key)


def lines(library: Library, *dates: str, cls: str = "event") -> list[dict[str, float]]:
    band = timeline_band(events(*dates), library)
    assert band is not None
    found = (e.attrib for e in ET.fromstring(band.svg).iter("line") if e.get("class") == cls)
    return [{k: float(v.rstrip("%")) for k, v in e.items() if k != "class"} for e in found]


def key(library: Library, *dates: str) -> str:
    band = timeline_band(events(*dates), library)
    assert band is not None
    return " ".join(band.key)


def test_events_lie_at_their_times(library: Library) -> None:
    places = [(e["x1"], e["x2"]) for e in lines(library, "2010-01-01", "2015-01-01", "2020-01-01")]
    assert places == [(2, 2), (50, 50), (98, 98)]


def test_a_year_is_as_long_as_a_year(library: Library) -> None:
    first, second, _ = lines(library, "2010-01-01", "2015", "2020-01-01")
    assert first["x1"] == first["x2"]
    assert second["x2"] - second["x1"] == pytest.approx(9.6, abs=0.2)


def test_what_is_about_is_hollow_and_said(library: Library) -> None:
    dates = ("2010-01-01", "2015~", "2020-01-01")
    assert len(lines(library, *dates, cls="hole")) == 1
    assert "Hollow: about or possibly then." in key(library, *dates)
    assert "Hollow" not in key(library, "2010", "2015", "2020")


def test_what_goes_on_runs_off_the_edge(library: Library) -> None:
    assert lines(library, "2010-01-01", "2015/..", "2020-01-01")[1]["x2"] == 100
    assert lines(library, "../2012-01-01", "2015", "2020-01-01")[0]["x1"] == 0


def test_events_of_one_time_are_stacked(library: Library) -> None:
    found = lines(library, "2010-01-01", "2015-01-01", "2020-01-01", "2020-01-02", "2020-01-03")
    assert len({event["y1"] for event in found[2:]}) == 3
    assert found[0]["y1"] == found[1]["y1"] == found[2]["y1"]


def test_a_stack_does_not_grow_without_end(library: Library) -> None:
    many = [f"2020-01-{day:02}" for day in range(1, 31)] * 20
    band = timeline_band(events("2000-01-01", "2010-01-01", *many), library)
    assert band is not None
    root = ET.fromstring(band.svg)
    assert float(root.get("height") or 0) < 400
    assert len([e for e in root.iter("line") if e.get("class") == "event"]) == 602


def test_a_long_empty_time_is_cut_out_and_said(library: Library) -> None:
    dates = ("1813-01-01", "2010-01-01", "2015-01-01", "2020-01-01")
    found = lines(library, *dates)
    assert found[1]["x1"] - found[0]["x1"] == pytest.approx(5, abs=0.1)
    assert found[2]["x1"] - found[1]["x1"] == pytest.approx(45.5, abs=0.5)
    assert "Two strokes across the line: an empty time left out." in key(library, *dates)
    assert "strokes" not in key(library, *dates[1:])


def test_too_few_events_are_not_drawn(library: Library) -> None:
    assert timeline_band(events("2010", "2020"), library) is None
    assert timeline_band(events("2010-01-01", "2010-01-01", "2010-01-01"), library) is None


def test_it_says_what_it_is_and_each_event_what_happened(library: Library) -> None:
    band = timeline_band(events("2010", "2015", "2020-03"), library)
    assert band is not None
    root = ET.fromstring(band.svg)
    assert root.get("aria-label") == "3 events, 2010–2020; the list has each."
    assert [e.text for e in root.iter("title")][2] == "March 2020: Event of 2020-03"


def test_months_stand_below_a_short_time(library: Library) -> None:
    band = timeline_band(events("2024-01-10", "2024-06-20", "2024-10-20"), library)
    assert band is not None
    ticks = [e.text for e in ET.fromstring(band.svg).iter("text")]
    assert ticks == ["Mar 2024", "May 2024", "Jul 2024", "Sep 2024"]
