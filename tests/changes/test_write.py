"""`briefsite diff BASE --write`: entries that pass the check, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.changes.repository import History

from briefsite.changes import propose
from briefsite.check import check_tree
from briefsite.cli import main
from briefsite.load import load_tree

SAMPLE, CONTESTED = "briefs/sample.yaml", "briefs/contested.yaml"


def write(history: History, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["--root", str(history.root), "diff", "HEAD", "--write"]) == 0
    return capsys.readouterr().err


def move_judgement(history: History) -> None:
    history.edit(SAMPLE, "is unlikely to be built", "is very unlikely to be built")
    history.edit(SAMPLE, "likelihood: unlikely", "likelihood: very unlikely")
    history.edit(
        SAMPLE, "      level: moderate\n      reason: Two", "      level: high\n      reason: Two"
    )
    history.edit(SAMPLE, "reviewed: 2024-03-05", "reviewed: 2024-04-01  # by two of us")


ENTRY = """
changes:
  - date: 2024-04-01
    text: One key judgement moved down, one is held with another confidence.
    judgements:
      - judgement: pipeline-unlikely
        from: unlikely
        to: very unlikely
        confidence_from: moderate
        confidence_to: high
"""


def test_an_entry_is_proposed_and_everything_else_stays(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    move_judgement(history)
    before = (history.root / SAMPLE).read_text(encoding="utf-8")
    others = {p: p.read_bytes() for p in history.root.rglob("*.yaml") if p.name != "sample.yaml"}
    assert "proposed an entry" in write(history, capsys)
    assert (history.root / SAMPLE).read_text(encoding="utf-8") == before + ENTRY
    assert history.errors() == []
    assert {path: path.read_bytes() for path in others} == others


def test_writing_twice_writes_once(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    move_judgement(history)
    write(history, capsys)
    once = (history.root / SAMPLE).read_bytes()
    assert "has a new entry already; left alone" in write(history, capsys)
    assert (history.root / SAMPLE).read_bytes() == once


def test_the_newest_entry_stands_first_in_the_style_of_the_file(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (history.root / CONTESTED).read_text(encoding="utf-8")
    (history.root / CONTESTED).write_bytes(text.replace("\n", "\r\n").encode())
    history.commit()
    crlf = (history.root / CONTESTED).read_bytes().decode()
    crlf = crlf.replace("In 2022 the road office", "In June 2022 the road office")
    (history.root / CONTESTED).write_bytes(crlf.encode())
    assert "`reviewed` is still 2024-04-10" in write(history, capsys)
    written = (history.root / CONTESTED).read_bytes().decode()
    entry = "  - date: 2024-04-10\r\n    text: One claim was reworded.\r\n"
    old = "changes:\r\n"
    assert written == crlf.replace(old, old + entry)
    assert history.errors() == []


LOG = """changes:
  - {date: 2024-04-10, text: The newer length was added.}
  - {date: 2024-03-05, text: A forecast was withdrawn.}
"""
LOGS = {
    "not indented": "changes:\n- {date: 2024-03-05, text: A forecast.}\n",
    "in brackets": "changes: [{date: 2024-03-05, text: A forecast.}]",
    "empty brackets": "changes: []\n",
    "none, and a comment without a line end": "# the end",
}


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)
def test_logs_of_every_shape(
    history: History, capsys: pytest.CaptureFixture[str], log: str
) -> None:
    history.edit(CONTESTED, LOG, log)
    history.commit()
    history.edit(CONTESTED, "In 2022 the road office", "In June 2022 the road office")
    write(history, capsys)
    tree = load_tree(history.root)
    document = next(d for d in tree.documents["brief"] if d.path == CONTESTED)
    entry = document.node(("changes", 0))
    assert entry is not None
    assert entry.plain() == {"date": "2024-04-10", "text": "One claim was reworded."}
    assert history.errors() == []


def test_a_new_brief_is_first_published(history: History) -> None:
    text = (history.root / "briefs/gone.yaml").read_text(encoding="utf-8")
    text = text.replace("status: withdrawn\n", "").replace("gone-", "new-")
    (history.root / "briefs/new.yaml").write_text(text, encoding="utf-8")
    proposal = propose(history.compare("HEAD"), load_tree(history.root))
    assert list(proposal.files) == ["briefs/new.yaml"]
    assert proposal.files["briefs/new.yaml"] == (
        f"{text}\nchanges:\n  - date: 2023-06\n    text: First published.\n"
    )


def test_write_is_for_the_files_as_they_are(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(history.root), "diff", "HEAD", "HEAD", "--write"]) == 2
    assert "leave HEAD out" in capsys.readouterr().err


def test_every_phrase_passes_the_gate(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    """All that can change in one brief at once, from nothing to what there is and back."""
    full = (history.root / CONTESTED).read_text(encoding="utf-8")
    bare = full
    for old, new in (
        ("    status: {state: withdrawn, since: 2024-03-05, reason: We had misread it.}\n", ""),
        ("The road is likely to be", "The road is unlikely to be"),
        ("    likelihood: likely\n", "    likelihood: unlikely\n"),
        ("value: 43.25", "value: 44"),
        ("be 43.25", "be 44"),
        ("paragraph 2\n", "paragraph 22\n"),
        ("question: Is there a road?", "question: Is there any road?"),
        ("It is said to deny it.", "It is said to doubt it."),
        ("  - {date: 18XX, title: A track is there, claims: [road-agreed]}\n", ""),
        ("kind: denial", "kind: acceptance"),
        ("heading: Law", "heading: The law"),
        ("So is *everything* else [~].", ""),
        ("reason: A poll that was withdrawn quotes it", "reason: A poll quotes it"),
        ("level: high, reason: The office decides", "level: moderate, reason: The office decides"),
    ):
        assert bare.count(old) >= 1, old
        bare = bare.replace(old, new)
    Path(history.root / CONTESTED).write_text(bare, encoding="utf-8")
    assert history.errors() == []
    history.commit()
    Path(history.root / CONTESTED).write_text(full, encoding="utf-8")
    write(history, capsys)
    assert history.errors() == []
    written = (history.root / CONTESTED).read_text(encoding="utf-8")
    entry = written[written.index("changes:\n") : written.index("  - {date: 2024-04-10")]
    assert "One key judgement moved up." in entry
    assert "- judgement: road-likely\n        from: unlikely\n        to: likely\n" in entry
    assert "The summary was reworded." in entry


def test_every_log_of_a_brief_begins_in_the_words_that_are_proposed() -> None:
    library = check_tree(load_tree(Path(__file__).parents[2])).library
    assert library is not None
    logs = {key: entry.record.changes for key, entry in library.briefs.items()}
    first = {key: min(log, key=lambda change: change.date.sort_key) for key, log in logs.items()}
    assert {key: change.text for key, change in first.items()} == dict.fromkeys(
        library.briefs, "First published."
    )
