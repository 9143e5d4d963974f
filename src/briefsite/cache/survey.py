"""What a folder holds as the system describes it, looked at once for all who want to know."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefsite.cache.inputs import digest_of

Survey = Mapping[str, os.stat_result | None]
"""Every name below a folder → its state; None for a folder, whose name ends with a slash."""


def survey(folder: Path) -> Survey:
    """Every name below a folder. No link is followed; what is gone meanwhile is not there.

    Raises OSError.
    """
    found: dict[str, os.stat_result | None] = {}
    _survey(os.fspath(folder), "", found)
    return found


def _survey(folder: str, prefix: str, found: dict[str, os.stat_result | None]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                found[f"{name}/"] = None
                _survey(entry.path, f"{name}/", found)
            else:
                with suppress(FileNotFoundError):
                    found[name] = entry.stat(follow_symlinks=False)


def is_same(found: Survey, before: Survey) -> bool:
    """Whether a folder holds the very files that it has held before, wherever it is now.

    A file that is linked to another place, or taken from there, has a new time of its state, which
    counts for nothing here.
    """
    return found.keys() == before.keys() and all(
        map(_is_same, found.values(), map(before.__getitem__, found))
    )


def _is_same(state: os.stat_result | None, other: os.stat_result | None) -> bool:
    if state is None or other is None:
        return state is other
    return (state.st_mode, state.st_size, state.st_ino, state.st_mtime_ns) == (
        other.st_mode,
        other.st_size,
        other.st_ino,
        other.st_mtime_ns,
    )


def digest_state(found: Survey) -> str:
    """A digest of what was found: of every name, size, number, and time of content and state.

    As long as it is equal, nobody has written there.
    """
    rows = [
        name
        if s is None
        else f"{name}:{s.st_mode}:{s.st_size}:{s.st_ino}:{s.st_mtime_ns}:{s.st_ctime_ns}"
        for name, s in sorted(found.items())
    ]
    return digest_of([os.fsencode("\0".join(rows))])
