"""build, stage, schema: what the commands do and how they end."""

from __future__ import annotations

import errno
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefsite.cli import main, sites
from briefsite.engine.run import build
from briefsite.model.schema import FILES, json_schema
from briefsite.site import UnsettledError, replace_folder


@pytest.fixture(scope="session")
def finished(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site."""
    root: Path = lay_out(tmp_path_factory.mktemp("finished") / "project")
    assert build(root) == 0
    return root


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "project"))


def test_a_whole_site_is_verified(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "build", "--verify"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "expected, 0 problems" in err


def test_what_is_missing_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "site/briefs/sample/index.html").unlink()
    (project / "site/method/index.html").unlink()
    (project / "site/maps/sample-map.svg").write_text("<svg/>")
    moved = project.parent / "published"
    (project / "site").rename(moved)
    code = main(["--root", str(project), "build", "--verify", "--site-dir", str(moved)])
    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "page briefs/sample/ was not written",
        "page method/ was not written",
        "file maps/sample-map.svg was changed on its way",
    ]


def test_a_site_that_was_never_built_is_told_in_a_line(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["--root", str(whole), "build", "--verify"]) == 1
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"briefsite: there is no site in {whole / 'site'}\n")
        (whole / "site").mkdir(exist_ok=True)
    (whole / "site").rmdir()


def test_a_file_that_nobody_expects_is_named_by_the_manifest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The theme's own files are no part of what is rendered again."""
    (project / "site/assets/stylesheets/extra.css").write_text("x")
    with (project / "briefs/sample.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert main(["--root", str(project), "build", "--verify"]) == 1
    out, err = capsys.readouterr()
    assert out == "file assets/stylesheets/extra.css is not in build-manifest.json\n"
    assert "briefs/sample.yaml is not what the site was made from" in err


def test_a_build_is_not_verified_as_if_it_had_been_published(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every card and PDF would be missing."""
    verify = ["--root", str(project), "publish", "--verify"]
    assert main(verify) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"briefsite: {project / 'site'} was built, and not published\n  hint: ")


def test_a_site_is_put_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roll_back = ["--root", str(project), "publish", "--rollback"]
    assert main(roll_back) == 1
    assert "no site was kept" in capsys.readouterr().err
    site, new = project / "site", project / "new"
    page = site / "briefs/sample/index.html"
    before = page.read_bytes()
    shutil.copytree(site, new)
    (new / "briefs/sample/index.html").write_text("another edition")
    replace_folder(new, site, keep=True)
    assert main(roll_back) == 0
    assert page.read_bytes() == before
    assert main(roll_back) == 1
    assert "is not whole: file briefs/sample/index.html was changed" in capsys.readouterr().err
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "site cannot be replaced: Permission denied"),
        (UnsettledError(errno.EIO, "Input/output error"), "again, but the disk may not hold it"),
    ],
)
def test_a_site_that_is_not_put_back_is_told_in_words(
    error: OSError,
    words: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: Path) -> None:
        raise error

    shutil.copytree(project / "site", project / "new")
    replace_folder(project / "new", project / "site", keep=True)
    monkeypatch.setattr(sites, "roll_back", fail)
    assert main(["--root", str(project), "publish", "--rollback"]) == 1
    assert words in capsys.readouterr().err


def test_verify_builds_nothing(whole: Path) -> None:
    main(["--root", str(whole), "build", "--verify"])
    assert not (whole / "site").exists()


@pytest.mark.parametrize("command", [["build", "--verify"], ["stage", "staged"]])
def test_a_broken_tree_is_reported(
    command: list[str], whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(whole)
    Path("site").mkdir()
    Path("site/index.html").write_text("something to verify")
    path = Path("briefs/sample.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("topic: energy", "topic: enrgy"))
    assert main(command) == 1
    assert "briefs/sample.yaml:3:8: error: " in capsys.readouterr().err
    assert not Path("staged").exists()


def test_a_broken_macro_is_reported(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    macro = whole / "macros" / "components" / "date.html.j2"
    macro.write_text("{% macro date(value) %}\n{{ vlaue }}\n{% endmacro %}\n")
    assert main(["--root", str(whole), "stage", str(whole.parent / "staged")]) == 1
    assert capsys.readouterr().err == "macros/components/date.html.j2:2: 'vlaue' is undefined\n"


def test_stage_writes_a_tree_and_refuses_a_foreign_one(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staged = whole.parent / "staged"
    command = ["--root", str(whole), "stage", str(staged), "--as-of", "2024-06"]
    assert main(command) == 0
    assert "files in " in capsys.readouterr().err
    assert "as of June 2024" in (staged / "index.md").read_text(encoding="utf-8")
    assert main(command) == 0
    assert main([*command[:3], str(whole)]) == 2
    assert "name another folder" in capsys.readouterr().err


def test_schemas_are_written(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path / "deep" / "schemas")]) == 0
    for name in FILES:
        text = (tmp_path / "deep" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
        assert text == json_schema(name)
        assert json.loads(text)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize(
    "command",
    [
        ["build", "--as-of", "yesterday"],
        ["stage"],
        ["stage", "x", "--as-of", "2024-13"],
        ["--root", "no/such/folder", "build"],
        ["biuld"],
        [],
    ],
)
def test_wrong_usage_ends_with_two(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(command)
    except SystemExit as error:
        code = error.code
    assert code == 2
    assert capsys.readouterr().err


def test_a_folder_without_settings_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "briefs").mkdir()
    assert main(["--root", str(tmp_path), "build"]) == 1
    assert "mkdocs.yml" in capsys.readouterr().err


def test_a_command_says_more_or_less_on_request(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = ["--root", str(project), "stage", str(tmp_path / "staged")]
    assert main([*stage, "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main([*stage, "--verbose"]) == 0
    told = capsys.readouterr().err
    for word in ("checking", "assembling", "drawing maps", "rendering", "all of these"):
        assert re.search(rf"^{word} +\d+\.\d\d s$", told, re.MULTILINE), told
