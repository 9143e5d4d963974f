"""A library whose records are read when they are asked for is the one that is read at once."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from bench.workload import write_workload
from tests.engine.test_preview import EDITS, another_brief

from briefsite.cache.store import RUNS, Store
from briefsite.check import (
    Checked,
    EditedError,
    Parts,
    check_project,
    check_standing,
    check_tree,
    find_problems,
)
from briefsite.check import problems as finding
from briefsite.check.on_demand import LibraryOnDemand
from briefsite.check.publication import Part
from briefsite.load import Kind, load_tree
from briefsite.model.answers import print_record
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.model.records import Record

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(each.name for each in GOLDEN.iterdir() if (each / "expected").is_dir())
NAMES = [
    *(each.name for each in dataclasses.fields(Library)),
    *(key for key, value in vars(Library).items() if isinstance(value, cached_property)),
]


class Noting(Parts):
    """Notes what was taken from the store; what is `lost` is not there any more."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.taken: list[str] = []
        self.is_lost = False

    def get_all(self, files: Iterable[tuple[Kind, str, str]]) -> Iterator[Part | None]:
        files = list(files)
        self.taken += (name for _, name, _ in files)
        return iter([None] * len(files)) if self.is_lost else super().get_all(files)


class Builds:
    """Checks of one project, each with what the ones before have kept."""

    def __init__(self, root: Path, cache: Path, **options: Any) -> None:
        self.root = root
        self.cache = cache
        self.options = options
        self.store = Store(cache, root)
        self.before = Checked((), None)

    def parts(self) -> Noting:
        self.close()
        self.store = Store(self.cache, self.root)
        return Noting(self.store)

    def close(self) -> None:
        self.store.save()
        self.store.close()

    def at_once(self) -> Checked:
        self.before = check_project(self.root, self.parts(), **self.options)
        return self.before

    def on_demand(self, parts: Parts | None = None) -> Checked | None:
        """None if more differs from the check at once than what briefs say."""
        digests, outline = self.before.digests, self.before.outline
        return check_standing(self.root, parts or self.parts(), digests, outline, **self.options)


@pytest.fixture(autouse=True)
def _cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MIN_CACHED", 1)


@pytest.fixture
def builds(project: Path, tmp_path: Path) -> Iterator[Builds]:
    builds = Builds(project, tmp_path / "kept")
    yield builds
    builds.close()


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Builds]:
    write_workload(5, tmp_path / "large")
    builds = Builds(tmp_path / "large", tmp_path / "kept")
    yield builds
    builds.close()


def is_same(found: Library, wanted: Library) -> bool:
    """Whether each attribute is the same, and in the same order; asked in any order."""
    names = [name for name in NAMES if not name.startswith("_")]
    random.Random(len(wanted.claims)).shuffle(names)
    for name in names:
        given, expected = getattr(found, name), getattr(wanted, name)
        assert given == expected, name
        if isinstance(expected, Mapping):
            assert list(given) == list(expected), name
            assert len(given) == len(expected), name
            assert all(key in given and given[key] == expected[key] for key in expected), name
            assert ("source", "no-such-key") not in given, name
    return found.states() == wanted.states()


def edit(root: Path, path: str, pattern: str, text: str) -> None:
    file = root / path
    before = file.read_text(encoding="utf-8")
    after = re.sub(pattern, text, before, count=1, flags=re.M)
    assert after != before
    file.write_text(after, encoding="utf-8")


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("as_of", [None, "2026-01-01"])
@pytest.mark.parametrize("name", CASES)
def test_it_is_the_library_that_is_read_at_once(
    name: str, as_of: str | None, drafts: bool, lay_out: Any, tmp_path: Path
) -> None:
    overlay = GOLDEN / name / "input"
    root = lay_out(tmp_path / "project", *([overlay] if overlay.is_dir() else []))
    options = {"as_of": parse_date(as_of) if as_of else None, "drafts": drafts}
    builds = Builds(root, tmp_path / "kept", **options)
    wanted = builds.at_once().library
    found = builds.on_demand()
    assert found is not None
    assert wanted is not None
    assert isinstance(found.library, LibraryOnDemand)
    assert is_same(found.library, wanted)
    builds.close()


def test_after_any_edits_it_is_the_same_or_none(builds: Builds, project: Path) -> None:
    chance, standing = random.Random(11), 0
    builds.at_once()
    for number in range(1, 25):
        inside = ("title", "claim")
        done = chance.sample(("title", "claim", "source", "actor", "place", "map"), 1)
        for name in done:
            EDITS[name](project, number)
        if is_other := chance.random() < 0.2:
            another_brief(project, number)
        found = builds.on_demand()
        assert (found is not None) == (done[0] in inside and not is_other)
        wanted = check_tree(load_tree(project))
        if found is not None:
            assert found.problems == wanted.problems
            assert found.library is not None
            assert wanted.library is not None
            assert is_same(found.library, wanted.library)
            assert found.day == wanted.day
            standing += 1
        elif chance.random() < 0.5:
            find_problems(project)  # what a check finds is known to the next build
        builds.at_once()
    assert standing > 3


