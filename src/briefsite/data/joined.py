"""Large files in parts, so that a build can keep those that stay the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

TOGETHER = 32
"""About how many records make a part."""


@dataclass(frozen=True)
class Joined:
    """What makes a file of its parts.

    `kin` names it together with other files whose parts are made from the same.
    """

    kin: str
    parts: Mapping[str, Callable[[], bytes]]
    join: Callable[[Mapping[str, bytes]], bytes]
    """Makes the file of its parts by their names, in their order."""

    def __call__(self) -> bytes:
        return self.join({name: make() for name, make in self.parts.items()})


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
