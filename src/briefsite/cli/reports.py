"""What a publication rests on, what is old in it, and whether its sources can still be read."""

from __future__ import annotations

import argparse
import sys

from briefsite import __version__
from briefsite.check import audit as find_grounds
from briefsite.check import check_tree, read_translations
from briefsite.cli.project import checked_tree
from briefsite.data import print_audit, print_stale
from briefsite.linkcheck import Link, check_links, print_links
from briefsite.load import address, load_tree
from briefsite.model.staleness import stale as find_stale
from briefsite.report import did_you_mean, render, summary


def audit(options: argparse.Namespace) -> int:
    """Exit 1 if a sentence rests on nothing, or a brief cannot be read."""
    tree = load_tree(options.root)
    unread = [document.path for document in tree.documents["brief"] if not document.is_read]
    for path in unread:
        sys.stderr.write(f"{path}: cannot be read, and so is not counted; run briefsite check\n")
    known = [address(document.path) for document in tree.documents["brief"]]
    for unknown in (key for key in options.briefs if key not in known):
        hint = did_you_mean(unknown, known)
        sys.stderr.write(f"briefsite: there is no brief '{unknown}'{f': {hint}' if hint else ''}\n")
        return 2
    found = find_grounds(check_tree(tree).readings, options.briefs)
    sys.stdout.write(print_audit(found, options.format))
    return 1 if found.unsourced or unread or not found.coverage else 0


def stale(options: argparse.Namespace) -> int:
    """Exit 1 if anything is due."""
    checked = checked_tree(options)
    if checked.library is None:
        sys.stderr.write(f"{render(checked.problems)}{summary(checked.problems)}\n")
        return 1
    library = checked.library
    found = find_stale(library, options.as_of)
    told = (e for e in read_translations(options.root).entries if e.brief in library.briefs)
    outdated = [each for each in told if each.is_outdated(library)]
    sys.stdout.write(print_stale(library, found, options.format, outdated))
    count = len(found) + len(outdated)
    sys.stderr.write(f"{count} to be looked at again\n" if count else "nothing is due\n")
    return 1 if count else 0


def links(options: argparse.Namespace) -> int:
    """Exit 1 if a link is at fault."""
    library = checked_tree(options).library
    if library is None:
        sys.stderr.write("there are problems: run briefsite check\n")
        return 1
    links: list[Link] = []
    for source in library.sources.values():
        origin = library.origins["source", source.id]
        doi = f"https://doi.org/{source.DOI}" if source.DOI else None
        archived = source.archived.URL if source.archived else None
        given = dict.fromkeys(filter(None, (source.URL or doi, archived)))
        links += (Link(source.id, origin.path, origin.line, url) for url in given)
    contact = library.publication.contact.URL
    agent = f"briefsite/{__version__} (checks the links of its sources; {contact})"
    findings = check_links(links, agent=agent)
    sys.stdout.write(print_links(findings, options.format))
    wrong = sum(each.state != "fine" for each in findings)
    sys.stderr.write(f"{len(findings)} links were asked for; {wrong} were not fine\n")
    return 1 if any(each.is_fault for each in findings) else 0
