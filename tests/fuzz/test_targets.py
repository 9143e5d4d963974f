"""The fuzzer's targets, for seconds: by chance, and with whatever a longer run has found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS

FOUND = sorted(path for path in (Path(__file__).parent / "found").rglob("*") if path.is_file())
EXAMPLES = {"loader": 200, "prose": 200, "library": 25, "maps": 25, "cli": 40}


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_by_chance(name: str) -> None:
    run_many(TARGETS[name], EXAMPLES[name])


def run_many(target: Callable[[bytes], None], count: int) -> None:
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(max_size=80))
    def run(data: bytes) -> None:
        target(data)

    run()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
