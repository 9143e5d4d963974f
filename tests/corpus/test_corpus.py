"""The gate over corpora of sentences: what it must refuse, and what it must let pass.

`seed-*` were written beside the rules; `blind-*` without sight of their code. An item that
`needs: meaning` turns on what a sentence means rather than on how it is spelled: the rules refuse
most of those, and `missed.txt` lists the others, so that a change in either direction is seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.harness import HERE, Item, problems_of, read_corpus

# Characters that cannot be seen are refused before anything is read.
UNSEEN = "hidden-character"
NAMES = ("seed", "blind")
REFUSED = [
    item for name in NAMES for item in read_corpus(f"{name}-violations") if not item.needs_meaning
]
CLEAN = [item for name in NAMES for item in read_corpus(f"{name}-clean")]
MEANING = [
    item for name in NAMES for item in read_corpus(f"{name}-violations") if item.needs_meaning
]


@pytest.mark.parametrize("item", REFUSED, ids=lambda item: item.id)
def test_a_violation_is_refused(item: Item, tmp_path: Path) -> None:
    codes = {problem.code for problem in problems_of(item, tmp_path / "project")}
    assert codes & {*item.rules, UNSEEN, "blank"}, f"{item.text!r} passes as {sorted(item.rules)}"


@pytest.mark.parametrize("item", CLEAN, ids=lambda item: item.id)
def test_a_clean_sentence_passes(item: Item, tmp_path: Path) -> None:
    problems = problems_of(item, tmp_path / "project")
    assert [(problem.code, problem.message) for problem in problems] == []


def test_what_only_meaning_tells_is_missed_where_it_is_said_to_be(tmp_path: Path) -> None:
    missed = [
        item.id
        for item in MEANING
        if not {p.code for p in problems_of(item, tmp_path / item.id)} & item.rules
    ]
    told = (HERE / "missed.txt").read_text(encoding="utf-8").split()
    assert missed == told


def test_the_corpora_are_large_enough() -> None:
    counts = {
        name: (len(read_corpus(f"{name}-violations")), len(read_corpus(f"{name}-clean")))
        for name in NAMES
    }
    assert min(counts["seed"]) >= 60
    assert min(counts["blind"]) >= 30
