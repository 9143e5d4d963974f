"""Many files read and checked by several processes, each taking a share of them.

A share is fixed, and not taken as they go (`processes.share_out`): who has read a file checks it,
once all have told each other what their files say.
"""

from __future__ import annotations

import gc
import marshal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection

from briefsite.check.across import Across
from briefsite.check.entry import Entry
from briefsite.check.parts import write_part
from briefsite.processes import Forked
from briefsite.report import Problem

Found = tuple[Sequence[Problem], bytes, bytes | None]


class WorkerError(Exception):
    """A worker did not finish; the work must be done without it."""


class Workers:
    """Some processes, this one among them, that each read their share of files and check it."""

    def __init__(self, entries: Sequence[Entry], count: int, *, parts: bool = False) -> None:
        """Share out entries that nobody has read yet; with `parts`, write what they give too."""
        self.entries = entries
        self.parts = parts
        self.shares = [range(number, len(entries), count) for number in range(count)]

    def run(self, join: Callable[[], Across], meanwhile: Callable[[Across], None]) -> Across:
        """Read all the entries, so that each has told what it has to; then check them.

        `join` gives what is known of the whole tree once all have told; `meanwhile` is what this
        process does besides. Raises WorkerError if a process fails.
        """
        gc.freeze()  # what is not looked at is not copied
        try:
            others = len(self.shares) - 1
            with Forked(others, partial(self._work, join), duplex=True) as connections:
                told = [self._read(0), *(connection.recv_bytes() for connection in connections)]
                for own, connection in enumerate(connections, start=1):
                    self._tell(connection, told, own)
                across = self._join(join, told, 0)
                meanwhile(across)
                for entry in self._check(0, across):
                    if self.parts:
                        entry.forget()  # as if another process had read it
                for share, connection in zip(self.shares[1:], connections, strict=True):
                    for number, found in zip(share, connection.recv(), strict=True):
                        self._put(self.entries[number], found)
                return across
        except (OSError, EOFError) as error:
            raise WorkerError from error
        finally:
            gc.unfreeze()

    def _work(self, join: Callable[[], Across], number: int, connection: Connection) -> None:
        own = number + 1
        with suppress(OSError, EOFError):  # the first process is gone
            connection.send_bytes(self._read(own))
            told = [b"" if n == own else connection.recv_bytes() for n in range(len(self.shares))]
            connection.send([*map(_found, self._check(own, self._join(join, told, own)))])

    def _read(self, own: int) -> bytes:
        """Read a share; gives what its files tell, as it is sent to all the others."""
        return marshal.dumps([self.entries[number].pack() for number in self.shares[own]])

    def _tell(self, connection: Connection, told: Sequence[bytes], own: int) -> None:
        for number, each in enumerate(told):
            if number != own:
                connection.send_bytes(each)

    def _join(self, join: Callable[[], Across], told: Sequence[bytes], own: int) -> Across:
        for number, (share, written) in enumerate(zip(self.shares, told, strict=True)):
            if number != own:
                # Only what a copy of this process has written.
                for at, each in zip(share, marshal.loads(written), strict=True):  # noqa: S302
                    self.entries[at].packed = each
        return join()

    def _check(self, own: int, across: Across) -> Iterator[Entry]:
        for number in self.shares[own]:
            entry = self.entries[number]
            entry.check(across)
            entry.written = write_part(entry.part) if self.parts else None
            yield entry

    def _put(self, entry: Entry, found: Found) -> None:
        entry.problems, entry.asked, entry.written = found


def _found(entry: Entry) -> Found:
    return entry.problems, entry.asked, entry.written
