"""Whole sites, staged: a folder of tests/golden is a case, without code.

`input/` holds the files that differ from the minimal project (none: leave it out), `expected/` the
pages that come of it, and data files, each format once. Maps and their assets have tests of their
own. UPDATE_EXPECTED=1 writes what comes now: read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.site import Project, assemble, stage

CASES = Path(__file__).parent
RESULTS = CASES.parents[1] / "test-results" / "golden"
NAMES = sorted(path.name for path in CASES.iterdir() if (path / "expected").is_dir())
HOSTILE = CASES / "hostile-text"
FORMATS = re.compile(r"(\.as-is/)?data/contested\..+|topics/transit/feed\..+|llms\.txt")


def test_there_are_cases() -> None:
    assert len(NAMES) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_site_is_as_expected(name: str, lay_out: Any, tmp_path: Path) -> None:
    actual = staged(name, lay_out, tmp_path)
    expected = CASES / name / "expected"
    if update_expected():
        write(actual, expected)
    saved = RESULTS / name
    shutil.rmtree(saved, ignore_errors=True)
    wanted = read(expected)
    if actual != wanted:
        write(actual, saved)
        pytest.fail(f"{name} gives another site, saved in {saved}\n{difference(wanted, actual)}")


def staged(name: str, lay_out: Any, folder: Path) -> Mapping[str, str]:
    """The pages and data files of a case, by their names in the staged tree."""
    overlay = CASES / name / "input"
    root = lay_out(folder / "project", *([overlay] if overlay.is_dir() else []))
    checked = check_tree(load_tree(root))
    assert checked.library is not None, checked.problems
    project = Project(root)
    site = assemble(project, checked.library, site_url="https://example.org/")
    stage(project, site, folder / "staged")
    return read(folder / "staged")


def read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if is_looked_at(path.relative_to(folder).as_posix())
    }


def is_looked_at(name: str) -> bool:
    """Whether a file is part of what is expected: each page, and each format once.

    What data files say is read back by other programs in tests/data; how it is written shows here.
    """
    if name.startswith(".as-is/") or not name.endswith(".md"):
        return FORMATS.fullmatch(name) is not None
    return True


def write(files: Mapping[str, str], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def difference(wanted: Mapping[str, str], actual: Mapping[str, str]) -> str:
    lines = [
        line
        for name in sorted({*wanted, *actual})
        for line in difflib.unified_diff(
            wanted.get(name, "").splitlines(),
            actual.get(name, "").splitlines(),
            f"expected/{name}",
            f"actual/{name}",
            lineterm="",
            n=0,
        )
    ]
    return "\n".join(line[:300] for line in lines[:60])


def update_expected() -> bool:
    if not os.environ.get("UPDATE_EXPECTED"):
        return False
    if os.environ.get("CI"):
        pytest.fail("expectations are looked at by a person; they are not written in CI")
    return True


def test_expectations_are_not_rewritten_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPDATE_EXPECTED", "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not written in CI"):
        update_expected()


@cache
def hostile_pages() -> Mapping[str, str]:
    return {n: text for n, text in read(HOSTILE / "expected").items() if n.endswith(".md")}


def test_hostile_text_stands_in_every_text_field() -> None:
    """Texts of the input are marked `FIELD <script>`: each comes out, and only as text."""
    inputs = "".join(path.read_text(encoding="utf-8") for path in (HOSTILE / "input").rglob("*.y*"))
    fields = set(re.findall(r"'([a-z][a-z ]+) <script>", inputs))
    pages = "".join(hostile_pages().values())
    shown = {field for field in fields if f"{field} &lt;script&gt;alert(1)&lt;/script&gt;" in pages}
    assert len(fields) >= 55
    assert fields == shown


@pytest.mark.parametrize("name", sorted(hostile_pages()))
def test_hostile_text_stays_text(name: str) -> None:
    text = hostile_pages()[name]
    matter, _, body = text.partition("\n---\n")
    assert "<script" not in matter
    assert not re.findall(r"<(?:script|img src=x)", body)
    assert not re.findall(r"<[^>]*\son[a-z]+=", body)
    assert not re.findall(r"""(?:href|src)=["']?\s*(?:javascript|data):""", body)
