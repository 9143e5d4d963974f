"""What was made, kept by what it was made from, in one file for each project.

It holds no truth of its own. Whatever happens to the file, or another build does to it, costs time
alone: what is written, is written in one transaction, and what is read has its own digest.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from briefsite.cache.folder import forget_oldest, is_ours
from briefsite.cache.inputs import SIZE, digest_of

MAX_PROJECTS = 16
MAX_BYTES = 2 << 30
"""How large a project's file may become before it is begun anew."""
RUNS = 4
"""For how many builds a result is kept that none of them has asked for."""
_TOGETHER = 250
"""Of how many results the file is asked at once; some builds of SQLite allow 999."""

_TABLES = """
create table if not exists kept (key blob primary key, digest blob, content blob);
create table if not exists runs (run integer primary key, keys blob);
"""

Inputs = bytes | Iterable[bytes]
"""What a result was made from, or a digest of that."""


class Spooled(NamedTuple):
    """Where a result lies until the store is saved, whichever process has made it."""

    start: int
    length: int
    digest: bytes


class Store:
    """The results of one project. Nothing raises for what the disk does, or another build."""

    def __init__(self, folder: Path, root: Path) -> None:
        """`folder` is that of the cache, `root` the project's."""
        # Another version's tables are in another file.
        name = digest_of([os.fsencode(root.resolve()), _TABLES.encode()])
        self.path = folder / "site" / f"{name}.db"
        self._process = self._reader = os.getpid()
        self._used: set[bytes] = set()
        self._made: dict[bytes, bytes | Spooled] = {}
        self._keys: Set[bytes] | None = None
        """What was kept when that was asked first."""
        self._base = self._open() or self._open()  # a file that is none of ours is removed
        self._spool: int | None = None
        self._spool_opener = os.getpid()
        """The process whose own way to the spool it is."""
        if self._base is not None:
            with suppress(OSError), tempfile.NamedTemporaryFile(dir=self.path.parent) as file:
                self._spool = os.open(file.name, os.O_RDWR | os.O_APPEND)

    def _open(self) -> sqlite3.Connection | None:
        base = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Records are read as Python objects.
            if not is_ours(self.path.parent):
                return None
            if self.path.exists() and (not is_ours(self.path) or self._is_full()):
                self.path.unlink()
            base = sqlite3.connect(self.path, timeout=5, isolation_level=None)
            self.path.chmod(0o600)
            # It may be lost; that it is whole is known by digests.
            base.execute("pragma synchronous = off")
            base.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            if base is not None:
                base.close()
            if type(error) is sqlite3.DatabaseError:
                self._remove()
            return None
        return base

    def _is_full(self) -> bool:
        return self.path.stat().st_size > MAX_BYTES

    def get(self, key: Inputs) -> bytes | None:
        """What was made of some inputs; None if it is not there, or not whole."""
        return next(self.get_all([key]))

    def get_all(self, keys: Iterable[Inputs]) -> Iterator[bytes | None]:
        """The same of many inputs, in their order, in a few questions to the file."""
        names = [*map(_name, keys)]
        for some in (names[start : start + _TOGETHER] for start in range(0, len(names), _TOGETHER)):
            marks = ",".join("?" * len(some))
            wanted = f"select key, digest, content from kept where key in ({marks})"  # noqa: S608
            whole = {
                name: content
                for name, digest, content in self._find(wanted, *some) or ()
                if isinstance(content, bytes) and _digest(content) == digest
            }
            self._used |= whole.keys()
            yield from map(whole.get, some)

    def has(self, key: Inputs) -> bool:
        """Whether something is kept of some inputs, though it may turn out to be broken."""
        name = _name(key)
        if self._keys is None:  # all at once: thousands are asked for
            found = self._find("select key from kept")
            self._keys = None if found is None else {name for (name,) in found}
        if self._keys is None or name not in self._keys:
            return False
        self._used.add(name)
        return True

    def _find(self, statement: str, *values: bytes) -> Sequence[tuple[Any, ...]] | None:
        """What is found; None if it cannot be told, as another build may be writing."""
        if self._base is None:
            return ()
        try:
            if os.getpid() != self._reader:  # one that was forked has no right to another's
                self._inherited = self._base
                self._base = sqlite3.connect(self.path, timeout=5, isolation_level=None)
                self._reader = os.getpid()
            return self._base.execute(statement, values).fetchall()
        except sqlite3.Error:
            return None

    def put(self, key: Inputs, content: bytes | Spooled) -> None:
        """Keep what was made of some inputs, once the store is saved; until then it is laid aside,
        if it is not so already.
        """
        aside = content if isinstance(content, Spooled) else self.spool(content)
        self._made[_name(key)] = aside or content

    def spool(self, content: bytes) -> Spooled | None:
        """Lay a result aside, which the first process may then put; None if it cannot be."""
        if self._spool is None:
            return None
        try:
            if self._spool_opener != os.getpid():
                # What is opened anew has a place of its own, at which it goes on.
                before, way = self._spool, f"/proc/self/fd/{self._spool}"
                self._spool, self._spool_opener = os.open(way, os.O_RDWR | os.O_APPEND), os.getpid()
                os.close(before)
            if os.write(self._spool, content) != len(content):
                return None
            start = os.lseek(self._spool, 0, os.SEEK_CUR) - len(content)
        except OSError:
            return None
        return Spooled(start, len(content), _digest(content))

    def read_spooled(self, where: Spooled) -> bytes | None:
        """What was laid aside; None if it is not whole."""
        if self._spool is None:
            return None
        with suppress(OSError):
            content = os.pread(self._spool, where.length, where.start)
            if _digest(content) == where.digest:
                return content
        return None

    def _rows(self) -> Iterator[tuple[bytes, bytes, bytes]]:
        for key, each in self._made.items():
            if isinstance(each, bytes):
                yield key, _digest(each), each
            elif self._spool is not None:  # whether it is whole is seen whenever it is read
                yield key, each.digest, os.pread(self._spool, each.length, each.start)

    def save(self) -> None:
        """Write what was made, and forget what nobody has asked for in a while."""
        base = self._base
        if base is None or os.getpid() != self._process:
            return
        try:
            base.execute("begin immediate")
            (last,) = base.execute("select max(run) from runs").fetchone()
            run = (last or 0) + 1
            base.executemany("insert or replace into kept values (?, ?, ?)", self._rows())
            keys = b"".join(self._used | self._made.keys())
            base.execute("insert into runs values (?, ?)", (run, keys))
            before = base.execute("select keys from runs where run <= ?", (run - RUNS,)).fetchall()
            since = base.execute("select keys from runs where run > ?", (run - RUNS,)).fetchall()
            gone = _cut(before) - _cut(since)
            base.executemany("delete from kept where key = ?", ((key,) for key in gone))
            base.execute("delete from runs where run <= ?", (run - RUNS,))
            base.execute("commit")
            self._used |= self._made.keys()
            self._made.clear()
            self._keys = None
            forget_oldest(self.path.parent, MAX_PROJECTS)
        except (OSError, sqlite3.OperationalError):  # another build is writing, or the disk is full
            with suppress(sqlite3.Error):
                base.execute("rollback")
        except sqlite3.Error:  # it is broken
            self.close()
            self._remove()

    def _remove(self) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._spool is not None:
            os.close(self._spool)
            self._spool = None
        if self._base is not None and os.getpid() == self._process:
            with suppress(sqlite3.Error), closing(self._base):
                self._base = None


def _name(key: Inputs) -> bytes:
    if isinstance(key, bytes):
        return key
    return bytes.fromhex(digest_of(key))


def _cut(rows: Iterable[tuple[bytes]]) -> set[bytes]:
    return {keys[start : start + SIZE] for (keys,) in rows for start in range(0, len(keys), SIZE)}


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()  # processors compute it, in half the time of BLAKE2's
