"""The site that is in place: what a build would write there again is linked from it.

Each file of it is known by what it was made from, by its digest, and by how the system describes
it. As long as that is the same, nobody has written to it, and it may stand in two folders at once
until the one that is replaced is removed. Nothing of ours writes to a file of a site again;
publishing, which does, and which keeps the site that it replaces, links nothing.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from briefsite.cache.store import Store
from briefsite.cache.survey import Survey
from briefsite.site.manifest import Placed

Row = tuple[str | None, str, int, int, int, int]
"""What a file was made from, if it can be told; SHA-256, bytes, times of its content and of its
state in nanoseconds, and its number."""


class InPlace:
    """What is known of the files of a site, from the build that left them there."""

    def __init__(self, store: Store, site: Path) -> None:
        self._store = store
        self._site = os.fspath(site)
        # Who else builds, or for whose eyes, gives other files; another Python writes other rows.
        who = os.fsencode(site), b"%o" % _umask(), b"%d" % _user()
        self._key = b"placed", b"%d" % marshal.version, *who
        self._rows = self._read()

    def _read(self) -> Mapping[str, Row]:
        content = self._store.get(self._key)
        if content is None:
            return {}
        return dict(marshal.loads(content))  # noqa: S302 - our own

    def link(
        self, name: str, place: str, *, sign: str | None = None, digest: str | None = None
    ) -> Placed | None:
        """Link a file to a place if it is what it was, and was made from what `sign` stands for,
        or has a `digest`; None if it must be written.
        """
        row = self._rows.get(name)
        if row is None or not ((sign is not None and row[0] == sign) or row[1] == digest):
            return None
        here = f"{self._site}/{name}"
        try:
            if _state(os.lstat(here)) != row[2:]:
                return None
            _link(here, place)
            placed = Placed(row[1], row[2], row[3], row[5])
            # Another build may have put its own there in that moment.
            if not placed.is_as(os.stat(place)):  # noqa: PTH116 - of ten thousand files
                os.unlink(place)  # noqa: PTH108
                return None
        except OSError:  # it is gone, or the disk knows no links
            return None
        return placed

    def note(
        self,
        placed: Mapping[str, Placed],
        found: Survey,
        sign: Callable[[str], str | None],
    ) -> None:
        """Note the files of the site in place that were `found` there as they were `placed`.

        `sign` tells of each what it was made from. Nothing is to be linked or removed after they
        were looked at: that is a change of state.
        """
        rows: dict[str, Row] = {}
        for name, each in placed.items():
            state = found.get(name)
            if state is not None and each.is_as(state):
                rows[name] = (sign(name), each.digest, *_state(state))
        self._store.put(self._key, marshal.dumps(rows))


def _state(stat: os.stat_result) -> tuple[int, int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _link(here: str, there: str) -> None:
    try:
        os.link(here, there, follow_symlinks=False)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(there), exist_ok=True)  # noqa: PTH103, PTH120
        os.link(here, there, follow_symlinks=False)


def _umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
