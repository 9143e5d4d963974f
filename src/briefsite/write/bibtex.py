"""BibTeX, read by bibtexparser; its LaTeX by pylatexenc."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import MonthIntMiddleware
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import LatexNodes2Text

from briefsite.write.citation import CitationError, Entry, date_of, language, pages

# It prints what it cannot read; we say it, with the line.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_TYPES: Mapping[str, str] = {
    "article": "article-journal",
    "book": "book",
    "booklet": "document",
    "collection": "book",
    "conference": "chapter",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "chapter",
    "legislation": "legislation",
    "manual": "document",
    "mastersthesis": "document",
    "mvbook": "book",
    "online": "webpage",
    "electronic": "webpage",
    "phdthesis": "document",
    "proceedings": "book",
    "report": "report",
    "techreport": "report",
    "thesis": "document",
    "unpublished": "document",
    "www": "webpage",
}
_FIELDS: Mapping[str, str] = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "url": "URL",
    "doi": "DOI",
    "langid": "language",
    "language": "language",
}
_RAW = frozenset({"url", "doi"})
_READ_APART = frozenset({"author", "year", "month", "day", "date", "urldate", "subtitle"})
_LATEX = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces="macros")


def read_bibtex(text: str) -> list[Entry]:
    """Every entry of a BibTeX file. Raises CitationError."""
    library = parse_string(text, append_middleware=[MonthIntMiddleware()])
    for block in library.failed_blocks:
        raise CitationError((block.start_line or 0) + 1, _reason(block))
    return [_entry(block) for block in library.entries]


def _reason(block: ParsingFailedBlock) -> str:
    if isinstance(block, DuplicateBlockKeyBlock):
        return f"a second entry has the key '{block.key}'"
    if isinstance(block, DuplicateFieldKeyBlock):
        return f"a field stands twice in one entry: {', '.join(sorted(block.duplicate_keys))}"
    reason = str(getattr(block.error, "abort_reason", "") or block.error or "it cannot be read")
    return " ".join(reason.split())


def _entry(block: Block) -> Entry:
    raw = {key.lower(): str(found.value) for key, found in block.fields_dict.items()}
    entry = Entry(block.key, (block.start_line or 0) + 1)
    kind = _TYPES.get(block.entry_type.lower(), "")
    if block.entry_type.lower() == "misc":
        kind = "webpage" if raw.get("url") else "document"
    if kind:
        entry.fields["type"] = kind
    else:
        entry.dropped.append(f"@{block.entry_type}")
    for key, value in raw.items():
        ours = _FIELDS.get(key)
        if ours is not None and ours not in entry.fields:
            entry.fields[ours] = _address(value) if key in _RAW else plain_text(value)
        elif key not in _READ_APART:
            entry.dropped.append(key)
    if "subtitle" in raw and "title" in entry.fields:
        entry.fields["title"] += f": {plain_text(raw['subtitle'])}"
    if "page" in entry.fields:
        entry.fields["page"] = pages(entry.fields["page"])
    if "language" in entry.fields:
        entry.fields["language"] = language(entry.fields["language"])
    people = _people(raw.get("author", ""), entry.line)
    for name in people:
        # BibTeX's own word for et al.; someone of that name stands in braces.
        entry.add_author(*(("et al.", "") if name == "others" else _name(name)))
    issued = raw.get("date") or date_of([raw.get("year"), raw.get("month"), raw.get("day")])
    month = raw.get("month", "").strip()
    if month and "date" not in raw and not month.isdigit():
        entry.dropped.append(f"month ('{plain_text(month)[:40]}' is no month)")
    for name, date in (("issued", issued or raw.get("year", "")), ("accessed", raw.get("urldate"))):
        if date:
            entry.dates[name] = plain_text(date)
    return entry


def _people(text: str, line: int) -> list[str]:
    try:
        return split_multiple_persons_names(text) if text.strip() else []
    except InvalidNameError as error:
        raise CitationError(line, f"the authors cannot be told apart: {error}") from error


def _name(name: str) -> tuple[str, str]:
    """Family and given names; a name in braces is whole."""
    if name.startswith("{") and name.endswith("}"):
        return plain_text(name), ""
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return plain_text(name), ""
    family = plain_text(" ".join([*parts.von, *parts.last]))
    given = plain_text(" ".join(parts.first))
    later = plain_text(" ".join(parts.jr))
    return family, f"{given}, {later}" if given and later else given


def plain_text(latex: str) -> str:
    """What LaTeX means, in Unicode; a bare % is a sign, for the text goes on behind it."""
    escaped = re.sub(r"(?<!\\)%", r"\\%", latex)
    return " ".join(str(_LATEX.latex_to_text(escaped)).split())


def _address(text: str) -> str:
    return re.sub(r"\\([_%&#~{}])", r"\1", re.sub(r"^\\url\{(.*)\}$", r"\1", text.strip()))
