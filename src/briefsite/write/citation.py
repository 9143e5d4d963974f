"""A citation file read into the fields of a source; what has no field is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefsite.load import without_hidden
from briefsite.model.dates import DateError, Edtf, parse_date
from briefsite.model.records import Source
from briefsite.write.fields import FieldError, fields_of
from briefsite.write.scalars import Written

_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


class CitationError(Exception):
    """A citation file that cannot be read; `line` is where, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Entry:
    """One work of a citation file, in the words of that file."""

    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    """Our field, `author` and `dates` aside → its text."""
    authors: list[tuple[str, str]] = field(default_factory=list)
    """Family and given names; a name that has no parts stands as (name, '')."""
    dates: dict[str, str] = field(default_factory=dict)
    """`issued` and `accessed`, as EDTF."""
    dropped: list[str] = field(default_factory=list)
    """The file's names of what has no field with us."""
    notes: list[str] = field(default_factory=list)
    """What else was read otherwise than it stands there, each a sentence without its full stop."""

    def add_author(self, family: str, given: str = "") -> None:
        """One more author; "et al." is nobody's name, and says that there are others."""
        if not given and family.casefold().rstrip(".") in ("et al", "et alii"):
            self.notes.append("the file names no further authors, only that there are others")
        else:
            self.authors.append((family, given))


@dataclass(frozen=True)
class Citation:
    """What a citation gives to a source record, and what it holds besides."""

    given: Mapping[tuple[str | int, ...], Written]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]
    """Fields from which characters were taken that no file may hold."""
    notes: tuple[str, ...] = ()
    """What else was read otherwise than it stands there."""


def to_source(entry: Entry) -> Citation:
    """The fields of a source that an entry fills."""
    known = {str(each.path[0]): each for each in fields_of(Source) if len(each.path) == 1}
    given: dict[tuple[str | int, ...], Written] = {}
    dropped, changed, notes = list(entry.dropped), [], list(entry.notes)
    for key, raw in entry.fields.items():
        text = without_hidden(raw)
        if not text:
            continue
        if key == "DOI":
            text = bare_doi(text)
        if text.split() != raw.split() and key != "DOI":
            changed.append(key)
        try:
            given[(key,)] = known[key].check(text)
        except FieldError as error:
            dropped.append(f"{key} ({error})")
    for key, text in entry.dates.items():
        date, why = _date_in(text)
        if date is None:
            dropped.append(f"{key} ('{without_hidden(text)[:40]}' is no date)")
            continue
        given[(key,)] = date
        if why:
            notes.append(f"{key} is {date}, not '{without_hidden(text)[:40]}': {why}")
    people = [person for names in entry.authors if (person := _person(names))]
    if people:
        given[("author",)] = people
    return Citation(given, tuple(dict.fromkeys(dropped)), tuple(changed), tuple(notes))


def _date_in(text: str) -> tuple[Edtf | None, str]:
    """A date; if its month or day cannot be, what stands before that, and why no more."""
    why = ""
    for kept in (text, text[:7], text[:4]) if _DAY.fullmatch(text) else (text,):
        try:
            return parse_date(kept), why
        except DateError as error:
            why = str(error)
    return None, why


def _person(names: tuple[str, str]) -> dict[str, Written] | None:
    family, given = (without_hidden(name)[:240] for name in names)
    if family and given:
        return {"family": family, "given": given}
    return {"literal": family or given} if family or given else None


def bare_doi(text: str) -> str:
    """A DOI without what is often put before it."""
    return re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE
    )


def check_doi(text: str) -> str:
    """A DOI that someone typed, bare. Raises FieldError."""
    doi = bare_doi(text)
    if not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        raise FieldError(f"'{text[:80]}' is no DOI: one looks like 10.1000/182")
    return doi


_LANGUAGES = {
    "arabic": "ar", "armenian": "hy", "azerbaijani": "az", "azeri": "az", "english": "en",
    "american": "en", "british": "en", "farsi": "fa", "french": "fr", "georgian": "ka",
    "german": "de", "ngerman": "de", "hebrew": "he", "persian": "fa", "russian": "ru",
    "turkish": "tr",
}  # fmt: skip


def language(text: str) -> str:
    """The code of a language by its name, or the text as it is."""
    code = _LANGUAGES.get(text.strip().lower(), text.strip())
    return re.sub(r"^([A-Za-z]{2,3})\b", lambda match: match[1].lower(), code).replace("_", "-")


def date_of(parts: Iterable[str | int | None]) -> str:
    """Year, month and day, as far as they are given, as EDTF."""
    found = []
    for part, width in zip(parts, (4, 2, 2), strict=False):
        if part is None or not str(part).strip().isdigit():
            break
        found.append(str(int(part)).zfill(width))
    return "-".join(found)


def pages(text: str) -> str:
    """A range of pages with one hyphen, as CSL writes it."""
    return re.sub(r"\s*(?:-{1,3}|[\u2010-\u2015])\s*", "-", text.strip())
