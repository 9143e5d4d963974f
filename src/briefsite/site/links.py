"""Links in prose: each leads to a page, a file or an anchor of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from briefsite.docs import links_of
from briefsite.load import Document, Path, load_document
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.parts import Part, anchors_of
from briefsite.model.sentences import Run
from briefsite.pages import Page
from briefsite.pages.page import address_of, ids
from briefsite.project import Project
from briefsite.report import Problem, did_you_mean


def check_links(
    project: Project,
    library: Library,
    pages: Sequence[Page],
    list_others: Callable[[], Collection[str]],
) -> Iterator[Problem]:
    """Links within the site that lead nowhere, at their place in the brief.

    `list_others` gives the addresses that are not generated pages: files and hand-written pages,
    whose anchors are not known here.
    """
    linking = [entry for entry in library.briefs.values() if entry.links]
    if not linking:
        return
    known, others = {page.address: page for page in pages}, list_others()
    for entry in linking:
        for path, run in entry.links:
            reason = _nowhere(run.target, f"briefs/{entry.id}/", known, others)
            if reason is not None:
                yield _problem(project, entry, path, run, *reason)


def check_moved(
    written: Mapping[str, str], lists: Mapping[str, Sequence[Part[Any]]]
) -> Iterator[Problem]:
    """Links of hand-written pages to an anchor of a long list that stands in another part now.

    `written` are the pages, by their path in `docs/`, `lists` the parts of each list by its
    address. A browser without scripts would stay at the beginning of the list.
    """
    moved = {
        f"{address}#{anchor}": part
        for address, parts in lists.items()
        if len(parts) > 1
        for anchor, part in anchors_of(parts).items()
        if part != address
    }
    for name, text in written.items() if moved else ():
        document = Document(f"docs/{name}", text)
        for offset, target in links_of(text) if "#" in text else ():
            part = moved.get(wanted := _site_path(target, name))
            if part is not None:
                anchor = wanted.partition("#")[2]
                way = posixpath.relpath(f"{part[:-1]}.md", posixpath.dirname(name) or ".")
                message = f"'{anchor[:80]}' stands in another part of the list now"
                where, hint = document.location(offset), f"link to {way}#{anchor}"
                yield document.problem(where, "dead-link", message, hint)


def _site_path(target: str, name: str) -> str:
    """A link of a hand-written page as an address of the site; as it is, if it leads elsewhere."""
    path, _, anchor = target.partition("#")
    if not anchor or not path or ":" in path or path.startswith("//"):
        return target
    folder = posixpath.dirname(name) if path.endswith(".md") else address_of(name)
    joined = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    return f"{address_of(joined) if path.endswith('.md') else f'{joined}/'}#{anchor}"


def _nowhere(
    target: str, here: str, pages: Mapping[str, Page], others: Collection[str]
) -> tuple[str, str] | None:
    """Why a target leads nowhere, and a hint; None if it leads somewhere."""
    path, _, anchor = target.lstrip("/").partition("#")
    address = path if path or not target.startswith("#") else here
    if address not in pages and address not in others:
        near = did_you_mean(f"{address.removesuffix('.md').rstrip('/')}/", [*pages, *others])
        return f"no page of the site is at '{address[:80]}'", near or "such as sources/ID/"
    if not anchor or address not in pages or anchor in pages[address].anchors:
        return None
    # Only the other anchors must be looked for: a page is not rendered for those it promises.
    known = ids(pages[address].body)
    if anchor in known:
        return None
    return f"'{address}' has no anchor '{anchor[:80]}'", did_you_mean(anchor, known)


def _problem(
    project: Project, entry: BriefEntry, path: Path, run: Run, message: str, hint: str
) -> Problem:
    # The library does not keep files; a dead link is rare enough to read one again.
    name = entry.origin.path
    document = load_document(name, (project.root / name).read_bytes())
    node = document.node(path)
    assert node is not None
    return document.problem(document.locate_inside(node, run.offset), "dead-link", message, hint)
