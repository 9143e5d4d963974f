"""Put a new folder in the place of an old one, in one step where the system can."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def may_replace(folder: Path, mark: str, words: bytes) -> bool:
    """Whether a folder is absent, empty, or ours: it holds a file `mark` that says `words`.

    Anything else may be all that someone has of something.
    """
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    try:
        return words in (folder / mark).read_bytes()
    except OSError:
        return not any(folder.iterdir())


def folder_beside(target: Path) -> Path:
    """An empty folder next to `target`, on its file system, to build in. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    building.chmod(0o755)  # made for its owner alone; what replaces the target is for all
    return building


def replace_folder(new: Path, target: Path) -> None:
    """Make `target` what `new` is; `new` is gone afterwards.

    Both must lie on one file system. On Linux the two are exchanged in one step, so that a reader
    sees the old folder or the new one, never a part; elsewhere the old one is moved aside first,
    and back if the new one cannot take its place.
    """
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new)
        return
    aside = new.with_name(f"{new.name}.old")
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside)


def _exchange(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    code = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(code == 0)
