"""Ids that changed: found, told, and given a redirect."""

from __future__ import annotations

import pytest
from tests.changes.repository import History, told

from briefsite.changes import propose
from briefsite.load import load_tree

WITHDRAWN = "withdrawn: {date: 2024-04-10, reason: Its one study was taken back.}\n"
SAMPLE, CONTESTED = "briefs/sample.yaml", "briefs/contested.yaml"


def everywhere(history: History, old: str, new: str) -> None:
    """Rename an id in every file."""
    for path in sorted(history.root.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8")


def move(history: History, old: str, new: str) -> None:
    (history.root / old).rename(history.root / new)


RENAMES: tuple[tuple[str, str, str, str], ...] = (
    ("claim", "pipeline-unbuilt", "nothing-built", "briefs/sample/#pipeline-unbuilt"),
    ("question", "is-it-a-road", "whose-road", "briefs/contested/#is-it-a-road"),
    ("judgement", "road-even", "railway-even", "briefs/contested/#road-even"),
    ("section", "road-law", "law", "briefs/contested/#road-law"),
    ("source", "gazette", "gazette-2019", "sources/gazette/"),
    ("actor", "energy-ministry", "ministry", "actors/energy-ministry/"),
    ("place", "alphaville", "alpha-city", "places/alphaville/"),
    ("agreement", "pipeline-accord", "accord", "agreements/pipeline-accord/"),
    ("term", "works", "building", "glossary/works/"),
    ("correction", "poll-day", "day-of-the-poll", "corrections/#poll-day"),
)


@pytest.mark.parametrize(("kind", "old", "new", "address"), RENAMES, ids=[r[0] for r in RENAMES])
def test_a_new_id_is_one_event_and_a_redirect_is_proposed(
    history: History, kind: str, old: str, new: str, address: str
) -> None:
    edits: tuple[tuple[str, str], ...] = ((f"id: {old}\n", f"id: {new}\n"),)
    references = (f"[{old}", f" {old},", f" {old}]", f"@{old}", f": {old}\n", f": {old},")
    edits += tuple((text, text.replace(old, new)) for text in references)
    if kind == "correction":
        edits = edits[:1]
    for before, after in edits:
        everywhere(history, before, after)
    assert history.errors() == []
    found = history.compare("HEAD")
    assert [(d.kind, d.id, d.before, d.after) for d in found.differences] == [
        (f"{kind}-renamed", new, old, new)
    ]
    assert [(lost.address, lost.now) for lost in found.lost] == [(address, new)]
    accept(history)
    assert history.errors() == []
    redirected = history.compare("HEAD")
    assert [d.kind for d in redirected.differences] == [f"{kind}-renamed"]
    assert redirected.lost == ()


def accept(history: History) -> None:
    """Write what is proposed, as `diff HEAD --write` does."""
    proposal = propose(history.compare("HEAD"), load_tree(history.root))
    for path, text in proposal.files.items():
        (history.root / path).write_text(text, encoding="utf-8")


def test_a_brief_and_a_map_have_new_addresses(history: History) -> None:
    move(history, "briefs/sample.yaml", "briefs/pipeline.yaml")
    move(history, "maps/sample-map.yaml", "maps/pipeline-map.yaml")
    everywhere(history, "[sample, gone]", "[pipeline, gone]")
    everywhere(history, "sample-map", "pipeline-map")
    found = history.compare("HEAD")
    assert told(found) == [
        ("brief-renamed", "pipeline", "pipeline"),
        ("map-renamed", "", "pipeline-map"),
    ]
    assert {lost.address for lost in found.lost} == {"briefs/sample/", "maps/sample-map/"}
    accept(history)
    text = (history.root / "briefs/pipeline.yaml").read_text(encoding="utf-8")
    assert text.startswith("schema: 1\nformerly: [sample]\n")
    assert history.errors() == []
    assert history.compare("HEAD").lost == ()


def test_a_second_new_id_is_added_to_the_first(history: History) -> None:
    for old, new in (("poll-day", "day-of-poll"), ("day-of-poll", "weekday")):
        everywhere(history, f"id: {old}\n", f"id: {new}\n")
        accept(history)
        history.commit()
    text = next(history.root.glob("briefs/registry/[!r]*.yaml")).read_text(encoding="utf-8")
    assert "  - id: weekday\n    formerly: [day-of-poll, poll-day]\n" in text


def test_what_vanished_without_a_word_is_warned_of(history: History) -> None:
    (history.root / "briefs/gone.yaml").unlink()
    history.edit(CONTESTED, "related: [sample, gone]", "related: [sample]")
    found = history.compare("HEAD")
    assert ("brief-removed", "gone", "gone") in told(found)
    assert [(lost.address, lost.now) for lost in found.lost] == [("briefs/gone/", "")]


def test_a_withdrawn_brief_is_not_lost(history: History) -> None:
    history.edit(CONTESTED, "language: en\n", f"status: withdrawn\n{WITHDRAWN}")
    found = history.compare("HEAD")
    withdrawn, due = found.differences
    assert (withdrawn.kind, withdrawn.after) == ("brief-withdrawn", "Its one study was taken back.")
    assert (due.kind, due.text) == (
        "stale-due",
        "withdrawn 2024-04-10; 1 brief, 1 judgement rest on it",
    )
    assert found.lost == ()


def test_a_claim_that_moves_to_another_brief_is_told_there(history: History) -> None:
    text = (history.root / SAMPLE).read_text(encoding="utf-8")
    start, end = text.index("  - id: pipeline-unbuilt\n"), text.index("\ntimeline:")
    (history.root / SAMPLE).write_text(text[:start] + text[end:], encoding="utf-8")
    history.edit(CONTESTED, "\nclaims:\n", f"\nclaims:\n{text[start:end]}")
    assert told(history.compare("HEAD")) == [("claim-moved", "contested", "pipeline-unbuilt")]
