"""What is noted under a name is there for the next build, whichever process has noted it."""

from __future__ import annotations

from pathlib import Path

from briefsite.cache.store import Store
from briefsite.site.notes import KeptNotes


def test_what_is_noted_is_recalled_by_the_next_build(tmp_path: Path) -> None:
    store = Store(tmp_path, tmp_path)
    notes = KeptNotes(store, b"options")
    for name in ("frames", "places"):
        notes.note(name, name.encode())
    assert notes.recall("frames") is None
    assert notes.read("frames") == b"frames"
    notes.save(but=["places"])
    store.save()
    store.close()
    store = Store(tmp_path, tmp_path)
    assert KeptNotes(store, b"options").recall("frames") == b"frames"
    assert KeptNotes(store, b"options").recall("places") is None
    assert KeptNotes(store, b"others").recall("frames") is None
    store.close()


def test_each_note_is_told_once(tmp_path: Path) -> None:
    store = Store(tmp_path, tmp_path)
    first, other = KeptNotes(store, b""), KeptNotes(store, b"")
    other.note("one", b"1")
    first.take(other.tell())
    other.note("two", b"2")
    told = other.tell()
    assert [*told] == ["two"]
    first.take(told)
    assert (first.read("one"), first.read("two"), first.read("three")) == (b"1", b"2", None)
    assert "two" in first
    store.close()
