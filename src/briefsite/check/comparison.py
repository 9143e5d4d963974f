"""A translation beside its original: it has its structure, its references and its numbers.

The rules about sentences know English words, so that this is all that a translation is held to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from briefsite.check.numerals import Numeral, numerals, numerals_of_prose
from briefsite.check.plain import each
from briefsite.check.shape import Reading
from briefsite.load import Path
from briefsite.model.prose import Prose, parse_prose
from briefsite.model.records import Brief, MapRecord, Translation
from briefsite.model.translations import LISTS, notes_of, titles_of
from briefsite.report import Problem, did_you_mean

_SMALL = 31
"""Days, centuries and small numbers may be said in words."""


class Comparison:
    """A translation beside its original."""

    def __init__(
        self,
        reading: Reading[Translation],
        original: Brief,
        maps: Mapping[str, MapRecord | None],
    ) -> None:
        self._document = reading.document
        self._reading = reading
        self._plain = reading.plain
        self._original = original
        self._maps = maps

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, Any]]:
        """The records of the original, by list and id."""
        lists = (key for key in LISTS if key != "maps")
        known = {key: {i.id: i for i in getattr(self._original, key)} for key in lists}
        return {**known, "maps": {key: self._maps.get(key) for key in self._original.maps}}

    def problems(self) -> Iterator[Problem]:
        brief, plain = self._original, self._plain
        yield from self._language_and_day()
        yield from self._ids()
        for key in ("title", "coverage"):
            yield from self._text((key,), plain.get(key), getattr(brief, key))
        yield from self._prose(("summary",), brief.summary)
        yield from self._texts(("timeline",), [event.title for event in brief.timeline])
        yield from self._texts(("unknowns",), brief.unknowns)
        for number, item, of in self._items("judgements"):
            at = ("judgements", number)
            yield from self._text((*at, "text"), item.get("text"), of.text)
            yield from self._text((*at, "reason"), item.get("reason"), of.confidence.reason)
        for number, item, of in self._items("sections"):
            yield from self._text(("sections", number, "heading"), item.get("heading"), of.heading)
            yield from self._prose(("sections", number, "prose"), of.prose)
        for number, item, of in self._items("claims"):
            yield from self._claim(("claims", number), item, of)
        for number, item, of in self._items("positions"):
            at = ("positions", number)
            yield from self._text((*at, "question"), item.get("question"), of.question)
            yield from self._texts((*at, "positions"), [cell.position for cell in of.cells])
        for number, item, of in self._items("charts"):
            yield from self._text(("charts", number, "title"), item.get("title"), of.title)
        for number, item, of in self._items("maps"):
            if of is not None:
                yield from self._map(("maps", number), item, of)

    def _map(self, at: Path, item: Mapping[str, Any], of: MapRecord) -> Iterator[Problem]:
        for key in ("title", "description", "note"):
            yield from self._text((*at, key), item.get(key), getattr(of, key))
        yield from self._texts((*at, "layers"), [layer.title for layer in of.layers])
        yield from self._texts((*at, "features"), titles_of(of))
        yield from self._texts((*at, "notes"), notes_of(of))

    def _claim(self, at: Path, item: Mapping[str, Any], of: Any) -> Iterator[Problem]:
        yield from self._text((*at, "text"), item.get("text"), of.text)
        yield from self._text((*at, "reason"), item.get("reason"), of.confidence.reason)
        yield from self._text((*at, "note"), item.get("note"), of.note)
        for key, record in (("status", of.status), ("response", of.response)):
            text = getattr(record, "reason", None) or getattr(record, "text", None)
            yield from self._text((*at, key), item.get(key), text)
        yield from self._texts((*at, "contested"), [each.position for each in of.contested])
        yield from self._texts((*at, "figures"), [figure.measures for figure in of.figures])
        yield from self._texts((*at, "units"), [figure.unit for figure in of.figures])

    def _language_and_day(self) -> Iterator[Problem]:
        brief, partial = self._original, self._reading.partial
        if self._plain.get("language") == brief.language:
            message = f"the original is in '{brief.language}' too"
            where = self._document.locate(("language",))
            yield self._document.problem(where, "inconsistent", message)
        if "original_reviewed" not in partial.model_fields_set:
            return
        followed, reviewed = partial.original_reviewed, brief.reviewed
        where = self._document.locate(("original_reviewed",))
        if followed.first > reviewed.last:
            message = f"the original was last reviewed on {reviewed}"
            yield self._document.problem(where, "inconsistent", message)
        elif followed.last < reviewed.first:
            yield self._document.problem(
                where,
                "translation-outdated",
                f"the original was reviewed again on {reviewed}",
                "compare the two, then write that day here; the page says so until then",
            )

    def _ids(self) -> Iterator[Problem]:
        for key, what in LISTS.items():
            seen: set[str] = set()
            for number, item in each(self._plain, key):
                identity, path = item.get("id"), (key, number, "id")
                if not isinstance(identity, str):
                    continue
                where = self._document.locate(path)
                if identity not in self._known[key]:
                    message = f"the original has no {what} '{identity[:80]}'"
                    hint = did_you_mean(identity, self._known[key])
                    yield self._document.problem(where, "unknown-id", message, hint)
                elif identity in seen:
                    message = f"{what} '{identity}' is translated already"
                    yield self._document.problem(where, "duplicate-id", message, "keep one of them")
                seen.add(identity)

    def _items(self, key: str) -> Iterator[tuple[int, Mapping[str, Any], Any]]:
        for number, item in each(self._plain, key):
            identity = item.get("id")
            if isinstance(identity, str) and identity in self._known[key]:
                yield number, item, self._known[key][identity]

    def _texts(self, path: Path, originals: Sequence[str | None]) -> Iterator[Problem]:
        """A list without ids: each text at the place of its original."""
        given = self._document.value(path)
        if not isinstance(given, tuple) or not given:
            return
        if len(given) != len(originals):
            yield self._document.problem(
                self._document.locate(path, key=True),
                "translation-count",
                f"'{path[-1]}' has {len(given)} of the {len(originals)} that the original has",
                "translate all, in the order of the original, or leave the list out",
            )
            return
        for number, (text, original) in enumerate(zip(given, originals, strict=True)):
            yield from self._text((*path, number), text, original)

    def _text(self, path: Path, given: object, original: str | None) -> Iterator[Problem]:
        if not isinstance(given, str):
            return
        if original is None:
            message = f"the original has no '{path[-1]}' here"
            where = self._document.locate(path, key=True)
            yield self._document.problem(where, "translation-count", message, "leave it out")
            return
        yield from self._numbers(path, [*numerals(given)], [*numerals(original)])

    def _prose(self, path: Path, original: Prose) -> Iterator[Problem]:
        given = self._document.value(path)
        if not isinstance(given, str):
            return
        prose = parse_prose(given)
        said, meant = numerals_of_prose(given), numerals_of_prose(original.source)
        yield from self._numbers(path, [*said], [*meant])
        wanted = dict.fromkeys(claim for claim, _ in original.references())
        told: set[str] = set()
        node = self._document.node(path)
        assert node is not None
        for claim, offset in prose.references():
            told.add(claim)
            if claim not in wanted:
                yield self._document.problem(
                    self._document.locate_inside(node, offset),
                    "translation-references",
                    f"the original does not rest on '{claim[:80]}' here",
                    did_you_mean(claim, wanted),
                )
        if missing := [f"[@{claim}]" for claim in wanted if claim not in told]:
            first = "the reference" if len(missing) == 1 else "the references"
            verb = "is" if len(missing) == 1 else "are"
            yield self._document.problem(
                self._document.locate(path, key=True),
                "translation-references",
                f"{first} {', '.join(missing)} of the original {verb} missing",
                "each sentence keeps its claims",
            )
        targets = set(_targets(original))
        for target in _targets(prose):
            if target not in targets:
                yield self._document.problem(
                    self._document.locate(path, key=True),
                    "translation-references",
                    f"the original has no link to '{target[:80]}' here",
                )

    def _numbers(
        self, path: Path, given: Sequence[Numeral], original: Sequence[Numeral]
    ) -> Iterator[Problem]:
        """Numbers that the original has not, and those of some size that are missing."""
        meant: dict[str, str] = {}
        for number in original:
            meant.setdefault(number.digits, number.written)
        for number in given:
            if number.digits not in meant:
                node = self._document.node(path)
                assert node is not None
                yield self._document.problem(
                    self._document.locate_inside(node, number.offset),
                    "translation-number",
                    f"the original has no number {number.written} here",
                    f"its numbers: {', '.join(meant.values()) or 'none'}",
                )
        said = {number.digits for number in given}
        for digits, written in meant.items():
            is_small = written == digits and int(digits) <= _SMALL
            if digits not in said and not is_small:
                yield self._document.problem(
                    self._document.locate(path),
                    "translation-number",
                    f"the number {written} of the original is missing",
                    "write it in digits",
                )


def _targets(prose: Prose) -> Iterator[str]:
    waiting = [run for sentence in prose.sentences for run in sentence.runs]
    while waiting:
        run = waiting.pop()
        waiting += run.children
        if run.kind == "link":
            yield run.target
