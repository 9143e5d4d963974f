"""The same command again: nothing is built while nothing has changed, and in any doubt all is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefsite.cache.survey import survey
from briefsite.cache.unchanged import Note, Standing, repeat, standing
from briefsite.cli import main

COMMAND = ["build"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two files, and what stands for its site, as after a good build."""
    project = tmp_path / "project"
    (project / "briefs").mkdir(parents=True)
    (project / "mkdocs.yml").write_text("site_url: !ENV [SITE_URL]\n")
    (project / "briefs/one.yaml").write_text("title: One\n")
    (project / "site/briefs").mkdir(parents=True)
    (project / "site/index.html").write_text("home")
    (project / "site/briefs/index.html").write_text("briefs")
    monkeypatch.chdir(project)
    monkeypatch.setenv("BRIEFSITE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SITE_URL", raising=False)
    note(project)
    assert repeat(COMMAND) == 0
    return project


SAID = "briefs/one.yaml:1:1: warning: so so [code]\n"


def note(project: Path, said: str = SAID, extra: object = None) -> None:
    written = Note(project.parent / "cache", COMMAND)
    sources = [project / "briefs", project / "maps"]
    written.begin(project / "mkdocs.yml", sources, project / "site")
    written.close(survey(project / "site"), None)
    written.seal(survey(project / "site"))
    written.keep(said, quiet=False, extra=extra)


def test_what_was_warned_of_is_said_again(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repeat(COMMAND) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "briefs/one.yaml:1:1: warning: so so [code]\nnothing has changed: the site is in site\n"
    )


