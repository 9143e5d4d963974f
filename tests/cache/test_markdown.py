"""Hand-written pages are made of Markdown once, and their links are looked at each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from tests.cache.test_carried import is_as_cold, project

from briefsite.engine.run import build

__all__ = ["project"]


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose Markdown is made into HTML."""
    names: list[str] = []
    render = Page.render

    def spy(page: Page, config: MkDocsConfig, files: Files) -> None:
        names.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", spy)
    return names


def add(page: Path, text: str) -> None:
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def test_hand_written_pages_are_as_they_were_when_a_brief_is_edited(
    project: Path, tmp_path: Path, converted: list[str]
) -> None:
    assert build(project, cache=tmp_path / "cache") == 0
    assert converted == []
    assert is_as_cold(project, tmp_path)
    assert converted


def test_a_page_that_was_edited_is_made_again(
    project: Path, tmp_path: Path, converted: list[str]
) -> None:
    add(project / "docs" / "method.md", "## How it began\n\nSee [here](#how-it-began).")
    assert build(project, cache=tmp_path / "cache") == 0
    assert "method.md" in converted
    assert is_as_cold(project, tmp_path)


def test_a_link_to_a_brief_that_is_gone_is_told_of(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, converted: list[str]
) -> None:
    add(project / "docs" / "method.md", "[there](briefs/another.md#other-announced)")
    assert build(project, cache=tmp_path / "cache") == 0
    converted.clear()
    brief = project / "briefs" / "another.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("other-announced", "announced-anew"), encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 1
    assert converted == []  # the link leads to a page that is there, and to nothing in it
    assert "other-announced" in caplog.text
    caplog.clear()
    brief.unlink()
    for _ in range(2):  # what was told once is not forgotten
        assert build(project, cache=tmp_path / "cache") == 1
        assert "briefs/another.md" in caplog.text
        caplog.clear()
