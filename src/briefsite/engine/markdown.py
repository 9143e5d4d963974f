"""Hand-written pages as the engine's Markdown made them, kept until they or their links differ.

Python-Markdown takes a tenth of a second for the pages of authors, in a build of a second.
"""

from __future__ import annotations

import pickle
from typing import Any, NamedTuple, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from briefsite.cache.inputs import running_program
from briefsite.cache.store import Store


class _Made(NamedTuple):
    """What became of a page, and which files its links were looked for among."""

    content: str
    toc: TableOfContents
    title: str | None
    ids: set[str]
    anchors: dict[str, dict[str, str]]
    """Paths of files that are linked to → anchors in them, and the links as they were written."""
    asked: dict[str, str | None]


class KeptMarkdown:
    """Makes the HTML of hand-written pages, or takes it from the store.

    Nothing may be kept where other plugins, hooks or extensions can tell a page something.
    """

    def __init__(self, store: Store, said: str) -> None:
        """`said` is what pages depend on besides code, packages, and themselves: the settings."""
        self._store = store
        self._given = (b"markdown", running_program().encode(), said.encode())
        self.taken: set[str] = set()
        """The pages that were taken from the store: they passed all that a page has to pass."""

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """What MkDocs does to make HTML of a page's Markdown.

        A page with a mistake is looked at anew each time: a build that tells of one keeps nothing.
        """
        source = page.file.src_uri
        key = (*self._given, source.encode(), (page.markdown or "").encode())
        kept = self._store.get(key)
        asking = _Asking(files)
        if kept is not None:
            made: _Made = pickle.loads(kept)  # noqa: S301 - of what `pickle` has written
            if all(asking.address(path) == address for path, address in made.asked.items()):
                _give(made, page, files)
                self.taken.add(source)
                return
        Page.render(page, config, cast(Files, asking))
        self._store.put(key, pickle.dumps(_taken(page, asking)))


class _Asking:
    """The files of a site, and what was asked of them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        self.asked[path] = self.address(path)
        return self._files.get_file_from_path(path)

    def address(self, path: str) -> str | None:
        """Where a link to a file leads, and whether it may; None if there is none."""
        file = self._files.get_file_from_path(path)
        return None if file is None else f"{file.inclusion.name} {file.url}"


def _taken(page: Any, asking: _Asking) -> _Made:
    anchors = {file.src_uri: named for file, named in (page.links_to_anchors or {}).items()}
    ids = page.present_anchor_ids
    return _Made(page.content, page.toc, page._title_from_render, ids, anchors, asking.asked)


def _give(made: _Made, page: Any, files: Files) -> None:
    page.content, page.toc, page._title_from_render = made.content, made.toc, made.title
    page.present_anchor_ids = made.ids
    page.links_to_anchors = {
        files.get_file_from_path(path): named for path, named in made.anchors.items()
    }
