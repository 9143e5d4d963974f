"""A site as it was put together, of which nothing needs to be made yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from briefsite.model.lazy import Lazy
from briefsite.pages import Page, Written
from briefsite.pages.page import address_of
from briefsite.site.reuse import Reuse


@dataclass(frozen=True)
class Site:
    """Everything the generator adds to the engine's own files.

    `pages` are generated, `docs` hand-written (file in `docs/` → Markdown with its
    components), `files` whatever is no page (site path → content). No two share an address.
    What they hold is made when it is first asked for, once: a build asks for all of it, a preview
    for what a browser shows.
    """

    pages: tuple[Page, ...]
    docs: Mapping[str, Written]
    files: Lazy[bytes]
    assets: tuple[str, ...] = ()
    """What lies beside the hand-written pages, such as pictures: paths below `docs/`."""
    unlisted: bool = False
    """Whether search engines are told not to list its pages."""
    frame: Mapping[str, object] = field(default_factory=dict)
    """What written pages tell the theme of the publication's language, if that is not English."""
    notes: tuple[str, ...] = ()
    """What is not as one would wish, for the eyes of whoever publishes."""
    drawn: Lazy[bytes] = field(default_factory=Lazy)
    """Those of the files that belong to maps."""
    sizes: Lazy[tuple[int, int]] = field(default_factory=Lazy)
    """Path of a map's picture → its width and height, which pages show."""
    found: Lazy[bytes] = field(default_factory=Lazy)
    """Parts of the search index, which is joined when it is asked for."""
    reuse: Reuse | None = None

    def grouped_maps(self) -> list[list[str]]:
        """The files that belong to maps, those of one map together."""
        return _grouped(self.drawn.known, unit_of)

    def grouped(self) -> list[list[str]]:
        """The sources of pages, and all other files whose names are known: those of one brief
        together, as they share what was found out."""
        files = (name for name in self.files.known if name not in self.drawn.known)
        return _grouped(chain(self.page_at, files), _subject)

    @cached_property
    def page_at(self) -> Mapping[str, Page]:
        """The generated pages by their source."""
        return {page.source: page for page in self.pages}

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of all pages, for the sitemap."""
        hand_written = (address_of(source) for source in self.docs)
        return tuple(sorted({*hand_written, *(page.address for page in self.pages)}))


def _grouped(names: Iterable[str], key: Callable[[str], str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(key(name), []).append(name)
    return list(groups.values())


def _subject(name: str) -> str:
    """What a page or file is about: a brief, or itself."""
    folder, _, rest = name.partition("/")
    return re.split(r"[/.]", rest)[0] if folder in ("briefs", "charts", "data") else name


def unit_of(name: str) -> str:
    """What a file is kept together with: all data of a brief, all forms of a map."""
    if name.startswith("data/library.") or name.endswith(".schema.json"):
        return name
    return "/".join(name.split("/")[:2]).partition(".")[0]
