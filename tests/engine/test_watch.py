"""Changes on disk are noticed: at once where the system tells of them, and in any case."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import watchdog.observers
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from briefsite.engine.watch import Watcher


class Heard(FileSystemEventHandler):
    """What a watcher told of."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.some = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.names.append(Path(str(event.src_path)).name)
        self.some.set()

    def after(self, action: Callable[[], object], *names: str) -> set[str]:
        """What was told of after something was done, once all of `names` were."""
        self.names.clear()
        action()
        while not {*names} <= {*self.names}:
            assert self.some.wait(20), f"of {names} only {self.names} were told of"
            self.some.clear()
        return {*self.names}


def started(folder: Path, watcher: Watcher) -> Iterator[Heard]:
    heard = Heard()
    (folder / "inner").mkdir()
    watcher.schedule(heard, str(folder))
    watcher.start()
    yield heard
    watcher.stop()
    watcher.join(20)


@pytest.fixture(params=[True, False], ids=["notices", "looking"])
def heard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Heard]:
    # With notices, looking by itself comes too late to pass the test.
    every = 60.0 if request.param else 0.02
    yield from started(tmp_path, Watcher(every=every, notices=request.param))


def test_files_that_come_change_and_go_are_told_of(heard: Heard, tmp_path: Path) -> None:
    file = tmp_path / "inner" / "brief.yaml"
    for text in ("one", "other"):
        told = heard.after(partial(file.write_text, text, encoding="utf-8"), file.name)
        assert told == {"brief.yaml"}
    beside = tmp_path / "inner" / "new.yaml"
    heard.after(lambda: file.rename(beside), "brief.yaml", "new.yaml")
    heard.after(beside.unlink, "new.yaml")


def test_without_notices_of_the_system_it_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(watchdog.observers.Observer, "start", full)
    for heard in started(tmp_path, Watcher(every=60.0)):
        told = heard.after(lambda: (tmp_path / "a.yaml").write_text("one"), "a.yaml")
        assert told == {"a.yaml"}
    assert "inotify watch limit reached" in caplog.text
