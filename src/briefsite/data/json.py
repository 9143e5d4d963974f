"""The library as JSON: every field of every record, under the names the files use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefsite.model.library import BriefEntry, Library
from briefsite.model.records import Record
from briefsite.model.walk import references

_KINDS = ("sources", "actors", "places", "agreements")


def brief_json(library: Library, entry: BriefEntry) -> bytes:
    """One brief with the registry records and the foreign claims that it names."""
    named: dict[str, dict[str, None]] = {}
    for reference in library.shown_on(entry.record):
        named.setdefault(reference.kind, {})[reference.id] = None
    foreign = [library.claims[key] for key in named.get("claim", ()) if key not in entry.claims]
    for claim in foreign:
        for reference in references(claim):
            named.setdefault(reference.kind, {})[reference.id] = None
    document: dict[str, Any] = {
        "id": entry.id,
        "publication": library.publication.title,
        "as_of": str(library.as_of),
        "brief": _plain(entry.record),
        "claims_from_other_briefs": [
            {"brief": library.home[claim.id], **_plain(claim)} for claim in foreign
        ],
    }
    document["questions_from_other_briefs"] = [
        {"brief": library.questions[key][1].id, **_plain(library.questions[key][0])}
        for key in entry.record.questions
    ]
    for name in _KINDS:
        records: Mapping[str, Record] = getattr(library, name)
        wanted = named.get(name.removesuffix("s"), {})
        document[name] = [_plain(record) for key, record in records.items() if key in wanted]
    return to_json(document).encode()


def library_json(library: Library) -> bytes:
    """The whole publication."""
    document: dict[str, Any] = {
        "publication": _plain(library.publication),
        "as_of": str(library.as_of),
        "topics": [_plain(topic) for topic in library.topics.values()],
        "briefs": [{"id": e.id, **_plain(e.record)} for e in library.briefs.values()],
        "maps": [{"id": e.id, **_plain(e.record)} for e in library.maps.values()],
    }
    for name in (*_KINDS, "corrections"):
        document[name] = [_plain(record) for record in getattr(library, name).values()]
    for name in ("loaded_words", "contested_names"):
        document[name] = [_plain(record) for record in getattr(library, name)]
    return to_json(document).encode()


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def to_json(document: object) -> str:
    """JSON as every file and command of ours has it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
