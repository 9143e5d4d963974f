"""Work shared out among processes gives what one process would have given."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from briefsite import processes
from briefsite.processes import Meanwhile, Task, can_fork, share_out

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes are not forked here")


class Kept(dict[int, tuple[int, int]]):
    """Numbers made once each: the number, and the process that made it."""

    def make(self, number: int) -> tuple[int, int]:
        if number not in self:
            self[number] = number, os.getpid()
        return self[number]

    def task(self, number: int, make: Callable[[int], object] | None = None) -> Task:
        def put(value: tuple[int, int]) -> None:
            assert number not in self
            self[number] = value

        return Task(lambda: (make or self.make)(number), put)


def test_every_task_is_done_once_and_told() -> None:
    kept, told = Kept(), []
    groups = [[kept.task(number), kept.task(number + 1)] for number in range(0, 2000, 2)]
    share_out(groups, lambda: told.append(1), processes=3)
    assert {number: value for number, (value, _) in kept.items()} == {n: n for n in range(2000)}
    assert len(told) == 2000
    for first in range(0, 2000, 2):
        assert kept[first][1] == kept[first + 1][1]


def test_a_mistake_elsewhere_is_raised_here_and_the_first_one_first() -> None:
    kept = Kept()

    def fail(number: int) -> None:
        raise ValueError(number)

    wrong = (40, 41, 42, 43)
    groups = [[kept.task(n, fail if n in wrong else None)] for n in range(200)]
    with pytest.raises(ValueError, match="40"):
        share_out(groups, processes=3)
    assert set(range(40)) <= set(kept)


def test_what_a_process_leaves_undone_is_done_here() -> None:
    kept, own = Kept(), os.getpid()

    def end(number: int) -> object:
        if os.getpid() != own:
            os._exit(3)
        return kept.make(number)

    share_out([[kept.task(number, end)] for number in range(50)], processes=4)
    assert {pid for _, pid in kept.values()} == {own}
    assert len(kept) == 50


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(processes, "can_fork", lambda: True)  # whatever threads other tests left


@pytest.mark.usefixtures("two_cores")
def test_another_process_works_meanwhile() -> None:
    assert Meanwhile(os.getpid).result() != os.getpid()


def test_with_one_core_the_work_is_done_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 1)
    assert Meanwhile(os.getpid).result() == os.getpid()


@pytest.mark.usefixtures("two_cores")
def test_what_was_left_undone_meanwhile_is_done_here() -> None:
    own = os.getpid()
    assert Meanwhile(lambda: os.getpid() if os.getpid() == own else os._exit(3)).result() == own


def end_within_a_message(number: int) -> int:
    """What a process says that is killed while it tells of much: only its first bytes."""
    os.write(number, struct.pack("!i", 1 << 16) + b"half")
    os._exit(3)


@pytest.mark.usefixtures("two_cores")
def test_what_was_told_in_part_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    own = os.getpid()
    monkeypatch.setattr(Connection, "send", lambda self, _: end_within_a_message(self.fileno()))
    assert Meanwhile(os.getpid).result() == own
    kept = Kept()
    share_out([[kept.task(n)] for n in range(40)], least=1)
    assert {maker for _, maker in kept.values()} == {own}


@pytest.mark.usefixtures("two_cores")
def test_a_mistake_made_meanwhile_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Meanwhile(fail).result()


@pytest.mark.usefixtures("two_cores")
def test_nobody_works_on_once_it_is_closed(tmp_path: Path) -> None:
    def work() -> None:
        time.sleep(0.2)
        (tmp_path / "late").touch()

    meanwhile = Meanwhile(work)
    meanwhile.close()
    assert (tmp_path / "late").exists()
