"""What was found out about each file of a project, kept between two runs of the command line.

It is kept in the user's own cache, never in the project: what a project brings along could be
made up by whoever proposes a change, and would hide its mistakes. Files are known by what they
hold, not by their time. The cache holds plain values as Python writes them, is written in one step,
and is ignored if it is broken, was written by another version of the code, or could be by anybody
else. What each file has told and asked stays packed: after an edit hardly any of it is looked at.
"""

from __future__ import annotations

import marshal
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import briefsite
from briefsite.cache.folder import forget_oldest, is_ours, write_whole
from briefsite.cache.inputs import digest_files
from briefsite.check.entry import Entry
from briefsite.check.together import Together, read_together
from briefsite.check.translations import Found
from briefsite.load import Document, Kind
from briefsite.report import Problem

MAX_PROJECTS = 16
MAX_BYTES = 256 << 20
# What decides on the problems of a project: the code, and the libraries that read for it.
CODE = ("load", "model", "check", "languages", "report.py", "catalogue.py", "lookalikes.py")
_LIBRARIES = ("ahocorasick-rs", "babel", "pydantic", "pydantic-core", "pyyaml", "pyromark")


def cache_file(root: Path, of: str = "check") -> Path | None:
    """Where the findings on a project are kept, or None if the user has no cache folder."""
    try:
        given = os.environ.get("XDG_CACHE_HOME", "")
        folder = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
        name = blake2b(os.fsencode(root.resolve()), digest_size=16).hexdigest()
    except (OSError, RuntimeError):
        return None
    return folder / "briefsite" / of / f"{name}.found"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about a project: of each file, by its kind and name, with the digest of
    what it held; the digest of its basemaps; what all files say together; and whether with drafts
    or without them, or both, a comparison of all files has found nothing wrong."""

    files: Mapping[tuple[Kind, str], tuple[Entry, str]]
    basemaps: str = ""
    joined: Together | None = None
    fits: tuple[bool, ...] = ()


NOTHING = Findings({})


def read_cache(path: Path) -> Findings:
    """What is known of a project; nothing if there is no cache that can be relied on."""
    kept = _read(path)
    if kept is None:
        return NOTHING
    basemaps, joined, fits, rows = kept
    return Findings(dict(map(_entry, rows)), basemaps, joined and read_together(joined), fits)


def write_cache(path: Path, findings: Findings) -> None:
    """Keep what is known of a project. Never raises for what the disk does."""
    rows = [
        (*key, digest, entry.name, entry.pack(), entry.asked, [*map(fields_of, entry.problems)])
        for key, (entry, digest) in findings.files.items()
    ]
    joined = findings.joined and findings.joined.packed
    _write(path, (findings.basemaps, joined, findings.fits, rows))


def read_translated(path: Path) -> Mapping[str, Found]:
    """What is known of the translations of a project, by file; without what they say."""
    return {
        name: Found(state, maps, tuple(Problem(*problem) for problem in problems))
        for name, state, maps, problems in _read(path) or ()
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


def _read(path: Path) -> Any:
    """What was written, if it is whole, was found by this very code, and by nobody else."""
    try:
        if not is_ours(path) or path.stat().st_size > MAX_BYTES:
            return None
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return marshal.loads(body) if head == _head(body) else None  # noqa: S302 - of what is ours


def _write(path: Path, found: Any) -> None:
    body = marshal.dumps(found)
    with suppress(OSError):
        write_whole(path, _head(body) + b"\n" + body)
        forget_oldest(path.parent, MAX_PROJECTS)


def _head(body: bytes) -> bytes:
    return f"{_code()} {sha256(body).hexdigest()}".encode()


@cache
def _code() -> str:
    """A digest of the code that finds problems."""
    found = blake2b(platform.python_version().encode(), digest_size=20)
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    package = Path(briefsite.__file__).parent
    found.update(digest_files(package / name for name in CODE).encode())
    return found.hexdigest()


def _not_read_yet() -> Document:
    raise RuntimeError("a file is looked for before it is looked into")


def fields_of(problem: Problem) -> tuple[Any, ...]:
    """A problem as a row holds it."""
    p = problem
    return p.path, p.line, p.column, p.code, p.message, p.hint, p.excerpt


def _entry(row: tuple[Any, ...]) -> tuple[tuple[Kind, str], tuple[Entry, str]]:
    kind, raw, digest, name, told, asked, problems = row
    found = tuple(Problem(*problem) for problem in problems)
    return (kind, raw), (Entry(kind, name, _not_read_yet, told, found, asked), digest)
