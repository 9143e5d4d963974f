"""A brief as its translation says it: the same record, with other texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from briefsite.model.entries import BriefEntry, Origin
from briefsite.model.library import Library
from briefsite.model.records import (
    Brief,
    MapPlace,
    MapRecord,
    Record,
    TranslatedClaim,
    TranslatedMap,
    Translation,
)

R = TypeVar("R", bound=Record)


class Untranslated(str):
    """A text that still stands in the language of the original, `language`."""

    __slots__ = ("language",)
    language: str


LISTS = {
    "judgements": "judgement",
    "sections": "section",
    "claims": "claim",
    "positions": "question",
    "charts": "chart",
    "maps": "map",
}
"""The lists of a brief whose texts are translated by id, and what one item of each is."""
_FEATURES = ("areas", "places", "routes", "flows", "events")


def features_of(record: MapRecord) -> list[Any]:
    """All that a map shows, in the order in which a translation tells of it."""
    return [each for layer in record.layers for name in _FEATURES for each in getattr(layer, name)]


def titles_of(record: MapRecord) -> list[str]:
    """What a map calls its features; places are called what the registry calls them."""
    return [each.title for each in features_of(record) if not isinstance(each, MapPlace)]


def notes_of(record: MapRecord) -> list[str]:
    """The notes of its features that have one."""
    return [each.note for each in features_of(record) if each.note is not None]


@dataclass(frozen=True)
class TranslationEntry:
    """A translation, the brief it is of, and where it is written."""

    brief: str
    origin: Origin
    record: Translation

    @property
    def language(self) -> str:
        return self.record.language

    @property
    def name(self) -> str:
        """Its brief and its language, such as `energy-ties.az`."""
        return f"{self.brief}.{self.language}"

    def is_outdated(self, library: Library) -> bool:
        """Whether its original was reviewed again since."""
        reviewed = library.briefs[self.brief].record.reviewed
        return self.record.original_reviewed.last < reviewed.first

    @property
    def address(self) -> str:
        """Its page in the site."""
        return f"briefs/{self.brief}/{self.language}/"


@dataclass(frozen=True)
class Translated:
    """A brief in another language, and a library that says it so.

    `original` names the prose that is not translated: `summary`, and sections by their ids.
    `places` are all texts that are not, such as `claims/ID/text`; those of one list are one.
    """

    entry: BriefEntry
    library: Library
    original: frozenset[str]
    places: tuple[str, ...]
    record: Translation
    address: str
    """Its page in the site."""
    original_language: str

    @property
    def missing(self) -> int:
        """How many texts are not translated."""
        return len(self.places)


def translate(library: Library, translation: TranslationEntry) -> Translated:
    """A brief of a library as its translation says it."""
    entry = library.briefs[translation.brief]
    writer = _Writer(entry.record.language)
    record = writer.brief(entry.record.whole(), translation.record)
    told = BriefEntry(entry.id, entry.origin, record, entry.lines)
    given = _by_id(translation.record.maps)
    maps = {key: library.maps[key] for key in entry.record.maps}
    shown = [
        replace(m, record=writer.map(key, m.record, given.get(key))) for key, m in maps.items()
    ]
    return Translated(
        told,
        library.saying(told, shown),
        frozenset(writer.original),
        tuple(dict.fromkeys(writer.places)),
        translation.record,
        translation.address,
        entry.record.language,
    )


class _Writer:
    def __init__(self, language: str) -> None:
        self._language = language
        self.original: set[str] = set()
        self.places: list[str] = []

    def brief(self, brief: Brief, given: Translation) -> Brief:
        judgements, sections = _by_id(given.judgements), _by_id(given.sections)
        claims, positions = _by_id(given.claims), _by_id(given.positions)
        charts = _by_id(given.charts)
        return _changed(
            brief,
            language=given.language,
            title=self._text("title", brief.title, given.title),
            summary=self._prose("summary", "summary", brief.summary, given.summary),
            coverage=self._text("coverage", brief.coverage, given.coverage),
            judgements=tuple(
                _changed(
                    item,
                    text=self._text(
                        f"judgements/{item.id}/text", item.text, _of(judgements, item.id, "text")
                    ),
                    confidence=self._reason(
                        f"judgements/{item.id}/reason",
                        item.confidence,
                        _of(judgements, item.id, "reason"),
                    ),
                )
                for item in brief.judgements
            ),
            sections=tuple(
                _changed(
                    item,
                    heading=self._text(
                        f"sections/{item.id}/heading",
                        item.heading,
                        _of(sections, item.id, "heading"),
                    ),
                    prose=self._prose(
                        f"sections/{item.id}/prose",
                        item.id,
                        item.prose,
                        _of(sections, item.id, "prose"),
                    ),
                )
                for item in brief.sections
            ),
            claims=tuple(self._claim(item, claims.get(item.id)) for item in brief.claims),
            positions=tuple(
                _changed(
                    item,
                    question=self._text(
                        f"positions/{item.id}/question",
                        item.question,
                        _of(positions, item.id, "question"),
                    ),
                    cells=tuple(
                        _changed(cell, position=text)
                        for cell, text in zip(
                            item.cells,
                            self._texts(
                                f"positions/{item.id}/positions",
                                [cell.position for cell in item.cells],
                                _of(positions, item.id, "positions"),
                            ),
                            strict=True,
                        )
                    ),
                )
                for item in brief.positions
            ),
            timeline=tuple(
                _changed(event, title=title)
                for event, title in zip(
                    brief.timeline,
                    self._texts(
                        "timeline", [event.title for event in brief.timeline], given.timeline
                    ),
                    strict=True,
                )
            ),
            charts=tuple(
                _changed(
                    item,
                    title=self._text(
                        f"charts/{item.id}/title", item.title, _of(charts, item.id, "title")
                    ),
                )
                for item in brief.charts
            ),
            unknowns=self._texts("unknowns", brief.unknowns, given.unknowns),
        )

    def _claim(self, claim: Any, given: TranslatedClaim | None) -> Any:
        told, at = given or TranslatedClaim(id=claim.id), f"claims/{claim.id}"
        measures = self._texts(
            f"{at}/figures", [figure.measures for figure in claim.figures], told.figures
        )
        units = self._texts(f"{at}/units", [figure.unit for figure in claim.figures], told.units)
        contests = self._texts(
            f"{at}/contested", [each.position for each in claim.contested], told.contested
        )
        return _changed(
            claim,
            text=self._text(f"{at}/text", claim.text, told.text),
            confidence=self._reason(f"{at}/reason", claim.confidence, told.reason),
            note=self._text(f"{at}/note", claim.note, told.note),
            figures=tuple(
                _changed(figure, measures=what, unit=unit)
                for figure, what, unit in zip(claim.figures, measures, units, strict=True)
            ),
            contested=tuple(
                _changed(each, position=text)
                for each, text in zip(claim.contested, contests, strict=True)
            ),
            response=claim.response
            and _changed(
                claim.response,
                text=self._text(f"{at}/response", claim.response.text, told.response),
            ),
            status=claim.status
            and _changed(
                claim.status, reason=self._text(f"{at}/status", claim.status.reason, told.status)
            ),
        )

    def map(self, key: str, record: MapRecord, given: TranslatedMap | None) -> MapRecord:
        told, at = given or TranslatedMap(id=key), f"maps/{key}"
        names = self._texts(f"{at}/layers", [layer.title for layer in record.layers], told.layers)
        titles = iter(self._texts(f"{at}/features", titles_of(record), told.features))
        notes = iter(self._texts(f"{at}/notes", notes_of(record), told.notes))

        def feature(item: Any) -> Any:
            title = {} if isinstance(item, MapPlace) else {"title": next(titles)}
            return _changed(item, **title, **({"note": next(notes)} if item.note else {}))

        return _changed(
            record,
            title=self._text(f"{at}/title", record.title, told.title),
            description=self._text(f"{at}/description", record.description, told.description),
            note=self._text(f"{at}/note", record.note, told.note),
            layers=tuple(
                _changed(
                    layer,
                    title=name,
                    **{key: tuple(map(feature, getattr(layer, key))) for key in _FEATURES},
                )
                for layer, name in zip(record.layers, names, strict=True)
            ),
        )

    def _reason(self, at: str, confidence: Any, given: str | None) -> Any:
        return _changed(confidence, reason=self._text(at, confidence.reason, given))

    def _text(self, at: str, original: str | None, given: str | None) -> str | None:
        if original is None or given is not None:
            return given if original is not None else None
        self.places.append(at)
        text = Untranslated(original)
        text.language = self._language
        return text

    def _texts(
        self, at: str, originals: Sequence[str | None], given: Sequence[str] | None
    ) -> tuple[str | None, ...]:
        """As many texts as the original has: all of them translated, or none."""
        if given and len(given) == len(originals):
            return tuple(given)
        return tuple(self._text(at, text, None) for text in originals)

    def _prose(self, at: str, name: str, original: Any, given: Any) -> Any:
        if given is not None:
            return given
        self.places.append(at)
        self.original.add(name)
        return original


def _by_id(items: Sequence[Any]) -> dict[str, Any]:
    return {item.id: item for item in items}


def _of(items: Mapping[str, Any], identity: str, name: str) -> Any:
    return getattr(items.get(identity), name, None)


def _changed(record: R, **values: object) -> R:
    """A record with other values, which were checked where they come from."""
    return record.model_copy(update=values)
