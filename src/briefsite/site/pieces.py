"""Pages and files as pieces that are kept: each is taken as it was, if it would be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import partial

from briefsite.data import Joined, joined_tables
from briefsite.model.lazy import Forms
from briefsite.model.library import Library
from briefsite.pages import Page, Written
from briefsite.site.assembled import unit_of
from briefsite.site.reuse import Reuse


def kept_page(reuse: Reuse, page: Page) -> Page:
    """A generated page, and what it is described by."""
    told = copy(page)  # of thousands, in a third of the time that `replace` takes
    made = {"write": reuse.piece(page.source, page.source, page.write)}
    if page.describe is not str:
        made["describe"] = reuse.piece(page.source, f"{page.source}#about", page.describe)
    vars(told).update(made)
    return told


def kept_docs(reuse: Reuse, name: str, expand: Callable[[], Written]) -> Callable[[], Written]:
    """A hand-written page with its components, kept as plain values."""
    source = f"docs/{name}"
    kept = reuse.piece(source, source, partial(_plain, expand))
    return lambda: Written(*kept())


def _plain(expand: Callable[[], Written]) -> tuple[str, tuple[str, ...]]:
    written = expand()
    return written.markdown, written.pieces


def kept_data(
    reuse: Reuse, library: Library, data: Mapping[str, Callable[[], bytes]]
) -> Mapping[str, Callable[[], bytes]]:
    """Data files whose pieces are kept; those of the library are joined of what is kept."""
    kept: dict[str, Callable[[], bytes]] = {}
    tables = joined_tables(library.briefs, Forms(kept).__getitem__)
    for name, make in data.items():
        found = tables.get(name, make)
        if isinstance(found, Joined):
            kept[name] = reuse.join(name, found)
        else:
            kept[name] = kept_file(reuse, name, found)
    return kept


def kept_file(reuse: Reuse, name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A file, together with others of its unit."""
    return reuse.piece(unit_of(name), name, make)
