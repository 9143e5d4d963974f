"""What a build depends on, as digests: files by what they hold, code, packages, the environment."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

_PACKAGE = Path(__file__).parents[1]
SIZE = 20
"""Bytes of a digest."""
TICK = 50_000_000
"""Nanoseconds within which a file may be written to twice without another time."""
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_CODE = (".dist-info", ".egg-info")
_FILE = b"file"


class DoubtError(Exception):
    """Something cannot be told for sure, so that nothing may be concluded from it."""


def digest_of(parts: Iterable[bytes]) -> str:
    """One digest, in hexadecimal, of some byte strings in their order."""
    text = b"".join([b"%d:%b" % (len(part), part) for part in parts])
    return blake2b(text, digest_size=SIZE).hexdigest()


def digest_file(path: str) -> str:
    """SHA-256 of what a file holds, in hexadecimal. Raises OSError.

    A build asks several times, to see whether anybody has edited meanwhile: as long as the system
    describes the file as it did, it is not read again.
    """
    return _digest(path, os.stat(path))  # noqa: PTH116 - of ten thousand files, half the time


def _digest(path: str, stat: os.stat_result) -> str:
    if max(stat.st_mtime_ns, stat.st_ctime_ns) + TICK > time.time_ns():
        return _read_digest(path)  # it may be written to once more before its time is another
    return _known_digest(path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@lru_cache(maxsize=1 << 16)
def _known_digest(path: str, *_: int) -> str:
    return _read_digest(path)


def _read_digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return sha256(file.read()).hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    """The digest of some files, and of all files below some folders, with their names.

    Times count for nothing. Raises DoubtError where anything cannot be read.
    """
    rows = (row for path in paths for row in _contents(os.fspath(path)))
    return digest_of(part for row in rows for part in row)


def digest_apart(paths: Iterable[Path], folder: Path, suffix: str) -> tuple[str, str]:
    """Two digests of the same: one of what those files hold that are directly in a folder and have
    a suffix, one of all else, and of their names.

    Raises DoubtError where anything cannot be read.
    """
    start, end = os.fsencode(f"{folder}/"), os.fsencode(suffix)
    apart: list[bytes] = []
    others: list[bytes] = []
    for name, content in (row for path in paths for row in _contents(os.fspath(path))):
        is_there = name.startswith(start) and b"/" not in name[len(start) :]
        is_apart = is_there and name.endswith(end) and content.startswith(_FILE)
        others += (name, b"" if is_apart else content)
        if is_apart:
            apart.append(content)
    return digest_of(apart), digest_of(others)


def _contents(path: str) -> Iterator[tuple[bytes, bytes]]:
    name = os.fsencode(path)
    try:
        stat = os.stat(path)  # noqa: PTH116 - of ten thousand files, half the time
        if S_ISDIR(stat.st_mode):
            if os.path.islink(path):  # noqa: PTH114
                raise DoubtError(path)
            yield name, b"folder"
            for below in sorted(os.listdir(path)):  # noqa: PTH208
                if below != "__pycache__":
                    yield from _contents(f"{path}/{below}")
        elif S_ISREG(stat.st_mode):
            yield name, _FILE + _digest(path, stat).encode()
        else:
            raise DoubtError(path)
    except FileNotFoundError:
        yield name, b"nothing"
    except OSError as error:
        raise DoubtError(path) from error


def running_program() -> str:
    """The digest of the program as it was when this process first asked, which was before it loaded
    most of it. Whoever must know whether it was edited since asks `digest_program`.
    """
    return _program_of(tuple(sys.path))


@lru_cache(maxsize=1)
def _program_of(_: tuple[str, ...]) -> str:
    return digest_program()


def digest_program() -> str:
    """The digest of all that does the work: this code, Python, and every package there is."""
    try:
        packages = sorted(
            f"{name}:{_changed(Path(folder) / name)}"
            for folder in {os.path.realpath(each) for each in sys.path if os.path.isdir(each)}  # noqa: PTH112
            for name in os.listdir(folder)  # noqa: PTH208
            if name.endswith(_CODE)
        )
        own = digest_files([_PACKAGE])
    except (DoubtError, OSError):
        return os.urandom(SIZE).hex()  # what cannot be told is never the same
    return digest_of([sys.version.encode(), "\n".join(packages).encode(), own.encode()])


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns  # a package of the same version may have been built anew


def digest_variables(settings: bytes) -> str:
    """The digest of the environment, as far as a text of settings names its variables."""
    names = {os.fsdecode(name) for name in _WORD.findall(settings)}
    found = sorted((name, os.environ[name]) for name in names if name in os.environ)
    return digest_of(os.fsencode(part) for pair in found for part in pair)
