"""The translations of a project: each is read, and held to its original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path as FilePath

from briefsite.check.comparison import Comparison
from briefsite.check.modeline import check_modeline
from briefsite.check.rules import check_prose
from briefsite.check.shape import Reading, read_record
from briefsite.languages import locale_of
from briefsite.load import (
    Document,
    Location,
    list_translations,
    read_bytes,
    read_source,
    read_translation,
)
from briefsite.model.entries import Origin
from briefsite.model.records import Brief, MapRecord, Translation
from briefsite.model.translations import TranslationEntry
from briefsite.report import Problem, did_you_mean, ordered


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
        yield from Comparison(reading, original.record, maps).problems()
