"""Names as they stand in prose: whole words, letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefsite.model.prose import Prose
from briefsite.model.records import Term
from briefsite.model.sentences import Run

WORD = re.compile(r"(?<![\w’'–-])[^\W_]\w*")
"""What a name can begin with."""
_BEGINNING = re.compile(r"(?<![\w’'–-])[^\W_]")
_WITHIN_A_WORD = re.compile(r"[\w–-]")


def begins_word(text: str, start: int) -> bool:
    """Whether a word begins at a place in a text."""
    return _BEGINNING.match(text, start) is not None


def ends_word(text: str, end: int) -> bool:
    """Whether a name that ends at a place in a text ends where a word does."""
    return _WITHIN_A_WORD.match(text, end) is None


def stands_at(text: str, start: int, name: str) -> bool:
    """Whether a name stands at a place where a word begins, and ends where a word does."""
    return text.startswith(name, start) and ends_word(text, start + len(name))


def forms_of(term: Term) -> tuple[str, ...]:
    """What names a term in prose; what begins small may begin a sentence."""
    names = (term.name, *(name.name for name in term.names))
    return tuple(dict.fromkeys(form for name in names for form in (name, _opening(name))))


def holds_any(prose: Prose, names: Iterable[str]) -> bool:
    """Whether one of some names stands in prose, where a page can mark it: in no link."""
    texts = [text for each in prose.sentences for text in _texts(each.runs)]
    return any(
        stands_at(text, word.start(), name)
        for name in names
        for text in texts
        if name in text
        for word in WORD.finditer(text)
    )


def _texts(runs: Iterable[Run]) -> Iterator[str]:
    for run in runs:
        if run.kind != "link":
            yield run.text
            yield from _texts(run.children)


def _opening(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
