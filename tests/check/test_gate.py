"""The gate on single sentences: what it stops however it is put, and what it lets through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.check import Checked

Check = Callable[[], Checked]
BRIEF = "briefs/sample.yaml"
ALLEGED = """\
  - id: theft
    text: In 2020 the ministry of energy accused the town of theft.
    kind: allegation
    said_by: energy-ministry
    sources: [{source: ministry-report, locator: p. 5}]
    date: 2020
    as_of: 2020
    confidence: {level: moderate, reason: The ministry alone says so.}
    response: {kind: none-found, text: The papers were searched., searched: 2024-03-01}
    compared: 2024-03-04
"""


@pytest.fixture
def codes(project: Path, check: Check) -> Callable[[str], list[str]]:
    """The problems of a paragraph in a brief that is otherwise right."""
    file = project / BRIEF
    text = file.read_text(encoding="utf-8").replace("\ntimeline:", f"{ALLEGED}\ntimeline:")

    def found(paragraph: str) -> list[str]:
        changed = text.replace("      - Cost", f"      {paragraph}\n\n      - Cost")
        file.write_text(changed, encoding="utf-8")
        return [problem.code for problem in check().problems]

    return found


@pytest.mark.parametrize(
    "sentence",
    [
        "The town stole the road, and no answer was found [@theft].",
        "The town stole the road; no denial was found [@theft].",
        "The town plundered the road [@theft]. No answer was found [@theft].",
        "The town was caught stealing [@theft]. It denied that [@theft].",
        "Theft by the town cost the ministry a road, which the town denied [@theft].",
    ],
)
def test_an_allegation_is_not_told_as_a_fact(
    codes: Callable[[str], list[str]], sentence: str
) -> None:
    assert set(codes(sentence)) == {"allegation-as-fact"}


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2020 the ministry accused the town of theft, and no answer was found [@theft].",
        "The ministry said in 2020 that the town stole it [@theft]. No answer was found [@theft].",
        "The ministry accused the town of theft [@theft]. The town denied it [@theft].",
    ],
)
def test_an_allegation_with_its_speaker_and_its_answer_is_let_through(
    codes: Callable[[str], list[str]], sentence: str
) -> None:
    assert codes(sentence) == []
