"""Tell before anything is loaded that a command would build what it has built before.

A good build notes all it depends on, and the state in which it leaves the site. If the very same
command finds all of it as it was, there is nothing to do; if nothing differs but what briefs say,
most of the site stands. In any doubt it builds.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from briefsite.cache.folder import cache_folder, forget_oldest, write_whole
from briefsite.cache.inputs import (
    DoubtError,
    digest_apart,
    digest_of,
    digest_variables,
    running_program,
)
from briefsite.cache.revision import revision
from briefsite.cache.survey import Survey, digest_state, is_same, survey

MAX_NOTES = 64
_COMMANDS = frozenset({"build", "publish"})
_UNREADABLE = (DoubtError, OSError, ValueError, KeyError, TypeError, RecursionError)


class _Look(NamedTuple):
    """What a build has noted, and what it would depend on now."""

    note: Mapping[str, Any]
    now: Mapping[str, Any]


_looked: dict[Path, _Look] = {}
"""What was looked at in vain for a command that is to be done now."""


@dataclass(frozen=True)
class Standing:
    """What a build has noted that told of no problems, where only what briefs hold is another now.

    How its site is now, nobody has looked: whoever takes files from there does.
    """

    settings: Path
    site: Path
    quiet: bool
    extra: Any
    """What the build has added for whoever takes up its work."""
    now: Mapping[str, Any]
    """What a build depends on, as it was when it was looked at."""


def repeat(arguments: Sequence[str]) -> int | None:
    """Do what a command line does if there is nothing to do, and return its exit code; else None.

    What the build that is there has warned of is said again.
    """
    if not _COMMANDS & set(arguments):
        return None
    path = _noted(arguments)
    look = None if path is None else _look(path)
    if path is None or look is None:
        return None
    try:
        if not _holds(look):
            _looked.clear()
            _looked[path] = look
            return None
        note = look.note
        said, quiet, site = str(note["said"]), bool(note["quiet"]), str(look.now["leads"])
    except _UNREADABLE:
        return None
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(said)
    if not quiet:
        sys.stderr.write(f"nothing has changed: the site is in {os.path.relpath(site)}\n")
    return 0


def standing(arguments: Sequence[str]) -> Standing | None:
    """What the build before has left, if nothing but what briefs hold is other than it was then;
    else None.

    What `repeat` has looked at for the same command is not looked at again. Whoever goes on from
    what stands has to `resume` its note: an edit that was made since then is one for the next
    build.
    """
    path = _noted(arguments)
    look = None if path is None else _looked.pop(path, None) or _look(path)
    if look is None:
        return None
    note, now = look
    try:
        if note["said"] or {**note["sources"], "briefs": now["briefs"]} != now:
            return None
        settings, site = Path(now["settings"]), Path(now["leads"])
        return Standing(settings, site, bool(note["quiet"]), note["extra"], now)
    except _UNREADABLE:
        return None


def _noted(arguments: Sequence[str]) -> Path | None:
    """Where a command's note is, if anything is kept."""
    folder = cache_folder(_given(arguments))
    return None if folder is None else _path(folder, arguments)


def _given(arguments: Sequence[str]) -> str | None:
    """The folder that a command line names, as far as it can be told without reading all of it."""
    for number, argument in enumerate(arguments):
        if argument.startswith("--cache="):
            return argument.partition("=")[2]
        if argument == "--cache" and number + 1 < len(arguments):
            return arguments[number + 1]
    return None


def _look(path: Path) -> _Look | None:
    try:
        note = _read(path)
        sources = note["sources"]
        settings, site = Path(sources["settings"]), Path(sources["site"])
        return _Look(note, _digest(settings, sources["paths"], site))
    except _UNREADABLE:
        return None


def _digest(settings: Path, paths: Sequence[str], site: Path) -> Mapping[str, Any]:
    """What a build depends on: its file of settings, other files and folders, and where links lead
    that the folder of its site may be one of.

    What briefs hold is told apart from all else. Raises DoubtError and OSError.
    """
    briefs, others = digest_apart(map(Path, paths), settings.parent / "briefs", ".yaml")
    return {
        "settings": str(settings),
        "paths": [*paths],
        "site": str(site),
        "leads": os.path.realpath(site),
        "variables": digest_variables(settings.read_bytes()),
        "program": running_program(),
        "briefs": briefs,
        "others": others,
    }


def _holds(look: _Look) -> bool:
    """Whether everything is as it was noted; what is told soonest comes first."""
    note, now = look
    return bool(
        note["sources"] == now
        and digest_state(survey(Path(now["leads"]))) == note["state"]
        and revision(Path(now["settings"]).parent) == note["revision"]
    )


class Note:
    """What a build notes of itself, for the next run of the same command.

    `begin` before it reads its sources, `close` when the site is whole, `seal` once that is in its
    place, and no link to its files will be removed any more, and `keep` at the end.
    """

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        """`folder` is that of the cache, `arguments` the command line as it was given."""
        self._path = _path(folder, arguments)
        self._note: dict[str, Any] = {}
        self._whole: Survey = {}

    def begin(self, settings: Path, paths: Sequence[Path], site: Path) -> None:
        """Note what the build depends on: the file of settings, other files and folders, and the
        folder of the site, as it was named."""
        self._note = {}
        with suppress(OSError):
            # What was noted is over: whatever comes of this build, it does not tell of it.
            self._path.unlink(missing_ok=True)
        with suppress(DoubtError, OSError):
            named = [str(path) for path in (settings, *paths)]
            self._note = {"sources": _digest(settings, named, site)}

    def resume(self, standing: Standing) -> None:
        """Note that the build depends on the same, and begins where that was looked at."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._note = {"sources": standing.now}

    def close(self, found: Survey, revised: str | None) -> None:
        """Note what was found of the site that is whole, and the git revision in its manifest."""
        if self._note:
            self._whole = found
            self._note["revision"] = revised

    def seal(self, found: Survey) -> None:
        """Note the state of the site as it was found last, if it is the one that was whole.

        Where it was looked at once more, somebody may have written there, or another build have put
        its own there.
        """
        if self._note:
            if found is self._whole or is_same(found, self._whole):
                self._note["state"] = digest_state(found)
            else:
                self._note = {}

    def keep(self, said: str, *, quiet: bool, extra: Any = None) -> None:
        """Write the note; `said` is what the build has told of problems, `extra` anything that
        JSON can hold, for who takes up its work."""
        if "state" in self._note:
            note = {**self._note, "said": said, "quiet": quiet, "extra": extra}
            body = json.dumps(note).encode()
            with suppress(OSError):
                write_whole(self._path, digest_of([body]).encode() + b"\n" + body)
                forget_oldest(self._path.parent, MAX_NOTES)


def _path(folder: Path, arguments: Sequence[str]) -> Path:
    command = json.dumps([os.getcwd(), *arguments])  # noqa: PTH109 - as it was before it was noted
    return folder / "build" / digest_of([command.encode(errors="surrogateescape")])


def _read(path: Path) -> dict[str, Any]:
    head, _, body = path.read_bytes().partition(b"\n")
    if head.decode() != digest_of([body]):
        raise DoubtError(str(path))
    return dict(json.loads(body))
