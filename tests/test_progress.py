"""Long work shows itself, in the way that the output can take."""

from __future__ import annotations

import io

import pytest

from briefsite.progress import Progress, Style, style_for


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(style: Style, seconds: float, *, verbose: bool = False) -> str:
    """What is printed while four steps are done, of some seconds each."""
    clock, printed = Clock(), io.StringIO()
    told = Progress(style, printed, verbose=verbose, clock=clock)
    told.enter("checking")
    clock.now += seconds
    told.enter("rendering", 4)
    for _ in range(4):
        clock.now += seconds
        told.step()
    told.done()
    return printed.getvalue()


@pytest.mark.parametrize("style", ["line", "log", "silent"])
def test_short_work_is_not_told_of(style: Style) -> None:
    assert work(style, 0.3) == ""


def test_a_terminal_has_one_line_that_counts_and_goes_away() -> None:
    printed = work("line", 1.0)
    assert "\n" not in printed
    assert "\r\x1b[Krendering 1/4  2.0 s" in printed
    assert "\r\x1b[Krendering 4/4  5.0 s" in printed
    assert printed.endswith("\r\x1b[K")


def test_a_terminal_is_not_flooded() -> None:
    clock, printed = Clock(), io.StringIO()
    told = Progress("line", printed, clock=clock)
    told.enter("rendering", 10_000)
    for _ in range(10_000):
        clock.now += 0.001
        told.step()
    assert 50 < printed.getvalue().count("rendering") <= 100


def test_ci_has_plain_lines() -> None:
    lines = work("log", 30.0).splitlines()
    assert "checking: done in 30.0 s" in lines
    assert "rendering 2/4  90 s" in lines
    assert lines[-1] == "rendering 4/4: done in 120.0 s"
    assert not [line for line in lines if "\r" in line or "\x1b" in line]


def test_a_pipe_has_nothing() -> None:
    assert work("silent", 30.0) == ""


def test_the_time_of_each_stage_is_told_on_request() -> None:
    assert work("silent", 2.0, verbose=True).splitlines() == [
        "checking          2.00 s",
        "rendering         8.00 s",
        "all of these     10.00 s",
    ]


@pytest.mark.parametrize(
    ("stream", "environment", "style"),
    [
        (Terminal(), {}, "line"),
        (Terminal(), {"TERM": "dumb"}, "silent"),
        (io.StringIO(), {}, "silent"),
        (io.StringIO(), {"CI": "true"}, "log"),
        (io.StringIO(), {"CI": "false"}, "silent"),
        (Terminal(), {"CI": ""}, "line"),
    ],
)
def test_an_output_is_told_in_its_own_way(
    stream: io.StringIO, environment: dict[str, str], style: Style
) -> None:
    assert style_for(stream, environment) == style


def test_nothing_is_told_when_the_work_is_over_whoever_still_holds_it() -> None:
    clock, printed = Clock(), io.StringIO()
    told = Progress("log", printed, clock=clock)
    told.enter("checking")
    told.done()
    printed.close()
    clock.now += 60
    told.enter("rendering", 2)
    told.step()
