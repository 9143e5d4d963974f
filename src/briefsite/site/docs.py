"""What people write by hand: the folder `docs/`, read once, with whatever is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from briefsite.report import Problem


@dataclass(frozen=True)
class Docs:
    """The hand-written pages (file → Markdown), and the other files beside them.

    Names are relative to the folder. Hidden files and `templates/` are no part of a site, as in
    MkDocs.
    """

    pages: Mapping[str, str]
    assets: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_docs(folder: Path) -> Docs:
    """Read a folder of hand-written pages. Never raises: mistakes become `problems`."""
    pages: dict[str, str] = {}
    assets: list[str] = []
    problems: list[Problem] = []
    for path, name in _walk(folder):
        code = _refusal(path, name)
        try:
            if code is None and path.suffix == ".md":
                pages[name] = path.read_text(encoding="utf-8-sig")
            elif code is None and path.is_file():
                assets.append(name)
        except UnicodeDecodeError:
            code = "not-utf8"
        if code is not None:
            problems.append(Problem(f"docs/{name}", 1, 1, code, _REFUSALS[code]))
    return Docs(MappingProxyType(pages), tuple(assets), tuple(problems))


_REFUSALS = {
    "file-name": "the name cannot be an address",
    "not-a-plain-file": "the name leads to something else",
    "not-utf8": "the page is not UTF-8",
}


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] != "templates" and not any(part.startswith(".") for part in parts):
            # A name of bytes that are not UTF-8 must still be printable.
            yield path, os.fsencode("/".join(parts)).decode("utf-8", "replace")


def _refusal(path: Path, name: str) -> str | None:
    # A proposal must not be able to publish another file of the machine that builds it.
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return "not-a-plain-file"
    return "file-name" if not name.isprintable() or "\N{REPLACEMENT CHARACTER}" in name else None
