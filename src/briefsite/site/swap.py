"""Put a new folder in the place of an old one, in one step where the system can."""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import re
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefsite.processes import hand_over

try:
    import fcntl
except ImportError:  # there, builds must not run side by side
    fcntl = None  # type: ignore[assignment]

MACHINE_ERRORS = frozenset(
    {
        errno.EACCES,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EIO,
        errno.EMFILE,
        errno.ENOSPC,
        errno.EPERM,
        errno.EROFS,
    }
)
"""Errors that no author and no programmer has made: a full disk, a file that may not be read."""

_ON_LINUX = sys.platform == "linux"
_ONLY_FOLDERS = getattr(os, "O_DIRECTORY", 0)
"""To open a pipe waits for whoever writes into it."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_ASIDE = ".old"
_SPARE = "spare"
_MODE = 0o755
_MANY = 1_000
"""From how many folders on nobody waits for them to be removed: a disk takes a second and more."""
_LEFT = re.compile(rf"(?:[a-z0-9_]{{8}}|{_SPARE})(?:{re.escape(_ASIDE)})?")
"""The end of a name that `mkdtemp` makes, and of a spare folder, which no build has taken up."""


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


class Building:
    """A folder to build in, next to `target` and on its file system. Raises OSError.

    It is held until it is closed, or the process ends in whatever way: what was left there by
    builds that were killed, and is held no more, is removed first. `folder` is where it is.
    """

    def __init__(self, target: Path) -> None:
        self._spare, self._has_spare = spare(target), False
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        self.folder = self._make(target)
        self._held = _hold(self.folder)
        # Another build may have swept it away in the moment before it was held.
        while not self.folder.exists():
            self.close()
            self.folder = self._make(target)
            self._held = _hold(self.folder)

    @staticmethod
    def _make(target: Path) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        folder.chmod(_MODE)  # made for its owner alone; what replaces the target is for all
        return folder

    def take_up(self, held: int) -> bool:
        """Have the spare folder, which this build holds, where nothing is yet; tells if it is."""
        if not _rename(self._spare, self.folder):
            return False
        self.close()
        self._has_spare = os.path.samestat(self.folder.lstat(), os.fstat(held))
        if not self._has_spare:  # another build has laid its own by, where somebody removed ours
            if not _rename(self.folder, self._spare):
                remove_folder(self.folder)
            self.folder.mkdir()
            self.folder.chmod(_MODE)
        self._held = held if self._has_spare else _hold(self.folder)
        return self._has_spare

    def lay_by(self) -> None:
        """Leave it as the spare folder, unless there is one."""
        if not _rename(self.folder, self._spare):
            remove_folder(self.folder)
        self.close()

    def close(self) -> None:
        """Let others sweep it away."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def discard(self) -> None:
        """Remove it with all that it holds; what was spare is so again."""
        if not (self._has_spare and _rename(self.folder, self._spare)):
            remove_folder(self.folder)
        self.close()


def former(target: Path) -> Path:
    """Where the folder is kept that publishing has replaced."""
    return target.with_name(f".{target.name}-before")


def spare(target: Path) -> Path:
    """Where the folder is that a build has replaced, for the next one to build in."""
    return target.with_name(f".{target.name}-{_SPARE}")


def take_spare(target: Path) -> int | None:
    """A descriptor that holds the spare folder; None if there is none that may be built in.

    Another build may have it, or another user, or another disk.
    """
    folder = spare(target)
    held = _hold(folder)
    if held is None:
        return None
    try:
        state, beside = folder.lstat(), folder.parent.stat()
        # It may be a link, or another build may have put it in place before it was held.
        is_there = stat.S_ISDIR(state.st_mode) and os.path.samestat(state, os.fstat(held))
        if is_there and (state.st_uid, state.st_dev) == (os.geteuid(), beside.st_dev):
            os.fchmod(held, _MODE)
            return held
    except OSError:
        pass
    os.close(held)
    return None


