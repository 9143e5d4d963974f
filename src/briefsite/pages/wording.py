"""Records in a reader's words: labels, references, numbers, coordinates."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from briefsite.languages import ENGLISH, Language
from briefsite.model.records import Source

_WORDS_A_MINUTE = 230
_SEVERAL = re.compile(r"\d\s*[-–,]")


def reference(source: Source, language: Language = ENGLISH) -> str:
    """A source in full, as a list of sources prints it."""
    parts = []
    if source.author:
        parts.append(", ".join(author.display for author in source.author))
    parts.append(f"“{source.title}”")
    container = source.container_title or ""
    if source.volume:
        container += f" {source.volume}"
        if source.issue:
            container += f"({source.issue})"
    if source.page:
        container += f", {_pages(source.page, language)}"
    parts.append(container.strip(", "))
    if source.publisher != source.container_title:
        parts.append(source.publisher or "")
    dated = language.date(source.issued) if source.issued else language.gettext("no date")
    parts.append(dated)
    return ", ".join(part for part in parts if part)


def _pages(pages: str, language: Language) -> str:
    if _SEVERAL.search(pages):
        return language.gettext("pp. %(pages)s", pages=pages)
    return language.gettext("p. %(pages)s", pages=pages)


def number(value: float, language: Language = ENGLISH) -> str:
    """A number with thousands separated, as precise as it was written; years are not numbers."""
    return language.numerals(f"{Decimal(repr(value)):,f}".removesuffix(".0"))


def minutes(text: str, language: Language = ENGLISH) -> str:
    """How long a text takes to read, such as `4 minutes`: at 230 words a minute, rounded up."""
    count = max(1, -(-len(text.split()) // _WORDS_A_MINUTE))
    return language.ngettext("%(num)s minute", "%(num)s minutes", count)


def first_sentence(text: str) -> str:
    """The first sentence of a text, for a heading; the whole of it if it is short."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop and len(text) > 90 else text


@lru_cache(maxsize=1 << 13)
def initial(text: str) -> str:
    """The letter that a text is listed under: its first, without accents; all numbers are one."""
    found = next((c for c in unicodedata.normalize("NFKD", text) if c.isalnum()), "#")
    return "0-9" if found.isdigit() else found.upper()


def coordinates(point: tuple[float, float], language: Language = ENGLISH) -> str:
    """Longitude and latitude in degrees as `40.201° N, 49.481° E`."""
    lon, lat = point
    across, up = number(abs(lon), language), number(abs(lat), language)
    north = (
        language.gettext("%(degrees)s° N", degrees=up)
        if lat >= 0
        else language.gettext("%(degrees)s° S", degrees=up)
    )
    east = (
        language.gettext("%(degrees)s° E", degrees=across)
        if lon >= 0
        else language.gettext("%(degrees)s° W", degrees=across)
    )
    return f"{north}, {east}"


def host(url: str) -> str:
    """The host of an address, for a short link text."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
