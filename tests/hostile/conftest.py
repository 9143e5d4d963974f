"""One site that holds every hostile text a page can hold, in every field that can hold it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.corpus import GOLDEN, SEEN, copy_of, groups, prose_of_all, shown, written


@dataclass(frozen=True)
class HostileSite:
    """The project, its site, and the payloads of each set of records, by its number."""

    root: Path
    payloads: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return self.root / "site"


@pytest.fixture(scope="session")
def hostile_site(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> HostileSite:
    root = lay_out(tmp_path_factory.mktemp("hostile") / "project", GOLDEN)
    payloads = tuple(groups(name for name in SEEN if shown(SEEN[name])))
    for number, payload in enumerate(payloads):
        prose = prose_of_all() if number == 0 else None
        for name, data in written(copy_of(number, payload, prose)).items():
            (root / name).write_bytes(data)
    before = listing(root)
    done = subprocess.run(
        [sys.executable, "-m", "briefsite", "build"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert listing(root) == before, "the build wrote outside its site"
    return HostileSite(root, payloads)


def listing(root: Path) -> list[Path]:
    """Everything around a site, which is none of its files, whether by its name or by a link."""
    site, spare = root / "site", root / ".site-spare"
    own = {path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    found = (path for path in root.parent.rglob("*") if path != site and site not in path.parents)
    return sorted(
        path
        for path in found
        if path != spare
        and not (spare in path.parents and (path.is_dir() or path.stat().st_ino in own))
    )
