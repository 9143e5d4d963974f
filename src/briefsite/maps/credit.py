"""Whose data a map shows: the ground's sources, and the gazetteer its points come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefsite.languages import ENGLISH, N_, Language
from briefsite.maps.ground import Ground
from briefsite.model.library import Library
from briefsite.model.records import MapRecord
from briefsite.model.walk import named

_GAZETTEERS = {"GeoNames": N_("Places from GeoNames (CC BY 4.0)")}
"""Names in `coordinates_from`, and the credit that their licence asks for."""


def attribution(
    library: Library, record: MapRecord, ground: Ground | None, language: Language = ENGLISH
) -> str:
    """The credit line of a map, such as `Made with Natural Earth · Places from GeoNames (…)`."""
    said = set(_origins(library, record))
    credited = [
        language.gettext(credit)
        for name, credit in _GAZETTEERS.items()
        if any(re.search(rf"\b{name}\b", origin) for origin in said)
    ]
    return " · ".join([*([ground.attribution] if ground else []), *credited])


def _origins(library: Library, record: MapRecord) -> Iterator[str]:
    """Where each point that is shown comes from: those of the registry, and the map's own."""
    for kind, key in named(record):
        if kind == "place":
            yield library.places[key].coordinates_from or ""
    for layer in record.layers:
        for shown in layer.places:
            if shown.point:
                yield shown.point.coordinates_from
