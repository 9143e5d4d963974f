"""The site as a tree of Markdown files on disk, for any generator that reads Markdown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from briefsite.progress import Progress
from briefsite.project import Project
from briefsite.site.assembled import Site
from briefsite.site.output import Output
from briefsite.site.swap import MACHINE_ERRORS, may_replace
from briefsite.site.write import Writer

MARK = ".briefsite-stage"
AS_IS = ".as-is"
"""The folder of files that must reach the site as they are, and a generator would make pages of."""
_WORDS = b"Written by `briefsite stage`; replaced whole by the next run.\n"


class StageError(Exception):
    """The folder cannot be written to; the message says why."""


def stage(project: Project, site: Site, folder: Path, told: Progress | None = None) -> int:
    """Write all pages and files below `folder`; returns their number.

    An existing folder is replaced in one step, but only if it was staged before: nothing of the
    author's is ever deleted. Raises StageError, and TemplateError.
    """
    if not may_replace(folder, MARK, _WORDS):
        raise StageError(f"{folder} is not empty and was not staged before: name another folder")
    folder = folder.resolve()
    try:
        with closing(Output(folder)) as output:
            count = _write(project, site, output.folder, told or Progress())
            output.put_in_place()
    except OSError as error:
        if error.errno not in MACHINE_ERRORS:
            raise
        raise StageError(f"{folder} cannot be written: {error.strerror}") from error
    return count


def _write(project: Project, site: Site, folder: Path, told: Progress) -> int:
    _copy_assets(project, site.assets, folder)
    writer = Writer(site, folder, where=partial(_where, site))
    told.enter("drawing maps")
    writer.prepare()
    told.enter("rendering", writer.size)
    for name, written in site.docs.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_framed(site, written.markdown))
    writer.write(lambda page: page.markdown().encode(), told.step)
    (folder / MARK).write_bytes(_WORDS)
    return len(site.docs) + len(writer.placed) + len(site.assets)


def _framed(site: Site, markdown: str) -> bytes:
    """A written page with what its frame must know of the publication's language."""
    if not site.frame:
        return markdown.encode()
    matter = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in site.frame.items()
    )
    own = markdown.removeprefix("---\n")
    end = "---\n\n" if own == markdown else ""
    return f"---\n{matter}{end}{own}".encode()


def _where(site: Site, name: str) -> str:
    is_page = name in site.page_at or not name.endswith(".md")
    return name if is_page else f"{AS_IS}/{name}"


def _copy_assets(project: Project, names: Sequence[str], folder: Path) -> None:
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.docs / name, target)
