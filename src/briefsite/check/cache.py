"""What was found out about each file of a project, kept between two runs of the command line.

It is kept in the user's own cache, never in the project: what a project brings along could be
made up by whoever proposes a change, and would hide its mistakes. Files are known by what they
hold, not by their time. The cache holds plain JSON, is written in one step, and is ignored if
it is broken or was written by another version of the code.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import briefsite
from briefsite.cache.folder import forget_oldest, write_whole
from briefsite.cache.inputs import digest_files
from briefsite.check.entry import Entry, Findings, Told
from briefsite.check.index import Ids
from briefsite.check.publication import Share
from briefsite.check.translations import Found
from briefsite.load import Document, Kind, uncollected
from briefsite.report import Problem

MAX_PROJECTS = 16
MAX_BYTES = 256 << 20
NOTHING = Findings({})
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
    return folder / "briefsite" / of / f"{name}.json"


def read_cache(path: Path) -> Findings:
    """What is known of a project; nothing if there is no cache that can be relied on."""
    try:
        first, *rows = read_rows(path)
        basemaps, day = json.loads(first)
        with uncollected():
            return Findings(dict(map(_entry, rows)), basemaps, day)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return NOTHING


def write_cache(path: Path, findings: Findings) -> None:
    """Keep what is known of a project. Never raises for what the disk does."""
    rows = [
        entry.row or row_of(key, entry, digest) for key, (entry, digest) in findings.files.items()
    ]
    write_rows(path, [written([findings.basemaps, findings.day]), *rows])


def read_translated(path: Path) -> Mapping[str, Found]:
    """What is known of the translations of a project, by file; without what they say."""
    try:
        return {
            name: Found(state, maps, tuple(Problem(*problem) for problem in problems))
            for name, state, maps, problems in map(json.loads, read_rows(path))
        }
    except (ValueError, TypeError, RecursionError):
        return {}


def write_translated(path: Path, found: Mapping[str, Found]) -> None:
    """Keep what is known of translations. Never raises for what the disk does."""
    rows = (
        [name, each.state, each.maps, list(map(fields_of, each.problems))]
        for name, each in found.items()
    )
    write_rows(path, list(map(written, rows)))


def read_rows(path: Path) -> Sequence[bytes]:
    """The rows that were written, if they are whole and were found by this very code."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return ()
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return ()
    return body.split(b"\n") if head == _head(body) else ()


def write_rows(path: Path, rows: Sequence[bytes]) -> None:
    """Keep some rows. Never raises for what the disk does."""
    body = b"\n".join(rows)
    with suppress(OSError):
        write_whole(path, _head(body) + b"\n" + body)
        forget_oldest(path.parent, MAX_PROJECTS)


def _head(body: bytes) -> bytes:
    return f"{_code()} {blake2b(body, digest_size=20).hexdigest()}".encode()


@cache
def _code() -> str:
    """A digest of the code that finds problems."""
    found = blake2b(platform.python_version().encode(), digest_size=20)
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    package = Path(briefsite.__file__).parent
    found.update(digest_files(package / name for name in CODE).encode())
    return found.hexdigest()


def written(row: list[Any]) -> bytes:
    """A row as it is kept."""
    return json.dumps(row, separators=(",", ":")).encode()


def _not_read_yet() -> Document:
    raise RuntimeError("a file is looked for before it is looked into")


def row_of(key: tuple[Kind, str], entry: Entry, digest: str) -> bytes:
    """What is known of one file, as a cache keeps it."""
    told, ids, share = entry.told, entry.told.ids, entry.told.share
    row = [
        *key,
        entry.name,
        digest,
        [
            ids.defined,
            ids.public_from and ids.public_from.isoformat(),
            ids.incomplete,
            ids.possible,
            ids.nameless,
            ids.former,
        ],
        told.links,
        [share.is_brief, share.is_unread, share.publishes, share.may_publish],
        told.named,
        told.former,
        told.names,
        told.days,
        told.year,
        told.reads,
        told.answers,
        told.held,
        list(map(fields_of, entry.problems)),
        sorted(entry.asked),
    ]
    return written(row)


def fields_of(problem: Problem) -> list[Any]:
    """A problem as a row holds it."""
    p = problem
    return [p.path, p.line, p.column, p.code, p.message, p.hint, p.excerpt]


def _entry(row: bytes) -> tuple[tuple[Kind, str], tuple[Entry, str]]:
    kind, raw, name, digest, ids, links, share, *more, problems, asked = json.loads(row)
    defined, since, incomplete, possible, nameless, renamed = ids
    named, former, names, days, year, reads, answers, held = more
    told = Told(
        Ids(
            tuple((k, i, tuple(path)) for k, i, path in defined),
            since and datetime.date.fromisoformat(since),
            tuple(incomplete),
            tuple(possible),
            tuple(nameless),
            tuple(map(tuple, renamed)),
        ),
        {key: tuple((i, t, tuple(path)) for i, t, path in each) for key, each in links.items()},
        Share(*share),
        tuple((o and (o[0], o[1]), tuple((k, i) for k, i in below)) for o, below in named),
        tuple((k, i, tuple(path), used) for k, i, path, used in former),
        tuple((key, name, i, tuple(apart), n) for key, name, i, apart, n in names),
        tuple(days),
        year,
        reads,
        answers,
        held,
    )
    entry = Entry(kind, name, _not_read_yet)
    entry.told = told
    entry.problems = tuple(Problem(*problem) for problem in problems)
    entry.asked = frozenset(asked)
    entry.row = row
    return (kind, raw), (entry, digest)
