"""The site that is in place: what a build would write there again is linked from it.

Each file of it is known by what it was made from, by its digest, and by how the system describes
it. As long as that is the same, nobody has written to it, and it may stand in two folders at once.
Nothing of ours writes to a file of a site again; publishing, which does, and which keeps the site
that it replaces, links nothing.

The folder that a build replaces is spare, and the next one builds in it: most of what it will hold
is there by links already. What is not there as it is in place is taken out by another process,
while this one checks; what is missing is linked by another, while this one finds out what will be
the same.

What others have written there, such as an engine, is known too. A whole build links none of it, for
they write it again; a build that has no engine links it like the rest.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from briefsite.cache.inputs import digest_of
from briefsite.cache.store import Store
from briefsite.cache.survey import PLAIN, State, Survey, state_of, survey
from briefsite.processes import MIN_TASKS, Meanwhile
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import Placed
from briefsite.site.rows import Row, Rows, by_number, folders_of, placed_as
from briefsite.site.spare import Cleared, clear
from briefsite.site.swap import Building, remove_folder, spare, take_spare


class _Noted(NamedTuple):
    """What a build has noted of the site that it put in place."""

    rows: Rows
    others: Rows | None
    """Of what others have written; None if not all of that is known."""
    manifest: State | None


class InPlace:
    """The files of a site that the build before has left there, linked into another folder."""

    def __init__(self, store: Store, site: Path, *, whole: str | None = None) -> None:
        """Clears the spare folder, if there is one.

        `whole` is what `note` gave for the site of which all is wanted, also what others wrote: if
        what is known is of another, or not all of it, nothing is.
        """
        self._store = store
        self.site, self._folder = site, ""
        # Who else builds, or for whose eyes, gives other files.
        self._key = b"site in place", os.fsencode(site), b"%o" % _umask(), b"%d" % _user()
        rows, others, self._manifest = self._read(whole)
        self._others: Rows = {} if whole is None else others or {}
        self._before: Rows = {**rows, **self._others}
        self._rows = self._before
        self._linking: Meanwhile[list[str]] | None = None
        self._touched: set[str] | None = None
        """What may have another state now than in place; None if all may."""
        self.is_shared = False
        """Whether most of the new site stands in the old one too, which is then worth keeping."""
        self._held = take_spare(site) if self._rows else None
        if self._held is not None:
            self._clearing = Meanwhile(partial(clear, self._rows, os.fspath(spare(site))))

    def link(self, building: Building) -> None:
        """Link all of them into what is being built, where nothing is yet: into the spare folder,
        where most of them are, if it can be had.
        """
        self._folder = os.fspath(building.folder)
        missing = self._rows
        cleared = self._cleared()
        if cleared is not None and self._held is not None:
            if building.take_up(self._held):
                missing = {name: self._rows[name] for name in cleared.missing}
                self._touched = {*cleared.missing, *cleared.touched}
            else:
                os.close(self._held)
            self._held = None
        self._linking = Meanwhile(
            partial(_link, missing, os.fspath(self.site), self._folder),
            worth=len(missing) >= MIN_TASKS,
        )

    def _cleared(self) -> Cleared | None:
        """What was found of the spare folder; None if there is none, or if something else in it
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

    def _read(self, whole: str | None) -> _Noted:
        content = self._store.get(self._key) if self.site.exists() else None
        if content is not None and (whole is None or digest_of([content]) == whole):
            noted = _Noted(*marshal.loads(content))  # noqa: S302 - our own
            if whole is None or noted.others is not None:
                return noted
        return _Noted({}, None, None)

    def manifest(self) -> bytes | None:
        """The manifest of the site in place; None if it is another than was noted."""
        try:
            with (self.site / MANIFEST).open("rb") as file:
                is_as_noted = state_of(os.fstat(file.fileno())) == self._manifest
                return file.read() if is_as_noted else None
        except OSError:
            return None

    def every(self) -> dict[str, Placed]:
        """All files that can be linked: each stands if nobody makes it again."""
        return {name: placed_as(row) for name, row in self._before.items()}

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
        return placed_as(row)

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
        names = by_number(self._rows)
        new = sorted(n for n in placed if n not in self._rows and placed[n].inode in names)
        for name in new:
            was = names[placed[name].inode]
            if was in lost or was not in gone or not self._move(was, name):
                lost.add(name)
            elif self._touched is not None:
                self._touched.add(name)
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
        folders = {folder for name in names for folder in folders_of(name)}
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

    def survey(self, placed: Mapping[str, Placed]) -> Survey:
        """What is in the folder now, once it is settled, where nothing is but what was `placed`.

        What was neither written nor linked by this build is as it was in place, and is not looked
        at again: if somebody has written to it meanwhile, that is seen by its state later on.
        """
        if self._touched is None:
            return survey(Path(self._folder))
        found: dict[str, State | None] = {}
        for name, each in placed.items():
            row = self._before.get(name)
            if row is not None and name not in self._touched and each.is_as(row[2]):
                found[name] = row[2]
            else:
                with suppress(FileNotFoundError, NotADirectoryError):
                    found[name] = state_of(os.lstat(f"{self._folder}/{name}"))
        parents = {name.rpartition("/")[0] for name in placed} - {""}
        folders = {folder for parent in parents for folder in (parent, *folders_of(parent))}
        return {**found, **{f"{folder}/": None for folder in folders}}

    def note(
        self,
        placed: Mapping[str, Placed],
        found: Survey,
        sign: Callable[[str], str | None],
        listed: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Note the files of the site in place that were `found` there as they were `placed`; gives
        what stands for all that was noted.

        `sign` tells of each what it was made from. Digests of what others have written there are
        `listed`. Nothing is to be linked or removed after they were looked at: that is a change of
        state.
        """
        rows = {
            name: (sign(name), each.digest, state)
            for name, each in placed.items()
            if (state := found.get(name)) is not None and each.is_as(state)
        }
        others: dict[str, Row] = {
            name: (None, digest, state)
            for name, digest in listed.items()
            if name not in placed and (state := found.get(name)) is not None
        }
        return self._put(rows, others, found)

    def note_again(
        self, placed: Mapping[str, Placed], found: Survey, signs: Mapping[str, str | None]
    ) -> str:
        """The same, where nothing has a sign to be asked for but what was made, which has it among
        `signs`: what else was placed is made from what it was."""
        # What was not looked at again is here as its row tells.
        every = {name: row for name, row in self._before.items() if found.get(name) is row[2]}
        for name in placed.keys() - every.keys():
            each, row, state = placed[name], self._before.get(name), found.get(name)
            if state is not None and each.is_as(state):
                was = row[0] if row is not None and each.is_as(row[2]) else None
                every[name] = was, each.digest, state
        for name in signs.keys() & every.keys():
            every[name] = (signs[name], *every[name][1:])
        others = {name: every.pop(name) for name in self._others if name in every}
        return self._put(every, others, found)

    def _put(self, rows: dict[str, Row], others: dict[str, Row], found: Survey) -> str:
        count = sum(state is not None for state in found.values())
        is_whole = count == len(rows) + len(others) + 1
        noted = rows, others if is_whole else None, found.get(MANIFEST)
        content = marshal.dumps(noted, PLAIN)
        self._store.put(self._key, content)
        return digest_of([content])


def _link(rows: Rows, site: str, folder: str) -> list[str]:
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
            is_as_noted = placed_as(row).is_as(state_of(os.lstat(there)))
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


def _umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
