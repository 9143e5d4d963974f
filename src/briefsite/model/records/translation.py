"""A translation of a brief: its texts alone, by the ids of the original."""

from __future__ import annotations

from pydantic import Field

from briefsite.model.records.fields import (
    Date,
    Id,
    Language,
    Line,
    ProseText,
    Record,
    SchemaVersion,
    Text,
)


class TranslatedJudgement(Record):
    """The texts of a key judgement."""

    id: Id
    """Its id in the original."""
    text: Text | None = None
    """The judgement."""
    reason: Text | None = None
    """What its confidence rests on."""


class TranslatedSection(Record):
    """The texts of a part of the analysis."""

    id: Id
    """Its id in the original."""
    heading: Line | None = None
    """Its heading."""
    prose: ProseText | None = None
    """Its paragraphs, with the references of the original."""


class TranslatedClaim(Record):
    """The texts of a claim. Who says it where, and its figures, are the original's."""

    id: Id
    """Its id in the original."""
    text: Text | None = None
    """The statement."""
    reason: Text | None = None
    """What its confidence rests on."""
    status: Text | None = None
    """What has become of it."""
    contested: tuple[Text, ...] = ()
    """What others say instead, in the order of the original."""
    response: Text | None = None
    """The answer of the party it is about."""
    figures: tuple[Line, ...] = ()
    """What its figures measure, in the order of the original."""
    units: tuple[Line, ...] = ()
    """The units of its figures, in the order of the original."""
    note: Text | None = None
    """For the reader: what to keep in mind."""


class TranslatedQuestion(Record):
    """The texts of a contested question."""

    id: Id
    """Its id in the original."""
    question: Line | None = None
    """The question."""
    positions: tuple[Text, ...] = ()
    """What each party says, in the order of the original."""


class TranslatedChart(Record):
    """The texts of a chart."""

    id: Id
    """Its id in the original."""
    title: Line | None = None
    """What it shows."""


class TranslatedMap(Record):
    """The texts of a map that the brief shows. Places have the names that the registry knows."""

    id: Id
    """Its id."""
    title: Line | None = None
    """Title."""
    description: Text | None = None
    """What the map shows, for those who cannot see it."""
    note: Text | None = None
    """Printed under the map."""
    layers: tuple[Line, ...] = ()
    """The names of its layers, in the order of the original."""
    features: tuple[Line, ...] = ()
    """What its areas, routes, flows and events are called, in this order, layer by layer."""
    notes: tuple[Text, ...] = ()
    """The notes of areas, places, routes, flows and events that have one, likewise."""


class Translation(Record):
    """A brief in another language: the whole of a file `briefs/BRIEF.LANGUAGE.yaml`.

    What is left out is shown as it stands in the original.
    """

    schema_version: SchemaVersion = Field(alias="schema")
    """Version of this file format: 1."""
    language: Language
    """The language it is in: that of the file's name."""
    translator: Line
    """Who made it."""
    original_reviewed: Date
    """The `reviewed` day of the original that it follows."""
    title: Line | None = None
    """Title of the page."""
    summary: ProseText | None = None
    """The answer, with the references of the original."""
    coverage: Text | None = None
    """What the brief's sources do not hold, where the original says so."""
    judgements: tuple[TranslatedJudgement, ...] = ()
    """Key judgements."""
    sections: tuple[TranslatedSection, ...] = ()
    """The analysis."""
    claims: tuple[TranslatedClaim, ...] = ()
    """What is known."""
    positions: tuple[TranslatedQuestion, ...] = ()
    """Contested questions."""
    timeline: tuple[Line, ...] = ()
    """What happened at each dated event, in the order of the original."""
    charts: tuple[TranslatedChart, ...] = ()
    """Charts."""
    maps: tuple[TranslatedMap, ...] = ()
    """Maps that the brief shows."""
    unknowns: tuple[Text, ...] = ()
    """What the sources do not say, in the order of the original."""
