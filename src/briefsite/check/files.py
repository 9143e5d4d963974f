"""The files of a project, each as it was last seen: what nobody has edited is not read again."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from briefsite.cache.inputs import TICK, digest_file
from briefsite.check.entry import Entry
from briefsite.check.on_demand import read_again
from briefsite.load import (
    Kind,
    list_sources,
    printable_name,
    read_bytes,
    read_document,
    read_source,
)
from briefsite.load.document import MAX_BYTES

Stamp = tuple[int, int, int, int]
FileKey = tuple[Kind, str]
"""What a file is for, and its name."""


@dataclass
class Kept:
    """A file as it was last seen."""

    entry: Entry
    digest: str
    """Of what it held; empty if it is no file that can be read."""
    stamp: Stamp | None = None
    seen: int = 0
    """When it was read, in nanoseconds."""


def look(root: Path, known: Mapping[FileKey, Kept]) -> Iterator[tuple[FileKey, Kept]]:
    """The files of a project as they stand now; one that is `known` is the same, unless edited."""
    folder = os.fspath(root)
    for kind, name in list_sources(root):
        kept = known.get((kind, name))
        path = os.path.join(folder, name)  # noqa: PTH118, for speed
        stamp = stamp_of(path)
        if kept is None or stamp is None or stamp != kept.stamp or _is_young(kept):
            kept = _read(root, kind, name, path, stamp, kept)
        yield (kind, name), kept


def _read(
    root: Path, kind: Kind, name: str, path: str, stamp: Stamp | None, kept: Kept | None
) -> Kept:
    printable, seen = printable_name(name), time.time_ns()
    # What is too large is refused, and never read whole.
    is_readable = stamp is not None and stamp[1] <= MAX_BYTES
    if kept is not None and is_readable and _holds(path, kept.digest):
        same = Kept(kept.entry, kept.digest, stamp, seen)
        same.entry.load = partial(read_again, printable, path, kept.digest)
        return same
    try:
        data = read_bytes(path) if stamp is not None else None
    except OSError:
        data = None
    if data is None:
        return Kept(Entry(kind, printable, partial(read_source, root, root / name)), "")
    load = partial(read_document, printable, data)
    return Kept(Entry(kind, printable, load), sha256(data).hexdigest(), stamp, seen)


def _holds(path: str, digest: str) -> bool:
    try:
        return digest_file(path) == digest
    except OSError:
        return False


def stamp_of(path: str) -> Stamp | None:
    """What changes whenever a file does; None if it is no plain file."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _is_young(kept: Kept) -> bool:
    """Whether a file may have changed after it was read, within one tick of its clock."""
    return kept.stamp is None or max(kept.stamp[2:]) + TICK > kept.seen
