"""Records of the registry that nothing refers to.

Agreements carry their own evidence, and their parties' pages lead to them; the others are there to
be named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from briefsite.check.index import Ids
from briefsite.check.publishing import Key, Named
from briefsite.load import Document
from briefsite.model.records import RecordKind
from briefsite.report import Problem

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


def check_unused(
    files: Iterable[tuple[Set[Key], Ids, Callable[[], Document]]],
) -> Iterator[Problem]:
    """What the registry describes and no other record names: one warning each.

    Of each file, the `uses_in` it and its ids are given. The files must be free of errors: a
    misspelt reference makes what it meant look unused.
    """
    files = list(files)
    named = set[Key]().union(*(uses for uses, _, _ in files))
    for _, ids, find in files:
        for kind, identity, path in ids.defined:
            if kind in _HINTS and (kind, identity) not in named:
                document = find()
                yield document.problem(
                    document.locate(path),
                    "unused-record",
                    f"nothing refers to {kind} '{identity}'",
                    f"{_HINTS[kind]}, or take it out",
                )
