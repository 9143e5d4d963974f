"""Links in prose: each leads to a page, a file or an anchor of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefsite.load import load_document
from briefsite.model.library import BriefEntry, Library
from briefsite.model.sentences import Run
from briefsite.pages import Page
from briefsite.pages.page import ids
from briefsite.report import Problem, did_you_mean
from briefsite.site.project import Project


def check_links(
    project: Project, library: Library, pages: Sequence[Page], others: Mapping[str, str]
) -> Iterator[Problem]:
    """Links within the site that lead nowhere, at their place in the brief.

    `others` holds the addresses that are not generated pages: files and hand-written pages, whose
    anchors are not known here.
    """
    bodies = {page.address: page.body for page in pages}
    for entry in library.briefs.values():
        for number, section in enumerate(entry.record.sections):
            for sentence in section.prose.sentences:
                for run in _links(sentence.runs):
                    reason = _nowhere(run.target, f"briefs/{entry.id}/", bodies, others)
                    if reason is not None:
                        yield _problem(project, entry, number, run, *reason)


def _links(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs:
        if run.kind == "link" and ":" not in run.target:
            yield run
        yield from _links(run.children)


def _nowhere(
    target: str, here: str, bodies: Mapping[str, str], others: Mapping[str, str]
) -> tuple[str, str] | None:
    """Why a target leads nowhere, and a hint; None if it leads somewhere."""
    path, _, anchor = target.lstrip("/").partition("#")
    address = path if path or not target.startswith("#") else here
    if address not in bodies and address not in others:
        near = did_you_mean(f"{address.removesuffix('.md').rstrip('/')}/", [*bodies, *others])
        return f"no page of the site is at '{address[:80]}'", near or "such as sources/ID/"
    if anchor and address in bodies and anchor not in (known := ids(bodies[address])):
        return f"'{address}' has no anchor '{anchor[:80]}'", did_you_mean(anchor, known)
    return None


def _problem(
    project: Project, entry: BriefEntry, section: int, run: Run, message: str, hint: str
) -> Problem:
    # The library does not keep files; a dead link is rare enough to read one again.
    path = entry.origin.path
    document = load_document(path, (project.root / path).read_bytes())
    node = document.node(("sections", section, "prose"))
    assert node is not None
    return document.problem(document.locate_inside(node, run.offset), "dead-link", message, hint)
