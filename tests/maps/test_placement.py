"""Labels keep off one another, off routes, and out of other countries."""

from __future__ import annotations

from briefsite.maps.placement import Placer, wrap
from briefsite.maps.projection import Projection, Window, simplify
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
    placer.avoid([(100, 50), (200, 50)], 1)
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
    shape, outside = Scan([outer, hole]), Scan([outer, hole], outside=True)
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


def test_a_line_is_cut_at_the_edge_and_comes_back() -> None:
    parts = list(WINDOW.line([(-10, 50), (50, 50), (50, -10), (60, -10), (60, 20)]))
    assert parts == [[(0, 50), (50, 50), (50, 0)], [(60, 0), (60, 20)]]


def test_a_ring_is_cut_to_the_window() -> None:
    assert set(WINDOW.ring([(-50, -50), (50, -50), (50, 50), (-50, 50)])) == {
        (0, 0),
        (50, 0),
        (50, 50),
        (0, 50),
    }
    assert WINDOW.ring([(-50, -50), (-10, -50), (-10, -10)]) == []


def test_simplifying_keeps_what_strays() -> None:
    assert simplify([(0, 0), (5, 0.1), (10, 0), (10, 10)], 0.5) == [(0, 0), (10, 0), (10, 10)]


def test_every_line_of_every_status_has_its_strokes_and_words() -> None:
    for kind in KINDS:
        for status in STATUSES:
            (line,) = [s for s in strokes(kind, status) if s.part == "line"]
            assert (line.dash is None) == (status == "existing")
            assert line_words(kind, status)
    assert len(set(DASHES.values())) == len(DASHES)


def test_signs_differ_in_shape_and_not_only_in_colour() -> None:
    assert len({symbol.path for symbol in SYMBOLS.values()}) == len(SYMBOLS)
