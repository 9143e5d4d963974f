"""The site that is in place: what a build would write there again is linked from it.

Each file of it is known by what it was made from, by its digest, and by how the system describes
it. As long as that is the same, nobody has written to it, and it may stand in two folders at once.
Nothing of ours writes to a file of a site again; publishing, which does, and which keeps the site
that it replaces, links nothing.

The folder that a build replaces is spare, and the next one builds in it: most of what it will hold
is there by links already. What is not there as it is in place is taken out by another process,
while this one checks; what is missing is linked by another, while this one finds out what will be
the same.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from stat import S_IMODE

from briefsite.cache.store import Store
from briefsite.cache.survey import State, Survey, state_of
from briefsite.processes import MIN_TASKS, Meanwhile
from briefsite.site.manifest import Placed
from briefsite.site.swap import Building, remove_folder, spare, take_spare

Row = tuple[str | None, str, State]
"""What a file was made from, if it can be told; SHA-256; and its state."""


class InPlace:
    """The files of a site that the build before has left there, linked into another folder."""

    def __init__(self, store: Store, site: Path) -> None:
        """Clears the spare folder, if there is one."""
        self._store = store
        self.site, self._folder = site, ""
        # Who else builds, or for whose eyes, gives other files; another Python writes other rows.
        who = os.fsencode(site), b"%o" % _umask(), b"%d" % _user()
        self._key = b"in place", b"%d" % marshal.version, *who
        self._rows = self._read() if site.exists() else {}
        self._linking: Meanwhile[list[str]] | None = None
        self.is_shared = False
        """Whether most of the new site stands in the old one too, which is then worth keeping."""
        self._held = take_spare(site) if self._rows else None
        if self._held is not None:
            self._clearing = Meanwhile(partial(_clear, self._rows, os.fspath(spare(site))))

    def link(self, building: Building) -> None:
        """Link all of them into what is being built, where nothing is yet: into the spare folder,
        where most of them are, if it can be had.
        """
        self._folder = os.fspath(building.folder)
        missing = self._rows
        names = self._cleared()
        if names is not None and self._held is not None:
            if building.take_up(self._held):
                missing = {name: self._rows[name] for name in names}
            else:
                os.close(self._held)
            self._held = None
        self._linking = Meanwhile(
            partial(_link, missing, os.fspath(self.site), self._folder),
            worth=len(missing) >= MIN_TASKS,
        )

    def _cleared(self) -> list[str] | None:
        """What is missing in the spare folder; None if there is none, or if something else in it
        cannot be removed.
        """
        if self._held is None:
            return None
        try:
            return self._clearing.result()
        except OSError:
            return None

    @cached_property
    def _by_digest(self) -> Mapping[str, Row]:
        return {row[1]: row for row in self._rows.values()}

    def _read(self) -> Mapping[str, Row]:
        content = self._store.get(self._key)
        if content is None:
            return {}
        return dict(marshal.loads(content))  # noqa: S302 - our own

    def find(
        self, name: str, *, sign: str | None = None, digest: str | None = None
    ) -> Placed | None:
        """A file that was made from what `sign` stands for, or has a `digest`, also if that is
        where nothing was and it had another name; None if it must be written. Whether it was linked
        is known at the end.
        """
        row = self._rows.get(name) or self._by_digest.get(digest or "")
        if row is None or not ((sign is not None and row[0] == sign) or row[1] == digest):
            return None
        return _placed(row)

    def find_all(self, digests: Mapping[str, str]) -> Mapping[str, Placed]:
        """Files by their digests, which all have their names; nothing if one must be written."""
        found = {name: self.find(name, digest=digest) for name, digest in digests.items()}
        there = {name: placed for name, placed in found.items() if placed is not None}
        return there if len(there) == len(found) else {}

    def settle(self, placed: Mapping[str, Placed]) -> list[str]:
        """Move what was found under another name, remove what else was linked and is not among
        what was `placed`; gives what of that is not there. Nobody else may be writing into the
        folder; nothing is found from here on.
        """
        lost = set() if self._linking is None else set(self._linking.result())
        gone = self._rows.keys() - placed.keys()
        names = _by_number(self._rows)
        new = sorted(n for n in placed if n not in self._rows and placed[n].inode in names)
        for name in new:
            was = names[placed[name].inode]
            if was in lost or was not in gone or not self._move(was, name):
                lost.add(name)
        self._remove(gone)
        shared = sum(name not in lost and each.inode in names for name, each in placed.items())
        self.is_shared = 2 * shared > len(placed)
        self._rows, self._by_digest = {}, {}
        wanted = sorted(lost & placed.keys())
        missing = [n for n in wanted if not _is_there(f"{self._folder}/{n}", placed[n])]
        if self._held is not None:  # not before: to remove its links changes the state of each file
            remove_folder(spare(self.site))
            os.close(self._held)
            self._held = None
        return missing

    def _move(self, was: str, name: str) -> bool:
        path = f"{self._folder}/{name}"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            os.rename(f"{self._folder}/{was}", path)  # noqa: PTH104
        except OSError:
            return False
        return True

    def _remove(self, names: Collection[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(f"{self._folder}/{name}")  # noqa: PTH108
        folders = {folder for name in names for folder in _folders(name)}
        for folder in sorted(folders, reverse=True):  # what is in another one comes before it
            with suppress(OSError):  # it is not empty
                os.rmdir(f"{self._folder}/{folder}")  # noqa: PTH106

    def close(self) -> None:
        """Wait until nobody works in the folder any more."""
        if self._held is not None:
            self._clearing.close()
            os.close(self._held)
            self._held = None
        if self._linking is not None:
            self._linking.close()

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
                rows[name] = sign(name), each.digest, state
        self._store.put(self._key, marshal.dumps(rows))


def _clear(rows: Mapping[str, Row], folder: str) -> list[str]:
    """Leave in a folder what is described as that in place, which is then that file, and give it
    the name that it has there; gives what is missing. Folders get the mode of new ones.

    Raises OSError.
    """
    made = f"{tempfile.mkdtemp(dir=folder)}/as-it-is-made"
    os.mkdir(made)  # noqa: PTH102
    mode = S_IMODE(os.lstat(made).st_mode)
    names = _by_number(rows)
    folders = {parent for name in rows for parent in _folders(name)}
    there: dict[str, str] = {}
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
            if name is None or name in there or state != rows[name][2]:
                os.unlink(entry.path)  # noqa: PTH108
            else:
                there[name] = prefix + entry.name

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
    return [name for name in rows if name not in there]


def _link(rows: Mapping[str, Row], site: str, folder: str) -> list[str]:
    """Link files from one folder into another; gives those that are not there then as noted."""
    lost, last = [], ""
    for name, row in rows.items():
        here, there = f"{site}/{name}", f"{folder}/{name}"
        parent = there.rpartition("/")[0]
        try:
            if parent != last:
                os.makedirs(parent, exist_ok=True)  # noqa: PTH103
                last = parent
            if state_of(os.lstat(here)) != row[2]:
                raise FileNotFoundError
            # What is there already was written since, or linked before this was begun once more.
            with suppress(FileExistsError):
                os.link(here, there, follow_symlinks=False)
            # Another build may have put its own here in that moment.
            is_as_noted = _placed(row).is_as(state_of(os.lstat(there)))
        except OSError:  # it is gone, or the disk knows no links
            is_as_noted = False
        if not is_as_noted:
            lost.append(name)
    return lost


def _is_there(path: str, placed: Placed) -> bool:
    try:
        return placed.is_as(state_of(os.lstat(path)))
    except OSError:
        return False


def _folders(name: str) -> Iterable[str]:
    """The folders that a file is in, the innermost first."""
    parts = name.split("/")
    return ("/".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1))


def _by_number(rows: Mapping[str, Row]) -> Mapping[int, str]:
    return {row[2][3]: name for name, row in rows.items()}


def _placed(row: Row) -> Placed:
    return Placed(row[1], *row[2][1:4])


def _umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
