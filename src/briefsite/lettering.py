"""How wide a text is about, for pictures that are drawn without a browser."""

from __future__ import annotations

from collections.abc import Iterator

_NARROW, _WIDE = "iljtfrI.,'’·:;()[]| -", "mwMWQO@%&"


def text_width(text: str, size: float, *, spacing: float = 0) -> float:
    """About how wide a text is in a sans serif of `size` pixels, `spacing` after each letter."""
    width = 0.0
    for letter in text:
        if letter in _NARROW:
            width += 0.31
        elif letter in _WIDE:
            width += 0.86
        elif letter.isupper():
            width += 0.69
        else:
            width += 0.55 if ord(letter) < 0x2E80 else 1.0
    return width * size + spacing * len(text)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of about `width` pixels; only a word that is longer than that is cut."""
    lines: list[str] = []
    for word in (piece for part in text.split() for piece in _pieces(part, size, width)):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: float, width: float) -> Iterator[str]:
    start, so_far = 0, 0.0
    for at, letter in enumerate(word):
        step = text_width(letter, size)
        if at > start and so_far + step > width:
            yield word[start:at]
            start, so_far = at, 0.0
        so_far += step
    yield word[start:]
