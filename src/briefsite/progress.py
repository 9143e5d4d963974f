"""How far long work is, told in the way that the output can take."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TextIO

Style = Literal["line", "log", "silent"]

_PATIENCE = 2.0
"""Seconds of work that nobody needs to hear of."""
_LINE_EVERY, _LOG_EVERY = 0.1, 10.0


class Progress:
    """Tells of work in stages, each of which may count its steps.

    On a terminal, one line is kept up to date (`line`); in CI, plain lines follow each other
    (`log`); elsewhere nothing is said (`silent`). Of less than two seconds nothing is told at all.
    """

    def __init__(
        self,
        style: Style = "silent",
        stream: TextIO | None = None,
        *,
        quiet: bool = False,
        verbose: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`quiet` asks whoever works to tell of nothing but problems; `verbose` tells at the end
        where the time went."""
        self.quiet = quiet
        self._verbose = verbose
        self.spent: dict[str, float] = {}
        """Stage → seconds, in the order of the work."""
        self._style = style
        self._stream = stream or sys.stderr
        self._clock = clock
        self._begun = clock()
        self._told = float("-inf")
        self._stage, self._since = "", self._begun
        self._count, self._total = 0, 0
        self._shown = False

    def enter(self, stage: str, total: int = 0) -> None:
        """Begin a stage, of `total` steps if it counts them; the one before is over."""
        self._leave()
        self._stage, self._since = stage, self._clock()
        self._count, self._total = 0, total
        self._tell(_LINE_EVERY)

    def step(self) -> None:
        """One more step of the stage is done."""
        self._count += 1
        self._tell(_LINE_EVERY if self._style == "line" else _LOG_EVERY)

    def done(self) -> None:
        """The work is over, well or not."""
        self._leave()
        self.hush()
        if self._verbose:
            self._verbose = False
            self._stream.write(self.table())
        # An engine that keeps its plugins may hold it longer than the stream is open.
        self._style = "silent"

    def hush(self) -> None:
        """Take a terminal's line away, before something else is printed."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    def table(self) -> str:
        """Where the time went: a line for each stage, and one for all of these.

        What is loaded before and between them is in none.
        """
        rows = [*self.spent.items(), ("all of these", sum(self.spent.values()))]
        width = max(len(name) for name, _ in rows)
        return "".join(f"{name:<{width}}  {seconds:8.2f} s\n" for name, seconds in rows)

    def _leave(self) -> None:
        if not self._stage:
            return
        seconds = self._clock() - self._since
        self.spent[self._stage] = self.spent.get(self._stage, 0.0) + seconds
        if self._style == "log" and seconds > _PATIENCE:
            self._stream.write(f"{self._words()}: done in {seconds:.1f} s\n")
            self._stream.flush()
        self._stage = ""

    def _tell(self, every: float) -> None:
        if self._style == "silent":
            return
        now = self._clock()
        if now - self._begun < _PATIENCE or now - self._told < every:
            return
        self._told = now
        if self._style == "line":
            self._stream.write(f"\r\x1b[K{self._words()}  {now - self._begun:.1f} s")
            self._shown = True
        else:
            self._stream.write(f"{self._words()}  {now - self._begun:.0f} s\n")
        self._stream.flush()

    def _words(self) -> str:
        if not self._total:
            return self._stage
        return f"{self._stage} {min(self._count, self._total):,}/{self._total:,}"


def style_for(stream: TextIO, environment: Mapping[str, str] | None = None) -> Style:
    """How an output takes progress: a terminal as a line, a log of CI as lines, a pipe not."""
    given = os.environ if environment is None else environment
    if given.get("CI", "").lower() not in ("", "0", "false"):
        return "log"
    return "line" if stream.isatty() and given.get("TERM") != "dumb" else "silent"


@contextmanager
def progress(*, quiet: bool = False, verbose: bool = False) -> Iterator[Progress]:
    """Progress of a command on standard error."""
    style = "silent" if quiet else style_for(sys.stderr)
    told = Progress(style, quiet=quiet, verbose=verbose)
    try:
        yield told
    finally:
        told.done()
