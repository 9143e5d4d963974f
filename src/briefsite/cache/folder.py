"""Where things are kept, and how they are written.

The user's own cache, never the project: what a project brings along could be made up by whoever
proposes a change, and would then stand for what was built or checked.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from briefsite.cache.inputs import digest_of

VARIABLE = "BRIEFSITE_CACHE"


def cache_folder(given: str | os.PathLike[str] | None = None) -> Path | None:
    """The folder for all that is kept: `given`, or as the environment says, or the user's own.

    None if the user has none.
    """
    chosen = given or os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).absolute()
    try:
        user = os.environ.get("XDG_CACHE_HOME", "")
        folder = Path(user) if Path(user).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return folder / "briefsite"


def is_ours(path: Path) -> bool:
    """Whether nobody else can write to a file or folder. Raises OSError."""
    if not hasattr(os, "getuid"):
        return True
    stat = path.stat()
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


def own_folder(folder: Path, kind: str, root: Path) -> Path | None:
    """The folder for what is kept of one kind for a project; None if it is not ours alone."""
    found = folder / kind / digest_of([os.fsencode(root.resolve())])
    try:
        found.mkdir(parents=True, exist_ok=True, mode=0o700)
        return found if is_ours(found) else None
    except OSError:
        return None


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file in one step: whoever reads it finds the old one or the new one. Raises OSError.

    It is for its owner alone, unless `mode` says otherwise.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if mode != 0o600:
            Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def forget_oldest(folder: Path, most: int) -> None:
    """Keep the newest files and folders in a folder, `most` of them. Never raises for what the disk
    does.
    """
    with suppress(OSError):
        found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[most:]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
