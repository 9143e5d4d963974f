"""Labels keep off one another, off routes, and out of other countries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from tests.maps.conftest import Coast

from briefsite.maps.backdrop import drawn_ground
from briefsite.maps.lines import Lines, Points, cut_lines, cut_rings, points_of
from briefsite.maps.paths import path_data
from briefsite.maps.placement import Box, Placer, wrap
from briefsite.maps.projection import Projection, Window
from briefsite.maps.scan import Scan
from briefsite.maps.style import DASHES, KINDS, STATUSES, SYMBOLS, line_words, strokes
from briefsite.model.records import Extent

WINDOW = Window(0, 0, 200, 100)


def meet(one: Box, two: Box) -> bool:
    is_beside = one.right <= two.left or two.right <= one.left
    return not (is_beside or one.bottom <= two.top or two.bottom <= one.top)


def test_the_first_label_stands_to_the_right_and_the_next_elsewhere() -> None:
    placer = Placer(WINDOW)
    first = placer.beside((100, 50), 4, "Here", 12)
    second = placer.beside((100, 50), 4, "There", 12)
    assert first is not None
    assert second is not None
    assert first.anchor == "start"
    assert not meet(first.box, second.box)


def test_a_label_at_the_edge_turns_inwards() -> None:
    placed = Placer(WINDOW).beside((196, 50), 4, "Edge", 12)
    assert placed is not None
    assert placed.box.right <= 200


def test_a_label_keeps_off_a_route() -> None:
    placer = Placer(WINDOW)
    placer.avoid(lines(points((100, 50), (200, 50))), 10)
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
    shape = Scan(lines(outer, hole))
    outside = Scan(lines(outer, hole), outside=True)
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
    return points_of(line)


def random_points(seed: int, number: int = 60) -> Points:
    return points(*np.random.default_rng(seed).uniform(-100, 300, (number, 2)).tolist())


def simplified(shown: Lines, tolerance: float) -> Lines:
    """Lines as on a picture that is as large as the ground."""
    whole = Projection(west=0, top=0, per_degree=1, width=1000, height=1000, middle_lat=0)
    drawn = shown.pixels(whole, Window(-1000, -1000, 1000, 1000), tolerance)
    return Lines(drawn.points.conj(), drawn.starts, drawn.groups)


def lines(*group: Points) -> Lines:
    return Lines.of([group])


def listed(shown: Lines) -> list[list[list[float]]]:
    return [pairs(line) for line in shown]


def pairs(line: Points) -> list[list[float]]:
    return [[at.real, at.imag] for at in line.tolist()]


def test_a_line_is_cut_at_the_edge_and_comes_back() -> None:
    line = points((-10, 50), (50, 50), (50, -10), (60, -10), (60, 20))
    parts = cut_lines(Lines.of([[line], [points((-10, 50), (-20, 60)), points((1, 1))]]), WINDOW)
    assert listed(parts) == [[[0, 50], [50, 50], [50, 0]], [[60, 0], [60, 20]]]
    assert parts.groups.tolist() == [0, 0]
    across = cut_lines(lines(points((-50, 50), (250, 50))), WINDOW)
    assert listed(across) == [[[0, 50], [200, 50]]]


def test_lines_are_cut_as_each_of_their_steps_is() -> None:
    many = random_points(1, 500)
    ends = [at for part in listed(cut_lines(lines(many), WINDOW)) for at in part]
    steps = [WINDOW.segment((a.real, a.imag), (b.real, b.imag)) for a, b in pairwise(many.tolist())]
    expected: list[list[float]] = []
    for step in filter(None, steps):
        begin, end = map(list, step)
        expected += [end] if expected and expected[-1] == begin else [begin, end]
    assert ends == expected


def test_many_lines_are_cut_as_each_alone_is() -> None:
    many = [random_points(seed) for seed in range(9)]
    together = cut_lines(Lines.of([[line] for line in many]), WINDOW)
    for number, line in enumerate(many):
        alone = cut_lines(lines(line), WINDOW)
        assert [pairs(part) for part in together.group(number)] == listed(alone)


def test_many_rings_are_cut_to_what_they_hold_of_the_window() -> None:
    many = [random_points(seed) for seed in range(9)]
    together = cut_rings(Lines.of([[ring] for ring in many]), WINDOW)
    somewhere = pairs(random_points(99, 400))
    for number, ring in enumerate(many):
        whole, part = Scan(lines(ring)), Scan(together.group(number))
        for x, y in somewhere:
            inside = 0 < x < 200 and 0 < y < 100
            assert part.holds((x, y)) == (inside and whole.holds((x, y)))


def test_a_ring_is_cut_to_the_window() -> None:
    cut = cut_rings(lines(points((-50, -50), (50, -50), (50, 50), (-50, 50))), WINDOW)
    assert sorted(listed(cut)[0]) == [[0, 0], [0, 50], [50, 0], [50, 50]]
    assert not len(cut_rings(lines(points((-50, -50), (-10, -50), (-10, -10))), WINDOW))
    whole, beside = points((1, 1), (9, 1), (9, 9)), points((300, 1), (309, 1), (309, 9))
    both = cut_rings(Lines.of([[beside], [whole]]), WINDOW)
    assert listed(both) == [pairs(whole)]
    assert both.groups.tolist() == [1]


def test_simplifying_keeps_what_strays() -> None:
    bent, straight = points((0, 0), (5, 0.1), (10, 0), (10, 10)), points((0, 0), (9, 9))
    loop = points((0, 0), (4, 0), (4, 4), (0, 0))
    shown = simplified(lines(bent, straight, loop), 0.5)
    assert listed(shown) == [[[0, 0], [10, 0], [10, 10]], pairs(straight), pairs(loop)]
    assert not len(simplified(Lines.of([]), 0.5))


def test_of_points_that_stray_as_far_the_first_is_kept() -> None:
    bow = points((0, 0), (2, 2), (3, 2), (5, 0))
    assert listed(simplified(lines(bow), 1.0)) == [[[0, 0], [2, 2], [5, 0]]]


def test_for_every_tolerance_it_is_what_halving_each_line_alone_gives() -> None:
    many = [random_points(seed, 40) for seed in range(5)]
    for tolerance in (0.0, 1.0, 30.0, 100.0, 300.0):
        halved = [[pairs(line)[0], *halves(pairs(line), tolerance)] for line in many]
        assert listed(simplified(lines(*many), tolerance)) == halved


def halves(line: list[list[float]], tolerance: float) -> list[list[float]]:
    """What Douglas and Peucker keep of a line after its first point."""
    start, end = complex(*line[0]), complex(*line[-1])

    def away(at: list[float]) -> float:
        share = ((complex(*at) - start) * (end - start).conjugate()).real / abs(end - start) ** 2
        return abs(complex(*at) - start - min(max(share, 0), 1) * (end - start))

    most = max(line[1:-1], key=away, default=None)
    if most is None or away(most) <= tolerance:
        return [line[-1]]
    at = line.index(most)
    return halves(line[: at + 1], tolerance) + halves(line[at:], tolerance)


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
