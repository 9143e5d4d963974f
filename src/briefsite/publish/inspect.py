"""After publishing: is each small copy that of its file, and can the copy to take along be read?"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from briefsite.publish import OFFLINE_COPY

_UNREADABLE = (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)
"""What is met in a zip that was damaged: it may seem to be packed in a way that nobody knows."""


def faults(folder: Path) -> list[str]:
    """What is wrong with what only a published site has, in words."""
    return [*_copies(folder), *_archive(folder)]


def _copies(folder: Path) -> Iterator[str]:
    import brotli

    unpack = {".gz": gzip.decompress, ".br": brotli.decompress}
    for path in sorted(folder.rglob("*")):
        if path.suffix in unpack:
            try:
                same = unpack[path.suffix](path.read_bytes()) == path.with_suffix("").read_bytes()
            except (OSError, EOFError, zlib.error, brotli.error):
                same = False
            if not same:
                yield f"file {path.relative_to(folder).as_posix()} is no copy of its file"


def _archive(folder: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(folder / OFFLINE_COPY) as archive:
            broken = next(_unreadable(archive), None)
    except _UNREADABLE:
        broken = "all of it"
    if broken is not None:
        yield f"file {OFFLINE_COPY} cannot be read: {broken}"


def _unreadable(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        try:
            archive.read(entry)
        except _UNREADABLE:
            yield entry.filename
