"""Two texts to what stays, what goes and what comes, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_WORD = re.compile(r"\S+")
_CONTEXT = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that both texts have (`same`), or only the older (`old`) or the newer (`new`)."""

    kind: Literal["same", "old", "new"]
    text: str


def wordwise(before: str, after: str) -> list[Piece]:
    """What changed between two texts; of long stretches that did not, only what is beside."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > 400)
    pieces: list[Piece] = []
    for code, a, b, c, d in matcher.get_opcodes():
        if code == "equal":
            pieces.append(Piece("same", " ".join(_shortened(old[a:b], a == 0, b == len(old)))))
            continue
        if b > a:
            pieces.append(Piece("old", " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", " ".join(new[c:d])))
    return pieces


def _shortened(words: Sequence[str], is_first: bool, is_last: bool) -> Iterator[str]:
    """The words next to a change; the first few and last few of the text stay apart by `…`."""
    before = 0 if is_first else _CONTEXT
    after = 0 if is_last else _CONTEXT
    if len(words) <= before + after + 2:
        yield from words
        return
    yield from words[:before]
    yield "…"
    yield from words[len(words) - after :]
