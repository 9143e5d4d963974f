"""RIS: one tag a line. The library for it drops what it cannot read and knows no lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefsite.write.citation import CitationError, Entry, date_of, language, pages

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_TYPES: Mapping[str, str] = {
    "BILL": "legislation",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CHAP": "chapter",
    "CONF": "chapter",
    "CPAPER": "chapter",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "GEN": "document",
    "GOVDOC": "report",
    "JOUR": "article-journal",
    "LEGAL": "legislation",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "RPRT": "report",
    "STAT": "legislation",
    "THES": "document",
    "UNPB": "document",
    "VIDEO": "broadcast",
}
_FIELDS: Mapping[str, str] = {
    "TI": "title",
    "T1": "title",
    "T2": "container-title",
    "JO": "container-title",
    "JF": "container-title",
    "PB": "publisher",
    "VL": "volume",
    "IS": "issue",
    "UR": "URL",
    "DO": "DOI",
    "LA": "language",
}
_DATES = {"PY": "issued", "Y1": "issued", "DA": "issued", "Y2": "accessed"}
_READ_APART = frozenset({"TY", "ID", "SP", "EP"})
# A book's second title is that of its series.
_ALONE = frozenset({"book", "report", "webpage"})


def read_ris(text: str) -> list[Entry]:
    """Every entry of a RIS file. Raises CitationError."""
    entries: list[Entry] = []
    current: list[tuple[str, str]] | None = None
    start = 1
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.rstrip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            if current is not None:
                raise CitationError(start, "this entry has no end: a line `ER  - ` is missing")
            current, start = [("TY", value)], number
        elif current is None:
            raise CitationError(number, "an entry begins with its type, such as `TY  - JOUR`")
        elif tag == "ER":
            entries.append(_entry(current, start))
            current = None
        elif tag:
            current.append((tag, value))
        else:  # the line before goes on
            last, before = current[-1]
            current[-1] = (last, f"{before} {value}")
    if current is not None:
        raise CitationError(start, "this entry has no end: a line `ER  - ` is missing")
    return entries


def _entry(lines: list[tuple[str, str]], line: int) -> Entry:
    entry, first = Entry("", line), dict(reversed(lines))
    entry.key = first.get("ID", "")
    kind = _TYPES.get(first["TY"].upper())
    if kind is None:
        entry.dropped.append(f"TY {first['TY']}".strip())
    else:
        entry.fields["type"] = kind
    for tag, value in lines:
        ours = _FIELDS.get(tag)
        if tag == "T2" and kind in _ALONE:
            ours = None
        if tag in ("AU", "A1"):
            family, _, given = value.partition(",")
            entry.add_author(family.strip(), given.strip())
        elif tag in _DATES:
            date = date_of(value.split("/"))
            if len(date) >= len(entry.dates.get(_DATES[tag], "")):
                entry.dates[_DATES[tag]] = date or value
        elif ours is not None and ours not in entry.fields:
            entry.fields[ours] = language(value) if ours == "language" else value
        elif tag in _READ_APART or not value or entry.fields.get(ours or "") == value:
            continue
        else:
            entry.dropped.append(tag)
    ends = [first[tag] for tag in ("SP", "EP") if first.get(tag)]
    if ends:
        entry.fields["page"] = pages("-".join(dict.fromkeys(ends)))
    return entry
