"""The tree of source files: what is read, and from where."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefsite.load.basemaps import Basemap, read_basemaps
from briefsite.load.characters import HIDDEN
from briefsite.load.document import MAX_BYTES, Document, load_document
from briefsite.load.memory import uncollected
from briefsite.load.nodes import Location
from briefsite.lookalikes import name_lookalikes, plain_letters

Kind = Literal["brief", "registry", "map"]

_TRANSLATION = re.compile(r"briefs/([a-z0-9-]+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.yaml")
_UNSEEN = re.compile(rf"[\t\n\r]|{HIDDEN.pattern}")
SUFFIXES = frozenset({".yaml", ".yml"})
LEADS_ELSEWHERE = "the name leads to something else"
_FOLDERS: tuple[tuple[Kind, str, bool], ...] = (
    ("brief", "briefs", False),
    ("registry", "briefs/registry", True),
    ("map", "maps", False),
)


@dataclass(slots=True)
class Tree:
    """Every source file of a project, by kind and in path order."""

    root: Path
    documents: dict[Kind, list[Document]] = field(
        default_factory=lambda: {"brief": [], "registry": [], "map": []}
    )
    stray: list[Document] = field(default_factory=list)
    """Files that look like sources and lie where none is read."""
    translations: list[Document] = field(default_factory=list)
    """Briefs in other languages, which are held to their originals apart from the rest."""
    basemaps: Mapping[str, Basemap | None] = field(default_factory=dict)
    """What the maps can be drawn on, by name; read only where there are maps."""

    def __iter__(self) -> Iterator[tuple[Kind, Document]]:
        for kind, documents in self.documents.items():
            for document in documents:
                yield kind, document


def load_tree(root: Path) -> Tree:
    """Read `briefs/*.yaml`, `briefs/registry/**/*.yaml` and `maps/*.yaml` below `root`."""
    tree = Tree(root)
    with uncollected():
        for kind, name in list_sources(root):
            tree.documents[kind].append(read_source(root, root / name))
        for name, _, _ in list_translations(root):
            tree.translations.append(read_translation(root, name))
    tree.stray = list_strays(root)
    if tree.documents["map"]:
        tree.basemaps = read_basemaps(root / "maps" / "basemap")
    return tree


def list_sources(root: Path) -> Iterator[tuple[Kind, str]]:
    """The files that are read, relative to the root, by kind and in path order.

    A folder that leads to another place stands for itself, and is refused when it is read.
    """
    for kind, folder, is_deep in _FOLDERS:
        path = root / folder
        if path.is_symlink():
            yield kind, folder
            continue
        for name in sorted(_names_below(os.fspath(path), f"{folder}/", is_deep=is_deep)):
            yield kind, name


def _names_below(folder: str, prefix: str, *, is_deep: bool) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_source = os.path.splitext(entry.name)[1].lower() in SUFFIXES  # noqa: PTH122
                # Of a linked folder in the registry its author believes that it is read.
                if is_source and not is_deep and translation_of(prefix + entry.name):
                    continue
                if is_source or (is_deep and entry.is_symlink()):
                    yield prefix + entry.name
                if is_deep and entry.is_dir(follow_symlinks=False):
                    yield from _names_below(entry.path, f"{prefix}{entry.name}/", is_deep=True)
    except OSError:
        return


def list_translations(root: Path) -> Iterator[tuple[str, str, str]]:
    """Name, brief and language of each translation of a brief, relative to the root, by name."""
    folder = root / "briefs"
    if folder.is_symlink() or not folder.is_dir():
        return
    for name in sorted(f"briefs/{name}" for name in os.listdir(folder)):  # noqa: PTH208, for speed
        if found := translation_of(name):
            yield name, *found


def translation_of(name: str) -> tuple[str, str] | None:
    """Brief and language, if a file's name is that of a translation."""
    match = _TRANSLATION.fullmatch(name)
    return (match[1], match[2]) if match else None


def list_strays(root: Path) -> list[Document]:
    """Files that look like sources and lie where none is read, each with the problem that it is."""
    briefs, maps = root / "briefs", root / "maps"
    return [*_strays(root, briefs, briefs / "registry"), *_strays(root, maps, maps / "basemap")]


