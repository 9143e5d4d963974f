"""How wide a text is about, for pictures that are drawn without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

_NARROW, _WIDE = "iljtfrI.,'’·:;()[]| -", "mwMWQO@%&"


def text_width(text: str, size: float, *, spacing: float = 0) -> float:
    """About how wide a text is in a sans serif of `size` pixels, `spacing` after each letter."""
    return _advance(text) * size / 100 + spacing * len(text)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of about `width` pixels; only a word that is longer than that is cut."""
    lines: list[str] = []
    room = width * 100 / size
    used = 0
    for word in (piece for part in text.split() for piece in _pieces(part, room)):
        needed = _advance(word)
        if lines and used + _letter(" ") + needed <= room:
            lines[-1] += f" {word}"
            used += _letter(" ") + needed
        else:
            lines.append(word)
            used = needed
    return lines


def _pieces(word: str, room: float) -> Iterator[str]:
    if _advance(word) > room:
        start, so_far = 0, 0
        for at, letter in enumerate(word):
            step = _letter(letter)
            if at > start and so_far + step > room:
                yield word[start:at]
                start, so_far = at, 0
            so_far += step
        word = word[start:]
    yield word


@lru_cache(maxsize=1 << 13)  # of words and names, which come again and again
def _advance(text: str) -> int:
    """How wide a text is in hundredths of its size, which add up without rounding."""
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> int:
    if letter in _NARROW:
        return 31
    if letter in _WIDE:
        return 86
    if letter.isupper():
        return 69
    return 55 if ord(letter) < 0x2E80 else 100
