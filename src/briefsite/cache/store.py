"""What was made, kept by what it was made from, in one folder for each project.

Results lie in packs, where they were laid aside while they were made; an index says where. It
holds no truth of its own. Whatever happens to the folder, or another build does to it, costs time
alone: the index is written in one transaction, and what is read has its own digest.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing, suppress
from pathlib import Path

from briefsite.cache.folder import forget_oldest, is_ours
from briefsite.cache.inputs import SIZE, digest_of
from briefsite.cache.packs import Pack, Spooled

MAX_PROJECTS = 16
MAX_BYTES = 2 << 30
"""How large a project's folder may become before it is begun anew."""
MAX_PACKS = 16
RUNS = 4
"""For how many builds a result is kept that none of them has asked for."""
_PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""
_AGE = 3600.0
"""For how many seconds nobody writes to a pack that is still being made, at most."""

_TABLES = """
create table if not exists kept
    (key blob primary key, pack integer, start integer, length integer, digest blob) without rowid;
create table if not exists runs (run integer primary key, keys blob);
"""

Inputs = bytes | Iterable[bytes]
"""What a result was made from, or a digest of that."""
_Row = tuple[bytes, int, int, int, bytes]


class Store:
    """The results of one project. Nothing raises for what the disk does, or another build."""

    def __init__(self, folder: Path, root: Path) -> None:
        """`folder` is that of the cache, `root` the project's."""
        # Another version's tables are in another folder.
        name = digest_of([os.fsencode(root.resolve()), _TABLES.encode()])
        self.cache = folder
        self.folder = folder / "site" / name
        self._process = os.getpid()
        self._used: set[bytes] = set()
        self._made: dict[bytes, Spooled] = {}
        self._kept: Mapping[bytes, _Row] | None = None
        """What was kept when that was asked first."""
        self._packs: dict[int, Pack | None] = {}
        """Those that were opened; None for one that cannot be."""
        self._number = int.from_bytes(os.urandom(4), "big")
        self._spool: Pack | None = None
        """What is made lies there until the store is saved, and then stays."""
        self._is_saved = False
        self._patience = _PATIENCE
        """For how many seconds another build is waited for."""
        with suppress(OSError):
            self._spool = self._begin()

    def _begin(self) -> Pack | None:
        for each in (self.folder.parent, self.folder):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not is_ours(each):
                return None
        if self._size() > MAX_BYTES:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(exist_ok=True, mode=0o700)
        return Pack(self._path(self._number), is_new=True)

    def _size(self) -> int:
        size = 0
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another build may be writing
                size += path.stat().st_size
        return size

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.pack"

    def _connect(self) -> sqlite3.Connection:
        """The index, opened anew each time: no process has a right to another's connection."""
        path = self.folder / "index.db"
        if path.exists() and not is_ours(path):
            path.unlink()
        base = sqlite3.connect(path, timeout=self._patience, isolation_level=None)
        try:
            path.chmod(0o600)
            # It may be lost; that what it names is whole is known by digests.
            base.execute("pragma synchronous = off")
            base.executescript(_TABLES)
        except BaseException:
            base.close()
            raise
        return base

    def _index(self) -> Mapping[bytes, _Row]:
        """Where results lie; nothing if it cannot be told, as another build may be writing."""
        if self._kept is not None or self._spool is None:
            return self._kept or {}
        try:
            with closing(self._connect()) as base:
                base.execute("begin")
                # Until this is over, no other build removes a pack.
                rows = base.execute("select * from kept")
                kept = {row[0]: row for row in rows if self._pack(row[1]) is not None}
        except (OSError, sqlite3.Error) as error:
            self._patience = 0.0  # it will be asked thousands of times
            self._repair(error)
            return {}
        self._kept = kept
        return kept

    def _pack(self, number: int) -> Pack | None:
        if number not in self._packs:
            self._packs[number] = None
            with suppress(OSError):
                self._packs[number] = Pack(self._path(number))
        return self._packs[number]

    def _length(self, number: int) -> float:
        """How long a pack is; endless if it is not there, for nothing of it is."""
        try:
            return self._path(number).stat().st_size
        except OSError:
            return float("inf")

    def _read(self, row: _Row) -> bytes | None:
        _, number, start, length, digest = row
        pack = self._pack(number)
        return None if pack is None else pack.read(Spooled(start, length, digest))

    def get(self, key: Inputs) -> bytes | None:
        """What was made of some inputs; None if it is not there, or not whole."""
        return next(self.get_all([key]))

    def get_all(self, keys: Iterable[Inputs]) -> Iterator[bytes | None]:
        """The same of many inputs, in their order."""
        for name in map(_name, keys):
            row = self._index().get(name)
            content = None if row is None else self._read(row)
            if content is not None:
                self._used.add(name)
            yield content

    def has(self, key: Inputs) -> bool:
        """Whether something is kept of some inputs, though it may turn out to be broken."""
        name = _name(key)
        if name not in self._index():
            return False
        self._used.add(name)
        return True

    def keep(self, keys: Iterable[bytes]) -> None:
        """Note that results are wanted still, by the digests of their inputs."""
        self._used.update(keys)

    def put(self, key: Inputs, content: bytes | Spooled) -> None:
        """Keep what was made of some inputs, once the store is saved; until then it is laid aside,
        if it is not so already. What cannot be is not kept.
        """
        aside = content if isinstance(content, Spooled) else self.spool(content)
        if aside is not None:
            self._made[_name(key)] = aside

    def spool(self, content: bytes) -> Spooled | None:
        """Lay a result aside, which the first process may then put; None if it cannot be."""
        return None if self._spool is None else self._spool.append(content)

    def read_spooled(self, where: Spooled) -> bytes | None:
        """What was laid aside; None if it is not whole."""
        return None if self._spool is None else self._spool.read(where)

    def save(self, *, forgets: bool = True) -> None:
        """Note what was made, and forget what nobody has asked for in a while.

        Who has looked at a few results alone `forgets` none: others are wanted as they were.
        """
        if self._spool is None or os.getpid() != self._process:
            return
        self._patience = _PATIENCE
        try:
            with closing(self._connect()) as base:
                base.execute("begin immediate")
                self._note(base, self._made)
                if forgets:
                    self._forget(base)
                else:
                    self._remember(base)
                self._gather(base)
                after = _live(base).keys()
                base.execute("commit")
        except (OSError, sqlite3.Error) as error:  # another build is writing, or the disk is full
            self._repair(error)
            return
        self._is_saved = self._number in after
        self._used |= self._made.keys()
        self._made, self._kept = {}, None
        self._sweep(self._packs.keys() - after, after)
        forget_oldest(self.folder.parent, MAX_PROJECTS)

    def _note(self, base: sqlite3.Connection, made: Mapping[bytes, Spooled]) -> None:
        rows = ((key, self._number, *where) for key, where in made.items())
        base.executemany("insert or replace into kept values (?, ?, ?, ?, ?)", rows)

    def _forget(self, base: sqlite3.Connection) -> None:
        """Note what this build has asked for, and let go of what none of the last ones has."""
        asked = self._used | self._made.keys()
        (last,) = base.execute("select max(run) from runs").fetchone()
        run = (last or 0) + 1
        before = base.execute("select keys from runs where run <= ?", (run - RUNS,)).fetchall()
        base.execute("delete from runs where run <= ?", (run - RUNS,))
        gone = _cut(before) - asked
        if gone:
            gone -= _cut(base.execute("select keys from runs"))
        base.executemany("delete from kept where key = ?", ((key,) for key in gone))
        base.execute("insert into runs values (?, ?)", (run, b"".join(asked)))

    def _remember(self, base: sqlite3.Connection) -> None:
        """Note what this build has made as asked for by the last that has looked at all."""
        for run, keys in base.execute("select run, keys from runs order by run desc limit 1"):
            keys += b"".join(self._made)
            base.execute("update runs set keys = ? where run = ?", (keys, run))

    def _gather(self, base: sqlite3.Connection) -> None:
        """Move what is wanted of packs of which most is not, where that makes up most of all packs,
        and of small ones among too many."""
        live = _live(base)
        live.pop(self._number, None)
        lengths = {number: self._length(number) for number in live}
        moving: list[int] = []
        if sum(lengths.values()) > 2 * sum(live.values()):
            moving += [number for number, length in live.items() if 2 * length < lengths[number]]
        if len(live) > MAX_PACKS:
            moving += sorted(live, key=live.__getitem__)[: MAX_PACKS // 2]
        for number in moving:
            wanted = "select * from kept where pack = ? order by start"
            rows = base.execute(wanted, (number,)).fetchall()
            base.execute("delete from kept where pack = ?", (number,))
            contents = ((row[0], self._read(row)) for row in rows)
            moved = ((key, self.spool(content)) for key, content in contents if content is not None)
            self._note(base, {key: where for key, where in moved if where is not None})

    def _sweep(self, gone: Set[int], known: Set[int]) -> None:
        """Remove packs that are wanted no more, and those of builds that were killed."""
        for path in self.folder.glob("*.pack"):
            with suppress(OSError, ValueError):
                number, state = int(path.stem), path.stat()
                is_left = number not in known and state.st_mtime < time.time() - _AGE
                if number in gone or is_left:
                    path.unlink()

    def _repair(self, error: Exception) -> None:
        """Begin the index anew if it is broken."""
        if type(error) is sqlite3.DatabaseError:
            with suppress(OSError):
                (self.folder / "index.db").unlink()

    def close(self) -> None:
        """Let go of the files."""
        packs, self._packs = self._packs.values(), {}
        for pack in packs:
            if pack is not None:
                pack.close()
        if self._spool is not None:
            self._spool.close()
            if not self._is_saved and os.getpid() == self._process:
                with suppress(OSError):
                    self._spool.path.unlink()
            self._spool = None


def _live(base: sqlite3.Connection) -> dict[int, float]:
    """How much of each pack is wanted."""
    return dict(base.execute("select pack, total(length) from kept group by pack"))


def _name(key: Inputs) -> bytes:
    if isinstance(key, bytes):
        return key
    return bytes.fromhex(digest_of(key))


def _cut(rows: Iterable[tuple[bytes]]) -> set[bytes]:
    return {keys[start : start + SIZE] for (keys,) in rows for start in range(0, len(keys), SIZE)}
