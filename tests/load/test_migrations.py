"""Older files become files of this version, with their comments; nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from briefsite.cli import main
from briefsite.load import (
    CURRENT_VERSION,
    MIGRATIONS,
    Document,
    Edit,
    MigrationError,
    load_document,
    migrate,
)
from briefsite.model.records import SchemaVersion

OLD = b"""# A brief
schema: 1   # the format
headline: 'What is known'   # as the reader sees it
claims:
  - {id: one, sure: high}
"""


def rename_headline(document: Document) -> Iterator[Edit]:
    """A migration as one would be written: `headline` became `title`."""
    assert document.root is not None
    if key := document.root.keys.get("headline"):
        yield Edit(key.start, key.end, "title")


def rename_sure(document: Document) -> Iterator[Edit]:
    """One that reads what the one before it wrote."""
    assert document.root is not None
    assert "title" in document.root.keys
    claims = document.node(("claims",))
    assert claims is not None
    for claim in claims.items or ():
        key = claim.keys["sure"]
        yield Edit(key.start, key.end, "confidence")


def read(data: bytes) -> Document:
    return load_document("briefs/old.yaml", data)


def test_every_step_is_taken_in_order_and_comments_stay() -> None:
    done = migrate(read(OLD), (rename_headline, rename_sure))
    assert done.version == 1
    assert done.text == (
        "# A brief\n"
        "schema: 3   # the format\n"
        "title: 'What is known'   # as the reader sees it\n"
        "claims:\n"
        "  - {id: one, confidence: high}\n"
    )


def test_a_file_on_the_way_takes_the_steps_that_are_left() -> None:
    newer = OLD.replace(b"schema: 1", b"schema: 2").replace(b"headline", b"title")
    assert b"headline" not in newer
    assert "confidence: high" in migrate(read(newer), (rename_headline, rename_sure)).text


def test_a_file_of_this_version_stays_as_it_is() -> None:
    newest = OLD.replace(b"schema: 1", b"schema: 3")
    assert migrate(read(newest), (rename_headline, rename_sure)).text == newest.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"schema: 9\n", "is of version 9, newer than this briefsite, which knows 3"),
        (b"schema: '1'\n", "does not say its version: add `schema: 1`"),
        (b"schema: true\n", "does not say its version"),
        (b"title: x\n", "does not say its version"),
        (b"- schema: 1\n", "does not say its version"),
        (b"schema: [\n", "cannot be read; run briefsite check"),
    ],
)
def test_what_cannot_be_brought_up_to_date_says_why(data: bytes, message: str) -> None:
    with pytest.raises(MigrationError, match=message.replace("[", r"\[")):
        migrate(read(data), (rename_headline, rename_sure))


def test_a_step_that_breaks_a_file_is_not_written() -> None:
    with pytest.raises(MigrationError, match="no YAML after the step from version 1"):
        migrate(read(OLD), (lambda document: [Edit(0, 0, "[\n")],))


def test_records_and_migrations_agree_on_the_version() -> None:
    assert get_args(get_args(SchemaVersion)[0]) == (CURRENT_VERSION,)
    assert len(MIGRATIONS) + 1 == CURRENT_VERSION


def test_the_command_has_nothing_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.yaml")}
    assert main(["--root", str(project), "migrate"]) == 0
    assert capsys.readouterr().err == f"nothing to do: 3 files of version {CURRENT_VERSION}\n"
    assert {path: path.read_bytes() for path in before} == before


def test_the_command_writes_all_files_or_none(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "briefsite.cli.sources.migrate_document", lambda d: migrate(d, (lambda document: [],))
    )
    map_ = project / "maps" / "sample-map.yaml"
    text = map_.read_text(encoding="utf-8")
    map_.write_text(text.replace("schema: 1", "schema: 7"), encoding="utf-8")
    assert main(["--root", str(project), "migrate"]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("maps/sample-map.yaml is of version 7, newer than this briefsite")
    assert printed.endswith("nothing was written\n")
    brief = project / "briefs" / "sample.yaml"
    assert brief.read_text(encoding="utf-8").startswith("schema: 1\n")
    assert main(["--root", str(project), "migrate", str(brief)]) == 0
    assert capsys.readouterr().err == "briefs/sample.yaml: from version 1\n"
    assert brief.read_text(encoding="utf-8").startswith("schema: 2\n")


def test_a_file_that_is_no_source_is_wrong_usage(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "migrate", str(project / "README.md")]) == 2
    assert "is no source file of the project" in capsys.readouterr().err
