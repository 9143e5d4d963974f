"""What a rule finds, and how rules are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from briefsite.check.forms import Form
from briefsite.check.gate.context import Context
from briefsite.check.passages import Passage
from briefsite.check.statements import Statement


class Finding(NamedTuple):
    """Something wrong at character `at` of a statement."""

    statement: Statement
    at: int
    code: str
    message: str
    hint: str


Rule = Callable[[Statement, Passage, Context], Iterator[Finding]]


def first_word(statement: Statement) -> int:
    """The first character of a sentence that is a word's."""
    found = re.search(r"\w", statement.text)
    return found.start() if found else 0


def form_in(form: Form, statement: Statement) -> Iterator[re.Match[str]]:
    """Every place of a word or name in a sentence, however it is broken up."""
    return form.matches(statement.folded, statement.letters)


def short(statement: Statement) -> str:
    plain = statement.plain
    return plain if len(plain) <= 60 else f"{plain[:57].rsplit(' ', 1)[0]} …"
