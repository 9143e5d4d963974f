"""Small copies of text files, for servers that hand them out as they are."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_TEXT = re.compile(
    r"\.(?:bib|css|csv|geojson|html|js|json|map|md|ris|svg|topojson|txt|xml)", re.IGNORECASE
)
_QUALITY = 9
"""Brotli's highest steps, 10 and 11, save a tenth more and take ten times as long."""
_LEAST = 1024
"""Below this many bytes a smaller file saves no packet."""


def compress(folder: Path) -> int:
    """Write `NAME.gz` and `NAME.br` beside every text of more than 1 KB; returns how many.

    A copy that is no smaller is not written. Both carry no time, so that they depend on the content
    alone.
    """
    with ThreadPoolExecutor() as pool:  # both work outside the interpreter's lock
        return sum(pool.map(_compress, _texts(folder)))


def _texts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if _TEXT.fullmatch(path.suffix) and path.is_file() and path.stat().st_size > _LEAST:
            yield path


def gzipped(content: bytes) -> bytes:
    """The content as gzip packs it, with no word of when and where that was."""
    packed = bytearray(gzip.compress(content, compresslevel=9, mtime=0))
    # RFC 1952: the system that packed it; 255 is none that is known. Python 3.13 gives that, older
    # ones give their own.
    packed[9] = 255
    return bytes(packed)


def _compress(path: Path) -> int:
    import brotli

    content = path.read_bytes()
    copies = {
        ".gz": gzipped(content),
        ".br": bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY)),
    }
    written = 0
    for suffix, copy in copies.items():
        if len(copy) < len(content):
            path.with_name(path.name + suffix).write_bytes(copy)
            written += 1
    return written
