"""How long `briefsite check` takes: `python -m bench.check` writes `bench/check.md`.

Each measurement is a process of its own, as an author starts it; the sizes take turns, and medians
are given, so that what else a machine does falls on all alike.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.process import Measured, cores, run
from bench.workload import write_workload

SIZES = (10, 100, 300, 1_000)
ROUNDS = 5
RESULTS = Path(__file__).with_name("check.md")
CASES = ("cold", "unchanged", "one changed", "again, unchanged", "again, one changed")
_AGAIN = """
import sys, time
from pathlib import Path
from briefsite.check import Checker
root, rounds = Path(sys.argv[1]), int(sys.argv[2])
path = root / "briefs" / "brief-0005.yaml"
checker = Checker(root)
checker.check()
text = path.read_text(encoding="utf-8")
for number in range(rounds):
    for edited in (None, text.replace("Roads", f"Ways {number}")):
        time.sleep(0.1)
        if edited is not None:
            path.write_text(edited, encoding="utf-8")
        wall, cpu = time.perf_counter(), time.process_time()
        assert checker.check().library is not None
        print(time.perf_counter() - wall, time.process_time() - cpu)
path.write_text(text, encoding="utf-8")
"""


def measure(root: Path, cache: Path) -> Iterator[tuple[str, Measured]]:
    """One round over a workload: every case once."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    check = [sys.executable, "-m", "briefsite", "--root", str(root), "check"]
    shutil.rmtree(cache, ignore_errors=True)
    yield "cold", run(check, environment).measured
    yield "unchanged", run(check, environment).measured
    brief = root / "briefs" / "brief-0005.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("Roads", "Ways"), encoding="utf-8")
    yield "one changed", run(check, environment).measured
    brief.write_text(text, encoding="utf-8")


def measure_again(root: Path, rounds: int) -> Iterator[tuple[str, Measured]]:
    """The check repeated in one process, with and without an edit, as often as there are rounds."""
    command = [sys.executable, "-c", _AGAIN, str(root), str(rounds)]
    whole = run(command, os.environ)
    for number, line in enumerate(whole.output.splitlines()):
        wall, cpu = map(float, line.split())
        yield CASES[3 + number % 2], replace(whole.measured, wall=wall, cpu=cpu)


_HEAD = """\
# How long a check takes

Made by `python -m bench.check`. Medians of {rounds} rounds over all sizes in turn, on {cores}
processors that other work may have shared: compare the ratios within the table. *Cold* is
`briefsite check` with an empty cache, *unchanged* and *one changed* are the command again; *again*
is the check that a preview repeats within one process, with its library. Seconds on the clock stand
beside those of all processors; memory is the most of one process.

| Briefs | Case | Wall (s) | Spread (s) | CPU (s) | CPU a brief (ms) | Memory (MB) |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |"""


def report(found: dict[tuple[int, str], list[Measured]], sizes: Sequence[int], rounds: int) -> str:
    """The measurements as Markdown."""
    first, largest = sizes[0], sizes[-1]
    lines = [_HEAD.format(rounds=rounds, cores=cores())]
    for size in sizes:
        for case in CASES:
            each = found[(size, case)]
            wall = sorted(m.wall for m in each)
            cpu = statistics.median(m.cpu for m in each)
            memory = statistics.median(m.megabytes for m in each)
            spread = f"{wall[0]:.2f}–{wall[-1]:.2f}"
            lines.append(
                f"| {size:,} | {case} | {statistics.median(wall):.2f} | {spread}"
                f" | {cpu:.2f} | {cpu / size * 1000:.1f} | {memory:.0f} |"
            )
    lines += ["", "| Briefs | Unchanged / cold | One changed / cold | Cold, of linear growth |"]
    lines += ["| ---: | ---: | ---: | ---: |"]

    def cpu_of(size: int, case: str) -> float:
        return statistics.median(m.cpu for m in found[(size, case)])

    slope = (cpu_of(largest, "cold") - cpu_of(first, "cold")) / max(1, largest - first)
    for size in sizes:
        cold = cpu_of(size, "cold")
        linear = cpu_of(first, "cold") + slope * (size - first)
        lines.append(
            f"| {size:,} | {cpu_of(size, 'unchanged') / cold:.3f}"
            f" | {cpu_of(size, 'one changed') / cold:.3f} | {cold / linear:.2f} |"
        )
    lines += ["", "Ratios are of processor time.", ""]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.check", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    found: dict[tuple[int, str], list[Measured]] = {}
    with tempfile.TemporaryDirectory(prefix="briefsite-bench-") as folder:
        for size in options.sizes:
            write_workload(size, Path(folder) / str(size))
            again = measure_again(Path(folder) / str(size), options.rounds)
            for case, measured in again:
                found.setdefault((size, case), []).append(measured)
        for number in range(1, options.rounds + 1):
            for size in options.sizes:
                for case, measured in measure(Path(folder) / str(size), Path(folder) / "cache"):
                    found.setdefault((size, case), []).append(measured)
                sys.stderr.write(f"round {number} of {options.rounds}: {size} briefs\n")
            text = report(found, options.sizes, number)
            options.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
