"""The measurements of builds as Markdown."""

from __future__ import annotations

import gzip
import platform
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from bench.cases import CASES, FLOOR, PUBLISHING, Built
from bench.process import Measured, cores


@dataclass(frozen=True)
class Grown:
    """One size of a growing publication: its check, its cold build, and a page of it."""

    briefs: int
    check: Measured
    built: Built
    page: bytes


@dataclass
class Results:
    """All that was measured so far."""

    sizes: Sequence[int]
    found: dict[tuple[int, str], list[Built]] = field(default_factory=dict)
    growth: list[Grown] = field(default_factory=list)

    def add(self, size: int, case: str, built: Built) -> None:
        self.found.setdefault((size, case), []).append(built)

    def wall(self, size: int, case: str) -> float:
        return statistics.median(each.measured.wall for each in self.found[size, case])

    def cpu(self, size: int, case: str) -> float:
        return statistics.median(each.measured.cpu for each in self.found[size, case])

    def memory(self, size: int, case: str) -> float:
        return statistics.median(each.measured.together for each in self.found[size, case])

    def ratio(self, size: int, case: str) -> float:
        """Of the floor's time on the clock."""
        return self.wall(size, case) / self.wall(size, FLOOR)

    def stages(self, size: int, case: str) -> dict[str, float]:
        """Stage → seconds, in the order of the work."""
        each = [built.stages for built in self.found[size, case]]
        return {
            name: statistics.median(stages.get(name, 0.0) for stages in each)
            for name in each[0]
            if name != "all of these"
        }


_HEAD = """\
# How long a build takes

Made by `make bench`. Every brief has 20 claims, 8 events, 6 actors, 10 places, 2 routes, some 800
words of prose and a map; all of it is made up, and the same each time (`bench/workload.py`).

- *Plain Material* is the floor: the same text as Markdown written by hand, built by MkDocs and
  Material with search and `navigation.prune`, without maps, pages of sources, actors and places, or
  data. It keeps nothing between builds, so that each of its builds is cold.
- *Cold* is `briefsite build` (`make site`) with no site and an empty cache. Then, each from where
  the one before left it: *unchanged*; *one sentence* of a brief changed; *one title* of a brief,
  which other pages show; *one shared source*, which other briefs cite.
- Each build is a process of its own. {rounds}, in each of which all sizes and cases take
  turns; medians, with the least and the most beside them.
- *CPU* is the work of all processes; *memory* the most that all had together at a time, with what
  they share counted once. *To the floor* divides times on the clock.

{machine}.
Compare the ratios: times change with the machine.

![Time of a build as a multiple of plain Material's, by number of briefs](results.svg)
"""
_COLUMNS = (
    "Briefs",
    "Case",
    "Wall (s)",
    "Spread (s)",
    "To the floor",
    "CPU (s)",
    "Memory (MB)",
    "Pages",
    "Pages a second",
)
_STAGES = """
## Where the time goes, with {size:,} briefs

Seconds on the clock, as `briefsite build --verbose` tells them. *Before and after* is the start of
Python and of the engine, and the end.
"""
_PUBLISHING = """
## Publishing

`make publish`: the same, with a PDF of each brief, card pictures, the offline copy and small copies
of texts. *Unchanged* is the command again, with what it has kept.
"""
_GROWTH = """
## Growth

One check and one cold build of each size. Beside each figure stands what a further brief cost: one
of those that came since the size before. Page is that of one brief, under gzip.
"""
_LINE = """
The straight line of least squares through all of these sizes:
"""


def report(results: Results, rounds: int) -> str:
    """Everything as one page."""
    lines = [_HEAD.format(rounds=_times(rounds, "round"), machine=_machine())]
    lines += _table(results, results.sizes, (FLOOR, *CASES))
    lines += _stages(results)
    if published := [size for size in results.sizes if (size, PUBLISHING[0]) in results.found]:
        lines += [_PUBLISHING, *_table(results, published, PUBLISHING)]
    if results.growth:
        lines += [_GROWTH, *_growth(results.growth)]
    return "\n".join(lines) + "\n"


def _times(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _machine() -> str:
    names = ("mkdocs", "mkdocs-material")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"Measured on {_times(cores(), 'processor')} ({platform.machine()}), "
        f"Python {platform.python_version()}, {packages}"
    )


