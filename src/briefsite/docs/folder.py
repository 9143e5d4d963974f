"""What people write by hand: the folder `docs/`, read once, with whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from briefsite.docs.written import check_written
from briefsite.load.document import MAX_BYTES
from briefsite.load.tree import LEADS_ELSEWHERE, printable_name, walk
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


# Pictures and data. Anything that a browser would run on the site's own address is refused.
_ASSETS = frozenset(
    ["avif", "csv", "gif", "ico", "jpeg", "jpg", "json", "pdf", "png", "txt", "webp"],
)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_BARE_NAMES = frozenset({"CNAME", "LICENSE"})


def read_docs(folder: Path, components: Sequence[str]) -> Docs:
    """Read a folder of hand-written pages, which may take `components` by name.

    Never raises: mistakes become `problems`.
    """
    pages: dict[str, str] = {}
    assets: list[str] = []
    problems: list[Problem] = []
    if folder.is_symlink():
        refused = Problem("docs", 1, 1, "not-a-plain-file", _REFUSALS["not-a-plain-file"])
        return Docs(MappingProxyType({}), (), (refused,))
    closed: list[OSError] = []
    for path, name in _walk(folder, closed):
        code = _refusal(path, name)
        try:
            if code is None and path.suffix == ".md":
                pages[name] = path.read_text(encoding="utf-8-sig")
                problems += check_written(pages[name], f"docs/{name}", components)
            elif code is None and path.is_file():
                assets.append(name)
        except UnicodeDecodeError:
            code = "not-utf8"
        except OSError:
            code = "unreadable-file"
        if code is not None:
            problems.append(Problem(f"docs/{name}", 1, 1, code, _REFUSALS[code]))
    for error in closed:
        if isinstance(error, FileNotFoundError):
            continue
        name = Path(error.filename).relative_to(folder.parent).as_posix()
        problems.append(Problem(name, 1, 1, "unreadable-file", _REFUSALS["unreadable-file"]))
    return Docs(MappingProxyType(pages), tuple(assets), tuple(problems))


_REFUSALS = {
    "file-name": "the name cannot be an address",
    "docs-file": "files of this kind are not published",
    "not-a-plain-file": LEADS_ELSEWHERE,
    "file-too-large": f"the page has more than {MAX_BYTES:,} bytes",
    "not-utf8": "the page is not UTF-8",
    "unreadable-file": "it cannot be read",
}


def _walk(folder: Path, closed: list[OSError]) -> Iterator[tuple[Path, str]]:
    """Everything below a folder, with its name; into `closed` goes what cannot be listed.

    Of what is no part of the site, links too: MkDocs goes where they lead before it leaves it out.
    """
    for path in sorted(walk(folder, failed=closed.append)):
        parts = path.relative_to(folder).parts
        hidden = parts[0] == "templates" or any(part.startswith(".") for part in parts)
        if not hidden or path.is_symlink():
            yield path, printable_name("/".join(parts))


def _refusal(path: Path, name: str) -> str | None:
    # A proposal must not be able to publish another file of the machine that builds it.
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return "not-a-plain-file"
    if not _NAME.fullmatch(path.name):
        return "file-name"
    if path.suffix == ".md" and path.stat().st_size > MAX_BYTES:
        return "file-too-large"
    allowed = path.suffix[1:] in _ASSETS or path.suffix == ".md" or path.name in _BARE_NAMES
    return None if allowed or path.is_dir() else "docs-file"
