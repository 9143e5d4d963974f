"""Where the site will be: what leaves it, such as a feed or a reference, has whole addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Addresses:
    """The addresses of a site published at `site_url`, which is empty if nobody said where."""

    site_url: str = ""

    @cached_property
    def base(self) -> str:
        """The address that site paths are joined to, or nothing."""
        return f"{self.site_url.rstrip('/')}/" if self.site_url else ""

    def absolute(self, path: str) -> str | None:
        """The whole address of a site path, or None if it cannot be known.

        Paths of ours are made of ids, and need no encoding.
        """
        return f"{self.base}{path}" if self.base else None

    def nearest(self, path: str, up: str = "") -> str:
        """The whole address of a site path, or else the way to it through the folders `up`."""
        return self.absolute(path) or f"{up}{path}"


NOWHERE = Addresses()
"""Nobody said where the site will be."""
