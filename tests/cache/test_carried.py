"""What is the same is linked from the site that is in place, and nothing else is."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.cache.test_reuse import MORE, differing, files

from briefsite import processes
from briefsite.engine import run
from briefsite.engine.build import Build
from briefsite.engine.run import build
from briefsite.search.postings import Index, join
from briefsite.site import altered, former
from briefsite.site.spliced import Place, _read
from briefsite.site.swap import spare

CARRIED = "places/betatown/index.html"
CHANGED = "briefs/sample/index.html"


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path) -> Path:
    """A project of two briefs with its site; one of them is then edited."""
    root = lay_out(tmp_path / "project")
    theme = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "custom_dir" in theme
    MORE["another brief"](root, 1)
    assert build(root, cache=tmp_path / "cache") == 0
    MORE["claim"](root, 1)
    return root


def numbers(site: Path) -> dict[str, int]:
    return {name: (site / name).stat().st_ino for name in files(site)}


def carried(before: Mapping[str, int], site: Path) -> set[str]:
    """The files that are the very same on the disk."""
    return {name for name, number in numbers(site).items() if before.get(name) == number}


def is_as_cold(root: Path, tmp_path: Path) -> bool:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("site"))
    assert build(elsewhere) == 0
    return differing(files(root / "site"), files(elsewhere / "site")) == []


def test_what_is_the_same_is_linked_and_what_changed_is_written(
    project: Path, tmp_path: Path
) -> None:
    before = numbers(project / "site")
    assert build(project, cache=tmp_path / "cache") == 0
    same = carried(before, project / "site")
    assert {CARRIED, "data/another.json", "actors/alphaland/index.html"} <= same
    assert not {CHANGED, "data/sample.json", "places/index.html"} & same
    # The one that was replaced is kept beside it, for the next build.
    assert carried(numbers(spare(project / "site")), project / "site") >= same
    assert altered(project / "site") == []
    assert is_as_cold(project, tmp_path)


def test_a_search_index_is_joined_anew_only_if_it_would_be_another(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pieces(site: Path) -> dict[str, int]:
        found = numbers(site)
        return {name: found[name] for name in found if name.startswith("search/")}

    joined: list[str] = []

    def spy(parts: Iterable[bytes]) -> Index:
        joined.append("once")
        return join(parts)

    monkeypatch.setattr("briefsite.search.index.join", spy)
    before = pieces(project / "site")
    assert build(project, cache=tmp_path / "cache") == 0  # a claim came
    after = pieces(project / "site")
    assert joined == ["once"]
    assert not before.keys() & after.keys() - {"search/index.js"}
    # What is in all pieces names their folder; those that hold the same are the very same.
    assert {*before.values()} & {*after.values()}
    joined.clear()
    brief = project / "briefs" / "another.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(f"{text}coverage: Two papers were read for it.\n", encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 0
    assert "Two papers" in (project / "site/data/another.md").read_text(encoding="utf-8")
    assert joined == []
    assert pieces(project / "site") == after


def test_what_stays_of_a_large_file_is_taken_from_how_it_stands(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[bytes | None] = []

    def spy(file: Any, place: Place) -> bytes | None:
        found.append(_read(file, place))
        return found[-1]

    monkeypatch.setattr("briefsite.site.spliced._read", spy)
    monkeypatch.setattr(processes, "cores", lambda: 1)
    before = (project / "site/data/library.json").read_bytes()
    assert build(project, cache=tmp_path / "cache") == 0
    assert None not in found
    assert len(found) > 5
    assert before != (project / "site/data/library.json").read_bytes()
    assert is_as_cold(project, tmp_path)


def test_where_parts_stand_is_noted_with_what_they_are(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build, of an edition that is taken back, saves while this one ends."""
    brief, elsewhere = project / "briefs/sample.yaml", tmp_path / "there"
    cache = tmp_path / "cache"
    for _ in range(2):
        assert build(project, site_dir=elsewhere, cache=cache) == 0
    assert build(project, cache=cache) == 0
    keep, text = Build._keep, brief.read_text(encoding="utf-8")

    def keep_late(*arguments: Any) -> None:
        MORE["claim"](project, 2)
        command = [sys.executable, "-m", "briefsite", "--root", str(project), "build", "--quiet"]
        subprocess.run([*command, "--cache", str(cache)], check=True)
        brief.write_text(text, encoding="utf-8")
        keep(*arguments)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Build, "_keep", keep_late)
        (elsewhere / "robots.txt").unlink()  # or nothing has changed there
        assert build(project, site_dir=elsewhere, cache=cache) == 0
    assert build(project, cache=cache) == 0
    assert is_as_cold(project, tmp_path)


