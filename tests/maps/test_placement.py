"""Labels keep off one another, off routes, and out of other countries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from tests.maps.conftest import Coast

from briefsite.maps.backdrop import drawn_ground
from briefsite.maps.lines import Lines, Points, cut_lines, cut_rings, simplified
from briefsite.maps.paths import path_data
from briefsite.maps.placement import Placer, wrap
from briefsite.maps.projection import Projection, Window
from briefsite.maps.scan import Scan
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
    outer = points((0, 0), (10, 0), (10, 10), (0, 10))
    hole = points((4, 4), (6, 4), (6, 6), (4, 6))
    shape, outside = Scan([outer, hole]), Scan([outer, hole], outside=True)
    assert shape.holds((2, 5))
    assert not shape.holds((5, 5))
    assert outside.holds((5, 5))
    assert not outside.holds((2, 5))
    assert shape.rooms(3, 5) == [(0, 4), (6, 10)]
    assert shape.rooms(1, 3, width=11) == []


def test_the_projection_is_web_mercator() -> None:
    projection = Projection.fit(Extent(west=0, south=0, east=10, north=10), 100)
    assert projection((0, 10)) == (0, 0)
    x, y = projection((10, 0))
    assert (round(x), round(y)) == (100, 101)
    assert round(projection.km(100)) == 1109


def points(*line: tuple[float, float]) -> Points:
    return np.array(line, dtype=float)


def lines(*group: Points) -> Lines:
    return Lines.of([group])


def listed(shown: Lines) -> list[list[list[float]]]:
    return [line.tolist() for line in shown]


def test_a_line_is_cut_at_the_edge_and_comes_back() -> None:
    line = points((-10, 50), (50, 50), (50, -10), (60, -10), (60, 20))
    parts = cut_lines(Lines.of([[line], [points((-10, 50), (-20, 60)), points((1, 1))]]), WINDOW)
    assert listed(parts) == [[[0, 50], [50, 50], [50, 0]], [[60, 0], [60, 20]]]
    assert parts.groups.tolist() == [0, 0]
    across = cut_lines(lines(points((-50, 50), (250, 50))), WINDOW)
    assert listed(across) == [[[0, 50], [200, 50]]]


def test_lines_are_cut_as_each_of_their_steps_is() -> None:
    many = np.random.default_rng(1).uniform(-100, 300, (500, 2))
    ends = [at for part in cut_lines(lines(many), WINDOW) for at in part.tolist()]
    steps = [WINDOW.segment(tuple(a), tuple(b)) for a, b in pairwise(many.tolist())]
    expected: list[list[float]] = []
    for step in filter(None, steps):
        begin, end = map(list, step)
        expected += [end] if expected and expected[-1] == begin else [begin, end]
    assert ends == expected


def test_a_ring_is_cut_to_the_window() -> None:
    cut = cut_rings(lines(points((-50, -50), (50, -50), (50, 50), (-50, 50))), WINDOW)
    assert sorted(listed(cut)[0]) == [[0, 0], [0, 50], [50, 0], [50, 50]]
    assert not len(cut_rings(lines(points((-50, -50), (-10, -50), (-10, -10))), WINDOW))
    whole, beside = points((1, 1), (9, 1), (9, 9)), points((300, 1), (309, 1), (309, 9))
    both = cut_rings(Lines.of([[beside], [whole]]), WINDOW)
    assert listed(both) == [whole.tolist()]
    assert both.groups.tolist() == [1]


def test_simplifying_keeps_what_strays() -> None:
    bent, straight = points((0, 0), (5, 0.1), (10, 0), (10, 10)), points((0, 0), (9, 9))
    loop = points((0, 0), (4, 0), (4, 4), (0, 0))
    shown = simplified(lines(bent, straight, loop), 0.5)
    assert listed(shown) == [[[0, 0], [10, 0], [10, 10]], straight.tolist(), loop.tolist()]
    assert not len(simplified(Lines.of([]), 0.5))


def test_of_points_that_stray_as_far_the_first_is_kept() -> None:
    bow = points((0, 0), (2, 2), (3, 2), (5, 0))
    assert listed(simplified(lines(bow), 1.0)) == [[[0, 0], [2, 2], [5, 0]]]


def test_a_path_loses_nothing_to_rounding() -> None:
    line = points((0.06, 10), (0.06, 9.5), (1.11, 9.49), (1.16, 12))
    (path,) = path_data(lines(line, points((3, 3), (3.01, 3))), 1)
    assert path == "M.1 10l0-.5 1 0 .1 2.5"
    (path,) = path_data(lines(points((0, 0), (1, 0), (0, -1))), 1, closed=1)
    assert path == "M0 0l1 0-1-1z"
    assert path_data(Lines.of([]), 2) == ["", ""]


def test_each_group_of_lines_has_its_path() -> None:
    area, line = points((0, 0), (1, 0), (0, -1)), points((-2000, -0.5), (2345.6, 7))
    paths = path_data(Lines.of([[], [area], [line, line], []]), 4, closed=2)
    assert paths == ["", "M0 0l1 0-1-1z", "M-2000-.5l4345.6 7.5" * 2, ""]


def test_a_ground_is_projected_as_its_places_are() -> None:
    projection = Projection.fit(Extent(west=40, south=36, east=52, north=43), 960)
    whole = Window(0, 0, 960, projection.height)
    first, second = ((41.5, 40.25), (44.0, 39.9)), ((50.1, 36.5),)
    drawn = Lines.of_ground([[first, second], [((60.0, 40.0), (61.0, 40.0))]])
    shown = listed(drawn.pixels(projection, whole))
    assert shown == [[[*projection(at)] for at in line] for line in (first, second)]


def test_maps_of_one_extent_have_their_ground_drawn_once(coast: Coast) -> None:
    projection = Projection.fit(Extent(west=48, south=38, east=51, north=41), 960)
    window = Window(0, 0, 960, projection.height)
    ground = coast[2]
    drawn = drawn_ground(ground, projection, window)
    assert drawn.land
    assert drawn_ground(ground, projection, window) is drawn


def test_every_line_of_every_status_has_its_strokes_and_words() -> None:
    for kind in KINDS:
        for status in STATUSES:
            (line,) = [s for s in strokes(kind, status) if s.part == "line"]
            assert (line.dash is None) == (status == "existing")
            assert line_words(kind, status)
    assert len(set(DASHES.values())) == len(DASHES)


def test_signs_differ_in_shape_and_not_only_in_colour() -> None:
    assert len({symbol.path for symbol in SYMBOLS.values()}) == len(SYMBOLS)
