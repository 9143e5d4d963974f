"""Whether what sources are linked to still answers: the one part that asks other hosts anything.

No build and no check comes here; `briefsite links` does, in a workflow of its own.
"""

from briefsite.linkcheck.ask import Limits, State, is_public
from briefsite.linkcheck.links import Finding, Link, check_links, print_links

__all__ = [
    "Finding",
    "Limits",
    "Link",
    "State",
    "check_links",
    "is_public",
    "print_links",
]
