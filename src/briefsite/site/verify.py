"""After a build, whatever the engine: is everything there that should be?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from briefsite.pages import Page
from briefsite.pages.page import address_of, ids
from briefsite.processes import shared_map
from briefsite.publish import unsealed
from briefsite.site.assemble import Site


def verify(folder: Path, site: Site, carried: Collection[str] = ()) -> list[str]:
    """What is missing from a built site, in words; nothing if it is whole.

    Every page must exist with each of its anchors exactly once, every file with its exact content,
    every hand-written page at its address. Pages that were `carried` over were looked at when they
    were made.
    """
    looks: list[Callable[[], Sequence[str]]] = [
        *(partial(_page, folder, page) for page in site.pages if page.source not in carried),
        *(partial(_written, folder, page.address) for page in site.pages if page.source in carried),
        *(partial(_written, folder, address_of(source)) for source in site.docs),
        *(partial(_file, folder, name, content) for name, content in site.files.items()),
    ]
    return [words for found in shared_map(lambda look: look(), looks) for words in found]


def _page(folder: Path, page: Page) -> list[str]:
    path = folder / page.address / "index.html"
    if not path.is_file():
        return [f"page {page.address} was not written"]
    if not page.anchors:
        return []
    # A parser of HTML would take longer than the whole build.
    found = Counter(ids(path.read_text(encoding="utf-8", errors="replace")))
    return [
        f"anchor {page.address}#{anchor} is there {found[anchor]} times"
        for anchor in page.anchors
        if found[anchor] != 1
    ]


def _written(folder: Path, address: str) -> list[str]:
    there = (folder / address / "index.html").is_file()
    return [] if there else [f"page {address or '/'} was not written"]


def _file(folder: Path, name: str, content: bytes) -> list[str]:
    try:
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
            read = file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return [f"file {name} was not written"]
    whole = read == content or unsealed(read) == content
    return [] if whole else [f"file {name} was changed on its way"]
