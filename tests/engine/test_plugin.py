"""The plugin within one process, where every warning is an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

Command = Literal["build", "gh-deploy", "serve"]


def started(root: Path, command: Command = "build") -> MkDocsConfig:
    config = load_config(config_file=str(root / "mkdocs.yml"))
    config.plugins.on_startup(command=command, dirty=False)
    return config


def test_other_commands_find_the_site_where_it_is(whole: Path) -> None:
    config = started(whole, "gh-deploy")
    build(config)
    assert config.site_dir == str(whole / "site")
    assert (whole / "site" / "index.html").is_file()


def test_one_plugin_may_build_many_times(whole: Path) -> None:
    config = started(whole)
    build(config)
    first = (whole / "site" / "build-manifest.json").read_bytes()
    build(config)
    assert (whole / "site" / "build-manifest.json").read_bytes() == first


def test_hand_written_pages_lead_to_what_is_generated(whole: Path) -> None:
    """Of which MkDocs is told when it looks for it."""
    with (whole / "docs" / "method.md").open("a", encoding="utf-8") as file:
        file.write("\n[a](briefs/sample.md#pipeline-announced) [b](data/library.json)\n")
        file.write("[c](briefs/sample.md) [d](data/sample.md.txt)\n")
    build(started(whole))
    page = (whole / "site" / "method" / "index.html").read_text(encoding="utf-8")
    for address in ("briefs/sample/#pipeline-announced", "data/library.json", "data/sample.md"):
        assert f'href="../{address}"' in page
    missing = (whole / "site" / "404.html").read_text(encoding="utf-8")
    assert 'briefs/sample/">' in missing


def test_pages_that_are_no_folders_are_refused_before_any_is_made(
    whole: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (whole / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("use_directory_urls: false\n")
    with pytest.raises(Abort):
        build(started(whole))
    assert "take `use_directory_urls: false` away" in caplog.text
    assert "was not written" not in caplog.text


def test_a_page_that_another_plugin_takes_away_is_missed(
    whole: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (whole / "thief.py").write_text(
        "def on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('briefs/sample.md'))\n"
        "    return files\n",
        encoding="utf-8",
    )
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("strict: true", "strict: false")
    settings.write_text(f"{text}\nhooks: [thief.py]\n", encoding="utf-8")
    with pytest.raises(Abort):
        build(started(whole))
    assert "page briefs/sample/ was not written" in caplog.text
    assert not (whole / "site").exists()
    assert not [path.name for path in whole.iterdir() if path.name.startswith(".")]


def test_an_anchor_that_another_plugin_doubles_is_missed(
    whole: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (whole / "copier.py").write_text(
        "def on_post_page(output, page, config):\n    return output + output\n", encoding="utf-8"
    )
    settings = whole / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\nhooks: [copier.py]\n", encoding="utf-8"
    )
    with pytest.raises(Abort):
        build(started(whole))
    assert "anchor briefs/sample/#pipeline-announced is there 2 times" in caplog.text


def test_the_manifest_comes_after_all_other_plugins(whole: Path) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace(
        "  - briefsite\n", "  - briefsite\n  - search\n"
    )
    settings.write_text(text, encoding="utf-8")
    build(started(whole))
    manifest = json.loads((whole / "site" / "build-manifest.json").read_bytes())
    assert "search/search_index.json" in manifest["files"]


def test_links_to_headings_of_generated_pages_are_known(whole: Path) -> None:
    with (whole / "docs" / "method.md").open("a", encoding="utf-8") as file:
        file.write("\n[a](briefs/sample.md#sources) [b](atlas.md#map-sample-map)\n")
    build(started(whole))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: One\n---\n\nText\n\n---\n\nMore\n",
        "---\ntitle: One\n---   \nText\n",
        "---\ntitle: One\n...\nText\n",
        "\ufeff---\r\ntitle: One\r\n---\r\nText\r\n",
        "---\n\nText between rules\n\n---\n",
    ],
)
def test_front_matter_of_a_written_page_never_shows(text: str, whole: Path) -> None:
    path = whole / "docs" / "maps.md"
    path.write_text(f"{text}\n<!-- briefsite: hero -->\n", encoding="utf-8", newline="")
    build(started(whole))
    page = (whole / "site" / "maps" / "index.html").read_text(encoding="utf-8")
    body = page[page.index("<article") : page.index("</article>")]
    assert "title: One" not in body
    assert "Text" in body
    assert '<header class="bs-hero">' in body
    assert "More" in body or "More" not in text
