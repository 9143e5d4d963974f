"""`briefsite check`, `audit` and `stale`: exit codes, and what goes where."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefsite.cli import main
from briefsite.pages import macros

Edit = Callable[[str, str, str], None]


def test_a_good_project_ends_with_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "check"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err != ""


def test_problems_end_with_1(project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("briefs/sample.yaml", "topic: energy", "topic: enrgy")
    assert main(["--root", str(project), "check"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("briefs/sample.yaml:3:8: error: there is no topic 'enrgy' [")
    assert printed.err == "1 error in 1 file\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "xml"),
        ("check", "--no-such-option"),
        ("no-such-command",),
        (),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "usage: briefsite" in printed.err


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_file_that_cannot_be_written_is_named(
    project: Path, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(folder: Path) -> list[Path]:
        raise OSError(code, os.strerror(code), folder / "brief.schema.json")

    monkeypatch.setattr("briefsite.cli.sources.write_schemas", fail)
    assert main(["--root", str(project), "schema"]) == 1
    file = project / "schemas" / "brief.schema.json"
    assert capsys.readouterr().err == f"briefsite: {file}: {os.strerror(code)}\n"


def test_an_output_that_takes_no_more_is_told_of_in_a_line(project: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no such device")
    command = [sys.executable, "-m", "briefsite", "--root", str(project), "audit"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert f"briefsite: {os.strerror(errno.ENOSPC)}" in done.stderr


def test_a_mistake_of_its_programmers_is_told_in_full(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> list[Path]:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", folder / "x")

    monkeypatch.setattr("briefsite.cli.sources.write_schemas", fail)
    with pytest.raises(FileNotFoundError):
        main(["--root", str(project), "schema"])


@pytest.mark.parametrize("command", ["check", "build", "stale", "audit", "serve", "migrate"])
def test_a_folder_that_is_no_project_is_told_of_as_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["--root", str(tmp_path), command]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        f"briefsite: {tmp_path} is no project: no mkdocs.yml and no briefs/ there\n"
        "  hint: name the folder of one before the command: briefsite --root FOLDER\n"
    )


def test_a_project_above_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "briefs" / "registry")
    assert main(["check"]) == 2
    assert capsys.readouterr().err == (
        "briefsite: this is no project: no mkdocs.yml and no briefs/ there\n"
        f"  hint: {Path('..', '..')} is one: go there, or name it before the command:"
        f" briefsite --root {Path('..', '..')}\n"
    )
    assert main(["--root", str(Path("..", "..")), "check"]) == 0


def test_macros_are_compiled_when_they_are_others(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "cache"))
    compiled: list[Path] = []
    real = macros.broken_macros

    def compile_all(folder: Path) -> Any:
        compiled.append(folder)
        return real(folder)

    monkeypatch.setattr(macros, "broken_macros", compile_all)
    macro = project / "macros" / "components" / "one.html.j2"
    macro.parent.mkdir(parents=True)

    def check(text: str, *arguments: str) -> tuple[int, int]:
        compiled.clear()
        macro.write_text(text)
        return main(["--root", str(project), "check", *arguments]), len(compiled)

    whole, broken = "{% macro one() %}{% endmacro %}", "{% macro one() %}"
    assert check(whole) == (0, 1)
    assert check(whole) == (0, 0)
    assert check(whole, "--no-cache") == (0, 1)
    assert [check(broken), check(broken)] == [(1, 1), (1, 1)]
    assert "macros/components/one.html.j2:1:1: error: " in capsys.readouterr().out
    assert check(broken, str(project / "briefs")) == (0, 1)
    assert check(whole) == (0, 0)


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_what_a_tool_reads_is_nothing_but_json(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    assert main(["--root", str(project), "check", "--format", style]) == 0
    json.loads(capsys.readouterr().out)
    edit("briefs/sample.yaml", "topic: energy", "topic: enrgy")
    assert main(["--root", str(project), "check", "--format", style]) == 1
    json.loads(capsys.readouterr().out)


def test_github_annotations(project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("maps/sample-map.yaml", "place: betatown", "place: betatwon")
    assert main(["--root", str(project), "check", "--format", "github"]) == 1
    expected = "::error file=maps/sample-map.yaml,line=14,col=16,title=unknown-id::"
    assert capsys.readouterr().out.startswith(expected)


def test_the_command_speaks_any_language_of_the_machine(project: Path, edit: Edit) -> None:
    edit("briefs/sample.yaml", "title: Sample brief", "titel: Ərdəbil")
    command = [sys.executable, "-m", "briefsite", "--root", str(project), "check"]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "", "PYTHONIOENCODING": ""}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "titel: Ərdəbil".encode() in done.stdout


def test_nobody_waits_for_what_is_not_needed(project: Path) -> None:
    """A good project in English, whose hand-written page has front matter."""
    (project / "docs").mkdir(exist_ok=True)
    (project / "docs/page.md").write_text("---\ntitle: A page\n---\n\n# A page\n")
    command = [sys.executable, "-X", "importtime", "-m", "briefsite", "--root", str(project)]
    done = subprocess.run([*command, "check", "--no-cache"], capture_output=True, text=True)
    assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "briefsite.check" in loaded
    assert not loaded & {"babel", "folium", "jinja2", "mkdocs", "numpy", "typst", "yaml"}


def test_a_build_needs_little_of_what_publishes() -> None:
    command = [sys.executable, "-c", "import briefsite.engine.run, sys; print(*sys.modules)"]
    loaded = set(subprocess.run(command, capture_output=True, text=True).stdout.split())
    assert "briefsite.site" in loaded
    assert not loaded & {"brotli", "typst", "briefsite.publish.press"}


# Audit and stale


def test_an_audit_without_a_gap_ends_with_0(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "audit"]) == 0
    printed = capsys.readouterr()
    assert "    2  ministry-report\n" in printed.out
    assert printed.err == ""


@pytest.mark.parametrize("style", ["text", "json"])
def test_an_audit_with_a_gap_ends_with_1(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    edit(
        "briefs/sample.yaml", "2020 found *no* construction [@pipeline-unbuilt]", "2020 found none"
    )
    assert main(["--root", str(project), "audit", "--format", style]) == 1
    assert "A review of 2020 found none." in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [["check", "--format", "json"], ["check", "--format", "sarif"], ["audit"], ["migrate"]],
)
def test_the_name_of_a_file_moves_no_cursor_and_starts_no_line(
    project: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    name = "x\n::error::y\x1b[31m\x9b2J\u202e.yaml"
    (project / "briefs" / name).write_text("title: [\n", encoding="utf-8")
    assert main(["--root", str(project), *command]) == 1
    printed = "".join(capsys.readouterr())
    assert "::error::y" in printed
    assert all(line.isprintable() for line in printed.splitlines())
    assert not any(line.startswith("::") for line in printed.splitlines())


def test_what_is_fresh_ends_with_0_and_prints_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "stale"]) == 0
    assert capsys.readouterr() == ("", "nothing is due\n")


def test_what_is_stale_ends_with_1_and_names_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(project), "stale", "--as-of", "2024-09-06"]) == 1
    due = "rests on claim pipeline-unbuilt, review due 2024-08"
    assert capsys.readouterr().out.splitlines() == [
        "briefs/sample.yaml:1: brief sample: review due 2024-09-05",
        f"briefs/sample.yaml:1: brief sample: {due}",
        "briefs/sample.yaml:51: claim pipeline-unbuilt: review due 2024-08",
        f"briefs/sample.yaml:10: judgement sample#pipeline-unlikely: {due}",
    ]


def test_what_a_tool_reads_of_the_stale_is_json(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--root", str(project), "stale", "--format", "json", "--as-of"]
    assert main([*arguments, "2030-01-01"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 5
    assert main([*arguments, "2024-03-05"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_stale_of_a_tree_with_mistakes_tells_the_mistakes(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("briefs/sample.yaml", "topic: energy", "topic: enrgy")
    assert main(["--root", str(project), "stale"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "there is no topic 'enrgy'" in printed.err


@pytest.mark.parametrize("day", ["yesterday", "2024-13", ""])
def test_a_day_that_is_none_is_wrong_usage(
    project: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--root", str(project), "stale", "--as-of", day])
    assert end.value.code == 2
    assert "--as-of" in capsys.readouterr().err


def test_the_reference_pages_are_renewed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "docs" / "authors"
    folder.mkdir(parents=True)
    (folder / "problems.md").write_text("# Problems\n\nAbove.\n\n## The problems\n\nOld.\n")
    (folder / "rules.md").write_text("# Rules\n\n## The rules\n\nOld.\n\n## After\n\nBelow.\n")
    (folder / "fields.md").write_text("# Fields\n\n## The fields\n\nOld.\n")
    (folder / "components.md").write_text("# Components\n\n## The components\n\nOld.\n")
    assert main(["--root", str(project), "reference"]) == 0
    fields = (folder / "fields.md").read_text(encoding="utf-8")
    assert "Old." not in fields
    assert "\n#### Claim\n" in fields
    problems = (folder / "problems.md").read_text(encoding="utf-8")
    assert problems.startswith("# Problems\n\nAbove.\n")
    assert "\n#### unit-spelling\n" in problems
    rules = (folder / "rules.md").read_text(encoding="utf-8")
    assert "Old." not in problems + rules
    assert rules.endswith("\n## After\n\nBelow.\n")
    assert "rules.md" in capsys.readouterr().err
