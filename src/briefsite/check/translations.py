"""Translations of briefs: that they say of the original what it says, and nothing besides.

The rules about sentences know English words; what a translation is held to are its structure, its
references and its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path as FilePath
from typing import Any

from briefsite.check.modeline import check_modeline
from briefsite.check.numerals import Numeral, numerals, numerals_of_prose
from briefsite.check.plain import each
from briefsite.check.rules import check_prose
from briefsite.check.shape import Reading, read_record
from briefsite.languages import locale_of
from briefsite.load import (
    Document,
    Location,
    Path,
    list_translations,
    read_bytes,
    read_source,
    read_translation,
)
from briefsite.model.library import Origin
from briefsite.model.prose import Prose, parse_prose
from briefsite.model.records import Brief, MapRecord, Translation
from briefsite.model.translations import LISTS, TranslationEntry, notes_of, titles_of
from briefsite.report import Problem, did_you_mean, ordered

_SMALL = 31
"""Days, centuries and small numbers may be said in words."""


@dataclass(frozen=True)
class Translations:
    """The translations of a project, and what is wrong with them."""

    entries: tuple[TranslationEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_translations(root: FilePath) -> Translations:
    """Read every `briefs/BRIEF.LANGUAGE.yaml` below `root` and hold it to its original.

    Never raises for what a file holds. One with an error, or whose original cannot be read, is no
    entry.
    """
    return TranslationChecker(root).read()


class TranslationChecker:
    """Reads the translations of a project again and again, and looks at what is new alone.

    What was found in a translation stands while it and its original hold what they held, and, if
    it has no original, while there are the same briefs that it may mean.
    """

    def __init__(self, root: FilePath) -> None:
        self._root = root
        self._found: Mapping[str, Found] = {}

    def read(self) -> Translations:
        """What `read_translations` gives."""
        self._found = look_again(self._root, self._found)
        entries = (each.entry for each in self._found.values() if each.entry is not None)
        return Translations(tuple(entries), problems_of(self._found))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one translation, and what it, its original and its maps held then."""

    state: Sequence[str | None]
    maps: Mapping[str, str | None]
    problems: tuple[Problem, ...]
    entry: TranslationEntry | None = None


def look_again(root: FilePath, before: Mapping[str, Found]) -> Mapping[str, Found]:
    """What is found in each translation, by its file; what was found `before` is if it stands."""
    found: dict[str, Found] = {}
    originals: dict[str, Reading[Brief] | None] = {}
    names = list(list_translations(root))
    slugs = [path.stem for path in _briefs(root)] if names else []
    every = " ".join(slugs)
    states = {slug: _state(root / "briefs" / f"{slug}.yaml") for _, slug, _ in names}
    for name, slug, language in names:
        state = [_state(root / name), states[slug], every if slug not in slugs else ""]
        known = before.get(name)
        if known is None or not _stands(root, known, state):
            if slug not in originals:
                originals[slug] = _original(root, slug) if slug in slugs else None
            known = _look(root, name, slug, language, originals[slug], slugs, state)
        found[name] = known
    return found


def problems_of(found: Mapping[str, Found]) -> tuple[Problem, ...]:
    """The problems of all translations, in order."""
    return tuple(ordered(problem for each in found.values() for problem in each.problems))


def _stands(root: FilePath, known: Found, state: Sequence[str | None]) -> bool:
    """Whether all is as it was; what cannot be read is never known to be."""
    maps = _maps(root, known.maps)
    return None not in (*state, *maps.values()) and (known.state, known.maps) == (state, maps)


def _maps(root: FilePath, ids: Iterable[str]) -> Mapping[str, str | None]:
    return {key: _state(root / "maps" / f"{key}.yaml") for key in ids}


def _briefs(root: FilePath) -> list[FilePath]:
    return [path for path in sorted((root / "briefs").glob("*.yaml")) if "." not in path.stem]


def _state(path: FilePath) -> str | None:
    """What differs when a file holds something else; None if it cannot be read."""
    try:
        digest = blake2b(read_bytes(path), digest_size=20).hexdigest()
    except OSError:
        return None
    return f"{path.is_symlink():d}{path.is_file():d} {digest}"


def _look(
    root: FilePath,
    name: str,
    slug: str,
    language: str,
    original: Reading[Brief] | None,
    slugs: Sequence[str],
    state: Sequence[str | None],
) -> Found:
    document = read_translation(root, name)
    brief = original.record if original is not None else None
    maps = _maps(root, brief.maps if brief is not None and document.value(("maps",)) else ())
    known = {key: _map(root, key) for key in maps}
    problems = tuple(_problems(document, slug, language, original, slugs, known))
    is_right = not any(problem.severity == "error" for problem in problems)
    if not document.is_read or not is_right or original is None:
        return Found(state, maps, problems)
    record = read_record(document, Translation).record
    entry = TranslationEntry(slug, Origin(name, 1), record) if record is not None else None
    return Found(state, maps, problems, entry)


def _original(root: FilePath, slug: str) -> Reading[Brief] | None:
    document = read_source(root, root / "briefs" / f"{slug}.yaml")
    return read_record(document, Brief) if document.is_read else None


def _map(root: FilePath, key: str) -> MapRecord | None:
    """A map that a brief shows; None if it cannot be read, of which its own check tells."""
    document = read_source(root, root / "maps" / f"{key}.yaml")
    return read_record(document, MapRecord).record if document.is_read else None


def _problems(
    document: Document,
    slug: str,
    language: str,
    original: Reading[Brief] | None,
    slugs: Sequence[str],
    maps: Mapping[str, MapRecord | None],
) -> Iterator[Problem]:
    yield from document.problems
    start = Location(1, 1)
    if slug not in slugs:
        message = f"there is no brief '{slug[:80]}' to translate"
        hint = did_you_mean(slug, slugs)
        yield document.problem(start, "unknown-id", message, hint)
    if locale_of(language) is None:
        message = f"'{language[:80]}' is no language"
        hint = "name the file BRIEF.LANGUAGE.yaml, the language by its code, such as az or pt-BR"
        yield document.problem(start, "unknown-language", message, hint)
    if not document.is_read:
        return
    reading = read_record(document, Translation)
    yield from check_modeline("translation", document)
    yield from reading.problems
    yield from check_prose(reading)
    said = reading.plain.get("language")
    if isinstance(said, str) and said != language:
        where, message = document.locate(("language",)), f"the file's name says '{language[:80]}'"
        yield document.problem(where, "inconsistent", message, "make the two the same")
    if original is not None and original.record is not None:
        yield from _Comparison(reading, original.record, maps).problems()


class _Comparison:
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
