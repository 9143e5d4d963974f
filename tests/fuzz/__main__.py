"""`make fuzz`: feed one target with what leads to new code, until it is stopped or finds an error.

    python -m tests.fuzz TARGET SECONDS

An input that fails is kept in `test-results/fuzz/`; put it into `tests/fuzz/found/TARGET/`, where
every test run tries it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefsite", "yaml"]):
    from tests.fuzz.targets import FOLDER, TARGETS
    from tests.hostile.corpus import PAYLOADS

RESULTS = Path("test-results/fuzz")
SOURCES = [path.read_bytes() for path in sorted(FOLDER.rglob("*.yaml"))]
TEXTS = [text.encode() for text in PAYLOADS.values()]
SEEDS = {"loader": [*SOURCES, *TEXTS], "prose": [*SOURCES, *TEXTS]}


def run(name: str, seconds: int) -> None:
    corpus = RESULTS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS.get(name, ())):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = (
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-len_control=0",
        "-timeout=30",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={RESULTS / name}-",
        "-print_final_stats=1",
        "-verbosity=1",
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


run(sys.argv[1], int(sys.argv[2]))
