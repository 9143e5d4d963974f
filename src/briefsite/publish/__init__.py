"""What is put online beside the pages: card pictures, paper, a copy to take along, small files."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefsite.publish.cache import Cache
    from briefsite.publish.inspect import faults
    from briefsite.publish.policy import unsealed
    from briefsite.publish.press import Card, Press, Printed
    from briefsite.publish.typeset import PublishError

OFFLINE_COPY = "offline.zip"
"""What a site holds that was published, and none that was built."""
_PLACES = {
    "Cache": "cache:Cache",
    "Card": "press:Card",
    "Press": "press:Press",
    "Printed": "press:Printed",
    "PublishError": "typeset:PublishError",
    "faults": "inspect:faults",
    "unsealed": "policy:unsealed",
}


def __getattr__(name: str) -> Any:
    # A build that publishes nothing does without nearly all of it.
    if name in _PLACES:
        return resolve_name(f"briefsite.publish.{_PLACES[name]}")
    raise AttributeError(name)


__all__ = [
    "OFFLINE_COPY",
    "Cache",
    "Card",
    "Press",
    "Printed",
    "PublishError",
    "faults",
    "unsealed",
]
