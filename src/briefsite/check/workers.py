"""Many files read and checked by several processes, each taking a share of them.

Processes are forked, so that they start with everything the first one knows; what goes between
them is what files tell each other, and problems.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from briefsite.check.across import Across
from briefsite.check.entry import Entry, Told
from briefsite.check.parts import write_part
from briefsite.report import Problem

Pair = tuple[Connection, Connection]
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
        context = multiprocessing.get_context("fork")
        gc.freeze()  # what is not looked at is not copied
        pairs = [context.Pipe() for _ in self.shares]
        workers = [
            context.Process(target=self._work, args=(number, pairs, join), daemon=True)
            for number, _ in enumerate(pairs)
        ]
        try:
            for worker in workers:
                worker.start()
            for _, theirs in pairs:
                theirs.close()
            ours = [mine for mine, _ in pairs]
            told = [_receive(connection) for connection in ours]
            for share, each in zip(self.shares, told, strict=True):
                self._accept(share, each)
            for number, connection in enumerate(ours):
                others = [each if n != number else None for n, each in enumerate(told)]
                connection.send(others)
            across = join()
            meanwhile(across)
            for share, connection in zip(self.shares, ours, strict=True):
                for number, found in zip(share, _receive(connection), strict=True):
                    problems, asked, row, written = found
                    self.entries[number].row = row
                    self.entries[number].problems = problems
                    self.entries[number].asked = asked
                    self.entries[number].written = written
            return across
        except (OSError, EOFError) as error:
            raise WorkerError from error
        finally:
            gc.unfreeze()
            for connection, _ in pairs:
                connection.close()
            for worker in workers:
                if worker.pid is not None:
                    worker.join()

    def _accept(self, share: range, told: Sequence[Told]) -> None:
        for number, each in zip(share, told, strict=True):
            self.entries[number].told = each

    def _work(self, own: int, pairs: Sequence[Pair], join: Callable[[], Across]) -> None:
        for number, (mine, theirs) in enumerate(pairs):
            mine.close()  # so that the end of the first process is seen
            if number != own:
                theirs.close()
        connection = pairs[own][1]
        with suppress(OSError, EOFError):  # the first process is gone
            share = self.shares[own]
            connection.send([self.entries[number].told for number in share])
            for number, told in enumerate(connection.recv()):
                if told is not None:
                    self._accept(self.shares[number], told)
            across = join()
            found: list[Found] = []
            for number in share:
                self.entries[number].check(across)
                entry = self.entries[number]
                written = write_part(entry.part) if self.parts else None
                found.append((entry.problems, entry.asked, self.row(entry), written))
            connection.send(found)
            connection.close()
        os._exit(0)


def _receive(connection: Connection) -> Any:
    return connection.recv()