def test_no_template_is_written_over_what_is_linked(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = project / "mkdocs.yml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("\nextra_templates: [robots.txt]\n")
    before = files(project / "site")
    assert build(project, cache=tmp_path / "cache") == 1
    assert "robots.txt is generated: mkdocs.yml cannot name it" in caplog.text
    assert files(project / "site") == before


def test_links_to_pages_that_are_carried_are_looked_at(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = project / "docs" / "method.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[there](briefs/another.md#other-announced)\n", encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 0
    page.write_text(f"{text}\n[nowhere](briefs/another.md#not-there)\n", encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 1
    assert "not-there" in caplog.text


def test_a_page_whose_frame_changed_is_made_again(project: Path, tmp_path: Path) -> None:
    """Navigation may show what a hand-written page holds."""
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("- Method:", "- How we work:"), encoding="utf-8")
    before = numbers(project / "site")
    assert build(project, cache=tmp_path / "cache") == 0
    assert not any(name.startswith("places/") for name in carried(before, project / "site"))
    assert "data/another.json" in carried(before, project / "site")
    assert "How we work" in (project / "site" / CARRIED).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["briefs/another.md", "./briefs/another.md"])
def test_a_title_that_navigation_shows_is_the_same_on_every_page(
    name: str, project: Path, tmp_path: Path
) -> None:
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("      - Method:", f"      - {name}\n      - Method:")
    settings.write_text(text, encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 0
    brief = project / "briefs" / "another.yaml"
    said = re.sub("^title: .*", "title: Called anew", brief.read_text(encoding="utf-8"), flags=re.M)
    brief.write_text(said, encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 0
    assert "Called anew" in (project / "site" / CARRIED).read_text(encoding="utf-8")
    assert is_as_cold(project, tmp_path)


def test_settings_that_were_edited_while_they_were_read_frame_no_page_of_the_next_build(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project / "mkdocs.yml"
    load = run._load

    def load_and_edit(*given: Any, **options: Any) -> Any:
        loaded = load(*given, **options)
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("- Method:", "- How we work:"), encoding="utf-8")
        return loaded

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(run, "_load", load_and_edit)
        assert build(project, cache=tmp_path / "cache") == 0
    assert build(project, cache=tmp_path / "cache") == 0
    assert is_as_cold(project, tmp_path)


def other_bytes(path: Path) -> None:
    """Its size and time are as they were."""
    state = path.stat()
    path.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def another_file(path: Path) -> None:
    other = path.with_name("other")
    shutil.copy2(path, other)
    other.replace(path)


def a_link(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


@pytest.mark.parametrize(
    "tamper", [other_bytes, another_file, a_link, Path.unlink, lambda path: path.chmod(0o600)]
)
def test_a_file_that_anybody_has_touched_is_written_anew(
    tamper: Callable[[Path], Any], project: Path, tmp_path: Path
) -> None:
    before = numbers(project / "site")
    # Of what changes anyway, most is taken from how it stands there.
    for name in (CARRIED, "data/another.json", "data/library.json", "data/library.csv"):
        tamper(project / "site" / name)
    assert build(project, cache=tmp_path / "cache") == 0
    same = carried(before, project / "site")
    assert "actors/alphaland/index.html" in same
    assert not {CARRIED, "data/another.json"} & same
    assert altered(project / "site") == []
    assert not (project / "site" / CARRIED).is_symlink()
    assert is_as_cold(project, tmp_path)


def test_for_other_eyes_files_are_written_anew(project: Path, tmp_path: Path) -> None:
    before = numbers(project / "site")
    umask = os.umask(0o077)
    try:
        assert build(project, cache=tmp_path / "cache") == 0
    finally:
        os.umask(umask)
    assert carried(before, project / "site") == set()
    assert (project / "site" / CARRIED).stat().st_mode & 0o077 == 0


def test_where_there_are_no_links_all_is_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "no")

    monkeypatch.setattr(os, "link", link)
    shutil.rmtree(spare(project / "site"))
    before = numbers(project / "site")
    assert build(project, cache=tmp_path / "cache") == 0
    assert carried(before, project / "site") == set()
    assert not spare(project / "site").exists()
    assert is_as_cold(project, tmp_path)


def test_what_another_build_puts_there_in_that_moment_is_not_taken(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(here: str, there: str, **options: bool) -> None:
        other = Path(f"{here}.other")
        other.write_bytes(b"of another build")
        other.replace(here)
        link(here, there, **options)

    monkeypatch.setattr(os, "link", late)
    assert build(project, cache=tmp_path / "cache") == 0
    assert is_as_cold(project, tmp_path)


def test_a_build_that_fails_does_no_harm_to_what_it_has_linked(
    project: Path, tmp_path: Path
) -> None:
    before, content = numbers(project / "site"), files(project / "site")
    with (project / "docs" / "method.md").open("a", encoding="utf-8") as file:
        file.write("\n[nowhere](nowhere.md)\n")
    assert build(project, cache=tmp_path / "cache") == 1
    assert carried(before, project / "site") == before.keys()
    assert files(project / "site") == content
    assert [path.name for path in project.iterdir() if path.name[0] == "."] == [".site-spare"]


def test_what_publishing_keeps_shares_no_file_with_what_it_makes(
    project: Path, tmp_path: Path
) -> None:
    """It writes into its pages, and what was online before must stay what it was."""
    content = files(project / "site")
    before = numbers(project / "site")
    assert build(project, cache=tmp_path / "cache", publish=True) == 0
    assert carried(before, project / "site") == set()
    kept = former(project / "site")
    assert (numbers(kept), files(kept)) == (before, content)
    online, content = numbers(project / "site"), files(project / "site")
    for publish in (False, True):
        assert build(project, cache=tmp_path / "cache", publish=publish) == 0
        assert (numbers(kept), files(kept)) == (online, content)


def test_a_build_that_was_stopped_leaves_nothing_to_the_next_of_the_process(
    project: Path, tmp_path: Path
) -> None:
    page = project / "docs" / "method.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[nowhere](nowhere.md)\n", encoding="utf-8")
    assert build(project, cache=tmp_path / "cache") == 1
    page.write_text(text, encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns("site"))
    assert build(other) == 0
