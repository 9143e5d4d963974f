"""Whether a search index would be that of the build before: told by its parts, before any is
joined."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import NamedTuple

from briefsite.cache.inputs import digest_of
from briefsite.model.lazy import Lazy
from briefsite.search import FOLDER
from briefsite.site.reuse import Reuse


class Searched(NamedTuple):
    """An index as it was made, and of what."""

    parts: Mapping[str, tuple[str | None, str]]
    """What differs if a part may, if that is known; and the digest of what it told."""
    files: Mapping[str, str]
    """The digest of each file."""

    def is_as(self, parts: Mapping[str, tuple[str | None, str]]) -> bool:
        """Whether such parts tell the same."""
        before = [(name, digest) for name, (_, digest) in self.parts.items()]
        return before == [(name, digest) for name, (_, digest) in parts.items()]


def recall(reuse: Reuse) -> Searched:
    """The index of the build before, if there was any."""
    content = reuse.notes.recall(FOLDER)
    parts, files = ({}, {}) if content is None else marshal.loads(content)  # noqa: S302 - our own
    return Searched(parts, files)


def note(reuse: Reuse, made: Searched) -> None:
    """Keep for the next build what this one has made."""
    reuse.notes.note(FOLDER, marshal.dumps((dict(made.parts), dict(made.files))))


def look(
    reuse: Reuse, found: Lazy[bytes], before: Searched
) -> Mapping[str, tuple[str | None, str]]:
    """The parts as they are now: read only if they may tell something else than before."""
    # Its headings are in the publication's language, of which parts need not tell.
    parts: dict[str, tuple[str | None, str]] = {"": (None, reuse.library.publication.language)}
    for name in found.known:
        sign, known = reuse.sign_of(name), before.parts.get(name)
        is_same = known is not None and sign is not None and known[0] == sign
        parts[name] = known if known and is_same else (sign, digest_of([found[name]]))
    return parts
