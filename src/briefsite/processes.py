"""Work shared out among processes, as many as there are cores, each a copy of this one."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple, TypeVar

try:
    import fcntl
except ImportError:  # there, nothing is forked
    fcntl = None  # type: ignore[assignment]

MAX_PROCESSES = 8
MIN_TASKS, MIN_FILES = 400, 100
"""From how many tasks, and files to check, on another process is worth its start."""
_PIPE = 1 << 20
"""Bytes that a process may be ahead of the first one, before it waits."""
_ENDED = (EOFError, OSError)
"""What is met where another process has ended: between two messages, or within one."""

T = TypeVar("T")
R = TypeVar("R")


class Task(NamedTuple):
    """Something to make, and how what another process made is put in its place."""

    make: Callable[[], Any]
    put: Callable[[Any], None]


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether another process can safely be started as a copy of this one."""
    return sys.platform == "linux" and threading.active_count() == 1


def share_out(
    groups: Sequence[Sequence[Task]],
    step: Callable[[], object] = lambda: None,
    *,
    least: int | None = None,
    processes: int | None = None,
) -> None:
    """Do tasks, each group in one process; `step` is called after each task.

    There are as many processes as cores, and one where they would not help: for fewer tasks than
    `least`.

    What fails elsewhere, or is not done when a process ends, is done here, in order: an error is
    the same whichever process met it. Raises what a task raises.
    """
    few = sum(map(len, groups)) < (MIN_TASKS if least is None else least)
    count = processes or (1 if few or not can_fork() else min(cores(), MAX_PROCESSES))
    done: set[int] = set()
    if count > 1:
        with suppress(OSError), _Crew(groups, count - 1) as crew:
            done.update(crew.run(step))
    for number, group in enumerate(groups):
        if number not in done:
            for task in group:
                task.make()
                step()


def shared_map(
    function: Callable[[T], R],
    items: Sequence[T],
    *,
    together: int = 50,
    least: int | None = None,
) -> list[R]:
    """What a function gives for each of some items, in their order, found on every core.

    So many items are taken `together`; fewer than `least` are left to one process.
    """
    found: dict[int, R] = {}

    def make(number: int) -> R:
        found[number] = function(items[number])
        return found[number]

    tasks = [Task(partial(make, n), partial(found.__setitem__, n)) for n in range(len(items))]
    share_out([tasks[n : n + together] for n in range(0, len(tasks), together)], least=least)
    return [found[number] for number in range(len(items))]


def hand_over(work: Callable[[], object], descriptor: int) -> bool:
    """Have a process of its own do what nobody waits for, also when this one has ended.

    It keeps one open file, such as one that is locked, and says nothing. False if there can be no
    such process.
    """
    if not can_fork():
        return False
    try:
        with _forking():
            between = os.fork()
    except OSError:
        return False
    if between:
        os.waitpid(between, 0)
        return True
    try:
        if os.fork() == 0:
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for number in range(3):  # whoever reads what this process says waits for its end
                os.dup2(nothing, number)
            os.closerange(3, descriptor)
            os.closerange(descriptor + 1, 1 << 16)
            work()
    finally:
        os._exit(0)


@contextmanager
def _forking() -> Iterator[None]:
    with warnings.catch_warnings():
        # NumPy has idle threads of its own, which it starts anew in a copy.
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


