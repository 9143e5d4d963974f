"""What changed in the files that authors keep, and what is written into them or beside them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from briefsite.changes import compare, propose, read_edition
from briefsite.check import check_tree, known_ids
from briefsite.cli.project import checked_tree, inside_of
from briefsite.data.differences import Revisions, print_differences
from briefsite.data.reference import write_reference
from briefsite.languages import read_languages
from briefsite.languages.extract import write_catalogues
from briefsite.load import (
    CURRENT_VERSION,
    MigrationError,
    NoRevisionError,
    RevisionError,
    commit_of,
    load_revision,
    load_tree,
)
from briefsite.load import migrate as migrate_document
from briefsite.model.schema import write_schemas
from briefsite.report import render
from briefsite.site import fill_ids
from briefsite.write import write_text


def diff(options: argparse.Namespace) -> int:
    """Exit 0 whether anything changed or not; 1 if git or a file cannot be read."""
    if options.write and options.head is not None:
        sys.stderr.write("briefsite: --write is for the files as they are: leave HEAD out\n")
        return 2
    root: Path = options.root
    try:
        base_commit = commit_of(root, options.base)
        head_commit = commit_of(root, options.head) if options.head is not None else None
        base = load_revision(root, base_commit)
        head = load_revision(root, head_commit) if head_commit else load_tree(root)
    except RevisionError as error:
        sys.stderr.write(f"briefsite: {error}\n")
        return 2 if isinstance(error, NoRevisionError) else 1
    before, after = (read_edition(tree, check_tree(tree)) for tree in (base, head))
    comparison = compare(before, after)
    revisions = Revisions(options.base, base_commit, options.head or "working tree", head_commit)
    sys.stdout.write(print_differences(comparison, revisions, options.format))
    if options.write:
        proposal = propose(comparison, head)
        for path, text in proposal.files.items():
            write_text(root / path, text)
        for line in proposal.notes:
            sys.stderr.write(f"{line}\n")
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Write all files, or, where one cannot be brought up to date, none."""
    wanted = {inside_of(path, options.root) for path in options.path}
    documents = [document for _, document in load_tree(options.root)]
    known = {document.path for document in documents}
    if unknown := [str(p) for p in options.path if inside_of(p, options.root) not in known]:
        sys.stderr.write(f"briefsite: {unknown[0]} is no source file of the project\n")
        return 2
    chosen = [d for d in documents if not wanted or d.path in wanted]
    written, failed = {}, False
    for document in chosen:
        try:
            done = migrate_document(document)
        except MigrationError as error:
            sys.stderr.write(f"{document.path} {error}\n")
            failed = True
            continue
        if done.text != document.text:
            written[document.path] = done
    if failed:
        sys.stderr.write("nothing was written\n")
        return 1
    for path, done in written.items():
        write_text(options.root / path, done.text)
        sys.stderr.write(f"{path}: from version {done.version}\n")
    count = f"{len(chosen)} file{'' if len(chosen) == 1 else 's'}"
    if not written:
        sys.stderr.write(f"nothing to do: {count} of version {CURRENT_VERSION}\n")
    return 0


def schema(options: argparse.Namespace) -> int:
    """Write the schemas of the project, or with `--ids` the ids into them."""
    if options.ids:
        path = fill_ids(options.root, known_ids(checked_tree(options).readings))
        sys.stderr.write(f"{path or 'there are no schemas to add ids to'}\n")
        return 0 if path else 1
    folder = options.folder or options.root / "schemas"
    for path in write_schemas(folder):
        sys.stderr.write(f"{path}\n")
    return 0


def messages(options: argparse.Namespace) -> int:
    """Exit 1 if a catalogue cannot be read."""
    found = read_languages(options.root)
    if found.problems:
        sys.stderr.write(f"{render(found.problems)}nothing was written\n")
        return 1
    for path in write_catalogues(options.root, tuple(options.language)):
        sys.stderr.write(f"{path}\n")
    sys.stderr.write("".join(f"{note}\n" for note in read_languages(options.root).notes))
    return 0


def reference(options: argparse.Namespace) -> int:
    """Write the pages that follow from the records and the catalogue of problems."""
    for path in write_reference(options.root):
        sys.stderr.write(f"{path}\n")
    return 0
