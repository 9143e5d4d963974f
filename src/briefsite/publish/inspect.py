"""After publishing: is every file what the manifest says, and each small copy that of its file?"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefsite.publish import offline


def faults(folder: Path, manifest: str) -> list[str]:
    """What is wrong with a published site, in words; `manifest` names the list of its files."""
    try:
        listed: Mapping[str, str] = json.loads((folder / manifest).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return [f"{manifest} cannot be read"]
    return [*_changed(folder, listed, manifest), *_copies(folder), *_archive(folder)]


def _changed(folder: Path, listed: Mapping[str, str], manifest: str) -> Iterator[str]:
    found = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    for name in sorted({*listed, *found} - {manifest}):
        if name not in found:
            yield f"file {name} is in {manifest} and not there"
        elif name not in listed:
            yield f"file {name} is not in {manifest}"
        elif hashlib.sha256(found[name].read_bytes()).hexdigest() != listed[name]:
            yield f"file {name} was changed"


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
        with zipfile.ZipFile(folder / offline.NAME) as archive:
            broken = archive.testzip()
    except (OSError, zipfile.BadZipFile):
        broken = "all of it"
    if broken is not None:
        yield f"file {offline.NAME} cannot be read: {broken}"
