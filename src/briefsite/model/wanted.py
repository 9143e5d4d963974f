"""What of a publication is wanted, where not all of it is put together."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

_PARTS = re.compile("[/.]")


class Wanted(Container[str]):
    """Names of pages and files, such as `briefs/energy-ties.md` or `data/energy-ties`.

    All that is asked of it takes no longer for a large publication than for a small one.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._of: dict[str, dict[str, None]] = {}
        for name in sorted(self._names):
            kind, _, rest = name.partition("/")
            self._of.setdefault(_PARTS.split(kind)[0], {})[_PARTS.split(rest)[0]] = None

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def any_of(self, kind: str) -> bool:
        """Whether any is wanted that is called `kind`, or below that."""
        return kind in self._of

    def any_list(self, name: str) -> bool:
        """Whether a page of a list is wanted, which may stand in parts."""
        return (
            f"{name}.md" in self
            or "index" in self._of.get(name, ())
            or "part" in self._of.get(name, ())
        )

    def of(self, *kinds: str) -> Iterator[str]:
        """The ids of what is wanted below some folders, each once, in their order."""
        yield from sorted({key for kind in kinds for key in self._of.get(kind, ())})
