"""A language in which every message is translated: what stays English was never asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path

from briefsite.languages import Language
from briefsite.languages.language import Messages
from briefsite.languages.po import read_entries

_LIST = Path(__file__).parents[2] / "languages" / "messages.pot"
_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


@cache
def pseudo(code: str = "az") -> Language:
    """A language whose words are the English ones between `‹` and `›`."""
    single: dict[tuple[str, str], str] = {}
    several: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in read_entries(_LIST.read_text(encoding="utf-8")):
        key = (entry.context, entry.message.value)
        if entry.plural is not None:
            several[key] = (f"‹{entry.plural.value}›",) * 2
        else:
            single[key] = f"‹{key[1]}›"
    return Language(code, Messages(single, several, lambda number: int(number != 1)))


def texts(markup: str) -> set[str]:
    """Every text of some HTML or SVG between its tags, but for scripts and styles."""
    return {
        text for part in _TEXT.sub("\n", markup).split("\n") if (text := unescape(part).strip())
    }


def words(found: Iterable[str]) -> set[str]:
    """Those with letters in them."""
    return {text for text in found if re.search(r"[A-Za-z]{2}", text)}
