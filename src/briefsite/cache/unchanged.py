"""Tell before anything is loaded that a command would build what it has built before.

A good build notes all it depends on, and the state in which it leaves the site. If the very same
command finds all of it as it was, there is nothing to do. In any doubt it builds.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefsite.cache.folder import cache_folder, forget_oldest, write_whole
from briefsite.cache.inputs import (
    DoubtError,
    digest_files,
    digest_of,
    digest_program,
    digest_variables,
)
from briefsite.cache.revision import revision
from briefsite.cache.survey import Survey, digest_state, is_same, survey

MAX_NOTES = 64
_COMMANDS = frozenset({"build", "publish"})


def repeat(arguments: Sequence[str]) -> int | None:
    """Do what a command line does if there is nothing to do, and return its exit code; else None.

    What the build that is there has warned of is said again.
    """
    if not _COMMANDS & set(arguments):
        return None
    folder = cache_folder(_given(arguments))
    if folder is None:
        return None
    try:
        note = _read(_path(folder, arguments))
        if not _holds(note):
            return None
        said, quiet, site = str(note["said"]), bool(note["quiet"]), str(note["site"])
    except (DoubtError, OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(said)
    if not quiet:
        sys.stderr.write(f"nothing has changed: the site is in {os.path.relpath(site)}\n")
    return 0


def _given(arguments: Sequence[str]) -> str | None:
    """The folder that a command line names, as far as it can be told without reading all of it."""
    for number, argument in enumerate(arguments):
        if argument.startswith("--cache="):
            return argument.partition("=")[2]
        if argument == "--cache" and number + 1 < len(arguments):
            return arguments[number + 1]
    return None


def _holds(note: dict[str, Any]) -> bool:
    """Whether everything is as it was noted; what is told soonest comes first."""
    settings = Path(note["settings"])
    return bool(
        digest_variables(settings.read_bytes()) == note["variables"]
        and digest_program() == note["program"]
        and digest_files(map(Path, note["paths"])) == note["inputs"]
        and digest_state(survey(Path(note["site"]))) == note["state"]
        and revision(settings.parent) == note["revision"]
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

    def begin(self, settings: Path, paths: Sequence[Path]) -> None:
        """Note what the build depends on: the file of settings, and other files and folders."""
        # What was noted is over: whatever comes of this build, it does not tell of it.
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        with suppress(DoubtError, OSError):
            every = [str(path) for path in (settings, *paths)]
            self._note = {
                "settings": str(settings),
                "variables": digest_variables(settings.read_bytes()),
                "program": digest_program(),
                "paths": every,
                "inputs": digest_files(map(Path, every)),
            }

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

    def keep(self, site: Path, said: str, *, quiet: bool) -> None:
        """Write the note; `said` is what the build has told of problems."""
        if "state" in self._note:
            note = {**self._note, "site": str(site), "said": said, "quiet": quiet}
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
