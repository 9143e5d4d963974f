"""The places of a brief, with the claims about them, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from briefsite.compact import compact_json
from briefsite.data.addresses import Addresses
from briefsite.data.joined import Joined, groups, parted
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.records import Claim, Place

_HEAD = "head"
_TOGETHER = 4
"""Places that make a part: a hundred claims may be about each."""


def brief_geojson(library: Library, entry: BriefEntry, addresses: Addresses) -> bytes:
    """Every place that a brief or one of the claims on its page names."""
    others = library.claims_of_others(entry)
    named = chain(library.shown_on(entry), *map(library.named_in, others))
    places = {key for kind, key in named if kind == "place"}
    return _collection(library, places, [*entry.record.claims, *others], addresses)


def library_geojson(library: Library, addresses: Addresses) -> Joined:
    """Every place there is."""
    parts: dict[str, Callable[[], bytes]] = {_HEAD: partial(_head, library)}
    for part, keys in groups("places", library.places, _TOGETHER).items():
        parts[part] = partial(_features, library, keys, addresses)
    return Joined("places", parts, _order)


def _features(library: Library, keys: Iterable[str], addresses: Addresses) -> bytes:
    named = {key: library.claims_of.get(("place", key), ()) for key in keys}
    about = {key: [claim for claim in named[key] if key in claim.places] for key in keys}
    found = (_feature(library, library.places[key], about[key], addresses) for key in keys)
    return ",".join(map(compact_json, found)).encode()


def _head(library: Library) -> bytes:
    return compact_json(_about(library)).encode().removesuffix(b"}")


def _order(parts: Sequence[str]) -> Iterator[bytes | str]:
    yield _HEAD
    yield b',"features":['
    yield from parted(b",", (part for part in parts if part != _HEAD))
    yield b"]}\n"


def _collection(
    library: Library, wanted: Iterable[str], claims: Iterable[Claim], addresses: Addresses
) -> bytes:
    about: dict[str, list[Claim]] = {}
    for claim in claims:
        for place in dict.fromkeys(claim.places):
            about.setdefault(place, []).append(claim)
    found = [
        _feature(library, library.places[key], about.get(key, []), addresses)
        for key in sorted(wanted)
    ]
    return (compact_json({**_about(library), "features": found}) + "\n").encode()


def _about(library: Library) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "as_of": str(library.as_of),
        "disclaimer": library.publication.map_disclaimer,
        "licence": library.publication.licence,
    }


def _feature(
    library: Library, place: Place, claims: list[Claim], addresses: Addresses
) -> dict[str, Any]:
    """A place: without a known point it has no geometry, and is still listed."""
    properties = place.model_dump(mode="json", exclude_none=True, exclude={"id", "lat", "lon"})
    properties["address"] = addresses.nearest(f"places/{place.id}/")
    properties["claims"] = [_claim(library, claim, addresses) for claim in claims]
    point = place.point
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": place.id, "geometry": geometry, "properties": properties}


def _claim(library: Library, claim: Claim, addresses: Addresses) -> dict[str, Any]:
    return {
        "id": claim.id,
        "address": addresses.nearest(f"briefs/{library.home[claim.id]}/#{claim.id}"),
        "text": claim.text,
        "kind": claim.kind,
        "date": str(claim.date),
        "confidence": claim.confidence.level,
        "state": library.state_of(claim.id),
    }
