"""What a build knew of its sources before it read most of them, for the next one to be held to."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefsite.cache.inputs import digest_of
from briefsite.cache.store import Store


class Outline(NamedTuple):
    """The sources of a build."""

    digests: Mapping[str, str]
    """Path → digest of what each file held."""
    outline: str
    """That of the check."""
    scales: Sequence[str]
    """The basemaps that maps are drawn on."""


def recall_outline(store: Store, sign: str) -> Outline | None:
    """What was noted under a sign."""
    content = store.get((b"outline", sign.encode()))
    return None if content is None else Outline(*marshal.loads(content))  # noqa: S302 - our own


def note_outline(store: Store, outline: Outline) -> str:
    """Keep what a build knew; gives what stands for all of it."""
    digests, told, scales = outline
    content = marshal.dumps((dict(digests), told, [*scales]))
    sign = digest_of([content])
    store.put((b"outline", sign.encode()), content)
    return sign
