"""Words that take sides, and names that stand together."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from briefsite.model.records.fields import Line, Record, Text


def _has_letters(value: object) -> object:
    sides = value.split("/") if isinstance(value, str) else []
    if any(not any(char.isalpha() for char in side) for side in sides):
        raise PydanticCustomError("inconsistent", "'{form}' has no letters", {"form": value})
    return value


Form = Annotated[Line, AfterValidator(_has_letters)]


class LoadedWord(Record):
    """A word that takes sides: in quotations only."""

    words: Annotated[tuple[Form, ...], Field(min_length=1)]
    """Its forms, each as it is found in a text, whatever its case."""
    instead: Line | None = None
    """What to write."""
    term: bool = False
    """Whether quotation marks are enough, as for a party's term; otherwise the sentence must also
    say who speaks."""
    reason: Text
    """Why it takes sides."""


class ContestedName(Record):
    """Names of one thing, each used by one side: both stand at first mention."""

    names: Annotated[tuple[Form, ...], Field(min_length=2)]
    """One of each side, its other spellings behind slashes: the first mention of any has another
    side's beside it."""
    reason: Text
    """Who uses which."""
