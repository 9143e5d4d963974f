"""Bad input beside its expected output: a folder of tests/problems is a case, without code.

A case holds the files that differ from tests/projects/minimal, `removed.txt` with the paths of
those that are left out, and `expected.txt`, the exact output of `briefsite check`. Look at every
position before it is committed. UPDATE_EXPECTED=1 writes what is printed now.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
from pathlib import Path

import pytest

from briefsite.catalogue import CATALOGUE
from briefsite.cli import main

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
MINIMAL = TESTS / "projects" / "minimal"
CASES = TESTS / "problems"
RESULTS = TESTS.parent / "test-results" / "problems"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())

# Files that git or an editor would mend, or that are too large to keep: path and bytes by case.
WRITTEN: dict[str, dict[str, bytes]] = {
    "byte-order-mark": {"briefs/registry/broken.yaml": b"\xef\xbb\xbfschema: 1\n"},
    "file-too-large": {"briefs/broken.yaml": b"# " + b"x" * (1 << 20)},
    "hidden-character": {
        "briefs/registry/broken.yaml": "schema: 1\ntopics:\n  - id: oil\n"
        "    title: Ərdəbil\u202etxet\u202c\n    description: Oil.\n".encode(),
        "briefs/registry/escaped.yaml": b"schema: 1\ntopics:\n"
        b'  - {id: x, title: "a\\tb \\xe9 \\u200b", description: d}\n',
        "briefs/registry/nul.yaml": b"schema: \x001\n",
    },
    "hidden-and-more": {
        "briefs/sample.yaml": (MINIMAL / "briefs/sample.yaml")
        .read_text(encoding="utf-8")
        .replace("text: The pipeline is", "text: The pipe\u200bline is")
        .replace("[pipeline-announced, pipeline-unbuilt]", "[pipe\u2060line-announced, unbuilt]")
        .replace("announced a pipeline in February 2012", "an\u202dnounced\u2028one in March 2012")
        .encode(),
        "briefs/registry/registry.yaml": (MINIMAL / "briefs/registry/registry.yaml")
        .read_text(encoding="utf-8")
        .replace("contact:", "con\u00adtct:", 1)
        .encode("utf-8-sig"),
    },
    "merge-conflict": {
        "briefs/broken.yaml": b"schema: 1\n<<<<<<< HEAD\ntitle: a\n"
        b"=======\ntitle: b\n>>>>>>> other\n"
    },
    "not-utf8": {"briefs/broken.yaml": "schema: 1\ntitle: Füllöp\n".encode("latin-1")},
    "yaml-too-many": {"briefs/broken.yaml": b"schema: 1\nunknowns: [" + b"a," * 100_001 + b"]\n"},
}
LINKED = {"not-a-plain-file": {"briefs/linked.yaml": "sample.yaml", "maps/lost.yaml": "nowhere"}}

# Codes that no file of a project can bring about.
ELSEWHERE = {
    "dead-link": "found when all pages are known; see tests/site/test_links.py",
    "no-basemap": "found when maps are drawn; see tests/site/test_assemble.py",
    "unreadable-file": "needs a device that fails; see tests/load/test_tree.py",
}


@pytest.mark.parametrize("name", NAMES)
def test_bad_input_gives_the_expected_output(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out(name, tmp_path / "project")
    code = main(["--root", str(project), "check"])
    actual = capsys.readouterr().out
    expected = CASES / name / "expected.txt"
    if update_expected():
        expected.write_text(actual, encoding="utf-8")
    RESULTS.mkdir(parents=True, exist_ok=True)
    saved = RESULTS / f"{name}.txt"
    saved.unlink(missing_ok=True)
    wanted = expected.read_text(encoding="utf-8") if expected.exists() else ""
    if actual != wanted:
        saved.write_text(actual, encoding="utf-8")
        difference = difflib.unified_diff(
            wanted.splitlines(), actual.splitlines(), "expected.txt", str(saved), lineterm=""
        )
        pytest.fail("\n".join([f"{name} prints something else:", *difference]))
    assert code == (1 if ": error: " in actual else 0)


def update_expected() -> bool:
    if not os.environ.get("UPDATE_EXPECTED"):
        return False
    if os.environ.get("CI"):
        pytest.fail("expectations are looked at by a person; they are not written in CI")
    return True


def lay_out(name: str, project: Path) -> Path:
    shutil.copytree(MINIMAL, project)
    case = CASES / name
    if (case / "maps").is_dir():
        shutil.copytree(ROOT / "maps" / "basemap", project / "maps" / "basemap")
    for path in sorted(case.rglob("*")):
        if path.is_dir() or path.parent == case:
            continue
        target = project / path.relative_to(case)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for relative, data in WRITTEN.get(name, {}).items():
        (project / relative).write_bytes(data)
    for relative, target_name in LINKED.get(name, {}).items():
        (project / relative).symlink_to(target_name)
    removed = case / "removed.txt"
    if removed.exists():
        for relative in removed.read_text(encoding="utf-8").split():
            (project / relative).unlink()
    return project


def test_every_code_has_a_case() -> None:
    found = {
        code
        for name in NAMES
        for code in re.findall(
            r": (?:error|warning): .* \[([a-z0-9-]+)\]$",
            (CASES / name / "expected.txt").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    assert found | set(ELSEWHERE) == set(CATALOGUE)
    assert not found & set(ELSEWHERE)


def test_every_written_case_has_its_folder() -> None:
    assert {*WRITTEN, *LINKED} <= set(NAMES)


def test_ten_mistakes_are_ten_problems() -> None:
    expected = (CASES / "ten-mistakes" / "expected.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^briefs/ten\.yaml:\d+:\d+: error: ", expected, re.MULTILINE)) == 10


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_ends_make_no_difference(
    ending: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out("ten-mistakes", tmp_path / "project")
    brief = project / "briefs" / "ten.yaml"
    brief.write_bytes(brief.read_bytes().replace(b"\n", ending))
    assert main(["--root", str(project), "check"]) == 1
    expected = (CASES / "ten-mistakes" / "expected.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().out == expected


def test_expectations_are_not_rewritten_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPDATE_EXPECTED", "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not written in CI"):
        update_expected()
