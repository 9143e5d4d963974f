"""A file that is joined is taken, as far as its pieces are kept, from where it stood before."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefsite.cache.store import Store
from briefsite.data import Joined
from briefsite.site.joins import Joins
from briefsite.site.notes import KeptNotes


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[KeptNotes]:
    store = Store(tmp_path / "cache", tmp_path)
    yield KeptNotes(store, b"")
    store.close()


def joined(made: list[str], **parts: bytes) -> Joined:
    """A file that tells which of its parts are made."""

    def maker(name: str) -> Callable[[], bytes]:
        return lambda: made.append(name) or parts[name]  # type: ignore[func-returns-value]

    return Joined("letters", {name: maker(name) for name in parts}, lambda names: [*names, b"."])


def test_only_what_is_not_kept_is_made(notes: KeptNotes, tmp_path: Path) -> None:
    made: list[str] = []
    first = Joins({}, notes)
    first.add("letters.txt", joined(made, a=b"alpha", b=b"beta"), None)
    path = tmp_path / "letters.txt"
    path.write_bytes(b"".join(first.read("letters.txt", lambda _: False, None)))
    assert path.read_bytes() == b"alphabeta."
    made.clear()
    second = Joins(first.places(whole=True), notes)
    second.add("letters.txt", joined(made, a=b"alpha", b=b"gamma", c=b"!"), None)
    kept = {"letters.txt#a", "letters.txt#c"}.__contains__
    assert b"".join(second.read("letters.txt", kept, path)) == b"alphagamma!."
    assert made == ["b", "c"]
    places = marshal.loads(second.places(whole=True)["letters.txt"])
    assert {name: place[:2] for name, place in places.items()} == {
        "a": (0, 5),
        "b": (5, 5),
        "c": (10, 1),
    }


def test_a_file_has_a_piece_for_each_part_and_all_else_is_one(notes: KeptNotes) -> None:
    joins = Joins({}, notes)
    joins.add("letters.txt", joined([], a=b"", b=b""), "order")
    assert "letters.txt" in joins
    assert "page.md" not in joins
    assert [*joins.pieces("page.md", "letters.txt")] == [
        "page.md",
        "letters.txt#a",
        "letters.txt#b",
    ]
    assert [*joins.every] == ["letters.txt#a", "letters.txt#b"]
    assert joins.held == {"letters.txt": "order"}


def test_what_was_not_put_together_stays_where_it_stood(notes: KeptNotes) -> None:
    joins = Joins({"letters.txt": b"here", "gone.txt": b"there"}, notes)
    joins.add("letters.txt", joined([]), None)
    assert joins.places(whole=True) == {"letters.txt": b"here"}
    assert joins.places(whole=False) == {"letters.txt": b"here", "gone.txt": b"there"}
