"""An edition: the published records of one revision, as far as they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from briefsite.check import Checked, public_from
from briefsite.check.shape import read_record
from briefsite.load import Document, Path, Tree, address, translation_of
from briefsite.model.dates import Edtf
from briefsite.model.entries import Origin
from briefsite.model.records import Brief, Claim, MapRecord, Question, Record, Registry, Translation
from briefsite.model.staleness import AgedKey, Reason, stale

V = TypeVar("V")
Shared = tuple[str, str]
"""Kind and id of a record that briefs share."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A brief that readers do not see yet: what it says, and why not."""

    plain: Any
    why: str


@dataclass(frozen=True)
class Edition:
    """What readers see of a revision on its own day: no draft, nothing scheduled for later."""

    briefs: Mapping[str, Brief]
    maps: Mapping[str, MapRecord]
    shared: Mapping[Shared, Record]
    places: Mapping[Shared, tuple[Document, Path]]
    """Kind and id of a record (of what only a brief knows: `BRIEF#ID`) → where it is written."""
    stale: Mapping[AgedKey, tuple[Reason, ...]] | None
    """What is due at the edition's own day; None if not everything of it is right."""
    unread: Mapping[str, str]
    """Files that cannot be read as records, each with the first reason."""
    waiting: Mapping[str, Waiting]
    """Files of drafts and scheduled briefs."""
    errors: int
    translations: Mapping[Shared, Translation]
    """Brief and language → the translation, of the briefs that readers see."""

    @cached_property
    def claims(self) -> Mapping[str, tuple[Claim, str]]:
        """Claim id → the claim and its brief."""
        return {c.id: (c, key) for key, brief in self.briefs.items() for c in brief.claims}

    @cached_property
    def questions(self) -> Mapping[str, tuple[Question, str]]:
        return {q.id: (q, key) for key, brief in self.briefs.items() for q in brief.positions}

    def origin(self, kind: str, identity: str) -> Origin | None:
        found = self.places.get((kind, identity))
        if found is None:
            return None
        document, path = found
        return Origin(document.path, document.locate(path).line if path else 1)

    def without(self, files: set[str]) -> Edition:
        """The edition without what stands in some files."""

        def kept(kind: str, records: Mapping[str, V]) -> dict[str, V]:
            return {k: v for k, v in records.items() if self._file(kind, k) not in files}

        shared = {k: v for k, v in self.shared.items() if self._file(*k) not in files}
        return replace(
            self,
            briefs=kept("brief", self.briefs),
            maps=kept("map", self.maps),
            shared=shared,
            translations={k: v for k, v in self.translations.items() if self._told(k) not in files},
        )

    def _told(self, key: Shared) -> str:
        return self._file("translation", "/".join(key))

    def _file(self, kind: str, identity: str) -> str:
        return self.places[(kind, identity)][0].path


def read_edition(tree: Tree, checked: Checked) -> Edition:
    """The edition of a tree that was checked, whatever mistakes are in it."""
    briefs: dict[str, Brief] = {}
    maps: dict[str, MapRecord] = {}
    shared: dict[Shared, Record] = {}
    places: dict[Shared, tuple[Document, Path]] = {}
    waiting: dict[str, Waiting] = {}
    later = public_from(checked.readings)
    hidden = {key for key, day in later.items() if checked.day is None or day > checked.day.first}
    unread = {d.path: _why(checked, d.path) for _, d in tree if not d.is_read}
    for reading in checked.readings:
        document, slug = reading.document, address(reading.document.path)
        match reading.record:
            case None:
                unread[document.path] = _why(checked, document.path)
            case Brief() if not _is_public(reading.record, checked.day):
                waiting[document.path] = Waiting(reading.plain, _why_not(reading.record))
            case Brief():
                briefs[slug] = reading.record
                places[("brief", slug)] = document, ()
                places |= _places_in(slug, reading.record, document)
            case MapRecord() if ("map", slug) not in hidden:
                maps[slug] = reading.record
                places[("map", slug)] = document, ()
            case Registry():
                for key, record, path in _shared(reading.record):
                    if key not in hidden:
                        shared[key] = record
                        places[key] = document, path
    translations: dict[Shared, Translation] = {}
    for document in tree.translations:
        named = translation_of(document.path)
        told = read_record(document, Translation).record if document.is_read else None
        if told is None:
            unread[document.path] = _first(document)
        elif named is not None and named[0] in briefs:
            translations[named] = told
            places[("translation", "/".join(named))] = document, ()
    return Edition(
        briefs=MappingProxyType(briefs),
        maps=MappingProxyType(maps),
        shared=MappingProxyType(shared),
        places=MappingProxyType(places),
        stale=stale(checked.library) if checked.library is not None else None,
        unread=MappingProxyType(unread),
        waiting=MappingProxyType(waiting),
        errors=sum(problem.severity == "error" for problem in checked.problems),
        translations=MappingProxyType(translations),
    )


def _is_public(brief: Brief, day: Edtf | None) -> bool:
    return day is not None and brief.is_published(day)


def _why_not(brief: Brief) -> str:
    if brief.status == "draft":
        return "is a draft, which readers do not see"
    return f"is scheduled for {brief.publish_on}, and readers do not see it before"


def _why(checked: Checked, path: str) -> str:
    found = (p for p in checked.problems if p.path == path and p.severity == "error")
    problem = next(found, None)
    return f"line {problem.line}: {problem.message}" if problem else "it cannot be read"


def _first(document: Document) -> str:
    problems = [*document.problems]
    if document.is_read:
        problems += read_record(document, Translation).problems
    found = next((p for p in problems if p.severity == "error"), None)
    return f"line {found.line}: {found.message}" if found else "it cannot be read"


def _places_in(slug: str, brief: Brief, document: Document) -> dict[Shared, tuple[Document, Path]]:
    found: dict[Shared, tuple[Document, Path]] = {}
    for number, claim in enumerate(brief.claims):
        found[("claim", claim.id)] = document, ("claims", number)
    for number, question in enumerate(brief.positions):
        found[("question", question.id)] = document, ("positions", number)
    for number, judgement in enumerate(brief.judgements):
        found[("judgement", f"{slug}#{judgement.id}")] = document, ("judgements", number)
    for number, section in enumerate(brief.sections):
        found[("section", f"{slug}#{section.id}")] = document, ("sections", number)
    return found


def _shared(registry: Registry) -> Iterator[tuple[Shared, Record, Path]]:
    for kind, key in (
        ("topic", "topics"),
        ("source", "sources"),
        ("actor", "actors"),
        ("place", "places"),
        ("agreement", "agreements"),
        ("term", "terms"),
        ("correction", "corrections"),
    ):
        for number, record in enumerate(getattr(registry, key)):
            yield (kind, record.id), record, (key, number)
    for number, word in enumerate(registry.loaded_words):
        yield ("word", word.words[0]), word, ("loaded_words", number)
    for number, name in enumerate(registry.contested_names):
        yield ("word", name.names[0]), name, ("contested_names", number)
    if registry.publication is not None:
        yield ("publication", ""), registry.publication, ("publication",)
