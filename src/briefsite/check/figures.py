"""Figures: the number of each is the one that its claim's text gives in that unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice
from types import MappingProxyType

from briefsite.check.expressions import look_over
from briefsite.check.folding import fold
from briefsite.check.gate.facts import facts_of, in_digits, read_number
from briefsite.check.plain import Plain, each
from briefsite.check.shape import Reading
from briefsite.model.records import Brief
from briefsite.report import Problem

_SCALE = r"(?:hundred|thousand|million|billion|trillion|bn|mn)"
# What the units that have more than one spelling are compared as; a prefix of a thousand is none
# of their difference, as a claim may say gigawatts where its figure has megawatts.
_KINDS = MappingProxyType(
    {
        **dict.fromkeys(("percent", "per cent", "%"), "%"),
        **dict.fromkeys(("kw", "mw", "gw", "kilowatt", "megawatt", "gigawatt"), "watt"),
        **dict.fromkeys(("kwh", "mwh", "gwh", "twh"), "watt-hour"),
        **dict.fromkeys(("m", "km", "metre", "meter", "kilometre", "kilometer"), "metre"),
        **dict.fromkeys(("km2", "km²", "m2", "m²", "square"), "square"),
        **dict.fromkeys(("km3", "km³", "m3", "m³", "cubic", "bcm"), "cubic"),
        **dict.fromkeys(("$", "us$", "usd", "dollar"), "usd"),
        **dict.fromkeys(("€", "eur", "euro"), "eur"),
    }
)
_BEFORE = re.compile(r"(us\$|[$€])\s?$")
_AFTER = re.compile(rf"[ -]?(?:{_SCALE}[ -])?(?=(%|per ?cent\b|[a-z][a-z²³$]*\d?))")
_SCALED = re.compile(rf"[ -]?{_SCALE}\b")
# No claim says so many; more would only take time.
_MAX_QUANTITIES = 1_000
_LONGEST_UNIT = 80
_LEADING_SCALE = re.compile(rf"^{_SCALE} ")


def check_figures(reading: Reading[Brief]) -> Iterator[Problem]:
    """Figures that a claim's text contradicts: it has a number of their unit, and not theirs.

    A text may leave a number to its figure, or give it in words, by a note or in the answer; what
    it counts in the same unit must then be another figure.
    """
    for number, claim in each(reading.plain, "claims"):
        text = claim.get("text")
        if not isinstance(text, str) or not claim.get("figures"):
            continue
        folded = look_over(text)
        values = (value for _, figure in each(claim, "figures") for _, value in _numbers(figure))
        known = {_mantissa(value) for value in values}
        found = islice(_quantities(folded), _MAX_QUANTITIES)
        others = [quantity for quantity in found if _mantissa(quantity[0]) not in known]
        if not others:
            continue
        for position, figure in each(claim, "figures"):
            unit = figure.get("unit")
            written = _written(unit, others) if isinstance(unit, str) else ""
            if not written:
                continue
            words_of_it = {key: value for key, value in claim.items() if key not in _APART}
            said = {_mantissa(value) for value in facts_of(words_of_it).numbers}
            for key, value in _numbers(figure):
                if _mantissa(value) not in said:
                    yield reading.document.problem(
                        reading.document.locate(("claims", number, "figures", position, key)),
                        "figure-not-in-text",
                        f"the text of the claim says '{written}', and not {value:,.12g}",
                        "correct the one or the other; if both are right, say both in the text",
                    )


# What a claim says beside its text and the words about it.
_APART = frozenset({"figures", "date", "as_of"})


def _numbers(figure: Plain) -> Iterator[tuple[str, float]]:
    for key in ("value", "high"):
        value = figure.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            read = read_number(repr(value))
            if math.isfinite(read):
                yield key, read


def _quantities(folded: str) -> Iterator[tuple[float, str, str, str]]:
    """Each number in digits that has a unit: its value, unit, what follows, and how it reads."""
    for match in in_digits(folded):
        after = _AFTER.match(folded, match.end())
        before = _BEFORE.search(folded, max(0, match.start() - 5), match.start())
        if before:
            scale = _SCALED.match(folded, match.end())
            unit, end = before[1], scale.end() if scale else match.end()
        elif after:
            unit, end = after[1], after.end(1)
        else:
            continue
        start = before.start() if before else match.start()
        rest = folded[after.start(1) : after.start(1) + _LONGEST_UNIT] if after else ""
        yield read_number(match.group()), _kind(unit), rest, folded[start:end]


def _written(unit: str, quantities: list[tuple[float, str, str, str]]) -> str:
    """The first of some quantities that is of a unit, as it reads; an empty string if none is."""
    folded = _LEADING_SCALE.sub("", fold(unit))
    first, *more = folded.split() or [""]
    kind = _kind(first)
    if more and kind not in ("square", "cubic", "usd", "eur", "%"):
        # Barrels are no barrels a day.
        return next(
            (read for _, _, rest, read in quantities if rest.startswith(folded[:_LONGEST_UNIT])), ""
        )
    return next((read for _, other, _, read in quantities if other == kind), "")


def _kind(unit: str) -> str:
    singular = unit[:-1] if len(unit) > 3 and unit.endswith("s") else unit
    return _KINDS.get(singular, singular)


def _mantissa(value: float) -> float:
    """A number without its sign and the thousands of its unit, to nine digits."""
    value = abs(value)
    if value < 1e-300 or not math.isfinite(value):
        return 0.0
    short = float(f"{value / 1000.0 ** math.floor(math.log10(value) / 3):.9g}")
    return short / 1000 if short >= 1000 else short
