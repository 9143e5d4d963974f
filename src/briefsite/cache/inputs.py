"""What a build depends on, as digests: files by what they hold, code, packages, the environment."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISREG

_PACKAGE = Path(__file__).parents[1]
_SIZE = 20
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_CODE = (".dist-info", ".egg-info")


class DoubtError(Exception):
    """Something cannot be told for sure, so that nothing may be concluded from it."""


def digest_of(parts: Iterable[bytes]) -> str:
    """One digest, in hexadecimal, of some byte strings in their order."""
    digest = blake2b(digest_size=_SIZE)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    """The digest of some files, and of all files below some folders, with their names.

    Times count for nothing. Raises DoubtError where anything cannot be read.
    """
    rows = (row for path in paths for row in _contents(os.fspath(path)))
    return digest_of(part for row in rows for part in row)


def _contents(path: str) -> Iterator[tuple[bytes, bytes]]:
    name = os.fsencode(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - of ten thousand files, half the time
        if S_ISDIR(mode):
            if os.path.islink(path):  # noqa: PTH114
                raise DoubtError(path)
            yield name, b"folder"
            for below in sorted(os.listdir(path)):  # noqa: PTH208
                if below != "__pycache__":
                    yield from _contents(f"{path}/{below}")
        elif S_ISREG(mode):
            with open(path, "rb") as file:  # noqa: PTH123
                yield name, b"file" + file.read()
        else:
            raise DoubtError(path)
    except FileNotFoundError:
        yield name, b"nothing"
    except OSError as error:
        raise DoubtError(path) from error


def digest_program() -> str:
    """The digest of all that does the work: this code, Python, and every package there is."""
    packages = sorted(
        f"{name}:{_changed(Path(folder) / name)}"
        for folder in {os.path.realpath(each) for each in sys.path if os.path.isdir(each)}  # noqa: PTH112
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith(_CODE)
    )
    return digest_of([sys.version.encode(), "\n".join(packages).encode(), _own().encode()])


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns  # a package of the same version may have been built anew


def _own() -> str:
    return digest_files([_PACKAGE])


def digest_variables(settings: bytes) -> str:
    """The digest of the environment, as far as a text of settings names its variables."""
    names = {os.fsdecode(name) for name in _WORD.findall(settings)}
    found = sorted((name, os.environ[name]) for name in names if name in os.environ)
    return digest_of(os.fsencode(part) for pair in found for part in pair)
