"""What someone at a terminal is asked for, and asked again if it is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from briefsite.model.records import RecordKind
from briefsite.write.fields import Field, FieldError
from briefsite.write.fields import Path as FieldPath
from briefsite.write.new import Made, RefusedError
from briefsite.write.scalars import Written

Fields = Mapping[FieldPath, Written]
Read = Callable[[Field, str], Written]


def make_asked(
    kind: RecordKind,
    flags: Mapping[str, Field],
    given: Fields,
    read: Read,
    attempt: Callable[[Fields], Made],
) -> Made:
    """What `attempt` makes of what is given and answered; an empty answer leaves a blank.

    Raises RefusedError for what was given before anyone is asked. Of the answers, those that are
    refused are asked for again, and the others are kept.
    """
    made = attempt(given)
    asked = {
        flag: field
        for flag, field in flags.items()
        if field.required and field.path not in given and not _needs_claims(kind, field)
    }
    answers: dict[str, Written] = {}
    for flag, field in asked.items():
        answer = _ask(flag, field, read)
        if answer is not None:
            answers[flag] = answer
    try:
        return attempt({**given, **{asked[flag].path: value for flag, value in answers.items()}})
    except RefusedError:
        kept = given
    for flag, first in answers.items():
        answer = first
        while answer is not None:
            wider = {**kept, asked[flag].path: answer}
            try:
                made, kept = attempt(wider), wider
                break
            except RefusedError as error:
                sys.stdout.write(f"{error}\n")
                answer = _ask(flag, asked[flag], read)
    return made


def _needs_claims(kind: RecordKind, field: Field) -> bool:
    """Whether it names claims, of which a new brief has none yet."""
    return kind == "brief" and field.is_prose


def _ask(flag: str, field: Field, read: Read) -> Written | None:
    while text := input(f"{flag}: {field.hint} ").strip():
        try:
            return read(field, text)
        except FieldError as error:
            sys.stdout.write(f"  {error}\n")
    return None


__all__ = ["make_asked"]
