"""After a build, whatever the engine: is everything there that should be?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from briefsite.pages.page import address_of, ids
from briefsite.publish import unsealed
from briefsite.site.assemble import Site


def verify(folder: Path, site: Site) -> list[str]:
    """What is missing from a built site, in words; nothing if it is whole.

    Every page must exist with each of its anchors exactly once, every file with its exact content,
    every hand-written page at its address.
    """
    return list(_missing(folder, site))


def _missing(folder: Path, site: Site) -> Iterator[str]:
    for page in site.pages:
        path = folder / page.address / "index.html"
        if not path.is_file():
            yield f"page {page.address} was not written"
            continue
        # A parser of HTML would take longer than the whole build.
        found = Counter(ids(path.read_text(encoding="utf-8", errors="replace")))
        for anchor in page.anchors:
            if found[anchor] != 1:
                yield f"anchor {page.address}#{anchor} is there {found[anchor]} times"
    for source in site.docs:
        address = address_of(source)
        if not (folder / address / "index.html").is_file():
            yield f"page {address or '/'} was not written"
    for name, content in site.files.items():
        path = folder / name
        if not path.is_file():
            yield f"file {name} was not written"
        elif (read := path.read_bytes()) != content and unsealed(read) != content:
            yield f"file {name} was changed on its way"
