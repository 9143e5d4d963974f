"""What the pull request workflow shows: which pages changed, pictures of them, a summary."""

from __future__ import annotations

import importlib.util
import json
import struct
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def preview() -> ModuleType:
    spec = importlib.util.spec_from_file_location("preview", ROOT / ".ci" / "preview.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def site(folder: Path, **pages: str) -> Path:
    """A built site of a few pages; `x__y` is the page `x/y/`."""
    files = {}
    for name, text in pages.items():
        path = folder / name.replace("__", "/") / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        files[path.relative_to(folder).as_posix()] = str(hash(text))
    files |= {"404.html": str(folder), "data/a.json": str(folder)}
    (folder / "build-manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    return folder


def test_pages_that_are_new_or_other_than_before(preview: ModuleType, tmp_path: Path) -> None:
    old = site(tmp_path / "old", briefs__a="1", briefs__b="1", atlas="1", gone="1")
    new = site(tmp_path / "new", briefs__a="1", briefs__b="2", atlas="2", briefs__c="1")
    assert preview.changed_pages(old, new) == ["briefs/b/", "briefs/c/", "atlas/"]
    assert preview.changed_pages(None, new) == ["briefs/a/", "briefs/b/", "briefs/c/", "atlas/"]


def test_a_summary_holds_no_more_than_the_forge_takes(preview: ModuleType) -> None:
    long = "".join(f"- change {number}\n" for number in range(100_000))
    text = preview.words(long, ["briefs/a/", "atlas/"], ["briefs/a/"], ["Something failed."])
    assert len(text.encode()) <= preview.MOST_BYTES + 1
    assert text.startswith("- change 0\n- change 1\n")
    assert "The rest is too long" in text
    assert "> **Something failed.**" in text
    assert "- `/briefs/a/`\n- `/atlas/` (no screenshot)\n" in text


@pytest.mark.browser
def test_pictures_are_wide_and_narrow_and_whole(
    preview: ModuleType, browser: Browser, tmp_path: Path
) -> None:
    built = site(tmp_path / "site", briefs__a="<div style='height: 1500px; background: teal'>a")
    preview.photograph(browser, built, ["briefs/a/"], tmp_path / "shots")
    sizes = {path.name: png_size(path) for path in (tmp_path / "shots").iterdir()}
    assert set(sizes) == {"briefs-a-wide.png", "briefs-a-narrow.png"}
    assert sizes["briefs-a-wide.png"][0] == 1280
    assert sizes["briefs-a-narrow.png"][0] == 390
    assert all(1500 <= height < 1600 for _, height in sizes.values())


def png_size(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height
