"""Pages at former addresses, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.records import Actor, Agreement, Place, Source, Term
from briefsite.pages.templates import Templates

_Moved = BriefEntry | MapEntry | Source | Actor | Place | Agreement | Term
SCRIPT = "assets/redirect.js"


def build_redirects(templates: Templates) -> Mapping[str, Callable[[], bytes]]:
    """Site path of a page for each former address, and of what they share, with what makes it.

    What has no page of its own, such as a claim, has an anchor of its former id beside the new one.
    """

    def write(old: str, target: str, title: str) -> bytes:
        values = {"target": target, "title": title, "script": SCRIPT}
        return templates.render("pages/redirect", old, **values).encode()

    makers: dict[str, Callable[[], bytes]] = {
        f"{old}index.html": partial(write, old, target, title)
        for old, target, title in _moved(templates)
    }
    if makers:
        makers[SCRIPT] = Path(__file__).with_name("redirect.js").read_bytes
    return makers


def _moved(templates: Templates) -> Iterator[tuple[str, str, str]]:
    """Former address, new address and title of each page that has moved."""
    library = templates.library
    kinds: tuple[tuple[str, Mapping[str, _Moved]], ...] = (
        ("briefs", library.briefs),
        ("maps", library.maps),
        ("sources", library.sources),
        ("actors", library.actors),
        ("places", library.places),
        ("agreements", library.agreements),
        ("glossary", library.terms),
    )
    for folder, records in kinds:
        given = (*records.values(),)
        make = partial(_find_moved, folder, given)
        yield from templates.memory.recall(f"moved from {folder}", given, make)


def _find_moved(folder: str, records: Sequence[_Moved]) -> list[tuple[str, str, str]]:
    found = []
    for moved in records:
        record = moved.record if isinstance(moved, BriefEntry | MapEntry) else moved
        for former in record.formerly:
            title = record.name if isinstance(record, Actor | Place | Term) else record.title
            found.append((f"{folder}/{former}/", f"{folder}/{moved.id}/", title))
    return found
