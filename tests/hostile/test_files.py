"""Hostile files give problems with a place, or pages; soon, in little memory, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.hostile.corpus import ROOT, check_bytes
from tests.hostile.files import FOLLOWING, MINIMAL, Case, cases

from briefsite.catalogue import CATALOGUE
from briefsite.check import check_tree
from briefsite.docs import read_docs
from briefsite.load import load_tree
from briefsite.report import Problem, render
from briefsite.site import Assembler, AssemblyError, Project, assemble

CASES = list(cases())
LIMIT = 12.0
"""Seconds for one file, on a machine that does other things: the slowest take two."""
MEMORY = 1 << 30
"""Bytes of address space in which all of them must be read, one after the other."""


def test_there_are_many_and_each_is_another() -> None:
    assert len(CASES) >= 250
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.fixture(scope="session")
def assembler(tmp_path_factory: pytest.TempPathFactory) -> Assembler:
    """Makes sites of a project without hand-written pages."""
    return Assembler(Project(ground(tmp_path_factory.mktemp("assembled"))))


def ground(root: Path) -> Path:
    """What every project has: macros and a basemap, here those of the repository."""
    (root / "maps").mkdir(exist_ok=True)
    (root / "docs").mkdir(exist_ok=True)
    (root / "macros").symlink_to(ROOT / "macros")
    (root / "maps" / "basemap").symlink_to(ROOT / "maps" / "basemap")
    return root


def in_memory() -> list[Case]:
    return [case for case in CASES if not case.needs_disk]


def read(case: Case, assembler: Assembler | None = None) -> Iterable[Problem]:
    """The problems of sources; if there are none, all of what they say is rendered."""
    files = {p.relative_to(MINIMAL).as_posix(): p.read_bytes() for p in MINIMAL.rglob("*.yaml")}
    checked, _ = check_bytes({**files, **case.files})
    if checked.library is not None and assembler is not None:
        for page in assembler.assemble(checked.library).pages:
            assert "ran()" not in page.body
    return checked.problems


@pytest.mark.parametrize("case", in_memory(), ids=lambda case: case.name)
def test_a_source_is_refused_at_its_place_or_gives_a_page(case: Case, assembler: Assembler) -> None:
    start = time.monotonic()
    problems = read(case, assembler)
    assert time.monotonic() - start < LIMIT
    assert_expected(case, problems)


@pytest.mark.parametrize("case", [c for c in CASES if c.needs_disk], ids=lambda case: case.name)
def test_what_is_no_source_is_refused_too(case: Case, project: Path) -> None:
    case.lay(ground(project))
    before = sorted(project.parent.rglob("*"))
    start = time.monotonic()
    checked = check_tree(load_tree(project))
    problems = [*checked.problems, *read_docs(project / "docs", ("hero",)).problems]
    if checked.library is not None and not problems:
        try:
            assemble(Project(project), checked.library)
        except AssemblyError as error:
            problems = error.problems
    assert time.monotonic() - start < LIMIT
    assert_expected(case, problems)
    assert sorted(project.parent.rglob("*")) == before


def assert_expected(case: Case, problems: Iterable[Problem]) -> None:
    errors = [p for p in problems if CATALOGUE[p.code].severity == "error"]
    codes = {problem.code for problem in errors}
    assert bool(codes) == bool(case.codes)
    assert codes - FOLLOWING <= case.codes
    assert codes & case.codes or not codes
    for problem in errors:
        assert (problem.line, problem.column) >= (1, 1)
        assert len(problem.message) < 400
    printed = render(tuple(errors[:200]))
    assert all(line.isprintable() for line in printed.splitlines())
    assert len(printed) < 200 * 1000


def test_all_of_them_fit_into_little_memory() -> None:
    """One process reads them one after the other; what one took, the next can have."""
    code = (
        "import resource; "
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
        "from tests.hostile import test_files as t; "
        "[t.read(case) for case in t.in_memory() if case.name.startswith('bomb')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
