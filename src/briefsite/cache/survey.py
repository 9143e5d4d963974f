"""What a folder holds as the system describes it, looked at once for all who want to know."""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefsite.cache.inputs import digest_of

State = tuple[int, int, int, int, int]
"""How the system describes a file: its mode, bytes, time of its content in nanoseconds, number, and
time of its state. As long as all of it is the same, nobody has written to it."""
Survey = Mapping[str, State | None]
"""Every name below a folder → its state; None for a folder, whose name ends with a slash."""
PLAIN = 2
"""The version of `marshal` that writes what is equal as the same bytes, whoever else holds it: any
Python reads it, and to write it takes a fifth of the time."""


def state_of(stat: os.stat_result) -> State:
    """What counts of what the system says of a file."""
    return stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ino, stat.st_ctime_ns


def survey(folder: Path) -> Survey:
    """Every name below a folder. No link is followed; what is gone meanwhile is not there.

    Raises OSError.
    """
    found: dict[str, State | None] = {}
    _survey(os.fspath(folder), "", found)
    return found


def _survey(folder: str, prefix: str, found: dict[str, State | None]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                found[f"{name}/"] = None
                _survey(entry.path, f"{name}/", found)
            else:
                with suppress(FileNotFoundError):
                    found[name] = state_of(entry.stat(follow_symlinks=False))


def is_same(found: Survey, before: Survey) -> bool:
    """Whether a folder holds the very files that it has held before, wherever it is now.

    A file that is linked to another place, or taken from there, has a new time of its state, which
    counts for nothing here.
    """
    return found.keys() == before.keys() and all(
        map(_is_same, found.values(), map(before.__getitem__, found))
    )


def _is_same(state: State | None, other: State | None) -> bool:
    if state is None or other is None:
        return state is other
    return state[:4] == other[:4]


def digest_state(found: Survey) -> str:
    """A digest of what was found: of every name with its state.

    As long as it is equal, nobody has written there.
    """
    names = sorted(found)
    states = marshal.dumps([found[name] for name in names], PLAIN)
    return digest_of([os.fsencode("\0".join(names)), states])
