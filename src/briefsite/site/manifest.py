"""The build manifest: every file of a site with its hash, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import NamedTuple

import briefsite
from briefsite.cache.inputs import digest_file
from briefsite.cache.survey import State, Survey, survey
from briefsite.processes import shared_map
from briefsite.project import Project

NAME = "build-manifest.json"
SIGN = b'"generator": {\n  "briefsite":'
"""What a manifest of ours holds, and one of another program does not."""

_REVISION, _INPUTS, _FILES = b'\n "revision": ', b'\n "inputs": {', b'\n "files": {'
"""How parts of a manifest begin; what is in one is indented further."""
_MANY = 4_000
"""From how many files on another process is worth its start, if none was read before."""


class Placed(NamedTuple):
    """A file as it was left: SHA-256 in hexadecimal, bytes, when it was written, and its number."""

    digest: str
    size: int
    written: int
    inode: int

    def is_as(self, state: State) -> bool:
        """Whether a file is the same, and nobody has written to it since."""
        return state[1:4] == self[1:]


def list_files(
    folder: Path,
    placed: Mapping[str, Placed] = MappingProxyType({}),
    found: Survey | None = None,
) -> dict[str, str]:
    """The files of a built site: name → SHA-256 of each, in hexadecimal.

    Those that were `found` in the folder as they were `placed` are not read again.
    """
    found = survey(folder) if found is None else found
    known = {
        name: placed[name].digest
        for name, state in found.items()
        if name in placed and state is not None and placed[name].is_as(state)
    }
    return _hashes(folder, _files(found), known)


def manifest(
    files: Mapping[str, str],
    root: Path,
    as_of: str,
    engine: Mapping[str, str],
    *,
    revised: str | None = None,
    preview: bool = False,
) -> bytes:
    """The manifest of a site of such `files` as JSON.

    `as_of` is the day the site speaks from, `preview` whether it shows what is not public yet;
    `engine` names the programs that built it, with their versions; `code` is the hash of briefsite
    itself. The git revision, if there is one, stands here and nowhere else, so that a shallow clone
    builds the same pages.
    """
    document = {
        "generator": {"briefsite": briefsite.__version__, **engine},
        "as_of": as_of,
        **({"preview": True} if preview else {}),
        "revision": revised,
        "code": _code(),
        "inputs": inputs(root),
        "files": dict(files),
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def renew(
    before: bytes, files: Mapping[str, str], inputs: Mapping[str, str], revised: str | None
) -> bytes | None:
    """The manifest of the same site, of which some files and inputs hold something else, and the
    revision is another: what `manifest` would write, from the text that it has written `before`.

    None if that names one of them nowhere.
    """
    origin, revision_mark, rest = before.partition(_REVISION)
    _, comma, rest = rest.partition(b",\n")
    code, inputs_mark, rest = rest.partition(_INPUTS)
    sources, files_mark, rest = rest.partition(_FILES)
    head = [origin, revision_mark, json.dumps(revised).encode(), comma, code, inputs_mark]
    middle, tail = _spliced(sources, inputs), _spliced(rest, files)
    if not files_mark or middle is None or tail is None:
        return None
    return b"".join([*head, middle, files_mark, tail])


def _spliced(text: bytes, hashes: Mapping[str, str]) -> bytes | None:
    """A part of a manifest with other hashes; it names files folder by folder, each once."""
    pieces, end = [], 0
    for name in sorted(hashes, key=_by_folder):
        key = b'\n  %b: "' % json.dumps(name).encode()
        at = text.find(key, end)
        start = at + len(key)
        pieces += [text[end:start], hashes[name].encode()]
        end = start + len(hashes[name])
        if at < 0 or text[end : end + 1] != b'"':
            return None
    return b"".join([*pieces, text[end:]])


def inputs(root: Path) -> dict[str, str]:
    """What a site is made from: path in the project → SHA-256 of each file, in hexadecimal."""
    return _hashes(root, filter(partial(_is_plain, root), _sources(root)))


def _sources(root: Path) -> Iterator[str]:
    yield "mkdocs.yml"
    project = Project(root)
    for folder in (*project.watched, project.docs):
        for path, _, names in os.walk(folder):
            below = os.path.relpath(path, root).replace(os.sep, "/")
            yield from (f"{below}/{name}" for name in names)


def _hashes(
    root: Path, names: Iterable[str], known: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    found = sorted(names, key=_by_folder)
    others = [name for name in found if name not in known]
    hashes = shared_map(digest_file, [f"{root}/{name}" for name in others], least=_MANY)
    whole = {**known, **dict(zip(others, hashes, strict=True))}
    return {name: whole[name] for name in found}


def _by_folder(name: str) -> str:
    return name.replace("/", "\0")


def _is_plain(root: Path, name: str) -> bool:
    if "/." in f"/{name}":
        return False
    try:
        return S_ISREG(os.lstat(f"{root}/{name}").st_mode)  # a link is none
    except FileNotFoundError:
        return False


def _files(found: Survey) -> Iterator[str]:
    """The names of the files of a site; a link is none, and no manifest lists itself."""
    for name, state in found.items():
        if state is not None and S_ISREG(state[0]) and name.rpartition("/")[2] != NAME:
            yield name


def _code() -> str:
    package = Path(briefsite.__file__).parent
    found = _files(survey(package))
    names = (name for name in found if "__pycache__" not in name.split("/"))
    return hashlib.sha256(json.dumps(_hashes(package, names)).encode()).hexdigest()


def altered(folder: Path) -> list[str]:
    """In what the files of a site are not those that its manifest lists, in words."""
    listed = _listed(folder, "files")
    if listed is None:
        return [f"{NAME} cannot be read"]
    found = _hashes(folder, _files(survey(folder)))
    return list(_told(listed, found))


def renewed(folder: Path, root: Path) -> list[str]:
    """The inputs of a site that are no longer what it was made from, in words."""
    listed, found = _listed(folder, "inputs") or {}, inputs(root)
    changed = (name for name in {*listed, *found} if listed.get(name) != found.get(name))
    return [f"{name} is not what the site was made from" for name in sorted(changed)]


def _told(listed: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*listed, *found}):
        if name not in found:
            yield f"file {name} is in {NAME} and not there"
        elif name not in listed:
            yield f"file {name} is not in {NAME}"
        elif found[name] != listed[name]:
            yield f"file {name} was changed"


def _listed(folder: Path, part: str) -> Mapping[str, str] | None:
    try:
        return dict(json.loads((folder / NAME).read_bytes())[part])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def built_as_of(folder: Path) -> str | None:
    """The day that the site in a folder speaks from, if its manifest tells."""
    try:
        document = json.loads((folder / NAME).read_bytes())
        return str(document["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def built_at(folder: Path) -> str | None:
    """Where the site in a folder will be published, if its feed tells, whatever built it."""
    try:
        document = json.loads((folder / "feed.json").read_bytes())
        return str(document["home_page_url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
