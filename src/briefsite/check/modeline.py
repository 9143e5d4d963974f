"""The first line, with which an editor finds the schema of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefsite.load import Document, Location
from briefsite.report import Problem

_MODELINE = re.compile(r"#\s*yaml-language-server\s*:\s*\$schema=(\S+)")


def modeline(kind: str, path: str) -> str:
    """The line that names the schema of a file of a kind, at `path` in the project."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json"


def check_modeline(kind: str, document: Document) -> Iterator[Problem]:
    """A line that leads an editor to no schema, or to that of another kind of file.

    It may be missing, and may lead to another site.
    """
    match = _MODELINE.match(document.first_line)
    wanted = modeline(kind, document.path)
    if match is None or "://" in match[1] or match[1] == wanted.partition("=")[2]:
        return
    yield document.problem(
        Location(1, match.start(1) + 1),
        "schema-line",
        "this is not where the schema of the file is",
        f"write: {wanted}",
    )
