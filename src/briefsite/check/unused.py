"""Records of the registry that nothing refers to.

Agreements carry their own evidence, and their parties' pages lead to them; the others are there to
be named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from briefsite.check.index import Ids
from briefsite.check.publishing import Named
from briefsite.load import Document, Path
from briefsite.model.records import RecordKind
from briefsite.model.walk import Key
from briefsite.report import Problem

Expected = tuple[RecordKind, str, Path]
"""A record that is there to be named: its kind, its id, and where its id stands in its file."""

_HINTS: Mapping[RecordKind, str] = MappingProxyType(
    {
        "topic": "file a brief under it",
        "source": "cite it in a claim",
        "actor": "name it in a claim",
        "place": "name it in a claim, show it on a map",
        "term": "name it under the `terms:` of a brief that uses it",
    }
)


def uses_in(named: Sequence[Named]) -> Set[Key]:
    """What the records of a file name, but for those that name themselves."""
    return {key for owner, names in named for key in names if key != owner}


def expected_of(ids: Ids) -> Sequence[Expected]:
    """The records of a file that are there to be named."""
    return tuple(each for each in ids.defined if each[0] in _HINTS)


def check_unused(
    files: Iterable[tuple[Set[Key], Sequence[Expected], Callable[[], Document]]],
) -> Iterator[Problem]:
    """What the registry describes and no other record names: one warning each.

    Of each file, the `uses_in` it and what is `expected_of` it are given. The files must be free of
    errors: a misspelt reference makes what it meant look unused.
    """
    files = list(files)
    named = set[Key]().union(*(uses for uses, _, _ in files))
    for _, expected, find in files:
        for kind, identity, path in expected:
            if (kind, identity) not in named:
                document = find()
                yield document.problem(
                    document.locate(path),
                    "unused-record",
                    f"nothing refers to {kind} '{identity}'",
                    f"{_HINTS[kind]}, or take it out",
                )
