"""Many files read and checked by several processes, each taking a share of them.

A share is fixed, and not taken as they go (`processes.share_out`): who has read a file checks it,
once all have told each other what their files say.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection

from briefsite.check.across import Across
from briefsite.check.entry import Entry, Told
from briefsite.check.parts import write_part
from briefsite.processes import Forked
from briefsite.report import Problem

Found = tuple[Sequence[Problem], frozenset[str], bytes | None, bytes | None]


class WorkerError(Exception):
    """A worker did not finish; the work must be done without it."""


class Workers:
    """Some processes that each read their share of files, and later check it."""

    def __init__(
        self,
        entries: Sequence[Entry],
        count: int,
        *,
        row: Callable[[Entry], bytes | None],
        parts: bool = False,
    ) -> None:
        """Share out entries that nobody has read yet; with `parts`, what they give is sent too.

        `row` writes an entry that is checked for the cache.
        """
        self.entries = entries
        self.row = row
        self.parts = parts
        self.shares = [range(number, len(entries), count) for number in range(count)]

    def run(self, join: Callable[[], Across], meanwhile: Callable[[Across], None]) -> Across:
        """Read all the entries, so that each has told what it has to; then check them.

        `join` gives what is known of the whole tree once all have told; `meanwhile` is what this
        process does while the others check. Raises WorkerError if a process fails.
        """
        gc.freeze()  # what is not looked at is not copied
        try:
            with Forked(len(self.shares), partial(self._work, join), duplex=True) as connections:
                told = [connection.recv() for connection in connections]
                for share, each in zip(self.shares, told, strict=True):
                    self._accept(share, each)
                for number, connection in enumerate(connections):
                    connection.send([each if n != number else None for n, each in enumerate(told)])
                across = join()
                meanwhile(across)
                for share, connection in zip(self.shares, connections, strict=True):
                    for number, found in zip(share, connection.recv(), strict=True):
                        self._put(self.entries[number], found)
                return across
        except (OSError, EOFError) as error:
            raise WorkerError from error
        finally:
            gc.unfreeze()

    def _put(self, entry: Entry, found: Found) -> None:
        entry.problems, entry.asked, entry.row, entry.written = found

    def _accept(self, share: range, told: Sequence[Told]) -> None:
        for number, each in zip(share, told, strict=True):
            self.entries[number].told = each

    def _work(self, join: Callable[[], Across], own: int, connection: Connection) -> None:
        with suppress(OSError, EOFError):  # the first process is gone
            entries = [self.entries[number] for number in self.shares[own]]
            connection.send([entry.told for entry in entries])
            for share, told in zip(self.shares, connection.recv(), strict=True):
                if told is not None:
                    self._accept(share, told)
            across = join()
            found: list[Found] = []
            for entry in entries:
                entry.check(across)
                written = write_part(entry.part) if self.parts else None
                found.append((entry.problems, entry.asked, self.row(entry), written))
            connection.send(found)
