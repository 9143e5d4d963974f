"""Many events as a picture of a bounded size: how many began when, topic by topic.

One row a topic, on one axis and to one scale, so that nothing is told by a colour. Places across
are in percent and heights in pixels, as in a timeline's band.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefsite.charts.svg import element, shortest, text
from briefsite.languages import ENGLISH, Language
from briefsite.model.entries import Head
from briefsite.model.records import Event, Topic

FEWEST = 12
"""Fewer events are told faster than counted."""
MOST_ROWS = 8
"""How many topics have a row of their own, if there are more; the last row has the others."""
_COLUMNS = 48
_SHARE = 0.8
"""What part of the events the axis must hold; what was before is told, and not drawn."""
_STEPS = (1, 3, 12, 60, 120, 300, 600, 1200, 3000, 6000, 12000)
"""Months a column."""
_TICKS = (*_STEPS[:1], 2, 3, 6, 12, 24, 60, 120, 240, 300, 600, 1200, 2400, 6000, 12000, 24000)
"""Months between two times that are written below the rows."""
_TALL, _ROW, _FOOT = 32.0, 58.0, 22.0
_APART = 56.0
"""The least pixels between those, on a phone."""
_PHONE = 340.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events began when: the picture, and the same as `rows` of a table below `heads`.

    `before` says how many events the picture leaves out, and until when; empty if none.
    """

    svg: Markup
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    highest: int
    """What the highest column of the picture stands for."""
    before: str = ""
    marks_part: bool = False
    """Whether the time of the part at hand is marked."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Columns of `step` months from the month `start` on, `count` of them."""

    start: int
    step: int
    count: int

    def column(self, month: int) -> int:
        """That of a month; -1 for all that was before."""
        return max(-1, (month - self.start) // self.step)

    def percent(self, column: float) -> str:
        return f"{shortest(100 * column / self.count)}%"


@dataclass(frozen=True, slots=True)
class Counted:
    """Events by lane, a topic and its title, and column."""

    axis: _Axis
    lanes: Mapping[str, str]
    counts: Mapping[str, Counter[int]]


def count_events(
    events: Sequence[tuple[Event, Head]],
    topics: Mapping[str, Topic],
    language: Language = ENGLISH,
) -> Counted | None:
    """What all pictures of some events have in common; None for few."""
    if len(events) < FEWEST:
        return None
    axis = _axis([event for event, _ in events])
    lanes = _lanes(events, topics, language)
    counts = {key: Counter[int]() for key in lanes}
    for event, brief in events:
        counts[brief.topic if brief.topic in lanes else ""][axis.column(_month(event))] += 1
    return Counted(axis, lanes, counts)


def draw_tally(
    counted: Counted,
    events: Sequence[tuple[Event, Head]],
    shown: Sequence[tuple[Event, Head]] = (),
    language: Language = ENGLISH,
) -> Tally:
    """The picture of events that are counted, in the order of time, by the topics of their briefs.

    Of a list in parts, `shown` is the one at hand: its time is marked, if it is not all.
    """
    axis, lanes, counts = counted.axis, counted.lanes, counted.counts
    rows = tuple(_rows(counts, axis, language))
    highest = max(n for each in counts.values() for column, n in each.items() if column >= 0)
    height = len(lanes) * _ROW + _FOOT
    marked = tuple(_marked(axis, events, shown, height - _FOOT))
    parts = [*marked]
    for number, (key, title) in enumerate(lanes.items()):
        parts += _lane(counts[key], title, axis, number * _ROW, highest, language)
    parts += _ticks(axis, height, language)
    said = language.ngettext(
        "%(num)s event by topic and time; the table has the numbers.",
        "%(num)s events by topic and time; the table has the numbers.",
        len(events),
    )
    svg = element(
        "svg", *parts, cls="ink tally", role="img", aria_label=said, width="100%", height=height
    )
    before = _before(counts, axis, language)
    return Tally(svg, tuple(lanes.values()), rows, highest, before, bool(marked))


def _before(counts: Mapping[str, Counter[int]], axis: _Axis, language: Language) -> str:
    left_out = sum(each[-1] for each in counts.values())
    return (
        left_out
        and language.ngettext(
            "%(num)s event before %(time)s is not drawn.",
            "%(num)s events before %(time)s are not drawn.",
            left_out,
            time=_label(axis.start, axis.step, language),
        )
    ) or ""


def _month(event: Event) -> int:
    """The month in which an event begins, counted from the year 0."""
    return event.date.first.year * 12 + event.date.first.month - 1


def _axis(events: Sequence[Event]) -> _Axis:
    """The finest columns that hold most of the events; finer than a year if months are known."""
    months = [_month(event) for event in events]
    first, last = min(months), max(months)
    known = sum(_is_to_the_month(event) for event in events)
    finest = 1 if known >= _SHARE * len(events) else 12
    for step in (step for step in _STEPS if step >= finest):
        end = last - last % step + step
        start = max(end - _COLUMNS * step, first - first % step)
        inside = sum(month >= start for month in months)
        if inside >= _SHARE * len(months):
            break
    return _Axis(start, step, (end - start) // step)


def _is_to_the_month(event: Event) -> bool:
    point = event.date.start or event.date.end
    return point is not None and point.precision in ("day", "month")


def _lanes(
    events: Sequence[tuple[Event, Head]], topics: Mapping[str, Topic], language: Language
) -> dict[str, str]:
    """Topic → its title, in the order of the topics; the smallest of many as one, without an id."""
    sizes = Counter(brief.topic for _, brief in events)
    largest = sorted(sizes, key=lambda key: (-sizes[key], key))
    if len(largest) > MOST_ROWS:
        largest = largest[: MOST_ROWS - 1]
    lanes = {key: topic.title for key, topic in topics.items() if key in largest}
    return lanes if len(lanes) == len(sizes) else {**lanes, "": language.gettext("Other topics")}


def _lane(
    counts: Counter[int], title: str, axis: _Axis, top: float, highest: int, language: Language
) -> Iterator[Markup]:
    yield text(f"{title}: {language.count(counts.total())}", 0.0, top + 18, cls="label")
    base = top + 24 + _TALL
    bars = "".join(
        f"M{column + 0.08:.2f} {_TALL:g}v{-max(1.5, _TALL * n / highest):.1f}h.84V{_TALL:g}z"
        for column, n in sorted(counts.items())
        if column >= 0
    )
    yield element(
        "svg",
        element("path", cls="bar", d=bars),
        y=base - _TALL,
        width="100%",
        height=_TALL,
        viewBox=f"0 0 {axis.count} {_TALL:g}",
        preserveAspectRatio="none",
    )
    yield element("line", cls="zero", x1="0%", x2="100%", y1=base, y2=base)


def _marked(
    axis: _Axis,
    events: Sequence[tuple[Event, Head]],
    shown: Sequence[tuple[Event, Head]],
    height: float,
) -> Iterator[Markup]:
    """The time of the part at hand."""
    if not shown or len(shown) == len(events):
        return
    first, last = (axis.column(_month(event)) for event, _ in (shown[0], shown[-1]))
    if last >= 0:
        start, width = axis.percent(max(0, first)), axis.percent(last + 1 - max(0, first))
        yield element("rect", cls="tint", x=start, y=0.0, width=width, height=height)


def _ticks(axis: _Axis, height: float, language: Language) -> Iterator[Markup]:
    """As many round times below the rows as a phone has room for."""
    least = _APART * axis.count / _PHONE * axis.step
    months = next((n for n in _TICKS if n >= least and n % axis.step == 0), _TICKS[-1])
    for column in range(axis.count):
        month = axis.start + column * axis.step
        if month % months:
            continue
        at = (column + 0.5) * _PHONE / axis.count
        anchor = "start" if at < _APART / 2 else "end" if at > _PHONE - _APART / 2 else "middle"
        edge = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        words = _label(month, axis.step, language)
        yield text(words, axis.percent(column + edge), height - 6, cls="tick", anchor=anchor)


def _rows(
    counts: Mapping[str, Counter[int]], axis: _Axis, language: Language
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The columns in which anything began, what was before them first."""
    for column in range(-1, axis.count):
        found = tuple(each[column] for each in counts.values())
        if not any(found):
            continue
        month = axis.start + max(0, column) * axis.step
        words = _label(month, axis.step, language)
        if column < 0:
            words = language.gettext("before %(time)s", time=words)
        elif axis.step not in (1, 12):
            last = month + axis.step - (1 if axis.step < 12 else 12)
            words = f"{words}–{_label(last, axis.step, language)}"
        yield words, found


def _label(month: int, step: int, language: Language) -> str:
    year = month // 12
    return language.month(datetime.date(year, month % 12 + 1, 1)) if step < 12 else str(year)
