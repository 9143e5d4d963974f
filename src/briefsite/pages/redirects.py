"""Pages at former addresses, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from briefsite.model.records import Actor, Agreement, Brief, MapRecord, Place, Source, Term
from briefsite.pages.templates import Templates

_Moved = Brief | MapRecord | Source | Actor | Place | Agreement | Term
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
        ("briefs", {key: entry.record for key, entry in library.briefs.items()}),
        ("maps", {key: entry.record for key, entry in library.maps.items()}),
        ("sources", library.sources),
        ("actors", library.actors),
        ("places", library.places),
        ("agreements", library.agreements),
        ("glossary", library.terms),
    )
    for folder, records in kinds:
        for key, record in records.items():
            title = record.name if isinstance(record, Actor | Place | Term) else record.title
            for former in record.formerly:
                yield f"{folder}/{former}/", f"{folder}/{key}/", title
