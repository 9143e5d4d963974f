"""The tree of source files: what is read, and from where."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefsite.load.basemaps import Basemap, read_basemaps
from briefsite.load.document import MAX_BYTES, Document, load_document
from briefsite.load.nodes import Location

Kind = Literal["brief", "registry", "map"]

SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(slots=True)
class Tree:
    """Every source file of a project, by kind and in path order."""

    root: Path
    documents: dict[Kind, list[Document]] = field(
        default_factory=lambda: {"brief": [], "registry": [], "map": []}
    )
    stray: list[Document] = field(default_factory=list)
    """Files that look like sources and lie where none is read."""
    basemaps: Mapping[str, Basemap | None] = field(default_factory=dict)
    """What the maps can be drawn on, by name; read only where there are maps."""

    def __iter__(self) -> Iterator[tuple[Kind, Document]]:
        for kind, documents in self.documents.items():
            for document in documents:
                yield kind, document


def load_tree(root: Path) -> Tree:
    """Read `briefs/*.yaml`, `briefs/registry/**/*.yaml` and `maps/*.yaml` below `root`."""
    tree = Tree(root)
    briefs, registry, maps = root / "briefs", root / "briefs" / "registry", root / "maps"
    tree.documents["brief"] = _read_all(root, briefs)
    tree.documents["registry"] = _read_all(root, registry, deep=True)
    tree.documents["map"] = _read_all(root, maps)
    tree.stray = [*_strays(root, briefs, registry), *_strays(root, maps, maps / "basemap")]
    if tree.documents["map"]:
        tree.basemaps = read_basemaps(maps / "basemap")
    return tree


def _strays(root: Path, folder: Path, known: Path) -> Iterator[Document]:
    """YAML in folders where nothing is read: whoever put it there believes that it is."""
    closed: list[OSError] = []
    for path in sorted(walk(folder, failed=closed.append)):
        if path.parent == folder or known in path.parents:
            continue
        if path.suffix.lower() in SUFFIXES and path.is_file():
            document = Document(_printable(root, path))
            message = "files in this folder are not read"
            hint = f"move it to {folder.name}/, or to {known.relative_to(root).as_posix()}/"
            hint = hint if folder.name == "briefs" else f"move it to {folder.name}/"
            document.problems.append(document.problem(Location(1, 1), "stray-file", message, hint))
            yield document
    # What lies in a folder that cannot be listed would be missing without a word.
    for error in closed:
        if not isinstance(error, FileNotFoundError):
            yield _unreadable(_printable(root, Path(error.filename)), error)


def address(path: str) -> str:
    """The address that a file's name gives, mended if it is none."""
    name = path.rsplit("/", 1)[-1]
    stem = name[: name.rindex(".")] if "." in name else name
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:64].strip("-") or "a-name"


def _read_all(root: Path, folder: Path, *, deep: bool = False) -> list[Document]:
    if folder.is_symlink():
        return [refused(folder.relative_to(root).as_posix())]
    found = [path for path in walk(folder, deep=deep) if path.suffix.lower() in SUFFIXES]
    # Of a linked folder in the registry its author believes that it is read.
    found += [path for path in walk(folder, deep=deep) if deep and path.is_symlink()]
    return [_read(root, path) for path in sorted({*found}, key=lambda path: path.as_posix())]


def walk(
    folder: Path, *, deep: bool = True, failed: Callable[[OSError], object] | None = None
) -> Iterator[Path]:
    """Everything below a folder, or in it alone; `failed` is told of each that cannot be listed.

    No link is followed: the whole machine may be behind one.
    """
    for path, folders, files in os.walk(folder, onerror=failed):
        yield from (Path(path, name) for name in (*folders, *files))
        if not deep:
            return


def refused(name: str) -> Document:
    """A file that is none: a link or a device."""
    document = Document(name)
    where, message = Location(1, 1), "the name leads to something else"
    document.problems.append(document.problem(where, "not-a-plain-file", message))
    return document


def _read(root: Path, path: Path) -> Document:
    name = _printable(root, path)
    if path.is_symlink() or not path.is_file():
        return refused(name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(name, error)
    return read_document(name, data)


def _printable(root: Path, path: Path) -> str:
    # A name of bytes that are not UTF-8 must still be printable.
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")


def _unreadable(name: str, error: OSError) -> Document:
    document = Document(name)
    reason = (error.strerror or "unknown reason").lower()
    document.problems.append(document.problem(Location(1, 1), "unreadable-file", reason))
    return document


def read_document(name: str, data: bytes) -> Document:
    """Read a source file; its path `name`, relative to the project, is looked at too."""
    start = Location(1, 1)
    document = load_document(name, data)
    given, suggestion = name.rsplit("/", 1)[-1], f"{address(name)}.yaml"
    for folder in name.split("/")[:-1]:
        if folder != address(folder):
            message, hint = (
                f"folder '{folder[:80]}' is no address",
                f"rename it to '{address(folder)}'",
            )
            document.problems.append(document.problem(start, "file-name", message, hint))
    if given != suggestion:
        message, hint = f"'{given}' is no address", f"rename it to '{suggestion}'"
        document.problems.append(document.problem(start, "file-name", message, hint))
    return document
