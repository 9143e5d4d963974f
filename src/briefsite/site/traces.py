"""What a build has noted of all that it made: from what it was made, and where it is kept."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from briefsite.cache.inputs import digest_of
from briefsite.cache.store import Store
from briefsite.model.questions import Question

Trace = tuple[str, Sequence[Question], bytes]
"""What is noted of a unit: what its makers hold, what they ask, and a digest of all that it was
made from, under which it is kept."""
UNIT = "unit"
"""What is asked by a unit that is made of another, with the other's name."""


class Traces(NamedTuple):
    """What a build has noted."""

    answers: Mapping[Question, bytes] = {}
    units: Mapping[str, Trace] = {}
    places: Mapping[str, bytes] = {}
    """Where parts stand in files that are joined."""
    assembled: frozenset[str] | None = None
    """Which parts of briefs its pages and files follow from; None if that is not known."""
    sources: Mapping[str, str] = {}
    """Digests of its sources."""
    moved: Mapping[str, str | None] = {}
    """What was asked of which part of a list has an anchor, and the answers."""


def recall_traces(store: Store, given: bytes) -> tuple[str, Traces]:
    """What the build before has noted that was `given` the same besides a library, and what stands
    for all of it; nothing, and an empty text, if there is none."""
    content = store.get((b"index", given))
    if content is None:
        return "", Traces()
    return digest_of([content]), Traces(*marshal.loads(content))  # noqa: S302 - our own


def note_traces(store: Store, given: bytes, traces: Traces) -> str:
    """Keep what this build has noted; gives what stands for all of it."""
    content = marshal.dumps(tuple[Any, ...](traces))
    store.put((b"index", given), content)
    return digest_of([content])
