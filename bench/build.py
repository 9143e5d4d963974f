"""How long a build takes, against plain Material: `make bench` writes `bench/RESULTS.md`.

`--growth` adds one check and one build each of larger publications, which take many minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.cases import CASES, COLD, FLOOR, Bench
from bench.chart import draw
from bench.results import Grown, Results, report, series

SIZES = (10, 100, 300, 1_000)
LARGER = (3_000, 5_000)
PUBLISHED = (10, 100)
ROUNDS = 3
RESULTS = Path(__file__).with_name("RESULTS.md")


def measure(results: Results, published: Sequence[int], rounds: int, output: Path) -> None:
    """All cases of all sizes in turn; what is known is written after each round."""
    with tempfile.TemporaryDirectory(prefix="briefsite-bench-") as folder:
        benches = {size: Bench(size, Path(folder) / str(size)) for size in results.sizes}
        first = benches[results.sizes[0]]
        first.floor(), first.cold()  # compiles what every other build finds ready
        for number in range(1, rounds + 1):
            for size, bench in benches.items():
                results.add(size, FLOOR, bench.floor())
                for case, built in bench.round():
                    results.add(size, case, built)
                    _tell(f"round {number} of {rounds}: {size:,} briefs, {case}")
                for case, built in bench.publishing() if size in published else ():
                    results.add(size, case, built)
                    _tell(f"round {number} of {rounds}: {size:,} briefs, {case}")
            write(results, number, output)


def measure_growth(results: Results, sizes: Sequence[int], rounds: int, output: Path) -> None:
    # Removed when all is measured: see `Bench`.
    with tempfile.TemporaryDirectory(prefix="briefsite-bench-") as folder:
        for size in sizes:
            bench = Bench(size, Path(folder) / str(size))
            checked = bench.check()
            built = bench.cold()
            results.growth.append(Grown(size, checked, built, bench.page()))
            _tell(f"growth: {size:,} briefs")
            write(results, rounds, output)


def write(results: Results, rounds: int, output: Path) -> None:
    """Write the page, and the chart beside it."""
    largest = results.sizes[-1]
    stages = results.stages(largest, COLD)
    about = f"{largest:,} briefs, {COLD}"
    picture = draw(series(results, CASES), FLOOR, stages, about)
    output.with_name("results.svg").write_text(picture, encoding="utf-8")
    output.write_text(report(results, rounds), encoding="utf-8")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.build", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument(
        "--published",
        type=int,
        nargs="*",
        default=PUBLISHED,
        metavar="N",
        help="the sizes that are also published (default: 10 100)",
    )
    parser.add_argument("--growth", action="store_true", help="also 3,000 and 5,000 briefs, once")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FILE")
    options = parser.parse_args(arguments)
    if min(*options.sizes, options.rounds, 1) < 1:
        parser.error("sizes and rounds are 1 at least")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    results = Results(sorted(set(options.sizes)))
    measure(results, options.published, options.rounds, options.output)
    if options.growth:
        sizes = sorted({*results.sizes, *LARGER})
        measure_growth(results, sizes, options.rounds, options.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