class Forked:
    """Some processes, each a copy of this one, and a pipe to each.

    A process ends with its work, also by an error: this one then finds its pipe closed, does the
    work itself and meets the error.
    """

    def __init__(
        self, count: int, work: Callable[[int, Connection], object], *, duplex: bool = False
    ) -> None:
        """Have each do its `work`, with its number and its end of a pipe; `duplex`: both ways."""
        context = multiprocessing.get_context("fork")
        self._work = work
        self._pipes = [context.Pipe(duplex) for _ in range(count)]
        self._processes = [
            context.Process(target=self._run, args=(number,), daemon=True)
            for number in range(count)
        ]

    def __enter__(self) -> Sequence[Connection]:
        with _forking():
            try:
                for process in self._processes:
                    process.start()
            except OSError:
                self.__exit__()
                raise
        for _, theirs in self._pipes:
            theirs.close()
        return [ours for ours, _ in self._pipes]

    def __exit__(self, *error: object) -> None:
        for ours, _ in self._pipes:
            ours.close()
        for process in self._processes:
            if process.pid is not None:
                process.join()

    def _run(self, own: int) -> None:
        try:
            for number, (ours, theirs) in enumerate(self._pipes):
                ours.close()  # so that the end of the first process is seen
                if number != own:
                    theirs.close()
            connection = self._pipes[own][1]
            self._work(own, connection)
            connection.close()
        finally:
            os._exit(0)


class Meanwhile(Generic[R]):
    """Work that another process does while this one goes on, where one can be started."""

    def __init__(self, work: Callable[[], R], *, worth: bool = True) -> None:
        """What is begun may be begun once more: by this process, if the other comes to nothing.

        What is not `worth` another process is done by this one, when the result is asked for.
        """
        self._work = work
        self._other = ExitStack()
        self._pipes: Sequence[Connection] = ()
        if worth and cores() > 1 and can_fork():
            with suppress(OSError):
                self._pipes = self._other.enter_context(Forked(1, self._send))

    def _send(self, _: int, connection: Connection) -> None:
        connection.send(self._work())

    def result(self) -> R:
        """What it came to, waited for; asked for once. Raises what the work raises."""
        with self._other:
            for pipe in self._pipes:
                with suppress(*_ENDED):
                    return pipe.recv()  # type: ignore[no-any-return]
        return self._work()

    def close(self) -> None:
        """Wait until nobody works on it any more, if its result is not wanted."""
        self._other.close()


class _Crew:
    """Some processes that each take the next group until none is left."""

    def __init__(self, groups: Sequence[Sequence[Task]], count: int) -> None:
        self.groups = groups
        self._next = multiprocessing.get_context("fork").Value("l", 0)
        self._forked = Forked(count, self._work)

    def __enter__(self) -> _Crew:
        self._connections = self._forked.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()
        self._forked.__exit__(*error)

    def run(self, step: Callable[[], object]) -> Iterator[int]:
        """Work with the others; gives the number of each group that is done."""
        waiting = list(self._connections)
        for number in self._take():
            try:
                for task in self.groups[number]:
                    task.make()
            except Exception:  # noqa: BLE001 - it is raised when its turn comes
                self._stop()
                break
            yield number
            _tell(step, self.groups[number])
            yield from self._accept(waiting, step, patience=0)
        while waiting:
            yield from self._accept(waiting, step, patience=None)

    def _stop(self) -> None:
        """Leave whoever still works nothing to take."""
        self._next.value = len(self.groups)

    def _take(self) -> Iterator[int]:
        while True:
            with self._next.get_lock():
                number = self._next.value
                self._next.value = number + 1
            if number >= len(self.groups):
                return
            yield number

    def _accept(
        self, waiting: list[Connection], step: Callable[[], object], patience: float | None
    ) -> Iterator[int]:
        for connection in wait(waiting, patience):
            assert isinstance(connection, Connection)
            try:
                number, made = connection.recv()
            except _ENDED:
                waiting.remove(connection)
                continue
            group = self.groups[number]
            for task, each in zip(group, made, strict=True):
                task.put(each)
            yield number
            _tell(step, group)

    def _work(self, _: int, connection: Connection) -> None:
        if fcntl is not None:
            with suppress(OSError):
                fcntl.fcntl(connection.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
        for number in self._take():
            connection.send((number, [task.make() for task in self.groups[number]]))


def _tell(step: Callable[[], object], group: Sequence[Task]) -> None:
    for _ in group:
        step()
