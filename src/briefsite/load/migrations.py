"""From older versions of the file format to this one, by edits that keep comments and order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefsite.load.document import Document, load_document
from briefsite.load.edits import Edit, apply_edits

FileEdits = Callable[[Document], Iterable[Edit]]
"""The edits that bring one parsed file to the next version, but for its `schema:` line."""

MIGRATIONS: Sequence[FileEdits] = ()
"""The first goes from version 1 to 2, and so on: the current version is one more than there are."""


CURRENT_VERSION = len(MIGRATIONS) + 1


class MigrationError(Exception):
    """A file cannot be brought to this version; the message says why."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A file's text at the current version, and the version it was written in."""

    text: str
    version: int


def migrate(document: Document, migrations: Sequence[FileEdits] = MIGRATIONS) -> Migrated:
    """Bring a file to the current version. Raises MigrationError.

    Each step sees the file as the step before left it.
    """
    current = len(migrations) + 1
    version = _version(document)
    if version > current:
        raise MigrationError(
            f"is of version {version}, newer than this briefsite, which knows {current}"
        )
    step = document
    for number in range(version, current):
        marks = step.node(("schema",))
        assert marks is not None
        edits = [*migrations[number - 1](step), Edit(marks.start, marks.end, str(number + 1))]
        step = load_document(document.path, apply_edits(step.text, edits).encode())
        if step.root is None:
            raise MigrationError(f"is no YAML after the step from version {number}: not written")
    return Migrated(step.text, version)


def _version(document: Document) -> int:
    if document.root is None or not document.is_as_written:
        raise MigrationError("cannot be read; run briefsite check")
    node = document.node(("schema",))
    if node is None or type(node.value) is not int or node.value < 1:
        raise MigrationError("does not say its version: add `schema: 1`")
    return node.value
