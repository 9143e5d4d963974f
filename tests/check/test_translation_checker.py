"""Translations that are read again and again: what is found is what a fresh reading finds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import (
    TranslationChecker,
    find_translation_problems,
    problems,
    read_translations,
    translations,
)
from briefsite.check.cache import cache_file

PERSIAN = Path(__file__).parents[1] / "projects" / "persian"
FILES = ("briefs/sample.fa.yaml", "briefs/sample.az.yaml", "briefs/other.fa.yaml")
SAMPLE = "briefs/sample.yaml"


@pytest.fixture
def project(lay_out: Any, tmp_path: Path) -> Path:
    root: Path = lay_out(tmp_path / "project", PERSIAN)
    return root


@pytest.fixture
def cached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache folder of its own, used for any number of translations."""
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(problems, "MIN_CACHED", 1)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are looked at."""
    looked: list[str] = []
    real = translations._look

    def look(root: Path, name: str, *others: Any) -> Any:
        looked.append(name)
        return real(root, name, *others)

    monkeypatch.setattr(translations, "_look", look)
    return looked


def edit(root: Path, choice: random.Random) -> None:
    """One edit of an author: a word, a mistake, a file that comes, goes or is named otherwise."""
    path = root / choice.choice([*FILES, SAMPLE])
    if not path.exists():
        source = root / (FILES[0] if path.name.count(".") == 2 else SAMPLE)
        if source.exists():
            shutil.copy(source, path)
        return
    text = path.read_text(encoding="utf-8")
    match choice.randrange(7):
        case 0 if path.name != "sample.yaml":
            path.unlink()
        case 1:
            path.rename(path.with_name(choice.choice(["else.yaml", "sample.fa.yaml"])))
        case 2:
            path.write_text(text.replace("2012", "2013", 1), encoding="utf-8")
        case 3:
            path.write_text(text.replace("2013", "2012", 1), encoding="utf-8")
        case 4:
            path.write_text(f"{text}unknown: key\n", encoding="utf-8")
        case 5:
            path.write_text(text.replace("unknown: key\n", ""), encoding="utf-8")
        case _:
            path.write_text(text.replace("reviewed: 2024-03-05", "reviewed: 2024-03-06", 1))


@pytest.mark.usefixtures("cached")
@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_is_what_a_fresh_reading_finds(project: Path, seed: int) -> None:
    choice = random.Random(seed)
    checker = TranslationChecker(project)
    seen = set()
    for _ in range(80):
        edit(project, choice)
        found, fresh = checker.read(), read_translations(project)
        assert found.problems == fresh.problems
        assert found.entries == fresh.entries
        assert find_translation_problems(project) == fresh.problems
        seen |= {problem.code for problem in found.problems}
    assert seen  # the edits did make mistakes


def test_what_did_not_change_is_not_looked_at_again(project: Path, looked: list[str]) -> None:
    text = (project / FILES[0]).read_text(encoding="utf-8").partition("maps:")[0]
    (project / FILES[1]).write_text(text, encoding="utf-8")
    checker = TranslationChecker(project)
    checker.read()
    looked.clear()
    checker.read()
    assert looked == []
    path = project / "maps" / "sample-map.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Proposed", "title: Planned"))
    checker.read()
    assert looked == [FILES[0]]  # the other says nothing of it
    looked.clear()
    path = project / FILES[1]
    path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    checker.read()
    assert looked == [FILES[1]]
    original = project / SAMPLE
    original.write_text(original.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    checker.read()
    assert looked[1:] == [FILES[1], FILES[0]]


@pytest.mark.usefixtures("cached")
def test_the_command_looks_only_at_what_changed_since_it_ran(
    project: Path, looked: list[str]
) -> None:
    path = project / FILES[0]
    path.write_text(path.read_text(encoding="utf-8") + "unknown: key\n", encoding="utf-8")
    found = find_translation_problems(project)
    assert [problem.code for problem in found] == ["unknown-key"]
    assert looked == [FILES[0]]
    assert find_translation_problems(project) == found
    assert looked == [FILES[0]]
    assert find_translation_problems(project, cached=False) == found
    assert looked == [FILES[0]] * 2
    kept = cache_file(project, "translations")
    assert kept is not None
    kept.write_bytes(kept.read_bytes().replace(b"unknown-key", b"unknown-kex"))  # by somebody else
    assert find_translation_problems(project) == found
