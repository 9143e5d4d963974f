"""The source files of a git revision, read from its objects: nothing is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefsite.load.basemaps import MAX_BASEMAP, Basemaps
from briefsite.load.document import MAX_BYTES, Document, load_document
from briefsite.load.nodes import Location
from briefsite.load.tree import (
    SUFFIXES,
    Kind,
    Tree,
    printable_name,
    read_document,
    refused,
    translation_of,
)

_PLAIN_FILES = frozenset({"100644", "100755"})


class RevisionError(Exception):
    """A revision cannot be read; the message says why."""


class NoRevisionError(RevisionError):
    """There is no such revision."""


def commit_of(root: Path, revision: str) -> str:
    """The full hash of the commit that a branch, tag or hash names. Raises RevisionError."""
    # What starts with a hyphen would be an option of git's.
    if not revision or revision.startswith("-") or not revision.isprintable() or ":" in revision:
        raise NoRevisionError(f"{revision!r} is no revision")
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        return found.decode().strip()
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        if reason:
            raise RevisionError(reason) from None
        raise NoRevisionError(f"git knows no revision {revision!r}{_shallow(root)}") from None


def _shallow(root: Path) -> str:
    """A hint, where a clone has not been given all that there is."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != b"true":
        return ""
    return "\n  hint: this clone is shallow and may lack it: git fetch --unshallow brings the rest"


def load_revision(root: Path, commit: str) -> Tree:
    """Read the source files below `root` as they are at a commit. Raises RevisionError.

    Files in folders where nothing is read are passed over.
    """
    tree = Tree(root)
    try:
        files = _files(root, commit)
        sources = [(kind, file) for file in files if (kind := _kind(file.name)) is not None]
        has_maps = any(kind == "map" for kind, _ in sources)
        grounds = [file for file in files if has_maps and _is_basemap(file)]
        blobs = _blobs(root, [file for _, file in sources if file.is_plain], MAX_BYTES)
        for kind, file in sources:
            tree.documents[kind].append(
                _document(file.name, next(blobs)) if file.is_plain else refused(file.name)
            )
        told = [file for file in files if file.is_plain and translation_of(file.name)]
        for file, data in zip(told, _blobs(root, told, MAX_BYTES), strict=True):
            if data is not None:
                tree.translations.append(load_document(file.name, data))
        found = _blobs(root, grounds, MAX_BASEMAP)
        names = (PurePosixPath(file.name).stem for file in grounds)
        tree.basemaps = Basemaps(dict(zip(names, found, strict=True)))
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip()
        raise RevisionError(f"{commit} cannot be read: {reason}") from None
    return tree


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a commit: its path below the project, and the object that holds its content."""

    name: str
    identity: str
    size: int
    is_plain: bool


def _files(root: Path, commit: str) -> list[_File]:
    """Every file in the folders of sources, by path."""
    listed = _git(root, "ls-tree", "-r", "-l", "-z", commit, "--", "briefs", "maps")
    found = []
    for row in listed.split(b"\0")[:-1]:
        about, _, path = row.partition(b"\t")
        mode, _, identity, size = about.decode().split()
        name = printable_name(os.fsdecode(path))
        plain = mode in _PLAIN_FILES
        found.append(_File(name, identity, int(size) if plain else 0, plain))
    return sorted(found, key=lambda file: file.name)


def _kind(name: str) -> Kind | None:
    """What sort of source file lies at a path; None for no such file."""
    folder, _, file = name.rpartition("/")
    if f".{file.rpartition('.')[2].lower()}" not in SUFFIXES:
        return None
    if folder == "briefs/registry" or folder.startswith("briefs/registry/"):
        return "registry"
    if translation_of(name):
        return None
    return {"briefs": "brief", "maps": "map"}.get(folder)  # type: ignore[return-value]


def _is_basemap(file: _File) -> bool:
    path = PurePosixPath(file.name)
    return file.is_plain and path.match("maps/basemap/*.topojson") and len(path.parts) == 3


def _document(name: str, data: bytes | None) -> Document:
    if data is not None:
        return read_document(name, data)
    document = Document(name)
    message = f"the file has more than {MAX_BYTES:,} bytes"
    document.problems.append(document.problem(Location(1, 1), "file-too-large", message))
    return document


def _blobs(root: Path, files: Sequence[_File], most: int) -> Iterator[bytes | None]:
    """The content of each file, in order; None of one that has more than `most` bytes."""
    asked = "".join(f"{file.identity}\n" for file in files if file.size <= most).encode()
    found, at = _git(root, "cat-file", "--batch=%(objectsize)", input_=asked), 0
    for file in files:
        if file.size > most:
            yield None
            continue
        start = found.index(b"\n", at) + 1
        at = start + file.size + 1
        yield found[start : start + file.size]


def _git(root: Path, *arguments: str, input_: bytes = b"") -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True, input=input_).stdout
    except OSError as error:
        raise RevisionError(f"git cannot be run: {error.strerror}") from None
