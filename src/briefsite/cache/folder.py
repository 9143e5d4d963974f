"""Where things are kept, and how they are written.

The user's own cache, never the project: what a project brings along could be made up by whoever
proposes a change, and would then stand for what was built or checked.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

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


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it finds the old one or the new one. Raises OSError.

    It is for its owner alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def forget_oldest(folder: Path, most: int) -> None:
    """Keep the newest files of a folder, `most` of them. Never raises for what the disk does."""
    with suppress(OSError):
        found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[most:]:
            path.unlink(missing_ok=True)
