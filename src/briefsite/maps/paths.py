"""Lines of pixels as the path data of a picture, written all at once."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from briefsite.maps.lines import Lines, Numbers

_MOVE, _STEPS, _CLOSE = -3, -2, -1
"""The words of a path that are no numbers, from the end of the table."""


def path_data(lines: Lines, groups: int, *, closed: int = 0) -> list[str]:
    """The path of each group: relative steps in tenths of a pixel, none lost to rounding.

    There are so many `groups`, and the lines of the first of them are `closed`.
    """
    if not len(lines):
        return [""] * groups
    starts = lines.starts[:-1]
    at = np.rint(lines.points.view(float).reshape(-1, 2) * 10).astype(int)
    steps = np.diff(at, axis=0, prepend=at[:1])
    steps[starts] = 0
    moved = (steps[:, 0] != 0) | (steps[:, 1] != 0)
    count = 2 * np.add.reduceat(moved, starts, dtype=int)
    is_drawn = count > 0
    count, at, group = count[is_drawn], at[starts[is_drawn]], lines.groups[is_drawn]
    steps = np.compress(moved, steps, axis=0).ravel()
    # Each line is M, two numbers, l, its steps, and z if it is closed.
    is_closed = group < closed
    ends = np.cumsum(count + 4 + is_closed)
    begin = ends - (count + 4 + is_closed)
    words, alone, after = _words(int(max(abs(at).max(initial=0), abs(steps).max(initial=0))))
    at_steps = np.arange(len(steps)) + np.repeat(begin + 4 - (np.cumsum(count) - count), count)
    numbers = np.empty(ends[-1] if len(ends) else 0, dtype=int)
    numbers[begin], numbers[begin + 3] = _MOVE, _STEPS
    numbers[begin + 2] = at[:, 1] + after
    numbers[at_steps] = steps + after
    # The first of some numbers has no space before it.
    for place, value in ((begin + 1, at[:, 0]), (begin + 4, steps[np.cumsum(count) - count])):
        numbers[place] = np.where(value < 0, value + after, value + alone)
    numbers[ends[is_closed] - 1] = _CLOSE
    written = words[numbers]
    bounds = np.concatenate([[0], ends])[np.searchsorted(group, np.arange(groups + 1))]
    return [_joined(written[one:other]) for one, other in pairwise(bounds.tolist())]


def _joined(words: Numbers) -> str:
    return words.tobytes().translate(None, b"\0").decode()


def _words(greatest: int) -> tuple[Numbers, int, int]:
    """Tenths up to a number as they are written, and where 0 stands: alone, and after another."""
    return _table(max(1 << 14, 1 << greatest.bit_length()))


@lru_cache(maxsize=4)
def _table(size: int) -> tuple[Numbers, int, int]:
    digits = [
        b"%d%s" % (whole, tenth) if whole else tenth or b"0"
        for whole in range(size // 10 + 1)
        for tenth in (b"", *(b".%d" % tenth for tenth in range(1, 10)))
    ]
    below = [b"-" + each for each in reversed(digits[1:])]
    words = [*below, *(b" " + each for each in digits), *digits, b"M", b"l", b"z"]
    # Words of eight bytes are picked many times as fast if they are called numbers.
    return np.array(words, "S8").view(np.int64), len(below) + len(digits), len(below)
