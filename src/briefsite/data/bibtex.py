"""Works as BibTeX: UTF-8, read alike by BibTeX and BibLaTeX.

Text is text: every character that TeX would act on is spelt out, in a way that leaves the braces
of an entry balanced, which BibTeX counts whether or not a backslash stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from briefsite.data.works import Work
from briefsite.model.records import Person

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle"}
_PUBLISHERS = {"techreport": "institution"}
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_RANGE = re.compile(r"(?<=\d)\s*[-–]+\s*(?=\d)")
# BibTeX cuts lists of names at this word, and a name at its commas.
_CUT = re.compile(r"\band\b|,", re.IGNORECASE)


def bibtex(works: Iterable[Work]) -> bytes:
    """Entries, each under the id that its work has here."""
    return "\n".join(bibtex_entry(work) for work in works).encode()


def bibtex_entry(work: Work) -> str:
    """One entry, with a line for each field and a line break at its end."""
    kind = _TYPES.get(work.type, "misc")
    fields = {
        "author": " and ".join(_name(person) for person in work.authors),
        "title": f"{{{title}}}" if (title := _text(work.title)) else "",
        _CONTAINERS.get(kind, "howpublished"): _text(work.container),
        _PUBLISHERS.get(kind, "publisher"): _text(work.publisher),
        "volume": _text(work.volume),
        "number": _text(work.issue),
        "pages": _RANGE.sub("--", _text(work.page)),
        "year": work.issued.year_words() if work.issued else "",
        "date": str(work.issued) if work.issued else "",
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.url),
        "urldate": str(work.accessed) if work.accessed else "",
        "language": _text(work.language),
    }
    rows = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@{kind}{{{work.id},\n{rows}}}\n"


def _text(text: str) -> str:
    return _CONTROL.sub(" ", text).translate(_ESCAPES).strip() if text else ""


def _verbatim(address: str) -> str:
    """An address, which is read as it stands: what would end the field is percent-encoded."""
    return quote(_CONTROL.sub("", address), safe="!#$%&'()*+,-./:;=?@[]_~") if address else ""


def _name(person: Person) -> str:
    if person.literal:
        return f"{{{_text(person.literal)}}}"
    parts = [_whole(_text(part)) for part in (person.family, person.given) if part]
    return ", ".join(parts)


def _whole(part: str) -> str:
    return f"{{{part}}}" if _CUT.search(part) else part
