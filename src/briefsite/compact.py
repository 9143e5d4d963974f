"""JSON that browsers load: nothing stands in it that only people need."""

from __future__ import annotations

import json

compact_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as JSON without blanks, its letters as they are."""

_UNSAFE = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def script_json(value: object) -> str:
    """The same so that it can stand within an element of a page, whatever its texts say."""
    text = compact_json(value)
    for letter, written in _UNSAFE.items():
        text = text.replace(letter, written)
    return text
