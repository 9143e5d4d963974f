"""What follows from many entries, brought up to date where a few of them are others now.

Each function gives what it would give without what is `known`, which was found for the entries
`before`. Entries are known by what they are: the same one says the same.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from briefsite.model.walk import AnyKey

V = TypeVar("V")


class Naming(Protocol):
    """A brief or a map, and the kind and id of each record that it names."""

    @property
    def id(self) -> str: ...

    @property
    def named(self) -> Sequence[AnyKey]: ...


class Claiming(Protocol):
    """A brief, and kind and id of a record → the numbers of its own claims that name it."""

    @property
    def naming(self) -> Mapping[AnyKey, Sequence[int]]: ...


N = TypeVar("N", bound=Naming)
C = TypeVar("C", bound=Claiming)
Found = tuple[Mapping[str, N], Mapping[AnyKey, tuple[N, ...]]]


def differing(
    entries: Mapping[str, V], before: Mapping[str, V]
) -> tuple[Sequence[V], Sequence[V]] | None:
    """Which entries have come and which are gone; None if they are too many to be worth it."""
    come = [entry for key, entry in entries.items() if before.get(key) is not entry]
    gone = [entry for key, entry in before.items() if entries.get(key) is not entry]
    return (come, gone) if len(come) + len(gone) < len(entries) else None


def named_by(
    entries: Mapping[str, N], before: Mapping[str, N], known: Mapping[AnyKey, tuple[N, ...]]
) -> dict[AnyKey, tuple[N, ...]]:
    """Kind and id of each record that is named → the entries that name it, by their ids."""
    others = differing(entries, before)
    if others is None:
        found: dict[AnyKey, list[N]] = defaultdict(list)
        for entry in entries.values():
            for key in entry.named:
                found[key].append(entry)
        return dict(zip(found, map(tuple, found.values()), strict=True))
    come, gone = others
    renewed = dict(known)
    for entry in gone:
        for key in entry.named:
            renewed[key] = tuple(each for each in renewed[key] if each is not entry)
    for entry in come:
        for key in entry.named:
            held = renewed.get(key, ())
            place = bisect(held, entry.id, key=lambda each: each.id)
            renewed[key] = (*held[:place], entry, *held[place:])
    for key in {key for entry in gone for key in entry.named}:
        if not renewed[key]:
            del renewed[key]
    return renewed


def count_naming(
    entries: Mapping[str, C], before: Mapping[str, C], known: Mapping[AnyKey, int]
) -> Mapping[AnyKey, int]:
    """Kind and id of each record that claims name → how many do."""
    others = differing(entries, before)
    come: Iterable[C]
    come, gone = (entries.values(), ()) if others is None else others
    counts = Counter({} if others is None else known)
    for entry in gone:
        for key, claims in entry.naming.items():
            counts[key] -= len(claims)
    for entry in come:
        for key, claims in entry.naming.items():
            counts[key] += len(claims)
    for key in {key for entry in gone for key in entry.naming}:
        if not counts[key]:
            del counts[key]
    return counts