def _strays(root: Path, folder: Path, known: Path) -> Iterator[Document]:
    """YAML in folders where nothing is read: whoever put it there believes that it is."""
    closed: list[OSError] = []
    top = os.fspath(folder)
    # Paths are made only of what lies deeper: thousands of files may be where they should.
    deeper = (
        Path(path, name)
        for path, folders, files in os.walk(folder, onerror=closed.append)
        if path != top
        for name in (*folders, *files)
    )
    for path in sorted(deeper):
        if known in path.parents:
            continue
        if path.suffix.lower() in SUFFIXES and path.is_file():
            document = Document(printable_name(path.relative_to(root).as_posix()))
            message = "files in this folder are not read"
            hint = f"move it to {folder.name}/, or to {known.relative_to(root).as_posix()}/"
            hint = hint if folder.name == "briefs" else f"move it to {folder.name}/"
            document.problems.append(document.problem(Location(1, 1), "stray-file", message, hint))
            yield document
    # What lies in a folder that cannot be listed would be missing without a word.
    for error in closed:
        if not isinstance(error, FileNotFoundError):
            name = Path(error.filename).relative_to(root).as_posix()
            yield _unreadable(printable_name(name), error)


def address(path: str) -> str:
    """The address that a file's name gives, mended if it is none."""
    name = path.rsplit("/", 1)[-1]
    stem = name[: name.rindex(".")] if "." in name else name
    return (
        re.sub(r"[^a-z0-9]+", "-", plain_letters(stem).lower()).strip("-")[:64].strip("-")
        or "a-name"
    )


def walk(folder: Path, *, failed: Callable[[OSError], object] | None = None) -> Iterator[Path]:
    """Everything below a folder; `failed` is told of each folder that cannot be listed.

    No link is followed: the whole machine may be behind one.
    """
    for path, folders, files in os.walk(folder, onerror=failed):
        yield from (Path(path, name) for name in (*folders, *files))


def refused(name: str) -> Document:
    """A file that is none: a link or a device."""
    document = Document(name)
    where, message = Location(1, 1), LEADS_ELSEWHERE
    hint = "put the file itself in its place: no link is followed"
    document.problems.append(document.problem(where, "not-a-plain-file", message, hint))
    return document


def printable_name(name: str) -> str:
    """A file's name as it is told: in one line, and without what a terminal would obey."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", os.fsencode(name).decode("utf-8", "replace"))


def read_source(root: Path, path: Path) -> Document:
    """Read one file of the tree. Never raises for what it is or holds."""
    name = printable_name(path.relative_to(root).as_posix())
    if path.is_symlink() or not path.is_file():
        return refused(name)
    try:
        data = read_bytes(path)
    except OSError as error:
        return _unreadable(name, error)
    return read_document(name, data)


def read_translation(root: Path, name: str) -> Document:
    """Read a translation of a brief. Never raises for what it is or holds."""
    path = root / name
    if path.is_symlink() or not path.is_file():
        return refused(name)
    try:
        return load_document(name, read_bytes(path))
    except OSError as error:
        return _unreadable(name, error)


def _unreadable(name: str, error: OSError) -> Document:
    document = Document(name)
    reason = (error.strerror or "unknown reason").lower()
    document.problems.append(document.problem(Location(1, 1), "unreadable-file", reason))
    return document


def read_bytes(path: Path | str) -> bytes:
    """What a file holds, up to one byte more than it may."""
    with open(path, "rb") as file:  # noqa: PTH123, for speed
        # Room for the most there may be takes longer than to read what there is.
        data = file.read(min(os.fstat(file.fileno()).st_size, MAX_BYTES) + 1)
        return data + file.read(MAX_BYTES + 1 - len(data))


def read_document(name: str, data: bytes) -> Document:
    """Read a source file; its path `name`, relative to the project, is looked at too."""
    document = load_document(name, data)
    start = Location(1, 1)
    given, suggestion = name.rsplit("/", 1)[-1], f"{address(name)}.yaml"
    for folder in name.split("/")[:-1]:
        if folder != address(folder):
            message, hint = (
                f"folder '{folder[:80]}' is no address",
                _rename(folder, address(folder)),
            )
            document.problems.append(document.problem(start, "file-name", message, hint))
    if given != suggestion:
        message, hint = f"'{given}' is no address", _rename(given, suggestion)
        document.problems.append(document.problem(start, "file-name", message, hint))
    return document


def _rename(given: str, suggestion: str) -> str:
    named = name_lookalikes(given)
    return f"rename it to '{suggestion}'" + (f"; {named}" if named else "")
