"""The library as JSON: every field of every record, under the names the files use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydantic_core

from briefsite.model.library import BriefEntry, Library
from briefsite.model.records import Record
from briefsite.model.translations import Translated

BRIEF_SCHEMA, LIBRARY_SCHEMA = "brief.schema.json", "library.schema.json"
"""The schemas of the two kinds of file, which lie beside them."""
_KINDS = ("sources", "actors", "places", "agreements", "terms")


def brief_json(library: Library, entry: BriefEntry, translated: Translated | None = None) -> bytes:
    """One brief with the registry records and the foreign claims that it names.

    A translation says what it is one of, and which texts are those of the original.
    """
    named: dict[str, dict[str, None]] = {}
    for reference in library.shown_on(entry.record):
        named.setdefault(reference.kind, {})[reference.id] = None
    foreign = [library.claims[key] for key in named.get("claim", ()) if key not in entry.claims]
    for claim in foreign:
        for reference in library.references_of(claim):
            named.setdefault(reference.kind, {})[reference.id] = None
    document: dict[str, Any] = {
        "$schema": BRIEF_SCHEMA,
        "id": entry.id,
        "publication": library.publication.title,
        "as_of": str(library.as_of),
        **({"translation": _translation(translated)} if translated else {}),
        "brief": plain(entry.record),
        "claims_from_other_briefs": [
            {"brief": library.home[claim.id], **plain(claim)} for claim in foreign
        ],
    }
    document["questions_from_other_briefs"] = [
        {"brief": library.questions[key][1].id, **plain(library.questions[key][0])}
        for key in entry.record.questions
    ]
    for name in _KINDS:
        records: Mapping[str, Record] = getattr(library, name)
        wanted = named.get(name.removesuffix("s"), {})
        document[name] = [plain(records[key]) for key in sorted(wanted)]
    return to_json(document).encode()


def _translation(translated: Translated) -> dict[str, Any]:
    given = translated.record
    return {
        "language": given.language,
        "translator": given.translator,
        "original_language": translated.original_language,
        "original_reviewed": str(given.original_reviewed),
        "untranslated": list(translated.places),
    }


def library_json(library: Library) -> bytes:
    """The whole publication."""
    document: dict[str, Any] = {
        "$schema": LIBRARY_SCHEMA,
        "publication": plain(library.publication),
        "as_of": str(library.as_of),
        "topics": [plain(topic) for topic in library.topics.values()],
        "briefs": [{"id": e.id, **plain(e.record)} for e in library.briefs.values()],
        "maps": [{"id": e.id, **plain(e.record)} for e in library.maps.values()],
    }
    for name in (*_KINDS, "corrections"):
        document[name] = [plain(record) for record in getattr(library, name).values()]
    for name in ("loaded_words", "contested_names"):
        document[name] = [plain(record) for record in getattr(library, name)]
    return to_json(document).encode()


def plain(record: Record) -> dict[str, Any]:
    """A record as its file writes it; what is unknown is left out."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def to_json(document: object) -> str:
    """JSON as every file and command of ours has it."""
    # The encoder of the standard library is some ten times slower where it indents.
    return f"{pydantic_core.to_json(document, indent=1).decode()}\n"
