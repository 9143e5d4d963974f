"""Which question decides on what is looked up in a library.

There are twenty claims to a brief, and who shows one of them is seldom concerned by one alone; the
page of a record looks at all that names it. So several questions are one as soon as they are asked,
and few are noted, answered and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from briefsite.model.library import Library

Question = tuple[str, ...]
"""What was asked: an attribute of the library, and a key in it; all of it, if there is no key."""

_OF_BRIEF = {"claims": "claims of", "home": "heads"}
"""What is asked of a claim → what of its brief: all its claims and their corrections, or what it is
called and which claims it has."""
_OF_RECORD = {"claims_of": (), "heads_of": (), "maps_of": (), "cited_by": ("source",)}
"""What is asked of a record and is all that names it → its kind, where that goes without saying."""


def deciding(name: str, library: Library) -> Callable[[Any], Question]:
    """What gives the question that decides on what a mapping of a library holds under a key."""

    def of_key(key: Any) -> Question:
        if type(key) is str:
            return name, key
        parts = key if isinstance(key, tuple) else (key,)
        return (name, *parts) if all(isinstance(each, str) for each in parts) else (name,)

    def of_claim(key: Any) -> Question:
        home = library.home.get(key)
        return of_key(key) if home is None else (_OF_BRIEF[name], home)

    def of_named(key: Any) -> Question:
        question = of_key(key)
        record = (*_OF_RECORD[name], *question[1:])
        return ("around", *record) if len(record) == 2 else question

    def of_corrected(key: Any) -> Question:
        question = of_key(key)
        if question[1:2] == ("source",):
            return "sources", *question[2:]
        home = library.home.get(question[-1])
        return question if home is None else ("claims of", home)

    if name in _OF_BRIEF:
        return of_claim
    if name in _OF_RECORD:
        return of_named
    if name == "corrections_of":
        return of_corrected
    return of_key
