"""After a build, whatever the engine: is everything there that should be?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from briefsite.cache.survey import Survey, survey
from briefsite.pages import Page
from briefsite.pages.page import address_of, ids
from briefsite.processes import shared_map
from briefsite.site.assembled import Site
from briefsite.site.manifest import Placed


def verify(
    folder: Path,
    site: Site,
    placed: Mapping[str, Placed] | None = None,
    found: Survey | None = None,
) -> list[str]:
    """What is missing from a built site, in words; nothing if it is whole.

    Every page must exist with each of its anchors exactly once, every file with its exact content,
    every hand-written page at its address. What was `placed` was looked at when it was written: it
    must be `found` in the folder as it was then.
    """
    known = placed or {}
    states = survey(folder) if known and found is None else found or {}
    missing = [words for item in known.items() if (words := _placed(*item, states))]
    pages = (page for page in site.pages if f"{page.address}index.html" not in known)
    looks: list[Callable[[], Sequence[str]]] = [
        *(partial(_page, folder, page) for page in pages),
        *(partial(_written, folder, address_of(source)) for source in site.docs),
    ]
    if placed is None:
        looks += (partial(_file, folder, name, site.files) for name in site.files)
    return [*missing, *(words for each in shared_map(lambda look: look(), looks) for words in each)]


def _placed(name: str, placed: Placed, states: Survey) -> str:
    state = states.get(name)
    if state is None:
        return f"file {name} was not written"
    return "" if placed.is_as(state) else f"file {name} was changed on its way"


def _page(folder: Path, page: Page) -> list[str]:
    path = folder / page.address / "index.html"
    if not path.is_file():
        return [f"page {page.address} was not written"]
    return lost_anchors(page, path.read_text(encoding="utf-8", errors="replace"))


def lost_anchors(page: Page, document: str) -> list[str]:
    """Which of the anchors that a page promises are not there once, in words."""
    if not page.anchors:
        return []
    # A parser of HTML would take longer than the whole build.
    found = Counter(ids(document))
    return [
        f"anchor {page.address}#{anchor} is there {found[anchor]} times"
        for anchor in page.anchors
        if found[anchor] != 1
    ]


def _written(folder: Path, address: str) -> list[str]:
    there = (folder / address / "index.html").is_file()
    return [] if there else [f"page {address or '/'} was not written"]


def _file(folder: Path, name: str, files: Mapping[str, bytes]) -> list[str]:
    try:
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
            read = file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return [f"file {name} was not written"]
    content = files[name]
    if read == content:
        return []
    from briefsite.publish import unsealed  # which has most of what publishing needs imported

    return [] if unsealed(read) == content else [f"file {name} was changed on its way"]
