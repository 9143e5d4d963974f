"""Works as RIS: one tag a line, UTF-8, lines ended as its readers expect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefsite.data.csl import date_parts
from briefsite.data.works import Work
from briefsite.model.dates import Edtf
from briefsite.model.records import Person

_TYPES = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "document": "GEN",
    "interview": "PCOMM",
    "legislation": "STAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "HEAR",
    "treaty": "GEN",
    "webpage": "ELEC",
}
_PAGES = re.compile(r"(\w+)\s*[-–]+\s*(\w+)")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def ris(works: Iterable[Work]) -> bytes:
    """Records, each with the id that its work has here."""
    return "\r\n".join(ris_record(work) for work in works).encode()


def ris_record(work: Work) -> str:
    """One record, from `TY` to `ER`."""
    return "".join(f"{tag}  - {_BREAKS.sub(' ', text)}\r\n" for tag, text in _rows(work))


def _rows(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.type]
    yield "ID", work.id
    for person in work.authors:
        yield "AU", _name(person)
    pages = _PAGES.fullmatch(work.page)
    fields = {
        "TI": work.title,
        "T2": work.container,
        "PB": work.publisher,
        "VL": work.volume,
        "IS": work.issue,
        "SP": pages[1] if pages else work.page,
        "EP": pages[2] if pages else "",
        "PY": f"{work.issued.first.year:04}" if work.issued else "",
        "DA": _date(work.issued),
        "Y2": _date(work.accessed),
        "UR": work.url,
        "DO": work.doi,
        "LA": work.language,
    }
    yield from ((tag, text) for tag, text in fields.items() if text)
    yield "ER", ""


def _date(date: Edtf | None) -> str:
    """A date as `YYYY/MM/DD/words`: what is not known stays empty, what has no place is words."""
    if date is None:
        return ""
    point = date.start or date.end
    assert point is not None
    rough = point.precision in ("decade", "century") or date.is_interval or point.qualifier
    numbers = [f"{part:04}" if not n else f"{part:02}" for n, part in enumerate(date_parts(point))]
    return "/".join([*numbers, "", ""][:3]) + "/" + (date.words() if rough else "")


def _name(person: Person) -> str:
    return person.literal or ", ".join(part for part in (person.family, person.given) if part)
