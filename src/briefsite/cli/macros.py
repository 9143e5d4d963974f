"""Macros that cannot be compiled, which a check tells of before a build has to stop."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from briefsite.cache.folder import forget_oldest, is_ours, write_whole
from briefsite.cache.inputs import digest_of, running_program
from briefsite.check.cache import MAX_PROJECTS, cache_file
from briefsite.project import Project
from briefsite.report import Problem


def find_macro_problems(project: Project, *, cached: bool) -> tuple[Problem, ...]:
    """One problem for each macro that cannot be compiled.

    To load what compiles them takes as long as the rest of a check: that they are right is noted.
    """
    files = sorted(project.macros.rglob("*.j2"))
    if not files:
        return ()
    contents = [part for path in files for part in (str(path).encode(), path.read_bytes())]
    digest = digest_of([running_program().encode(), *contents]).encode()
    note = cache_file(project.root, "macros") if cached else None
    if note is not None and _holds(note, digest):
        return ()
    from briefsite.pages.macros import broken_macros

    found = tuple(
        Problem(f"macros/{error.name}", error.lineno, 1, "macro-syntax", error.message or "")
        for error in broken_macros(project.macros)
    )
    if note is not None and not found:
        with suppress(OSError):
            write_whole(note, digest)
            forget_oldest(note.parent, MAX_PROJECTS)
    return found


def _holds(note: Path, digest: bytes) -> bool:
    with suppress(OSError):
        return is_ours(note) and note.read_bytes() == digest
    return False