def _table(results: Results, sizes: Iterable[int], cases: Iterable[str]) -> Iterator[str]:
    cases = tuple(cases)
    yield _cells(_COLUMNS)
    yield _cells(("---:", "---", *["---:"] * (len(_COLUMNS) - 2)))
    for size in sizes:
        for case in cases:
            each = results.found[size, case]
            walls = sorted(built.measured.wall for built in each)
            wall, pages = results.wall(size, case), each[-1].pages
            yield _cells(
                (
                    f"{size:,}",
                    case,
                    f"{wall:.2f}",
                    f"{walls[0]:.2f}–{walls[-1]:.2f}",
                    f"{results.ratio(size, case):.3f}",
                    f"{results.cpu(size, case):.2f}",
                    f"{results.memory(size, case):.0f}",
                    f"{pages:,}",
                    f"{pages / wall:,.0f}",
                )
            )


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _stages(results: Results) -> Iterator[str]:
    """Where the time of each case goes, at the largest size."""
    size = results.sizes[-1]
    columns = {case: results.stages(size, case) for case in CASES}
    names = dict.fromkeys(name for stages in columns.values() for name in stages)
    yield _STAGES.format(size=size)
    yield _cells(("Stage", *CASES))
    yield _cells(("---", *["---:"] * len(CASES)))
    for name in names:
        told = (f"{stages[name]:.2f}" if name in stages else "" for stages in columns.values())
        yield _cells((name, *told))
    rest = (results.wall(size, case) - sum(columns[case].values()) for case in CASES)
    yield _cells(("before and after", *(f"{max(0.0, seconds):.2f}" for seconds in rest)))


@dataclass(frozen=True)
class _Column:
    """A figure of each size, its unit, and the thousandth of it that tells what a brief costs."""

    name: str
    unit: str
    small: str
    values: Sequence[float]


def _growth(growth: Sequence[Grown]) -> Iterator[str]:
    sizes = [float(each.briefs) for each in growth]
    built = [each.built.measured for each in growth]
    columns = (
        _Column("Check, CPU", "s", "ms", [each.check.cpu for each in growth]),
        _Column("Build, wall", "s", "ms", [each.wall for each in built]),
        _Column("Build, CPU", "s", "ms", [each.cpu for each in built]),
        _Column("Memory", "MB", "KB", [each.together for each in built]),
    )
    heads = (f"{each.name} ({each.unit}) | {each.small} a brief" for each in columns)
    yield _cells(("Briefs", *heads, "Page (KB)"))
    yield _cells(["---:"] * (2 * len(columns) + 2))
    for number, each in enumerate(growth):
        cells = [f"{each.briefs:,}"]
        for column in columns:
            cells.append(f"{column.values[number]:.1f}")
            more = _further(sizes, column.values, number)
            cells.append("" if more is None else f"{more * 1000:.0f}")
        weight = len(gzip.compress(each.page, mtime=0)) / 1000
        yield _cells((*cells, f"{weight:.1f}"))
    if len(growth) < 3:
        return
    yield _LINE
    yield _cells(("", "A brief", "Besides", "R²", "Farthest from it"))
    yield _cells(("---", *["---:"] * 4))
    for column in columns:
        slope, start = statistics.linear_regression(sizes, column.values)
        right = statistics.correlation(sizes, column.values) ** 2
        pairs = zip(sizes, column.values, strict=True)
        off = max(abs(value - start - slope * size) for size, value in pairs)
        yield _cells(
            (
                column.name,
                f"{slope * 1000:.1f} {column.small}",
                f"{start:.1f} {column.unit}",
                f"{right:.4f}",
                f"{off:.1f} {column.unit}",
            )
        )


def _further(sizes: Sequence[float], values: Sequence[float], number: int) -> float | None:
    if not number:
        return None
    return (values[number] - values[number - 1]) / (sizes[number] - sizes[number - 1])


def series(results: Results, cases: Iterable[str] = CASES) -> Mapping[str, list[tuple[int, float]]]:
    """Case → ratio to the floor at each size, for the chart."""
    return {case: [(n, results.ratio(n, case)) for n in results.sizes] for case in cases}
