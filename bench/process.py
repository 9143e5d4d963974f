"""A command as a process of its own: its time, its work and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.25
"""Seconds between two looks at the memory: to look costs a large process some milliseconds."""


@dataclass(frozen=True)
class Measured:
    """What a command took.

    Seconds on the clock, seconds of all processors, the most memory that one of its processes had
    at a time (MB), and the most that all had together, with what they share counted once.
    """

    wall: float
    cpu: float
    megabytes: float
    together: float


@dataclass(frozen=True)
class Ran:
    measured: Measured
    output: str
    errors: str


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> Ran:
    """Run a command to its end; raises RuntimeError if it fails."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        most = watch.end()
        output.seek(0)
        errors.seek(0)
        text, said = output.read(), errors.read()
    if process.returncode != 0:
        told = "\n".join((text + said).splitlines()[-20:])
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}:\n{told}")
    one = usage.ru_maxrss / 1024
    measured = Measured(wall, usage.ru_utime + usage.ru_stime, one, max(one, most))
    return Ran(measured, text, said)


def cores() -> int:
    """How many processors a process may use."""
    return len(os.sched_getaffinity(0))


class _Watch:
    """Looks now and then at the memory of all processes of a session."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """The most that was seen, in MB."""
        self._over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self._most = max(self._most, sum(map(_kilobytes, _processes(self._session))) / 1024)


def _processes(session: int) -> list[Path]:
    found = []
    for folder in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        try:
            stat = (folder / "stat").read_text(encoding="utf-8")
        except OSError:
            continue  # it has ended
        if int(stat.rpartition(")")[2].split()[3]) == session:
            found.append(folder)
    return found


def _kilobytes(process: Path) -> int:
    """The proportional set size: what several processes share, by equal parts."""
    try:
        text = (process / "smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
