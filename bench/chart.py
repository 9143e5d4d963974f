"""Two charts as one SVG file: times against a floor over sizes, and one time by its stages.

It brings its own ground and inks for light and dark, so that it can be read wherever it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

_WIDTH = 760
_LEFT, _RIGHT, _TOP, _HEIGHT = 64, 190, 56, 300
_BAR, _NAMES = 24, 150
_STYLE = """\
svg{font:13px system-ui,sans-serif;background:#fff}
text{fill:#1b1f24}.quiet{fill:#57606a}.ground{fill:#fff}
.grid{stroke:#d8dee4}.floor{stroke:#1b1f24;stroke-width:1.5}.bar{fill:#2f6fb5}
.line{fill:none;stroke-width:2.5}.head{font-size:15px;font-weight:600}
.c0{stroke:#2f6fb5}.c1{stroke:#1a7f4b}.c2{stroke:#b5542f}.c3{stroke:#8a3fa0}.c4{stroke:#946c00}
.d0{fill:#2f6fb5}.d1{fill:#1a7f4b}.d2{fill:#b5542f}.d3{fill:#8a3fa0}.d4{fill:#946c00}
@media (prefers-color-scheme:dark){svg{background:#161b22}.ground{fill:#161b22}
text{fill:#e6edf3}.quiet{fill:#9da7b3}.grid{stroke:#343b44}.floor{stroke:#e6edf3}.bar{fill:#6cb0f2}
.c0{stroke:#6cb0f2}.c1{stroke:#56c98d}.c2{stroke:#f0956c}.c3{stroke:#d29bee}.c4{stroke:#e0b84c}
.d0{fill:#6cb0f2}.d1{fill:#56c98d}.d2{fill:#f0956c}.d3{fill:#d29bee}.d4{fill:#e0b84c}}
"""

Series = Mapping[str, Sequence[tuple[int, float]]]
"""Name → size and multiple of the floor, sizes ascending; the same sizes for all."""


def draw(lines: Series, floor: str, stages: Mapping[str, float], about: str) -> str:
    """The file's text. `stages` are seconds by name, of what `about` says."""
    parts = [*_lines(lines, floor), *_bars(stages, about, _TOP + _HEIGHT + 84)]
    height = _TOP + _HEIGHT + 84 + 30 + _BAR * len(stages) + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-label="{escape(_said(lines, floor))}">'
        f"\n<style>\n{_STYLE}</style>\n"
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _said(lines: Series, floor: str) -> str:
    """The chart in words, for who does not see it."""
    told = (f"{name} {points[-1][1]:.3f}" for name, points in lines.items())
    size = max(size for points in lines.values() for size, _ in points)
    return f"With {size:,} briefs, as a multiple of {floor}: {'; '.join(told)}"


def _lines(lines: Series, floor: str) -> Iterator[str]:
    sizes = sorted({size for points in lines.values() for size, _ in points})
    values = [value for points in lines.values() for _, value in points]
    low = math.floor(math.log10(min(0.1, *values)))
    high = math.ceil(math.log10(max(1.0, *values)))
    span = math.log(sizes[-1] / sizes[0]) or 1.0

    def x(size: int) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * math.log(size / sizes[0]) / span

    def y(value: float) -> float:
        return _TOP + _HEIGHT * (high - math.log10(value)) / (high - low)

    yield _text(8, 26, f"Time of a build, as a multiple of {floor}’s", "head")
    for step in range(low, high + 1):
        yield _rule(_LEFT, _WIDTH - _RIGHT, y(10.0**step), "floor" if step == 0 else "grid")
        yield _text(_LEFT - 8, y(10.0**step) + 4, f"{10.0**step:g}", "quiet", "end")
    for size in sizes:
        yield _text(x(size), _TOP + _HEIGHT + 20, f"{size:,}", "quiet", "middle")
    yield _text((_LEFT + _WIDTH - _RIGHT) / 2, _TOP + _HEIGHT + 40, "briefs", "quiet", "middle")
    ends = {name: y(points[-1][1]) for name, points in lines.items()} | {floor: y(1.0)}
    names = _apart(ends, 16)
    for number, (name, points) in enumerate(lines.items()):
        way = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in points)
        yield f'<polyline class="line c{number % 5}" points="{way}"/>'
        for size, value in points:
            yield f'<circle class="d{number % 5}" cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5"/>'
        label = f"{name} {points[-1][1]:.3f}"
        yield _text(_WIDTH - _RIGHT + 12, names[name] + 4, label, f"d{number % 5}")
    yield _text(_WIDTH - _RIGHT + 12, names[floor] + 4, f"{floor} 1")


def _bars(stages: Mapping[str, float], about: str, top: float) -> Iterator[str]:
    yield _text(8, top, f"Where the time goes: {about}", "head")
    most = max(stages.values(), default=0.0) or 1.0
    room = _WIDTH - _NAMES - 90
    for number, (name, seconds) in enumerate(stages.items()):
        at = top + 18 + number * _BAR
        wide = room * seconds / most
        yield _text(_NAMES - 8, at + 15, name, "", "end")
        yield (
            f'<rect class="bar" x="{_NAMES}" y="{at + 3:.1f}" width="{wide:.1f}" '
            f'height="{_BAR - 8}"/>'
        )
        yield _text(_NAMES + wide + 8, at + 15, f"{seconds:.2f} s", "quiet")


def _apart(wanted: Mapping[str, float], least: float) -> dict[str, float]:
    """Heights of labels, moved so that no two are closer than `least`, in the order wanted."""
    placed: dict[str, float] = {}
    for name, at in sorted(wanted.items(), key=lambda item: item[1]):
        last = max(placed.values(), default=-least)
        placed[name] = max(at, last + least)
    low = float(_TOP + _HEIGHT)
    for name in reversed(placed):  # what was pushed out at the bottom moves back up
        placed[name] = min(placed[name], low)
        low = placed[name] - least
    return placed


def _rule(start: float, end: float, at: float, kind: str) -> str:
    return f'<path class="{kind}" d="M{start} {at:.1f}H{end}"/>'


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "") -> str:
    more = f' class="{kind}"' if kind else ""
    more += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(text)}</text>'
