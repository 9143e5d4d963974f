"""Text to words: with marks or without finds the same. `search.js` does it in the same way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

# Letters that no mark can be taken from, as those who lack them on a keyboard write them.
_PLAIN = str.maketrans(
    {"ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ"}
)
_WORD = re.compile(r"[^\W_]+")
# What a byte of plain text becomes: letters are small, and all but letters and digits parts words.
_ASCII = bytes(ord(c.lower()) if c.isascii() and c.isalnum() else 32 for c in map(chr, range(256)))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: `Şuşa, Ağdam` gives `susa`, `agdam`."""
    if text.isascii():  # as most are
        return tuple(text.encode().translate(_ASCII).decode().split())
    return tuple(chain.from_iterable(map(_fold, text.split())))


@lru_cache(maxsize=1 << 10)
def vocabulary(text: str) -> frozenset[str]:
    """Each of its words, of texts that stand with many items at once found once."""
    return frozenset(words(text))


@lru_cache(maxsize=1 << 16)
def _fold(raw: str) -> tuple[str, ...]:
    if not raw.isascii():
        apart = unicodedata.normalize("NFKD", raw)
        raw = "".join(c for c in apart if not unicodedata.category(c).startswith("M"))
    return tuple(_WORD.findall(raw.lower().translate(_PLAIN)))
