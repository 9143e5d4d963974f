"""Labels keep off one another, off routes, and out of other countries."""

from __future__ import annotations

import numpy as np

from briefsite.maps.lines import (
    Lines,
    Points,
    cut_line,
    cut_ring,
    joined_path,
    regrouped,
    simplified,
)
from briefsite.maps.placement import Placer, wrap
from briefsite.maps.projection import Projection, Window
from briefsite.maps.scan import Ring, Scan
from briefsite.maps.style import DASHES, KINDS, STATUSES, SYMBOLS, line_words, strokes
from briefsite.model.records import Extent

WINDOW = Window(0, 0, 200, 100)


def test_the_first_label_stands_to_the_right_and_the_next_elsewhere() -> None:
    placer = Placer(WINDOW)
    first = placer.beside((100, 50), 4, "Here", 12)
    second = placer.beside((100, 50), 4, "There", 12)
    assert first is not None
    assert second is not None
    assert first.anchor == "start"
    assert not first.box.meets(second.box)


def test_a_label_at_the_edge_turns_inwards() -> None:
    placed = Placer(WINDOW).beside((196, 50), 4, "Edge", 12)
    assert placed is not None
    assert placed.box.right <= 200


def test_a_label_keeps_off_a_route() -> None:
    placer = Placer(WINDOW)
    placer.avoid([points((100, 50), (200, 50))], 1)
    placed = placer.beside((100, 50), 4, "Town", 12)
    assert placed is not None
    assert placed.anchor == "end"


def test_a_label_stays_in_its_country() -> None:
    placer = Placer(WINDOW)
    placed = placer.beside((100, 50), 4, "Gate", 12, abroad=lambda at: at[0] > 100)
    assert placed is not None
    assert placed.box.right <= 100


def test_a_label_without_room_is_left_out() -> None:
    assert Placer(Window(0, 0, 20, 10)).beside((10, 5), 4, "Nowhere to go", 12) is None


def test_a_long_name_stands_in_two_lines() -> None:
    assert wrap("Baku International Sea Trade Port") == ("Baku International", "Sea Trade Port")
    assert wrap("Short name") == ("Short name",)


def test_a_ring_with_a_hole_holds_what_is_between() -> None:
    outer = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    hole = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
    rings = [Ring(outer), Ring(hole)]
    shape, outside = Scan(rings), Scan(rings, outside=True)
    assert shape.holds((2, 5))
    assert not shape.holds((5, 5))
    assert outside.holds((5, 5))
    assert not outside.holds((2, 5))


def test_the_projection_is_web_mercator() -> None:
    projection = Projection.fit(Extent(west=0, south=0, east=10, north=10), 100)
    assert projection((0, 10)) == (0, 0)
    x, y = projection((10, 0))
    assert (round(x), round(y)) == (100, 101)
    assert round(projection.km(100)) == 1109


def points(*line: tuple[float, float]) -> Points:
    return np.array(line, dtype=float)


def test_a_line_is_cut_at_the_edge_and_comes_back() -> None:
    line = points((-10, 50), (50, 50), (50, -10), (60, -10), (60, 20))
    parts = [part.tolist() for part in cut_line(line, WINDOW)]
    assert parts == [[[0, 50], [50, 50], [50, 0]], [[60, 0], [60, 20]]]
    assert not list(cut_line(points((-10, 50), (-20, 60)), WINDOW))


def test_a_ring_is_cut_to_the_window() -> None:
    cut = cut_ring(points((-50, -50), (50, -50), (50, 50), (-50, 50), (-50, -50)), WINDOW)
    assert sorted(cut.tolist()) == [[0, 0], [0, 50], [50, 0], [50, 50]]
    assert not len(cut_ring(points((-50, -50), (-10, -50), (-10, -10)), WINDOW))
    whole = points((1, 1), (9, 1), (9, 9), (1, 1))
    assert cut_ring(whole, WINDOW).tolist() == whole[:-1].tolist()


def test_simplifying_keeps_what_strays() -> None:
    bent, straight = points((0, 0), (5, 0.1), (10, 0), (10, 10)), points((0, 0), (9, 9))
    loop = points((0, 0), (4, 0), (4, 4), (0, 0))
    shown = [line.tolist() for line in simplified([bent, straight, loop], 0.5)]
    assert shown == [[[0, 0], [10, 0], [10, 10]], straight.tolist(), loop.tolist()]
    assert simplified([], 0.5) == []


def test_a_path_loses_nothing_to_rounding() -> None:
    line = points((0.06, 10), (0.06, 9.5), (1.11, 9.49), (1.16, 12))
    assert joined_path([line, points((3, 3), (3.01, 3))]) == "M.1 10l0-.5 1 0 .1 2.5"
    assert joined_path([points((0, 0), (1, 0), (0, -1))], close=True) == "M0 0l1 0-1-1z"
    assert joined_path([]) == ""


def test_lines_drawn_together_are_told_apart_again() -> None:
    one, other = points((0, 0), (1, 1)), points((2, 2), (3, 3))
    assert list(regrouped([one, other, one], [[one], [], [other, one]])) == [
        [one],
        [],
        [other, one],
    ]


def test_a_ground_is_projected_as_its_places_are() -> None:
    projection = Projection.fit(Extent(west=40, south=36, east=52, north=43), 960)
    first, second = ((41.5, 40.25), (44.0, 39.9)), ((50.1, 36.5),)
    drawn = [line.tolist() for line in Lines.of([first, second]).pixels(projection)]
    assert drawn == [[[*projection(at)] for at in line] for line in (first, second)]


def test_every_line_of_every_status_has_its_strokes_and_words() -> None:
    for kind in KINDS:
        for status in STATUSES:
            (line,) = [s for s in strokes(kind, status) if s.part == "line"]
            assert (line.dash is None) == (status == "existing")
            assert line_words(kind, status)
    assert len(set(DASHES.values())) == len(DASHES)


def test_signs_differ_in_shape_and_not_only_in_colour() -> None:
    assert len({symbol.path for symbol in SYMBOLS.values()}) == len(SYMBOLS)
