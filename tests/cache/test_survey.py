"""A folder is looked at while others write to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from briefsite.cache.survey import survey


def test_a_file_that_is_gone_meanwhile_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those are that Python compiles beside its modules, and then renames."""
    (tmp_path / "below").mkdir()
    for name in ("here", "gone", "below/here"):
        (tmp_path / name).write_text("x")
    scan = os.scandir

    def look(folder: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        found = list(scan(folder))
        (tmp_path / "gone").unlink(missing_ok=True)
        return nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", look)
    assert survey(tmp_path).keys() == {"here", "below/", "below/here"}