def same_size(path: Path) -> None:
    """Other bytes, and everything else that a program can set as it was."""
    before = path.stat()
    path.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a source": lambda root: same_size(root / "briefs/one.yaml"),
    "a new source": lambda root: (root / "briefs/two.yaml").write_text("title: Two\n"),
    "a source renamed": lambda root: (root / "briefs/one.yaml").rename(root / "briefs/uno.yaml"),
    "a source gone": lambda root: (root / "briefs/one.yaml").unlink(),
    "a folder that was not there": lambda root: (root / "maps").mkdir(),
    "the settings": lambda root: same_size(root / "mkdocs.yml"),
    "the settings gone": lambda root: (root / "mkdocs.yml").unlink(),
    "a page of the site": lambda root: same_size(root / "site/index.html"),
    "a page of the site gone": lambda root: (root / "site/briefs/index.html").unlink(),
    "a page that nobody built": lambda root: (root / "site/x.html").write_text("x"),
    "the site gone": lambda root: shutil.rmtree(root / "site"),
    "the site copied": lambda root: (
        (root / "site").rename(root / "before"),
        shutil.copytree(root / "before", root / "site"),
    ),
    "a folder that leads elsewhere": lambda root: os.symlink(  # noqa: PTH211
        (root / "briefs").rename(root / "other"), root / "briefs"
    ),
    "a pipe among the sources": lambda root: os.mkfifo(root / "briefs/pipe.yaml"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_has_changed_is_built(change: Callable[[Path], object], small: Path) -> None:
    change(small)
    assert repeat(COMMAND) is None


def test_a_variable_that_the_settings_name_counts(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOBODY_READS_THIS", "1")
    assert repeat(COMMAND) == 0
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    assert repeat(COMMAND) is None


def test_another_version_of_a_package_counts(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site-packages/jinja2-9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    assert repeat(COMMAND) is None


def test_other_options_are_another_build(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repeat([*COMMAND, "--drafts"]) is None
    assert repeat([*COMMAND, "--no-cache"]) is None
    assert repeat([*COMMAND, "--cache", "../elsewhere"]) is None
    assert repeat([*COMMAND, "--cache=../elsewhere"]) is None
    monkeypatch.chdir(small.parent)
    assert repeat(COMMAND) is None


def test_a_commit_counts_because_the_manifest_names_it(small: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "briefs"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "One"], check=True)
    assert repeat(COMMAND) is None


def test_a_note_that_is_broken_is_ignored(small: Path) -> None:
    (path,) = (small.parent / "cache/build").iterdir()
    whole = path.read_bytes()
    for broken in (b"", whole[:-1], whole.replace(b"so so", b"as as"), b"\xff\n{}"):
        path.write_bytes(broken)
        assert repeat(COMMAND) is None


def test_a_link_that_leads_elsewhere_is_another_folder(small: Path, tmp_path: Path) -> None:
    """What was built stays where it was; where the link leads now, there is nothing yet."""
    site, elsewhere = small / "site", tmp_path / "elsewhere"
    site.rename(elsewhere)
    site.symlink_to(elsewhere)
    note(small)
    assert repeat(COMMAND) == 0
    site.unlink()
    assert repeat(COMMAND) is None
    assert standing(COMMAND) is None
    shutil.copytree(elsewhere, site)
    assert repeat(COMMAND) is None
    shutil.rmtree(site)
    site.symlink_to(elsewhere)
    assert repeat(COMMAND) == 0


def test_a_build_that_has_begun_takes_its_note_back(small: Path) -> None:
    """If it fails, the site is still the one before; but nobody needs to rely on that."""
    Note(small.parent / "cache", COMMAND).begin(small / "mkdocs.yml", [], small / "site")
    assert repeat(COMMAND) is None


def test_what_is_written_there_while_it_is_put_in_place_is_not_taken_for_ours(small: Path) -> None:
    ours = Note(small.parent / "cache", COMMAND)
    ours.begin(small / "mkdocs.yml", [small / "briefs"], small / "site")
    ours.close(survey(small / "site"), None)
    (small / "site" / "index.html").write_text("another home")
    ours.seal(survey(small / "site"))
    ours.keep("", quiet=False)
    assert repeat(COMMAND) is None


def test_what_another_build_has_put_in_place_is_not_taken_for_ours(small: Path) -> None:
    ours = Note(small.parent / "cache", COMMAND)
    ours.begin(small / "mkdocs.yml", [small / "briefs"], small / "site")
    ours.close(survey(small / "site"), None)
    ours.seal(survey(small / "site"))
    (small / "site").rename(small / "before")
    shutil.copytree(small / "before", small / "site")
    ours.keep("", quiet=False)
    assert repeat(COMMAND) is None
    ours.begin(small / "mkdocs.yml", [small / "briefs"], small / "site")
    ours.close(survey(small / "before"), None)
    ours.seal(survey(small / "site"))  # it was there before we looked
    ours.keep("", quiet=False)
    assert repeat(COMMAND) is None


@pytest.fixture
def quiet(small: Path) -> Path:
    """The same project, where the build has told of no problem."""
    (small / "briefs/registry").mkdir()
    (small / "briefs/registry/one.yaml").write_text("sources: []\n")
    note(small, said="", extra={"as_of": "2026-11-20"})
    return small


def test_what_stands_is_known_after_an_edit_of_a_brief(quiet: Path) -> None:
    same_size(quiet / "briefs/one.yaml")
    for _ in range(2):  # also if nobody has asked whether nothing has changed
        found = standing(COMMAND)
        assert found is not None
        assert (found.settings, found.site) == (quiet / "mkdocs.yml", quiet / "site")
        assert (found.quiet, found.extra) == (False, {"as_of": "2026-11-20"})
        assert repeat(COMMAND) is None


def folder_for_file(path: Path) -> None:
    path.unlink()
    path.mkdir()


OTHERS: dict[str, Callable[[Path], object]] = {
    "a new brief": lambda root: (root / "briefs/two.yaml").write_text("title: Two\n"),
    "a brief renamed": lambda root: (root / "briefs/one.yaml").rename(root / "briefs/uno.yaml"),
    "a brief gone": lambda root: (root / "briefs/one.yaml").unlink(),
    "a folder for a brief": lambda root: folder_for_file(root / "briefs/one.yaml"),
    "another file": lambda root: (root / "briefs/notes.txt").write_text("x"),
    "the registry": lambda root: same_size(root / "briefs/registry/one.yaml"),
    "a map": lambda root: (root / "maps").mkdir(),
    "the settings": lambda root: same_size(root / "mkdocs.yml"),
    "the settings gone": lambda root: (root / "mkdocs.yml").unlink(),
    "a pipe among the sources": lambda root: os.mkfifo(root / "briefs/pipe.yaml"),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_nothing_stands_after_another_edit(change: Callable[[Path], object], quiet: Path) -> None:
    same_size(quiet / "briefs/one.yaml")
    change(quiet)
    assert standing(COMMAND) is None
    assert repeat(COMMAND) is None
    assert standing(COMMAND) is None


def test_nothing_stands_of_another_command_or_environment(
    quiet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert standing([*COMMAND, "--drafts"]) is None
    assert standing([*COMMAND, "--cache", "../elsewhere"]) is None
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    assert standing(COMMAND) is None


def test_what_was_told_of_must_be_told_again(small: Path) -> None:
    same_size(small / "briefs/one.yaml")
    assert standing(COMMAND) is None


def renew(project: Path, found: Standing) -> None:
    """Note a build that has gone on from what stands."""
    written = Note(project.parent / "cache", COMMAND)
    written.resume(found)
    assert repeat(COMMAND) is None  # it has begun, and may fail
    written.close(survey(project / "site"), None)
    written.seal(survey(project / "site"))
    written.keep("", quiet=False, extra=found.extra)


def test_after_a_build_that_has_gone_on_nothing_has_changed(quiet: Path) -> None:
    for _ in range(2):
        same_size(quiet / "briefs/one.yaml")
        assert repeat(COMMAND) is None
        found = standing(COMMAND)
        assert found is not None
        renew(quiet, found)
        assert repeat(COMMAND) == 0


@pytest.mark.parametrize("name", ["briefs/one.yaml", "briefs/registry/one.yaml", "mkdocs.yml"])
def test_what_is_edited_while_a_build_goes_on_is_built_next(name: str, quiet: Path) -> None:
    (quiet / "briefs/one.yaml").write_text("title: Uno\n")
    assert repeat(COMMAND) is None
    same_size(quiet / name)
    found = standing(COMMAND)  # as it was when it was looked at
    assert found is not None
    renew(quiet, found)
    assert repeat(COMMAND) is None


@pytest.fixture(scope="module")
def built(lay_out: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = lay_out(tmp_path_factory.mktemp("built") / "project")
    # One theme for all tests must not be touched.
    shutil.copytree(Path(__file__).parents[2] / "src/briefsite/theme", root / "theme")
    settings = root / "mkdocs.yml"
    lines = settings.read_text().splitlines(keepends=True)
    lines = ["  custom_dir: theme\n" if "custom_dir:" in line else line for line in lines]
    settings.write_text("".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(COMMAND) == 0
        assert repeat(COMMAND) == 0
    return root


@pytest.mark.parametrize(
    "name",
    [
        "briefs/sample.yaml",
        "briefs/registry/registry.yaml",
        "docs/index.md",
        "macros/pages/brief.html.j2",
        "maps/sample-map.yaml",
        "maps/basemap/core.topojson",
        "mkdocs.yml",
        "theme/main.html",
    ],
)
def test_each_source_of_a_real_build_counts(
    name: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    before = (built / name).read_bytes()
    (built / name).write_bytes(before + b"\n")
    assert repeat(COMMAND) is None
    (built / name).write_bytes(before)
    assert repeat(COMMAND) == 0


def test_a_build_with_hooks_is_never_passed_over(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook may look at anything, also at the clock."""
    root = shutil.copytree(built, tmp_path / "project")
    (root / "hook.py").write_text("")
    with (root / "mkdocs.yml").open("a") as settings:
        settings.write("hooks: [hook.py]\n")
    monkeypatch.chdir(root)
    assert main(COMMAND) == 0
    assert repeat(COMMAND) is None


def test_a_cache_within_the_project_is_refused(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A proposed change could bring it along."""
    with pytest.raises(SystemExit) as end:
        main(["--root", str(built), "build", "--cache", str(built / "kept")])
    assert end.value.code == 2
    assert "could be anyone's" in capsys.readouterr().err