def test_what_is_not_asked_for_is_not_read(large: Builds) -> None:
    large.at_once()
    edit(large.root, "briefs/brief-0001.yaml", r"^title: .*", "title: Another title")
    parts = large.parts()
    found = large.on_demand(parts)
    assert found is not None
    library = found.library
    assert library is not None
    assert len(library.briefs) == 5
    assert "brief-0003" in library.briefs
    assert library.home["c0003-01"] == "brief-0003"
    assert [*library.maps] == [f"brief-000{number}" for number in range(5)]
    assert library.asked_in
    assert len(library.claims) == 100
    assert "c0003-01" in library.claims
    assert parts.taken == []
    assert library.heads["brief-0003"].title == library.briefs["brief-0003"].record.title
    assert "brief-0003" in library.current
    assert "brief-0003" not in library.withdrawn
    assert library.claims["c0003-01"].id == "c0003-01"
    assert library.origins["claim", "c0003-01"].path == "briefs/brief-0003.yaml"
    assert parts.taken == ["briefs/brief-0003.yaml"]
    entry = library.briefs["brief-0001"]
    assert entry.record.title == "Another title"
    told = library.saying(dataclasses.replace(entry, lines=()))
    assert [*told.briefs] == [*library.briefs]
    assert told.briefs["brief-0001"] is not entry
    assert told.heads["brief-0003"] == library.heads["brief-0003"]
    assert len(parts.taken) == 1
    source = next(iter(library.sources))
    assert library.sources[source].id == source
    assert len(parts.taken) == 2


def test_what_it_knows_of_files_and_records_is_right(large: Builds) -> None:
    at_once = large.at_once()
    edit(large.root, "briefs/brief-0001.yaml", r"^title: .*", "title: Another title")
    found = large.on_demand()
    assert found is not None
    assert found.library is not None
    assert found.digests.keys() == at_once.digests.keys()
    differing = [name for name in found.digests if found.digests[name] != at_once.digests[name]]
    assert differing == ["briefs/brief-0001.yaml"]
    changed = found.library.briefs["brief-0001"].record.timeline
    known = dict(found.prints)
    assert {id(event) for event in changed} <= known.keys()
    sources = [*found.library.sources.values()]
    assert {id(source) for source in sources} <= found.prints.keys()
    for record, text in found.prints.values():
        assert isinstance(record, Record)
        assert text == print_record(record)


@pytest.mark.parametrize(
    ("path", "pattern", "text"),
    [
        ("briefs/registry/registry.yaml", r"name: Alphaland", "name: Alphaland now"),
        ("maps/sample-map.yaml", r"title: Proposed", "title: Once proposed"),
        ("briefs/sample.yaml", r"^title:", "status: draft\ntitle:"),
        ("briefs/sample.yaml", r"^title:", "publish_on: 2024-03-01\ntitle:"),
        ("briefs/sample.yaml", r"^reviewed: .*", "reviewed: 2024-03-06"),
        ("briefs/sample.yaml", r"^title:", "formerly: [example]\ntitle:"),
        ("briefs/sample.yaml", r"id: pipeline-unbuilt", "id: pipeline-missing"),
    ],
)
def test_it_is_none_if_more_is_otherwise_than_what_briefs_say(
    path: str, pattern: str, text: str, builds: Builds
) -> None:
    builds.at_once()
    assert builds.on_demand() is not None
    edit(builds.root, path, pattern, text)
    if "pipeline-missing" in text:
        file = builds.root / path
        every = file.read_text(encoding="utf-8").replace("pipeline-unbuilt", "pipeline-missing")
        file.write_text(every, encoding="utf-8")
    assert builds.on_demand() is None


def test_it_is_none_if_there_is_another_file(builds: Builds) -> None:
    builds.at_once()
    another_brief(builds.root, 1)
    assert builds.on_demand() is None
    builds.at_once()
    assert builds.on_demand() is not None
    another_brief(builds.root, 1)
    assert builds.on_demand() is None


def test_other_words_of_the_same_records_are_no_other_outline(builds: Builds) -> None:
    """Another source is named, so that all files are joined anew, to the same."""
    another_brief(builds.root, 1)
    before = builds.at_once().outline
    edit(builds.root, "briefs/another.yaml", r"    places: \[alphaville\]\n", "")
    assert builds.at_once().outline == before


def test_a_mistake_is_told(builds: Builds) -> None:
    builds.at_once()
    edit(builds.root, "briefs/sample.yaml", r"likelihood: unlikely", "likelihood: sure")
    found = builds.on_demand()
    wanted = check_tree(load_tree(builds.root)).problems
    assert found is not None
    assert found.problems == wanted
    assert found.library is None


def test_what_is_not_kept_after_all_is_read_again(large: Builds) -> None:
    wanted = large.at_once().library
    parts = large.parts()
    found = large.on_demand(parts)
    assert found is not None
    assert found.library is not None
    assert wanted is not None
    parts.is_lost = True
    assert is_same(found.library, wanted)


def test_what_was_edited_meanwhile_is_no_part_of_it(large: Builds) -> None:
    large.at_once()
    parts = large.parts()
    found = large.on_demand(parts)
    assert found is not None
    assert found.library is not None
    parts.is_lost = True
    edit(large.root, "briefs/brief-0003.yaml", r"^title: .*", "title: Another title")
    (large.root / "briefs" / "brief-0004.yaml").unlink()
    assert found.library.briefs["brief-0002"].record.title
    for key in ("brief-0003", "brief-0004"):
        with pytest.raises(EditedError):
            found.library.briefs[key]


def test_what_is_never_asked_for_stays_kept(large: Builds) -> None:
    large.at_once()
    for number in range(RUNS + 2):
        edit(large.root, "briefs/brief-0001.yaml", r"^title: .*", f"title: Title {number}")
        assert large.on_demand() is not None
    parts = large.parts()
    found = large.on_demand(parts)
    assert found is not None
    for name, digest in found.digests.items():
        kind: Kind = "map" if name.startswith("maps") else "brief"
        kind = "registry" if "registry" in name else kind
        assert next(parts.get_all([(kind, name, digest)])) is not None
