"""Characters that look like plain ones, in what a program must read: names, keys and ids."""

from __future__ import annotations

import unicodedata

LOOKALIKES = {
    # Cyrillic
    **dict(zip("аАеЕоОрРсСхХуУіІ", "aAeEoOpPcCxXyYiI", strict=True)),
    **dict(zip("јЈѕЅвВнНкКмМтТԁԛԝһҺ", "jJsSbBhHkKmMtTdqwhH", strict=True)),
    # Greek
    **dict(zip("αΑΒεΕΖΗιΙκΚΜνΝοΟρΡτΤυΥχΧ", "aABeEZHiIkKMvNoOpPtTuYxX", strict=True)),
    # Armenian, Latin and others
    **dict(zip("օսոհոցԼՏՍ", "ounhngLSU", strict=True)),
    "ı": "i",
    "ɡ": "g",
    "ǀ": "l",
    "ə": "e",
    "Ə": "E",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
}  # fmt: skip
DASHES = "‐‑‒–—―−﹣－"
_MAX_NAMED = 3


def plain_letters(text: str) -> str:
    """A text with the plain letters, hyphens and spaces that those of others look like."""
    return text if text.isascii() else "".join(_twin(char) or char for char in text)


def name_lookalikes(text: str) -> str:
    """Which characters of a text look like others, such as `'с' (Cyrillic) looks like 'c'`; or "".

    Nothing is said of a word that cannot have been meant to be Latin.
    """
    if text.isascii():
        return ""
    is_latin = any(char.isascii() and char.isalpha() for char in text)
    if not is_latin and not plain_letters(text).isascii():
        return ""
    twins = {char: twin for char in text if (twin := _twin(char))}
    return "; ".join(_describe(*pair) for pair in list(twins.items())[:_MAX_NAMED])


def _twin(char: str) -> str:
    """The plain character that one looks like; none of what is Latin, which is another letter."""
    name = unicodedata.name(char, "")
    if char.isascii() or name.startswith("LATIN"):
        return ""
    if char in DASHES:
        return "-"
    if char.isspace():
        return " "
    twin = LOOKALIKES.get(char) or unicodedata.normalize("NFKC", char)
    return twin if twin.isascii() and twin.isalnum() and len(twin) == 1 else ""


def describe_space(space: str) -> str:
    """What a space is called that is no plain one."""
    return f"U+{ord(space):04X} ({unicodedata.name(space, 'control character').lower()})"


def _describe(char: str, twin: str) -> str:
    if twin == " ":
        return f"{describe_space(char)} looks like a space"
    name = unicodedata.name(char)
    kind = name.split()[0].capitalize() if twin.isalnum() else name.lower()
    return f"'{char}' ({kind}) looks like '{twin}'"
