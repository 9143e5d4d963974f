"""A brief for somebody of whom it is noted which parts of it he looks at.

Most that is made of a brief looks at some of it: a feed at its changes, a list at its title and its
summary. What else is edited there does not concern it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from briefsite.model.entries import FOLLOWING, BriefEntry, part_with

Look = Callable[[str], object]
"""What is told of each part that is looked at, as `part_with` names them; of an empty name, if it
may be any."""

_PARTS = {
    "claims": ("claims",),
    "claims_naming": ("claims",),
    "claims_print": ("claims",),
    "days": ("front",),
    "events": ("front", "timeline"),
    "head": ("front",),
    "judgements": ("judgements",),
    "questions": ("positions",),
    **{name: (part_with(name),) for name in FOLLOWING},
}
"""The parts that an attribute of an entry follows from; all of them, if it is not named here."""


class SeenEntry(BriefEntry):
    """A view of a brief's entry: what it tells is the same."""

    def __init__(self, entry: BriefEntry, look: Look) -> None:
        def look_at(field: str) -> None:
            look(field and part_with(field))

        record = entry.record.seen(look_at)
        vars(self).update(id=entry.id, origin=entry.origin, record=record, _entry=entry, _look=look)


class _Seen:
    """An attribute of an entry that is looked up through its view."""

    def __init__(self, name: str, parts: Sequence[str]) -> None:
        self._name = name
        self._parts = parts

    def __get__(self, entry: SeenEntry, _: object = None) -> Any:
        held = vars(entry)
        for part in self._parts:
            held["_look"](part)
        return getattr(held["_entry"], self._name)

    def __set__(self, entry: SeenEntry, _: object) -> None:
        raise AttributeError(self._name)


# Whatever an entry has, so that no attribute can be forgotten.
_HELD = (key for key, value in vars(BriefEntry).items() if isinstance(value, cached_property))
_OTHERS = (key for key, value in vars(BriefEntry).items() if isinstance(value, property))
for _name in {*_HELD, *_OTHERS, *_PARTS}:
    setattr(SeenEntry, _name, _Seen(_name, _PARTS.get(_name, ("",))))
