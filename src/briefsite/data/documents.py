"""The shape of the JSON files, as JSON Schema; every field is described where it is defined."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from briefsite.data.json import BRIEF_SCHEMA, LIBRARY_SCHEMA
from briefsite.model.records import (
    Actor,
    Agreement,
    Brief,
    BriefId,
    Claim,
    ContestedName,
    Correction,
    Date,
    Id,
    Language,
    Line,
    LoadedWord,
    MapRecord,
    Place,
    Publication,
    Question,
    Record,
    Source,
    Term,
    Topic,
)

_Schema = Annotated[str, Field(alias="$schema")]


class ForeignClaim(Claim):
    """A claim that lives in another brief."""

    brief: BriefId
    """The brief it lives in."""


class ForeignQuestion(Question):
    """A contested question that lives in another brief."""

    brief: BriefId
    """The brief it lives in."""


class PublishedBrief(Brief):
    """A brief with its address."""

    id: Id
    """Its address: briefs/ID/."""


class PublishedMap(MapRecord):
    """A map with its address."""

    id: Id
    """Its address: maps/ID/."""


class TranslationNote(Record):
    """That a file is a translation of a brief, and how far."""

    language: Language
    """The language it is in."""
    translator: Line
    """Who made it."""
    original_language: Language
    """The language of the original."""
    original_reviewed: Date
    """The `reviewed` day of the original that it follows."""
    untranslated: tuple[Line, ...]
    """The texts that stand as in the original: fields and ids, such as claims/ID/text."""


class BriefFile(Record):
    """One brief, with every record that it names."""

    schema_address: _Schema
    """Where this schema lies, from the file."""
    id: Id
    """The address of the brief: briefs/ID/."""
    publication: Line
    """Title of the publication."""
    as_of: Date
    """The day that the publication speaks from."""
    translation: TranslationNote | None = None
    """What the file is a translation of, if it is one."""
    brief: Brief
    """The brief."""
    claims_from_other_briefs: tuple[ForeignClaim, ...]
    """Claims of other briefs that this one refers to."""
    questions_from_other_briefs: tuple[ForeignQuestion, ...]
    """Contested questions of other briefs that this one shows."""
    sources: tuple[Source, ...]
    """The sources that are named."""
    actors: tuple[Actor, ...]
    """The actors that are named."""
    places: tuple[Place, ...]
    """The places that are named."""
    agreements: tuple[Agreement, ...]
    """The agreements that are named."""
    terms: tuple[Term, ...]
    """The terms that are named."""


class LibraryFile(Record):
    """The whole publication."""

    schema_address: _Schema
    """Where this schema lies, from the file."""
    publication: Publication
    as_of: Date
    """The day that it speaks from."""
    topics: tuple[Topic, ...]
    """Topics."""
    briefs: tuple[PublishedBrief, ...]
    """Briefs."""
    maps: tuple[PublishedMap, ...]
    """Maps."""
    sources: tuple[Source, ...]
    """Sources."""
    actors: tuple[Actor, ...]
    """Actors."""
    places: tuple[Place, ...]
    """Places."""
    agreements: tuple[Agreement, ...]
    """Agreements."""
    terms: tuple[Term, ...]
    """The glossary."""
    corrections: tuple[Correction, ...]
    """Errors of sources."""
    loaded_words: tuple[LoadedWord, ...]
    """Words that are not used in our own voice."""
    contested_names: tuple[ContestedName, ...]
    """Names that are given together at first mention."""


FILES: Mapping[str, type[Record]] = MappingProxyType(
    {BRIEF_SCHEMA: BriefFile, LIBRARY_SCHEMA: LibraryFile}
)
"""Name of each schema, beside the data files it is of → what they hold."""


def data_schema(name: str) -> bytes:
    """The schema of a kind of data file."""
    schema = FILES[name].model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return (json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
