"""A build that fails leaves what was there, says why, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BRIEF = "briefs/sample.yaml"


def break_yaml(root: Path) -> str:
    path = root / BRIEF
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\ntopic: energy", "\ntopic: enrgy"), encoding="utf-8")
    return "briefs/sample.yaml:3:8: error: there is no topic 'enrgy' [unknown-id]"


def break_macro(root: Path) -> str:
    path = root / "macros" / "components" / "card.html.j2"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, start=1) if "bs-kicker" in line)
    lines[number - 1] += "{{ brief.nothing_of_the_kind }}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"macros/components/card.html.j2:{number}: "


def break_link(root: Path) -> str:
    with (root / "docs" / "method.md").open("a", encoding="utf-8") as file:
        file.write("\nSee [nothing](nowhere.md).\n")
    return "nowhere.md"


def break_anchor(root: Path) -> str:
    with (root / "docs" / "method.md").open("a", encoding="utf-8") as file:
        file.write("\nSee [nothing](briefs/sample.md#not-there).\n")
    return "not-there"


def break_component(root: Path) -> str:
    with (root / "docs" / "maps.md").open("a", encoding="utf-8") as file:
        file.write("\n<!-- briefsite: heroo -->\n")
    return "docs/maps.md:5:17: error: there is no component 'heroo' [unknown-component]"


@pytest.mark.parametrize(
    "damage", [break_yaml, break_macro, break_link, break_anchor, break_component]
)
def test_the_last_good_site_stays(
    damage: Callable[[Path], str], built: Path, run: Any, read_tree: Any
) -> None:
    before = read_tree(built / "site")
    names = sorted(path.name for path in built.iterdir())
    said = damage(built)
    for command in (["briefsite", "build"], ["mkdocs", "build", "--strict"]):
        done = run(built, *command)
        assert done.returncode == 1, done.stderr
        assert said in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert read_tree(built / "site") == before
        assert sorted(path.name for path in built.iterdir()) == names


def test_strict_warnings_stop_a_build_under_properdocs_too(
    built: Path, run: Any, read_tree: Any
) -> None:
    before = read_tree(built / "site")
    said = break_link(built)
    done = run(built, "properdocs", "build", "--strict", "-f", "mkdocs.yml")
    assert done.returncode == 1
    assert said in done.stderr
    assert read_tree(built / "site") == before


def test_a_mended_project_replaces_the_old_site(built: Path, run: Any) -> None:
    (built / "site" / "old.html").write_text("left from before", encoding="utf-8")
    path = built / BRIEF
    text = path.read_text(encoding="utf-8").replace("Sample brief", "Mended brief")
    path.write_text(text, encoding="utf-8")
    done = run(built, "briefsite", "build")
    assert done.returncode == 0, done.stderr
    assert "the site is in site" in done.stderr
    assert "Mended brief" in (built / "site/briefs/sample/index.html").read_text(encoding="utf-8")
    assert not (built / "site" / "old.html").exists()


def test_a_folder_that_is_no_site_is_never_replaced(whole: Path, run: Any) -> None:
    thesis = whole / "site" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("years of work", encoding="utf-8")
    done = run(whole, "briefsite", "build")
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert len(done.stderr.splitlines()) == 1, "one mistake is told in one line"
    assert thesis.read_text(encoding="utf-8") == "years of work"
    assert not [path.name for path in whole.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("line", "instead"),
    [("  name: material\n", "  name: readthedocs\n"), ("  custom_dir: .*\n", "")],
    ids=["another", "bare"],
)
def test_a_theme_without_what_pages_need_is_refused_in_a_line(
    line: str, instead: str, whole: Path, run: Any
) -> None:
    settings = whole / "mkdocs.yml"
    text, count = re.subn(line, instead, settings.read_text(encoding="utf-8"))
    assert count == 1
    settings.write_text(text, encoding="utf-8")
    done = run(whole, "briefsite", "build")
    assert done.returncode == 1
    assert "pages need their theme" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (whole / "site").exists()


def test_a_site_folder_that_is_a_link_is_replaced_where_it_leads(built: Path, run: Any) -> None:
    real = built.parent / "elsewhere"
    (built / "site").rename(real)
    (built / "site").symlink_to(real)
    (real / "old.html").write_text("left from before", encoding="utf-8")
    done = run(built, "briefsite", "build")
    assert done.returncode == 0, done.stderr
    assert (built / "site").is_symlink()
    assert (real / "index.html").is_file()
    assert not (real / "old.html").exists()


def test_an_interrupted_build_leaves_nothing_behind(
    built: Path, read_tree: Callable[[Path], dict[str, bytes]]
) -> None:
    before = read_tree(built / "site")
    # A hook makes the build wait while its new folder is half full.
    (built / "wait.py").write_text(
        "import pathlib, time\n"
        "def on_nav(nav, **_):\n"
        "    pathlib.Path('waiting').touch()\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    settings = built / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\nhooks: [wait.py]\n", encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=built,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        deadline = time.monotonic() + 60
        while not (built / "waiting").exists():
            assert time.monotonic() < deadline, "the build never came so far"
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) != 0
    finally:
        process.kill()
        process.wait()
    assert read_tree(built / "site") == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  - briefsite:\n      as_of: yesterday\n", "'yesterday' is no EDTF date"),
        ("", "does not name the plugin 'briefsite'"),
    ],
)
def test_wrong_settings_are_said(line: str, said: str, whole: Path, run: Any) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("  - briefsite\n") == 1
    settings.write_text(text.replace("  - briefsite\n", line), encoding="utf-8")
    done = run(whole, "briefsite", "build")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (whole / "site").exists()


def test_the_day_may_stand_in_the_settings(whole: Path, run: Any) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    day = "  - briefsite:\n      as_of: 2024-07-08\n"
    settings.write_text(text.replace("  - briefsite\n", day), encoding="utf-8")
    done = run(whole, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "as of 8 July 2024" in (whole / "site" / "index.html").read_text(encoding="utf-8")


def test_without_an_address_there_is_no_sitemap(whole: Path, run: Any) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("site_url:")]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(whole, "briefsite", "build")
    assert done.returncode == 0, done.stderr
    assert not (whole / "site" / "sitemap.xml").exists()
