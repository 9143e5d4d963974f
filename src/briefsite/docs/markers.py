"""Where hand-written pages name a component: `<!-- briefsite: NAME -->` on a line of its own."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefsite.report import Problem, did_you_mean

_FENCE = re.compile(r"`{3,}|~{3,}")
_OPEN, _NAMES, _CLOSE = "<!--", "briefsite:", "-->"


def check_inserts(text: str, path: str, known: Sequence[str]) -> list[Problem]:
    """Markers that name no component, in the hand-written page at `path`."""
    lines = text.split("\n")
    return [
        Problem(
            path,
            number + 1,
            lines[number].index(name, lines[number].index(_NAMES) + len(_NAMES)) + 1,
            "unknown-component",
            f"there is no component '{name[:80]}'",
            did_you_mean(name, known) or f"components: {', '.join(sorted(known))}",
            lines[number],
        )
        for number, name in marker_lines(lines)
        if name not in known
    ]


def marker_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each marker: the number of its line, from 0, and its name; none within fenced code."""
    ends: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if _FENCE.fullmatch(bare := line.rstrip()):
            ends[bare].append(number)
    number = 0
    while number < len(lines):
        line = lines[number]
        if fence := _FENCE.match(line):
            later = ends[fence.group()]
            end = bisect.bisect_right(later, number)
            number = later[end] if end < len(later) else number
        elif line.startswith(_OPEN) and (marker := line.rstrip()).endswith(_CLOSE):
            inner = marker[len(_OPEN) : -len(_CLOSE)].strip()
            if inner.startswith(_NAMES):
                yield number, inner.removeprefix(_NAMES).strip()
        number += 1
