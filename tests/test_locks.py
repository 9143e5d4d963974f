"""The lock files hold for every Python that the project claims."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def locked(path: Path) -> dict[str, str]:
    """Package → version."""
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE))


def oldest() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['requires-python'].removeprefix('>=')}.0"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_runs_on_the_oldest_python(path: Path) -> None:
    wrong = {}
    for name, version in locked(path).items():
        try:
            found = metadata(name)
        except PackageNotFoundError:
            continue  # the basemap's are not installed for tests
        needs = str(found.json.get("requires_python", ""))
        if found["Version"] == version and oldest() not in SpecifierSet(needs):
            wrong[name] = needs
    assert wrong == {}


def test_the_lock_files_agree() -> None:
    versions: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, version in locked(path).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_hash(path: Path) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8").strip())
    assert all("--hash=sha256:" in block for block in blocks)
