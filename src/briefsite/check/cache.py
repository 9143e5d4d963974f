"""What was found out about each file of a project, kept between two runs of the command line.

It is kept in the user's own cache, never in the project: what a project brings along could be
made up by whoever proposes a change, and would hide its mistakes. Files are known by what they
hold, not by their time. The cache holds plain values as Python writes them, and is ignored where it
is broken, was written by another version of the code, or could be by anybody else. What each file
has told and asked stays packed: after an edit hardly any of it is looked at, and what was found out
about few files is written behind the rest.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefsite.cache.folder import cache_folder, forget_oldest, is_ours, write_whole
from briefsite.cache.inputs import digest_of, running_program
from briefsite.check.entry import Entry
from briefsite.check.files import FileKey
from briefsite.check.together import Together, read_together
from briefsite.check.translations import Found
from briefsite.load import Document
from briefsite.report import Problem

MAX_PROJECTS = 16
MAX_BYTES = 256 << 20
MAX_BEHIND = 64
"""How often something is written behind the rest, until all is written anew; and how small a part
of all it must be."""


def cache_file(root: Path, of: str = "check", *, cache: Path | None = None) -> Path | None:
    """Where the findings on a project are kept: in the folder `cache`, or the one that the user
    has; None if that is none, or lies within the project."""
    try:
        folder, place = cache or cache_folder(), root.resolve()
        if folder is None or folder.resolve().is_relative_to(place):
            return None
    except (OSError, RuntimeError):
        return None
    return folder / of / f"{digest_of([os.fsencode(place)])}.found"


Row = tuple[Any, ...]
"""What is kept of a file: its kind, name and digest, and an entry's name, what it told and asked,
and its problems."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a project: of each file, by its kind and name, with the digest of
    what it held; the digest of its basemaps; what all files say together; and whether with drafts
    or without them, or both, a comparison of all files has found nothing wrong."""

    files: Mapping[FileKey, tuple[Entry, str]]
    basemaps: str = ""
    joined: Together | None = None
    fits: tuple[bool, ...] = ()
    rows: Mapping[FileKey, Row] = field(default_factory=dict, compare=False)
    """As the cache has them, if it comes from there."""
    mark: str = field(default="", compare=False)
    """By what the end of the cache is known, if more may be written behind it."""

    def is_kept(self, key: FileKey, entry: Entry, digest: str) -> bool:
        """Whether the cache has what was found out about a file; who looks again finds it anew."""
        row = self.rows.get(key)
        return row is not None and row[2] == digest and row[5] is entry.asked


NOTHING = Findings({})


def read_cache(path: Path) -> Findings:
    """What is known of a project; nothing if there is no cache that can be relied on."""
    kept, is_whole = _read(path)
    if not kept:
        return NOTHING
    (mark, (basemaps, joined, fits, first)), *others = kept
    rows = {row[:2]: row for row in first}
    for digest, (before, later) in others:
        if before == mark:  # or another process has written meanwhile, and knew nothing of this
            mark = digest
            rows.update((row[:2], row) for row in later)
    files = {key: _entry(row) for key, row in rows.items()}
    mark = mark if is_whole and len(others) < MAX_BEHIND else ""
    return Findings(files, basemaps, joined and read_together(joined), fits, rows, mark)


def write_cache(path: Path, findings: Findings, before: Findings = NOTHING) -> None:
    """Keep what is known of a project, of which the cache has what was known `before`.

    Never raises for what the disk does.
    """
    others = {key: each for key, each in findings.files.items() if not before.is_kept(key, *each)}
    is_behind = (
        before.mark != ""
        and len(others) * MAX_BEHIND < len(findings.files)
        and [*findings.files] == [*before.files]
        and findings.joined is before.joined
        and (findings.basemaps, findings.fits) == (before.basemaps, before.fits)
    )
    rows = [
        (*key, digest, entry.name, entry.pack(), entry.asked, [*map(fields_of, entry.problems)])
        for key, (entry, digest) in (others if is_behind else findings.files).items()
    ]
    if is_behind:
        _append(path, (before.mark, rows))
    else:
        joined = findings.joined and findings.joined.packed
        _write(path, (findings.basemaps, joined, findings.fits, rows))


def read_translated(path: Path) -> Mapping[str, Found]:
    """What is known of the translations of a project, by file; without what they say."""
    return {
        name: Found(state, maps, tuple(Problem(*problem) for problem in problems))
        for _, found in _read(path)[0]
        for name, state, maps, problems in found
    }


def write_translated(path: Path, found: Mapping[str, Found]) -> None:
    """Keep what is known of translations. Never raises for what the disk does."""
    _write(
        path,
        [
            (name, each.state, each.maps, [*map(fields_of, each.problems)])
            for name, each in found.items()
        ],
    )


def _read(path: Path) -> tuple[list[tuple[str, Any]], bool]:
    """What was written one behind the other, each with its digest, as far as it is whole, was found
    by this very code, and by nobody else; and whether that is all there is."""
    found: list[tuple[str, Any]] = []
    with suppress(OSError, ValueError):
        content = path.read_bytes() if is_ours(path) and path.stat().st_size <= MAX_BYTES else b""
        start = 0
        while start < len(content):
            first = content.index(b"\n", start) + 1
            code, digest, length = content[start : first - 1].decode("ascii").split(" ")
            start = first + int(length)
            body = content[first:start]
            if code != running_program() or digest != sha256(body).hexdigest():
                return found, False
            found.append((digest, marshal.loads(body)))  # noqa: S302 - of what is ours
        return found, True
    return found, False


def _write(path: Path, found: Any) -> None:
    with suppress(OSError):
        write_whole(path, _framed(found))
        forget_oldest(path.parent, MAX_PROJECTS)


def _append(path: Path, found: Any) -> None:
    with suppress(OSError), path.open("ab") as file:
        file.write(_framed(found))


def _framed(found: Any) -> bytes:
    body = marshal.dumps(found)
    return f"{running_program()} {sha256(body).hexdigest()} {len(body)}\n".encode() + body


def _not_read_yet() -> Document:
    raise RuntimeError("a file is looked for before it is looked into")


def fields_of(problem: Problem) -> tuple[Any, ...]:
    """A problem as a row holds it."""
    p = problem
    return p.path, p.line, p.column, p.code, p.message, p.hint, p.excerpt


def _entry(row: Row) -> tuple[Entry, str]:
    kind, _, digest, name, told, asked, problems = row
    found = tuple(Problem(*problem) for problem in problems)
    return Entry(kind, name, _not_read_yet, told, found, asked), digest
