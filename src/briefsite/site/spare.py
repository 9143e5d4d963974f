"""The spare folder: cleared for a build that takes it up, and made where a build leaves none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

from briefsite.cache.survey import state_of
from briefsite.processes import Meanwhile
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.rows import Rows, by_number, folders_of
from briefsite.site.swap import Building


class Cleared(NamedTuple):
    """What was found of a spare folder."""

    missing: Sequence[str]
    touched: Collection[str]
    """What got another state while others were taken out."""


def clear(rows: Rows, folder: str) -> Cleared:
    """Leave in a folder what is described as that in place, which is then that file, and give it
    the name that it has there. Folders get the mode of new ones.

    Raises OSError.
    """
    made = f"{tempfile.mkdtemp(dir=folder)}/as-it-is-made"
    os.mkdir(made)  # noqa: PTH102
    mode = S_IMODE(os.lstat(made).st_mode)
    names = by_number(rows)
    folders = {parent for name in rows for parent in folders_of(name)}
    there: dict[str, str] = {}
    touched: set[str] = set()
    extra: list[str] = []
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        with os.scandir(f"{folder}/{prefix}") as found:
            entries = list(found)
        for entry in entries:
            state = state_of(entry.stat(follow_symlinks=False))
            if entry.is_dir(follow_symlinks=False):
                if S_IMODE(state[0]) != mode:
                    os.chmod(entry.path, mode)  # noqa: PTH101
                prefixes.append(f"{prefix}{entry.name}/")
                if prefix + entry.name not in folders:
                    extra.append(entry.path)
                continue
            name = names.get(state[3])
            if name is not None and name not in there and state == rows[name][2]:
                there[name] = prefix + entry.name
                continue
            os.unlink(entry.path)  # noqa: PTH108
            if name is not None:
                touched.add(name)

    # To take one of its names from a file changes its state: it would not be known any more.
    moved = {name: was for name, was in there.items() if name != was}
    aside = tempfile.mkdtemp(dir=folder)
    for number, was in enumerate(moved.values()):
        os.rename(f"{folder}/{was}", f"{aside}/{number}")  # noqa: PTH104
    for path in reversed(extra):  # what is in another one comes before it
        os.rmdir(path)  # noqa: PTH106
    for number, name in enumerate(moved):
        os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)  # noqa: PTH103, PTH120
        os.rename(f"{aside}/{number}", f"{folder}/{name}")  # noqa: PTH104
    os.rmdir(aside)  # noqa: PTH106
    missing = [name for name in rows if name not in there]
    return Cleared(missing, touched | moved.keys())


class Double:
    """A second folder with the files of one that is built: the next build has a spare folder then.

    Another process links them, while this one goes on. It has to be closed.
    """

    def __init__(self, folder: Path, target: Path) -> None:
        """Begin, if that can be, with what was built in `folder` to take the place of `target`."""
        self._building: Building | None = None
        self._linking: Meanwhile[bool] | None = None
        with suppress(OSError):
            self._building = Building(target)
            work = partial(_link_all, os.fspath(folder), os.fspath(self._building.folder))
            self._linking = Meanwhile(work)

    def settle(self) -> bool:
        """Wait until all of it is linked; tells if any was, which changes the state of a file."""
        if self._linking is None:
            return False
        linking, self._linking = self._linking, None
        if not linking.result():
            self._drop()
        return True

    def lay_by(self) -> None:
        """Leave it to the next build."""
        if self._building is not None:
            self._building.lay_by()
            self._building = None

    def close(self) -> None:
        """Wait until nobody works in it any more, and remove it, unless it was laid by."""
        if self._linking is not None:
            self._linking.close()
            self._linking = None
        self._drop()

    def _drop(self) -> None:
        if self._building is not None:
            self._building.discard()
            self._building = None


def _link_all(folder: str, second: str) -> bool:
    """Link all files of a folder into another; False if that cannot be."""
    try:
        for path, folders, names in os.walk(folder):
            into = second + path[len(folder) :]
            for name in folders:
                os.mkdir(f"{into}/{name}")  # noqa: PTH102
            for name in names:
                if name != MANIFEST:  # it is written meanwhile
                    os.link(f"{path}/{name}", f"{into}/{name}", follow_symlinks=False)
    except OSError:  # the disk is full, or knows no links
        return False
    return True
