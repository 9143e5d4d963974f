"""One publication, built once by every way there is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
OVERLAYS = [
    TESTS / "golden" / name / "input"
    for name in ("hostile-text", "contested-and-overtaken", "drafts-and-withdrawals")
]
STAGED = "INHERIT: mkdocs.yml\ndocs_dir: staged\nplugins: []\n"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python command such as `mkdocs build` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "CI": "", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=_as_another_user if environment.get("AS_ANOTHER_USER") else None,
    )


def _as_another_user() -> None:
    """One who lets nobody read what is his, on a machine with one core."""
    os.umask(0o077)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Builds:
    """Every build of one project: the files of its site, and what was printed."""

    project: Path
    trees: Mapping[str, Mapping[str, bytes]]
    printed: Mapping[str, str]


@pytest.fixture(scope="session", name="run")
def run_fixture() -> Run:
    return run


@pytest.fixture(scope="session", name="read_tree")
def read_tree_fixture() -> Callable[[Path], dict[str, bytes]]:
    return read_tree


@pytest.fixture(scope="session")
def builds(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """One project with every field, hostile text and a draft, built in two folders."""
    folder = tmp_path_factory.mktemp("builds")
    project = lay_out(folder / "project", *OVERLAYS)
    draft = (project / "briefs" / "sample.yaml").read_text(encoding="utf-8")
    draft = draft.replace("title: Sample brief", "title: Not yet\nstatus: draft")
    for key in ("pipeline-announced", "pipeline-unbuilt"):
        draft = draft.replace(key, f"draft-{key}")
    (project / "briefs" / "not-yet.yaml").write_text(draft, encoding="utf-8")
    (project / "staged.yml").write_text(STAGED, encoding="utf-8")
    elsewhere = shutil.copytree(project, folder / "other place" / "ünï")
    strict = ("build", "--strict", "-f", "mkdocs.yml", "-d")
    commands: dict[str, tuple[Path, list[tuple[str, ...]], dict[str, str]]] = {
        "mkdocs": (project, [("mkdocs", *strict, "site")], {"TZ": "UTC", "PYTHONHASHSEED": "1"}),
        "briefsite": (project, [("briefsite", "build", "--site-dir", "by-command")], {}),
        "properdocs": (project, [("properdocs", *strict, "by-properdocs")], {}),
        "staged": (
            project,
            [
                ("briefsite", "stage", "staged", "--site-url", "https://example.org/"),
                ("mkdocs", "build", "-f", "staged.yml", "-d", "from-staged"),
            ],
            {},
        ),
        "elsewhere": (
            elsewhere,
            [("mkdocs", *strict, "site")],
            {
                "TZ": "Pacific/Kiritimati",
                "PYTHONHASHSEED": "2",
                "LANG": "C",
                "LC_ALL": "C",
                "AS_ANOTHER_USER": "1",
                "HOME": str(folder / "home"),
                "USER": "another",
                "LOGNAME": "another",
                "XDG_CACHE_HOME": str(folder / "empty"),
            },
        ),
        "as-of": (
            project,
            [("briefsite", "build", "--site-dir", "as-of", "--as-of", "2024-06-07")],
            {},
        ),
    }
    targets = {
        "mkdocs": project / "site",
        "briefsite": project / "by-command",
        "properdocs": project / "by-properdocs",
        "staged": project / "from-staged",
        "elsewhere": elsewhere / "site",
        "as-of": project / "as-of",
    }

    def build(name: str) -> str:
        where, steps, environment = commands[name]
        printed = ""
        for step in steps:
            done = run(where, *step, **environment)
            printed += done.stdout + done.stderr
            assert done.returncode == 0, f"{name}: {printed}"
        if name == "staged":  # as the README says
            shutil.copytree(where / "staged/.as-is", targets[name], dirs_exist_ok=True)
        return printed

    with ThreadPoolExecutor(2) as pool:
        printed = dict(zip(commands, pool.map(build, commands), strict=True))
    return Builds(project, {name: read_tree(path) for name, path in targets.items()}, printed)


@pytest.fixture
def built(whole: Path, plain_site: Path) -> Iterator[Path]:
    """A fresh minimal project with its site, as after a good build."""
    shutil.copytree(plain_site, whole / "site")
    yield whole
    hidden = [path.name for path in whole.iterdir() if path.name.startswith(".")]
    assert hidden in ([], [".site-spare"]), "a build left something behind"


@pytest.fixture(scope="session")
def plain_site(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project: Path = lay_out(tmp_path_factory.mktemp("plain") / "project")
    done = run(project, "briefsite", "build")
    assert done.returncode == 0, done.stderr
    return project / "site"
