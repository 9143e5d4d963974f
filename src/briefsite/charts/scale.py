"""Round numbers for an axis that starts at zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal


def ticks(top: Decimal, most: int) -> list[Decimal]:
    """At most `most` round steps from zero that do not pass `top`, zero the first."""
    step = next(step for step in _steps(top) if top / step < most)
    return [step * number for number in range(int(top / step) + 1)]


def _steps(top: Decimal) -> Iterator[Decimal]:
    power = Decimal(1).scaleb(top.adjusted() - 2)
    while True:
        yield from (power, power * 2, power * 5)
        power *= 10
