"""What a comparison tells of translations: texts that are new, other or gone, and their age."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.changes.repository import History

from briefsite.cli import main
from briefsite.data.differences import Revisions, print_differences

PERSIAN = Path(__file__).parents[1] / "projects" / "persian" / "briefs" / "sample.fa.yaml"
FILE, ORIGINAL = "briefs/sample.fa.yaml", "briefs/sample.yaml"
REASON = "    reason: اعلام خود وزارتخانه.\n"


@pytest.fixture
def translated(history: History) -> History:
    shutil.copy(PERSIAN, history.root / FILE)
    history.commit()
    return history


def told(history: History, base: str = "HEAD") -> list[tuple[str, str, str, str]]:
    found = history.compare(base).differences
    assert {each.brief for each in found} <= {"sample"}
    return [(each.kind, each.id, each.before, each.after) for each in found]


def test_a_translation_that_comes_and_goes(translated: History) -> None:
    assert told(translated, "HEAD~1") == [("translation-added", "fa", "", "")]
    (translated.root / FILE).unlink()
    assert told(translated) == [("translation-removed", "fa", "", "")]


def test_texts_that_are_other_new_or_gone(translated: History) -> None:
    translated.edit(FILE, "title: گزارش نمونه", "title: گزارش دیگر")
    translated.edit(FILE, REASON, "    note: یادداشت\n")
    # Order, line breaks and comments are nothing.
    translated.edit(FILE, "timeline:", "# a comment\ntimeline:")
    assert told(translated) == [
        ("translation-untold", "fa/claims/pipeline-announced/reason", REASON[12:-1], ""),
        ("translation-told", "fa/claims/pipeline-announced/note", "", "یادداشت"),
        ("translation-reworded", "fa/title", "گزارش نمونه", "گزارش دیگر"),
    ]


def test_an_original_that_was_reviewed_again(translated: History) -> None:
    translated.edit(ORIGINAL, "\nreviewed: 2024-03-05", "\nreviewed: 2024-03-06")
    comparison = translated.compare("HEAD")
    aged = next(each for each in comparison.differences if each.record == "translation")
    assert (aged.kind, aged.id, aged.origin.path) == ("translation-outdated", "fa", FILE)
    assert aged.text == "it follows the version of 2024-03-05, the newest is of 2024-03-06"
    translated.commit()
    translated.edit(FILE, "original_reviewed: 2024-03-05", "original_reviewed: 2024-03-06")
    assert told(translated) == [("translation-renewed", "fa", "", "")]


def test_it_reads_well_in_each_form(translated: History) -> None:
    translated.edit(FILE, "title: گزارش نمونه", "title: گزارش دیگر")
    translated.edit(ORIGINAL, "\nreviewed: 2024-03-05", "\nreviewed: 2024-03-06")
    revisions = Revisions("HEAD", "0" * 40, "the working tree", None)
    comparison = translated.compare("HEAD")
    text = print_differences(comparison, revisions)
    assert "translation fa is older than its original now: it follows the version of" in text
    assert "  translation fa/title is reworded\n      گزارش [-نمونه-]{+دیگر+}" in text
    markdown = print_differences(comparison, revisions, "markdown")
    assert "- **Translation `fa/title` is reworded**" in markdown
    found = json.loads(print_differences(comparison, revisions, "json"))["differences"]
    assert {"translation-outdated", "translation-reworded"} <= {each["kind"] for each in found}


def test_one_that_cannot_be_read_is_left_out(translated: History) -> None:
    translated.edit(FILE, "schema: 1", "schema: 1\nno-such-key: 2")
    comparison = translated.compare("HEAD")
    assert [e for e in comparison.differences if e.record == "translation"] == []
    assert any(FILE in sentence for sentence in comparison.left_out)


def test_stale_lists_translations_that_are_older(
    translated: History, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    translated.edit(ORIGINAL, "\nreviewed: 2024-03-05", "\nreviewed: 2024-03-06")
    monkeypatch.chdir(translated.root)
    assert main(["stale"]) == 1
    line = f"{FILE}:1: translation sample.fa: its original was reviewed again 2024-03-06"
    assert line in capsys.readouterr().out.splitlines()
    main(["stale", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in found if each["kind"] == "translation"] == ["sample.fa"]
