"""What each field of a record is for, as it is said beneath it where it is defined.

Schemas and `briefsite new` ask for that. No check or build does, and to read it takes longer than
to define all records.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def descriptions(record: type[BaseModel]) -> Mapping[str, str]:
    """Name of each field of a record → what it is for."""
    found: dict[str, str] = {}
    for each in reversed(record.__mro__):
        if each is not BaseModel and issubclass(each, BaseModel):
            found |= _told(each.__module__).get(each.__name__, {})
    fields = record.model_fields.items()
    return {name: told for name, f in fields if (told := f.description or found.get(name))}


@cache
def _told(module: str) -> Mapping[str, Mapping[str, str]]:
    """Name of each class of a module → what is said of its fields."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: dict(_of(each)) for each in tree.body if isinstance(each, ast.ClassDef)}


def _of(record: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(record.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)
