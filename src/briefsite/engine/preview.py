"""What `serve` adds: problems over the page, and a watcher that answers at once."""

from __future__ import annotations

from functools import partial
from html import escape

import watchdog.observers
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)

# Not when a file is opened or closed: a build reads what is watched.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


def problem_overlay(headline: str, report: str, *, stale: bool) -> str:
    """HTML that lies over a page and prints problems as the command line does.

    `stale` tells that the page below is of the last good build; otherwise there was none yet.
    """
    below = "The page below is the last good one. It comes up to date" if stale else "Pages come"
    return (
        '<div class="bs-problems" role="alert">'
        f"<h2>{escape(headline)}</h2>"
        f"<p>{below} when these are mended.</p>"
        f"<pre>{escape(report)}</pre></div>"
    )


def quick_observer(server: LiveReloadServer) -> None:
    """Replace MkDocs' observer, which polls twice a second, by the system's notices.

    What is watched already is watched again by the new observer.
    """
    watched = list(server._watched_paths)
    observer = watchdog.observers.Observer()
    observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]
    server.observer = observer  # type: ignore[assignment]
    server._watched_paths.clear()
    server._watch_refs.clear()
    for path in watched:
        server.watch(path)
    server.build_delay = 0.02
