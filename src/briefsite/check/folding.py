"""Text folded so that spelling hides no word from the rules.

Folded text is lower case, with plain quotes, hyphens and spaces, letters without accents, and
look-alikes of other scripts as the Latin letters they look like. Folding keeps every character in
its place.
"""

from __future__ import annotations

import re
import unicodedata

from briefsite.lookalikes import DASHES, LOOKALIKES
from briefsite.model.sentences import CITED

_DOUBLE = "“”„‟«»＂〝〞〟❝❞「」『』″"
_SINGLE = "‘’‚‛‹›＇❛❜`´ʼʻ"


class _Fold(dict[int, str]):
    """Each character's plain one, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(char: str) -> str:
    if char in _DOUBLE:
        return '"'
    if char in _SINGLE:
        return "'"
    if char in DASHES:
        return "-"
    if char in LOOKALIKES:
        return LOOKALIKES[char].lower()
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Mn":
        return "'"  # a loose mark is read over, as a sign within a word is
    compatible = unicodedata.normalize("NFKC", char)
    base = unicodedata.normalize("NFKD", compatible)[:1] if len(compatible) == 1 else char
    lower = LOOKALIKES.get(base, base).lower()
    return lower if len(lower) == 1 else char


_FOLD = _Fold()


def fold(text: str) -> str:
    """Text as the rules look at it; as long as it was, character by character."""
    # Beyond ASCII it takes ten times as long, and most sentences only hold references.
    return CITED.join([part.translate(_FOLD) for part in text.split(CITED)])


_PLAIN_WORD = re.compile("[a-z]+")


def words_in(folded: str) -> frozenset[str]:
    """The words of a folded text, as far as they are letters from a to z."""
    return frozenset(_PLAIN_WORD.findall(folded))


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")
_WORDS = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u200c\u200d][^\W\d_]*)*|[\uff10-\uff19]+")
# What is in no plain word: letters, marks and digits beyond ASCII.
UNUSUAL = re.compile("[^\x00-\x7f\u2010-\u2026\ufffc]+")
_ROMAN = re.compile("[\u2150-\u218f\ufb00-\ufb06]")


def disguised(text: str) -> list[int]:
    """Offsets of words that mix scripts or hide a letter behind a mark of its own."""
    if not UNUSUAL.search(text):
        return []
    found = [match.start() for match in _WORDS.finditer(text) if _is_disguised(match.group())]
    return found + [match.start() for match in _ROMAN.finditer(text)]


def _is_disguised(word: str) -> bool:
    if word.isascii():
        return False
    word = unicodedata.normalize("NFC", word)
    scripts: set[str] = set()
    for char in word:
        if unicodedata.combining(char) or char in "\u200c\u200d":
            if scripts & {"LATIN"}:
                return True
            continue
        name = unicodedata.name(char, "")
        scripts.add(next((script for script in _SCRIPTS if name.startswith(script)), ""))
    return len(scripts) > 1 or bool(scripts & {"FULLWIDTH", "MATHEMATICAL"})


class _Letters(dict[int, str | None]):
    """Each character if it is a letter, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = found = char if char.isalnum() and not char.isdecimal() else None
        return found


_LETTERS = _Letters()


def letters(folded: str) -> str:
    """The letters of a folded text, run together."""
    return folded.replace(CITED, "").translate(_LETTERS)
