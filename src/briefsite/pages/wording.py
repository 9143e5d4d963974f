"""Records in a reader's words: labels, references, numbers, coordinates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sized
from decimal import Decimal
from urllib.parse import urlsplit

from briefsite.model.records import Source

_WORDS_A_MINUTE = 230
_SEVERAL = re.compile(r"\d\s*[-–,]")


def reference(source: Source) -> str:
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
        container += f", {'pp.' if _SEVERAL.search(source.page) else 'p.'} {source.page}"
    parts.append(container.strip(", "))
    if source.publisher != source.container_title:
        parts.append(source.publisher or "")
    parts.append(source.issued.words() if source.issued else "no date")
    return ", ".join(part for part in parts if part)


def number(value: float) -> str:
    """A number with thousands separated, as precise as it was written; years are not numbers."""
    return f"{Decimal(repr(value)):,f}".removesuffix(".0")


def counted(items: Sized, noun: str, several: str = "") -> str:
    """How many there are, such as `1 claim` or `12 claims`; `several` is a plural of its own."""
    count = len(items)
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"


def minutes(text: str) -> str:
    """How long a text takes to read, such as `4 minutes`: at 230 words a minute, rounded up."""
    count = max(1, -(-len(text.split()) // _WORDS_A_MINUTE))
    return f"{count} minute{'s' if count > 1 else ''}"


def first_sentence(text: str) -> str:
    """The first sentence of a text, for a heading; the whole of it if it is short."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop and len(text) > 90 else text


def initial(text: str) -> str:
    """The letter that a text is listed under: its first, without accents; all numbers are one."""
    found = next((c for c in unicodedata.normalize("NFKD", text) if c.isalnum()), "#")
    return "0-9" if found.isdigit() else found.upper()


def opening(text: str) -> str:
    """Text as a sentence opens: its first letter large, the others as they were."""
    return text[:1].upper() + text[1:]


def coordinates(point: tuple[float, float]) -> str:
    """Longitude and latitude in degrees as `40.201° N, 49.481° E`."""
    lon, lat = point
    north = f"{number(abs(lat))}° {'N' if lat >= 0 else 'S'}"
    return f"{north}, {number(abs(lon))}° {'E' if lon >= 0 else 'W'}"


def host(url: str) -> str:
    """The host of an address, for a short link text."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