def replace_folder(new: Path, target: Path, *, keep: bool = False, lay_by: bool = False) -> bool:
    """Make `target` what `new` is; `new` is gone afterwards. With `keep` the old one is kept; with
    `lay_by` it becomes spare, if there is no other.

    Tells whether no file of it was removed, which changes the state of a file that stands in both.

    Both must lie on one file system. On Linux the two are exchanged in one step, so that a reader
    sees the old folder or the new one, never a part; elsewhere the old one is moved aside first,
    and back if the new one cannot take its place.

    What was replaced and not kept has no file any more then; if there are thousands of folders,
    they are taken away by a process that nobody waits for. Raises OSError.
    """
    if not target.exists():
        try:
            new.rename(target)
        except OSError:
            if not target.exists():  # if it is there, another build was faster
                raise
        else:
            return True
    held = _hold(target)  # once it is replaced, nobody but us may remove it
    try:
        old = _replace(new, target)
        if lay_by and _rename(old, spare(target)):
            return True
        if keep:
            _keep(old, former(target))
            if held is not None:
                os.close(held)
            held = _hold(old)  # what was kept until now, if there was any
        if old.exists():
            if old.name.endswith(_ASIDE):  # or what is left of it could be put back
                old = old.rename(old.with_name(old.name.removesuffix(_ASIDE)))
            _remove(old, held)
    finally:
        if held is not None:
            os.close(held)
    return False


def publish_folder(new: Path, target: Path, *, keep: bool = True) -> None:
    """The same for what readers see: power can be lost at any moment.

    All files are on the disk before the new folder takes its place, and that it did, afterwards.
    Raises OSError, also for what the disk tells of only then; UnsettledError if it is in its place.
    """
    _settle(new)
    replace_folder(new, target, keep=keep)
    _settle_name(target)


class UnsettledError(OSError):
    """A folder is where it should be, and the disk may not hold that if power is lost now."""


def _settle_name(target: Path) -> None:
    try:
        _settle(target.parent)
    except OSError as error:
        raise UnsettledError(error.errno, error.strerror, os.fspath(target)) from error


def _settle(folder: Path) -> None:
    """Have the disk hold all that was written to a folder's file system, in one call."""
    sync = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if _ON_LINUX else None
    if sync is None:
        getattr(os, "sync", lambda: None)()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if sync(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), os.fspath(folder))
    finally:
        os.close(descriptor)


def _remove(old: Path, held: int | None) -> None:
    remove = partial(remove_folder, old)
    # It holds the folder for as long as it works there, so that no build takes it for left behind.
    if _empty(old) < _MANY or held is None or not hand_over(remove, held):
        remove()


def _empty(folder: Path) -> int:
    """Remove all files below a folder, as far as they can be; gives how many folders there are."""
    count = 0
    with suppress(OSError, RecursionError):
        for _, _, names, descriptor in os.fwalk(folder, topdown=False):
            count += 1
            for name in names:
                with suppress(OSError):
                    os.unlink(name, dir_fd=descriptor)
    return count


def remove_folder(folder: Path) -> None:
    """Remove a folder, as far as it can be."""
    with suppress(RecursionError):  # it is deeper than any of ours, and stays
        shutil.rmtree(folder, ignore_errors=True)


def roll_back(target: Path) -> None:
    """Exchange a folder with the one that it has replaced; once more, and all is as before.

    Raises OSError; UnsettledError if it is done.
    """
    before = former(target)
    if not _exchange(before, target):
        aside = before.with_name(f"{before.name}.old")
        target.rename(aside)
        before.rename(target)
        aside.rename(before)
    _settle_name(target)


def _replace(new: Path, target: Path) -> Path:
    """Exchange two folders; gives the place of the old one."""
    if _exchange(new, target):
        return new
    aside = new.with_name(f"{new.name}{_ASIDE}")
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    return aside


def _rename(folder: Path, place: Path) -> bool:
    try:
        folder.rename(place)
    except OSError:  # another one is there, or this one is gone
        return False
    return True


def _keep(old: Path, before: Path) -> None:
    if before.exists() and not _exchange(old, before):
        shutil.rmtree(before)
    if not before.exists():
        old.rename(before)


def _sweep(target: Path) -> None:
    """Remove what builds have left beside a folder; what they left in its place is put back."""
    for path in sorted(target.parent.glob(f".{glob.escape(target.name)}-*")):
        if not _LEFT.fullmatch(path.name.removeprefix(f".{target.name}-")) or path.is_symlink():
            continue
        held = _hold(path)
        if held is None:
            continue
        try:
            if path.name.endswith(_ASIDE) and not target.exists():
                path.rename(target)
            else:
                _remove(path, held)
        finally:
            os.close(held)


def _hold(folder: Path) -> int | None:
    """A descriptor that holds a folder until it is closed; None if another has it, or none can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | _ONLY_FOLDERS)
    except OSError:
        return None
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _exchange(one: Path, other: Path) -> bool:
    if not _ON_LINUX:
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    code = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(code == 0)
