"""How long tests take their time: a few of each kind in every run, many with `make faults`."""

from __future__ import annotations

import os

MANY = bool(os.environ.get("BRIEFSITE_FAULTS"))


def seeds(few: int) -> range:
    """Where random sequences of edits begin."""
    return range(1, 1 + (5 * few if MANY else few))
