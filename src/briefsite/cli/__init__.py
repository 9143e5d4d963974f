"""The command line. Exit 0 ok, 1 problems, 2 wrong usage."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from briefsite.cli.parser import make_parser


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
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130
