"""A record of many others is unpacked field by field where it was kept, and is then what it was."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.check.parts import read_part, write_part
from briefsite.check.publication import Part
from briefsite.data.json import plain
from briefsite.load import load_tree
from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.library import Library
from briefsite.model.records import Brief, Claim

NOTHING: dict[str, Any] = {}
MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"


@pytest.fixture(scope="module")
def library() -> Library:
    library = check_tree(load_tree(MINIMAL)).library
    assert library is not None
    return library


def entries(library: Library) -> list[BriefEntry | MapEntry]:
    return [*library.briefs.values(), *library.maps.values()]


def kept(entry: BriefEntry | MapEntry) -> BriefEntry | MapEntry:
    found = read_part(write_part(Part(entry))).record
    assert isinstance(found, BriefEntry | MapEntry)
    return found


def test_it_is_what_it_was(library: Library) -> None:
    for entry in entries(library):
        assert kept(entry) == entry
        assert entry == kept(entry)
        assert repr(kept(entry)) == repr(entry)
        assert hash(kept(entry)) == hash(entry) == hash(kept(entry))
        assert dict(kept(entry).record) == dict(entry.record)
        assert plain(kept(entry).record) == plain(entry.record)
        assert list(plain(kept(entry).record)) == list(plain(entry.record))
        again = pickle.loads(pickle.dumps(kept(entry)))  # without having been looked at
        assert again == entry


def test_nothing_is_unpacked_for_what_everybody_asks(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = library.briefs.values()
    found = kept(entry)
    assert isinstance(found, BriefEntry)
    names = [
        *("named", "naming", "claim_ids", "question_ids", "cells", "summary", "anchors"),
        *("links", "days", "head", "events", "claims_print"),
    ]
    expected = [getattr(entry, name) for name in names]
    with monkeypatch.context() as patched:
        patched.setattr(pickle, "loads", lambda _: pytest.fail("something is unpacked"))
        assert [getattr(found, name) for name in names] == expected
    assert found.claims == entry.claims
    assert found.origins == entry.origins


def test_a_field_is_unpacked_once(library: Library) -> None:
    (entry,) = library.briefs.values()
    record = kept(entry).record
    assert isinstance(record, Brief)
    assert record.claims is record.claims


def test_a_copy_has_its_own_values(library: Library) -> None:
    (entry,) = library.briefs.values()
    record = kept(entry).record
    assert isinstance(record, Brief)
    few = record.claims[:1]
    copy = record.model_copy(update={"claims": few, "title": "Another"})
    assert (copy.claims, copy.sections) == (few, entry.record.sections)
    written: Brief = pickle.loads(pickle.dumps(copy))
    assert (written.claims, written.title) == (few, "Another")
    assert record == entry.record


def test_it_has_nothing_else(library: Library) -> None:
    (entry,) = library.briefs.values()
    for record in (entry.record, kept(entry).record, Brief.model_construct(**NOTHING)):
        with pytest.raises(AttributeError, match="paragraphs"):
            getattr(record, "paragraphs")  # noqa: B009
    assert not hasattr(Brief.model_construct(**NOTHING), "claims")


def test_a_claim_is_known_by_all_claims_of_its_brief(library: Library) -> None:
    (entry,) = library.briefs.values()
    claim: Claim = entry.record.claims[0].model_copy(update={"note": "Something else."})
    other = entry.record.model_copy(update={"claims": (claim, *entry.record.claims[1:])})
    edited, same = (
        BriefEntry(entry.id, entry.origin, record, entry.lines) for record in (other, entry.record)
    )
    found, alike, before = kept(edited), kept(same), kept(entry)
    assert isinstance(found, BriefEntry)
    assert isinstance(alike, BriefEntry)
    assert isinstance(before, BriefEntry)
    assert found.claims_print != before.claims_print == alike.claims_print
