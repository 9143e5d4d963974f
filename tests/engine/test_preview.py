"""What a preview shows is what a build gives, whatever was edited, and in whatever order."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from briefsite.engine.mkdocs import BriefsitePlugin
from briefsite.engine.preview import Preview

URL = "http://127.0.0.1:8000/"
Edit = Callable[[Path, int], None]


def replaced(path: str, pattern: str, text: str) -> Edit:
    """An edit that gives what matches another text; `N` in it is the number of the edit."""

    def edit(root: Path, number: int) -> None:
        file = root / path
        before = file.read_text(encoding="utf-8")
        after, count = re.subn(pattern, text.replace("N", str(number)), before, count=1, flags=re.M)
        assert count == 1, f"{pattern} is not in {path}"
        file.write_text(after, encoding="utf-8")

    return edit


def another_brief(root: Path, number: int) -> None:
    """A brief more, or the one that was added last less."""
    added = root / "briefs" / "another.yaml"
    if added.exists():
        added.unlink()
        return
    text = (root / "briefs" / "sample.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^title: .*", f"title: Another brief {number}", text, flags=re.M)
    added.write_text(re.sub(r"pipeline-(announced|unbuilt)", r"other-\1", text), encoding="utf-8")


def another_page(root: Path, number: int) -> None:
    """A hand-written page more, or less, with a component in it."""
    added = root / "docs" / "notes.md"
    if added.exists():
        added.unlink()
    else:
        added.write_text(f"# Notes {number}\n\n<!-- briefsite: briefs -->\n", encoding="utf-8")


BRIEF, REGISTRY = "briefs/sample.yaml", "briefs/registry/registry.yaml"
EDITS: dict[str, Edit] = {
    "title": replaced(BRIEF, r"^title: .*", "title: Brief N"),
    "claim": replaced(BRIEF, r"(said that it would (?:\w+ )*?)build", r"\1soon build"),
    "source": replaced(REGISTRY, r"title: Report .*", "title: Report of the ministry, N"),
    "actor": replaced(REGISTRY, r"name: Alphaland.*", "name: Alphaland N"),
    "place": replaced(REGISTRY, r"lat: 40\..*", "lat: 40.N"),
    "map": replaced("maps/sample-map.yaml", r"title: Proposed.*", "title: Proposed pipeline N"),
    "another brief": another_brief,
    "another page": another_page,
    "docs": replaced("docs/method.md", r"\Z", "\nMore, for the time N.\n"),
    "page macro": replaced("macros/pages/timeline.html.j2", r"<h1>.*</h1>", "<h1>Times N</h1>"),
    "component": replaced("macros/components/card.html.j2", "<article", "<article data-n='N'"),
    "settings": replaced("mkdocs.yml", r"^site_name: .*", "site_name: Name N"),
    "style": replaced("theme/assets/briefsite/briefsite.css", r"\A", "/* N */\n"),
    "theme": replaced("theme/main.html", "Skip to content", "Skip to content N"),
}


@pytest.fixture
def project(whole: Path) -> Path:
    """A project with a theme of its own, which may be edited."""
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    found = re.search(r"custom_dir: (.*)", text)
    assert found is not None
    shutil.copytree(found[1], whole / "theme")
    settings.write_text(text.replace(found[1], "theme"), encoding="utf-8")
    return whole


@pytest.fixture
def preview(project: Path, tmp_path: Path) -> Iterator[Preview]:
    folder = tmp_path / "preview"
    folder.mkdir()
    config = load_config(config_file=str(project / "mkdocs.yml"), site_dir=str(folder))
    config.site_url = URL
    plugin = config.plugins["briefsite"]
    assert isinstance(plugin, BriefsitePlugin)
    config.plugins.on_startup(command="serve", dirty=False)
    plugin.preview = Preview(plugin.latest, config, plugin.resources)
    plugin.preview.renew()
    yield plugin.preview
    assert not [path.name for path in project.iterdir() if path.name.startswith(".")]


def built(root: Path) -> dict[str, bytes]:
    """Every file of a clean build, at the address of the preview."""
    shutil.rmtree(root / "site", ignore_errors=True)
    # MkDocs keeps plugins from one configuration to the next: the preview's own stays out of this.
    kept = dict(MkDocsConfig._schema)["plugins"].plugin_cache  # type: ignore[attr-defined]
    before = dict(kept)
    kept.clear()
    config = load_config(config_file=str(root / "mkdocs.yml"), site_url=URL)
    kept.clear()
    kept.update(before)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != "build-manifest.json"
    }


def test_what_is_shown_is_what_a_build_gives(preview: Preview, project: Path) -> None:
    chance = random.Random(2026)
    edits = list(EDITS)
    seen: set[str] = set()
    for number in range(8):
        done = chance.sample(edits, 2)
        for name in done:
            EDITS[name](project, number)
        preview.renew()
        # Some pages are looked at before others, and some not at all.
        wanted = built(project)
        names = list(wanted)
        chance.shuffle(names)
        for name in names:
            shown = preview.show(name)
            assert shown is not None, f"after {done}, {name} is not there"
            assert shown.content == wanted[name], f"after {done}, {name} is not what is built"
            assert shown.overlay == ""
        for name in sorted(seen - set(wanted)):
            assert preview.show(name) is None, f"after {done}, {name} is still there"
        # Search keeps the pieces of the index that a browser read last.
        seen |= {name for name in wanted if not name.startswith("search/")}


def test_a_page_that_cannot_be_made_keeps_what_it_was(preview: Preview, project: Path) -> None:
    before = preview.show("timeline/index.html")
    page = project / "macros/pages/timeline.html.j2"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<h1>", "<h1>{{ tiem }}"), encoding="utf-8")
    preview.renew()
    shown = preview.show("timeline/index.html")
    assert before is not None
    assert shown is not None
    assert shown.content == before.content
    line = 1 + text.partition("<h1>")[0].count("\n")
    assert f"macros/pages/timeline.html.j2:{line}: &#x27;tiem&#x27; is undefined" in shown.overlay
    other = preview.show("atlas/index.html")
    assert other is not None
    assert other.overlay == ""


def test_settings_that_cannot_be_used_are_said(preview: Preview, project: Path) -> None:
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    before = preview.show("index.html")
    settings.write_text(text.replace("name: material", "name: no-such-theme"), encoding="utf-8")
    preview.renew()
    shown = preview.show("index.html")
    assert before is not None
    assert shown is not None
    assert shown.content == before.content
    assert "mkdocs.yml" in shown.overlay
    settings.write_text(text, encoding="utf-8")
    preview.renew()
    shown = preview.show("index.html")
    assert shown == before


def test_a_link_among_pages_is_told_and_not_followed(preview: Preview, project: Path) -> None:
    before = preview.show("index.html")
    assert before is not None
    links = [project / "docs" / name for name in (".a", ".b")]
    for link in links:
        link.symlink_to(".")  # two of them lead round for ever
    preview.renew()
    shown = preview.show("index.html")
    assert shown is not None
    assert shown.content == before.content
    assert "docs/.a: the name leads to something else" in shown.overlay
    for link in links:
        link.unlink()
    preview.renew()
    assert preview.show("index.html") == before
