"""Figures beside the text of their claim: however much of both there is."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from briefsite.check import Checked


def test_a_text_of_a_hundred_thousand_letters_is_compared_in_its_length(
    project: Path, check: Callable[[], Checked]
) -> None:
    brief = project / "briefs" / "sample.yaml"
    text = brief.read_text(encoding="utf-8")
    head, claims, rest = text.partition("\nclaims:\n")
    assert claims
    figures = "\n".join(
        f"      - {{measures: Output {number}, value: {number}, unit: mw}}"
        for number in range(1001, 1401)
    )
    claim = (
        "  - id: much-said\n"
        f"    text: The station gives {'7 mw and ' * 12_000} no more.\n"
        f"    figures:\n{figures}\n"
    )
    brief.write_text(head + claims + claim + rest, encoding="utf-8")
    start = time.process_time()
    found = [each.code for each in check().problems]
    assert found.count("figure-not-in-text") == 400
    assert time.process_time() - start < 10  # each number once looked at all before it
