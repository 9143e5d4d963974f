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


def digest_state(found: Survey) -> tuple[str, str]:
    """Two digests of what was found: of every name, size, time and number.

    As long as the second is equal, nobody has written there. A file that is linked to another
    place, or taken from there, has a new time of its state, which the first leaves out.
    """
    rows = sorted(found.items())
    contents = [
        name if s is None else f"{name}:{s.st_mode}:{s.st_size}:{s.st_ino}:{s.st_mtime_ns}"
        for name, s in rows
    ]
    times = [str(s.st_ctime_ns) for _, s in rows if s is not None]
    first = digest_of([os.fsencode("\0".join(contents))])
    return first, digest_of([first.encode(), "\0".join(times).encode()])
