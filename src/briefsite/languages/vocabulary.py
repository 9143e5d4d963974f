"""Words of records that pages show: each field's own context, for translators."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from briefsite.model.records import Actor, Agreement, Claim, Correction, Figure, Judgement, Place
from briefsite.model.records.evidence import Confidence, Standing


def _values(record: Any, field: str) -> tuple[str, ...]:
    """What a field may hold, as pages print it."""
    annotation = record.model_fields[field].annotation
    found = [each for part in (annotation, *get_args(annotation)) for each in get_args(part)]
    words = (str(each).replace("-", " ") for each in found if isinstance(each, str))
    return tuple(dict.fromkeys(words)) or tuple(str(each) for each in get_args(annotation))


VOCABULARY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "actor": _values(Actor, "kind"),
        "agreement": _values(Agreement, "kind"),
        "claim": _values(Claim, "kind"),
        "confidence": _values(Confidence, "level"),
        "correction": _values(Correction, "kind"),
        "direction": ("up", "down"),
        "hedge": _values(Figure, "qualifier"),
        "likelihood": _values(Judgement, "likelihood"),
        "place": _values(Place, "kind"),
        "state": (*_values(Standing, "state"), "draft", "scheduled", "published", "review due"),
    }
)
"""Context → words that stand in records and are shown."""
