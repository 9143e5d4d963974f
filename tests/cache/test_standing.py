"""After an edit inside of a brief, what is known not to be concerned stands, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cache.test_reuse import (
    MORE,
    PERSIAN,
    TRANSLATION,
    URL,
    another,
    cold,
    contents,
    differing,
    reuse_of,
    warm,
)
from tests.engine.test_preview import BRIEF, replaced
from tests.seeds import seeds

from briefsite.cache.store import Store
from briefsite.model.wanted import Wanted
from briefsite.site import Project
from briefsite.site.assemble import Assembler

INSIDE = {
    **{name: MORE[name] for name in ("sentence", "claim", "unknown")},
    "judgement": replaced(BRIEF, r"Two (new )*statements agree", "Two new statements agree"),
    "heading": replaced(BRIEF, r"heading: .*", "heading: Background N"),
    "line": replaced(BRIEF, r"\A", "# N\n"),
    "figure": replaced(BRIEF, r"high: \d+", "high: 1N"),
}
OUTSIDE = (
    "title",
    "source",
    "actor",
    "map",
    "another brief",
    "reviewed",
    "translation",
    "correction",
)

TRANSLATED = "briefs/sample/fa.md"


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path) -> Path:
    """A project in two languages."""
    return lay_out(tmp_path / "whole", PERSIAN)


def renewed(root: Path, cache: Path) -> tuple[dict[str, object] | None, frozenset[str]]:
    """What is made again, and for which units; nothing if it has to be the whole site."""
    store = Store(cache, root)
    try:
        reuse = reuse_of(root, store)
        concerned = reuse.stand()
        if concerned is None:
            return None, frozenset()
        site = Assembler(Project(root)).assemble(
            reuse.library.whole, site_url=URL, reuse=reuse, wanted=Wanted(concerned)
        )
        if not (root / TRANSLATION).exists() and TRANSLATED in concerned:
            assert not reuse.is_at_hand(concerned), "nobody makes a page that is gone"
            return None, frozenset()
        assert reuse.is_at_hand(concerned)
        found = contents(site)
        assert reuse.save()
        store.save()
        return found, concerned
    finally:
        store.close()


@pytest.mark.parametrize("seed", seeds(2))
def test_what_stands_and_what_is_made_again_are_what_a_cold_build_makes(
    seed: int, project: Path, tmp_path: Path
) -> None:
    chance, times = random.Random(seed), 0
    another(project, 1)
    before, _ = warm(project, tmp_path / "cache")
    edits = sorted({*INSIDE})
    for number in range(1, 9):
        inside = number % 4 != 0
        names = edits if inside else sorted({*INSIDE, *OUTSIDE})
        for name in chance.sample(names, chance.choice((1, 2))):
            (INSIDE.get(name) or MORE[name])(project, number)
        found, _ = renewed(project, tmp_path / "cache")
        wanted = cold(project)
        if found is None:
            before, _ = warm(project, tmp_path / "cache")
        else:
            times += 1
            assert found.keys() < wanted.keys()
            stood = {n: c for n, c in before.items() if not n.startswith("search/") or n in wanted}
            before = {**stood, **found}
        assert differing(before, wanted) == []
    assert times > 3


@pytest.fixture
def alone(project: Path, tmp_path: Path) -> Path:
    """Without a translation, which says whatever its brief does."""
    (project / "briefs/sample.fa.yaml").unlink()
    another(project, 1)
    warm(project, tmp_path / "cache")
    return project


@pytest.mark.parametrize("edit", INSIDE)
def test_an_edit_inside_of_a_brief_concerns_few(edit: str, alone: Path, tmp_path: Path) -> None:
    INSIDE[edit](alone, 3)
    found, concerned = renewed(alone, tmp_path / "cache")
    assert found is not None
    assert ("briefs/sample.md" in concerned) == (edit != "line")
    assert concerned.isdisjoint({"sources/index.md", "timeline.md", "feed", "llms", "data/another"})


@pytest.mark.parametrize("edit", INSIDE)
def test_whatever_would_not_be_kept_is_concerned(edit: str, alone: Path, tmp_path: Path) -> None:
    INSIDE[edit](alone, 3)
    store = Store(tmp_path / "cache", alone)
    reuse, whole = reuse_of(alone, store), reuse_of(alone, store)
    concerned = reuse.stand()
    assert concerned is not None
    Assembler(Project(alone)).assemble(whole.library.whole, site_url=URL, reuse=whole)
    units = map(whole._rebuilder.opened, whole._rebuilder.units.values())
    others = {unit.name for unit in units if not unit.is_kept}
    assert others <= concerned
    store.close()


@pytest.mark.parametrize("edit", [name for name in OUTSIDE if name != "translation"])
def test_of_any_other_edit_the_whole_site_is_looked_at(
    edit: str, alone: Path, tmp_path: Path
) -> None:
    MORE[edit](alone, 3)
    assert renewed(alone, tmp_path / "cache") == (None, frozenset())


def test_without_a_build_before_nothing_stands(project: Path, tmp_path: Path) -> None:
    assert renewed(project, tmp_path / "cache") == (None, frozenset())


def test_what_was_renewed_stands_for_the_next(alone: Path, tmp_path: Path) -> None:
    """Whatever only the build before the last has made is still there."""
    cache = tmp_path / "cache"
    for number in range(1, 8):
        INSIDE["unknown"](alone, number)
        assert renewed(alone, cache)[0] is not None
    INSIDE["heading"](alone, 1)
    found, kept = warm(alone, cache)
    assert differing(found, cold(alone)) == []
    assert not kept["briefs/sample.md"]
    assert kept["sources/ministry-report.md"]
    assert kept["data/another.json"]


def test_a_brief_and_its_parts() -> None:
    wanted = Wanted(["briefs/a.md", "briefs/part/2.md", "data/b", "sources/c.md", "timeline.md"])
    assert [*wanted.of("briefs", "data")] == ["a", "b", "part"]
    assert wanted.any_of("timeline")
    assert not wanted.any_of("actors")
    assert "data/b" in wanted
    assert "data" not in wanted
