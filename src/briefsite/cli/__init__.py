"""The command line. Exit 0 ok, 1 problems, 2 wrong usage."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from briefsite.cli.parser import make_parser
from briefsite.project import is_project, project_above


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    # A problem may quote letters that a terminal does not have.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    options = make_parser(given).parse_args(given)
    options.line = tuple(given)
    if not options.root.is_dir():
        sys.stderr.write(f"briefsite: {options.root} is no folder\n")
        return 2
    if not is_project(options.root):
        sys.stderr.write(_no_project(options.root))
        return 2
    try:
        return int(options.run(options))
    except OSError as error:
        from briefsite.site import MACHINE_ERRORS  # to load it takes longer than most commands

        if error.errno not in MACHINE_ERRORS:
            raise
        where = "" if error.filename is None else f"{os.fspath(error.filename)}: "
        sys.stderr.write(f"briefsite: {where}{error.strerror}\n")
        return 1


def _no_project(root: Path) -> str:
    here = "this" if root == Path() else str(root)
    above = project_above(root)
    hint = "name the folder of one before the command: briefsite --root FOLDER"
    if above is not None:
        near = os.path.relpath(above)
        hint = f"{near} is one: go there, or name it before the command: briefsite --root {near}"
    return f"briefsite: {here} is no project: no mkdocs.yml and no briefs/ there\n  hint: {hint}\n"
