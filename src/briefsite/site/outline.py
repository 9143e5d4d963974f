"""What a build knew of its sources before it read most of them, for the next one to be held to."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefsite.cache.inputs import running_program
from briefsite.cache.store import Store


class Outline(NamedTuple):
    """The sources of a build."""

    digests: Mapping[str, str]
    """Path → digest of what each file held."""
    outline: str
    """That of the check."""
    scales: Sequence[str]
    """The basemaps that maps are drawn on."""


def recall_outline(store: Store, options: Sequence[object]) -> Outline | None:
    """That of the last build with the same options."""
    content = store.get(_key(options))
    return None if content is None else Outline(*marshal.loads(content))  # noqa: S302 - our own


def note_outline(store: Store, options: Sequence[object], outline: Outline) -> None:
    """Keep that of this build."""
    digests, told, scales = outline
    store.put(_key(options), marshal.dumps((dict(digests), told, [*scales])))


def _key(options: Sequence[object]) -> Sequence[bytes]:
    return b"outline", running_program().encode(), repr(options).encode()
