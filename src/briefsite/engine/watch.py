"""Notice changes on disk: at once where the system tells of them, and by looking in any case."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import watchdog.observers
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver

from briefsite.site import stamp

log = logging.getLogger("mkdocs.briefsite")

# Not when a file is opened or closed: a preview reads what is watched.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Watcher:
    """Calls handlers when files below their paths have changed; stands in for an observer.

    A notice of the system only makes it look at once. Where none comes, as for folders that
    another machine shares, or where the system has no more watches to give, it looks by itself.
    """

    def __init__(self, *, every: float = 1.0, notices: bool = True) -> None:
        """Look `every` some seconds, besides each notice."""
        self._every = every
        self._watched: dict[Path, FileSystemEventHandler] = {}
        self._notices: BaseObserver | None = watchdog.observers.Observer() if notices else None
        self._look = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._seen: dict[str, tuple[int, int]] = {}

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = True
    ) -> Path:
        """Watch a file or a folder; what is returned, `unschedule` takes."""
        watched = Path(path)
        self._watched[watched] = handler
        self._seen |= _state(watched)
        if self._notices is not None:
            wake = FileSystemEventHandler()
            wake.on_any_event = lambda event: self._look.set()  # type: ignore[method-assign]
            self._try(
                lambda notices: notices.schedule(
                    wake, path, recursive=recursive, event_filter=_CHANGES
                )
            )
        return watched

    def unschedule(self, watched: Path) -> None:
        """Watch a path no more."""
        self._watched.pop(watched, None)

    def start(self) -> None:
        """Begin to watch."""
        self._try(lambda notices: notices.start())
        self._thread.start()

    def stop(self) -> None:
        """Watch no more, from now on."""
        self._stopped = True
        self._look.set()
        if self._notices is not None and self._notices.is_alive():
            self._notices.stop()

    def join(self, timeout: float | None = None) -> None:
        """Return when all is still."""
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._notices is not None and self._notices.is_alive():
            self._notices.join(timeout)

    def _try(self, action: object) -> None:
        """Ask something of the system; if it has no notices to give, do without."""
        if self._notices is None:
            return
        try:
            action(self._notices)  # type: ignore[operator]
        except OSError as error:
            log.warning("the system gives no notices of changes (%s): looking instead", error)
            self._notices, self._every = None, min(self._every, 0.25)

    def _run(self) -> None:
        while not self._stopped:
            self._look.wait(self._every)
            self._look.clear()
            self._compare()

    def _compare(self) -> None:
        now: dict[str, tuple[int, int]] = {}
        for watched in list(self._watched):
            now |= _state(watched)
        before, self._seen = self._seen, now
        changed = [path for path in {**before, **now} if before.get(path) != now.get(path)]
        for path in changed:
            for handler in self._handlers(Path(path)):
                handler.dispatch(FileModifiedEvent(path))

    def _handlers(self, path: Path) -> Iterator[FileSystemEventHandler]:
        for watched, handler in list(self._watched.items()):
            if path == watched or watched in path.parents:
                yield handler


def _state(path: Path) -> dict[str, tuple[int, int]]:
    return {name: (time, size) for name, time, size in stamp(path)}
