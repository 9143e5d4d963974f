"""Pieces of a unit are made once, by whichever process, and can be let go of at any time."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefsite.cache.store import Store
from briefsite.model.library import Library
from briefsite.model.noted import NotedLibrary
from briefsite.site.units import Unit


@pytest.fixture
def noted(library: Library) -> NotedLibrary:
    return NotedLibrary(library)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path, tmp_path)
    yield store
    store.close()


@pytest.fixture
def made() -> list[str]:
    """The pieces that were made."""
    return []


@pytest.fixture
def unit(store: Store, noted: NotedLibrary, made: list[str]) -> Unit:
    return unit_of(store, noted, made)


def unit_of(store: Store, noted: NotedLibrary, made: list[str]) -> Unit:
    """A page and a file of a brief, of which something is known by now."""

    def page() -> bytes:
        made.append("page")
        return noted.publication.title.encode()

    def file() -> bytes:
        made.append("file")
        return str(len(noted.sources)).encode()

    unit = Unit("data/sample", store)
    unit.makers.update(page=page, file=file)
    unit.held = "makers"
    return unit


def test_a_piece_is_made_once_and_what_it_asks_is_noted(
    unit: Unit, noted: NotedLibrary, made: list[str]
) -> None:
    assert unit.make("page", noted) == unit.make("page", noted)
    assert (made, unit.asked, unit.is_made) == (["page"], {("publication",)}, False)
    unit.make("file", noted)
    assert unit.asked == {("publication",), ("sources",)}
    assert unit.is_made
    assert unit.is_worth_keeping


def test_what_was_let_go_of_is_read_where_it_was_laid_aside(
    unit: Unit, noted: NotedLibrary, made: list[str]
) -> None:
    before = [unit.make(name, noted) for name in unit.makers]
    told = unit.close()
    assert told is not None
    assert (told.is_whole, told.pieces, unit.made) == (True, {}, {})
    assert [unit.make(name, noted) for name in unit.makers] == before
    assert made == ["page", "file"]


def test_what_tells_of_all_briefs_is_made_again(
    unit: Unit, noted: NotedLibrary, made: list[str]
) -> None:
    unit.asked.add(("claims",))
    before = [unit.make(name, noted) for name in unit.makers]
    told = unit.close()
    assert told is not None
    assert told.spooled is None
    assert [unit.make(name, noted) for name in unit.makers] == before
    assert made == ["page", "file", "page", "file"]


@pytest.mark.parametrize("names", [["page"], ["page", "file"]])
def test_what_another_process_has_made_is_not_made_again(
    names: list[str], unit: Unit, store: Store, noted: NotedLibrary, made: list[str]
) -> None:
    other = unit_of(store, noted, made)
    before = [other.make(name, noted) for name in names]
    told = other.close()
    assert told is not None
    unit.take(told)
    assert unit.asked == other.asked
    assert unit.is_made == unit.is_closed == (len(names) == 2)
    assert [unit.make(name, noted) for name in names] == before
    assert made == names


def test_what_is_kept_is_taken_as_it_was_unless_it_is_broken(
    unit: Unit, noted: NotedLibrary, made: list[str], tmp_path: Path
) -> None:
    store, digest = Store(tmp_path, tmp_path), bytes(20)
    store.put(digest, marshal.dumps({"page": b"kept", "file": b"as well"}))
    store.save()
    unit.kept_as = digest
    assert unit.make("page", noted) == b"kept"
    assert unit.close() is None
    assert (unit.make("file", noted), unit.is_kept, made) == (b"as well", True, [])
    unit.close()
    for path in store.folder.glob("*.pack"):
        path.write_bytes(bytes(path.stat().st_size))
    store.close()
    assert unit.make("page", noted) != b"kept"
    assert not unit.is_kept
