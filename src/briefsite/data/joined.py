"""Large files in parts, so that a build can keep those that stay the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")

TOGETHER = 32
"""About how many records make a part."""


@dataclass(frozen=True)
class Joined:
    """What makes a file of its parts.

    `kin` names it together with other files whose parts are made from the same.
    """

    kin: str
    parts: Mapping[str, Callable[[], bytes]]
    order: Callable[[Sequence[str]], Iterable[bytes | str]]
    """What the file is, from its head to its end: parts, of which only those are given that hold
    something, by their names, and what stands between them."""

    def __call__(self) -> bytes:
        made = {name: make() for name, make in self.parts.items()}
        pieces = self.order([name for name, part in made.items() if part])
        return b"".join([made[each] if isinstance(each, str) else each for each in pieces])


def parted(separator: bytes, items: Iterable[T]) -> Iterator[bytes | T]:
    """Items with a separator between each two."""
    for number, item in enumerate(items):
        if number:
            yield separator
        yield item


def groups(
    folder: str, keys: Iterable[str], together: int = TOGETHER
) -> Mapping[str, tuple[str, ...]]:
    """Neighbours, about so many `together`, by a name in the folder that each group has.

    A key itself tells whether a group begins with it, so that a new one moves no others.
    """
    found: dict[str, list[str]] = {}
    group: list[str] = []
    for key in keys:
        if not found or crc32(key.encode()) % together == 0:
            group = found[f"{folder}/{key}"] = []
        group.append(key)
    return {name: tuple(keys) for name, keys in found.items()}
