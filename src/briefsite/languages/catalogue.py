"""The catalogues of a project, `languages/*.po`, as languages that pages can be written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import c2py
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from briefsite.languages.language import ENGLISH, Language, MessageKey, Messages, locale_of, places
from briefsite.languages.po import Entry, PoError, Text, read_entries
from briefsite.load.characters import HIDDEN, MAX_HIDDEN
from briefsite.load.document import MAX_BYTES
from briefsite.load.tree import LEADS_ELSEWHERE, printable_name
from briefsite.report import Problem

FOLDER = "languages"
TEMPLATE = "messages.pot"
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")


@dataclass(frozen=True)
class Languages:
    """The languages there are: English, and those with a catalogue; what is wrong with these.

    `missing` counts the messages that a catalogue does not translate.
    """

    known: Mapping[str, Language] = field(default_factory=lambda: {"en": ENGLISH})
    problems: tuple[Problem, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)

    def get(self, code: str) -> Language | None:
        """A language by its code; for `pt-BR`, `pt` where that is all there is."""
        return self.known.get(code) or self.known.get(code.partition("-")[0])

    @property
    def notes(self) -> tuple[str, ...]:
        """What stays English, for the eyes of whoever publishes."""
        return tuple(
            f"{FOLDER}/{code}.po: {count:,} messages have no translation, and stay English"
            for code, count in self.missing.items()
            if count
        )


NONE = Languages()


def read_languages(root: Path) -> Languages:
    """Read `languages/*.po` below `root`. Never raises: mistakes become `problems`.

    A catalogue with a mistake is not used.
    """
    folder = root / FOLDER
    if folder.is_symlink():
        return Languages(problems=(_elsewhere(FOLDER),))
    known: dict[str, Language] = {"en": ENGLISH}
    problems: list[Problem] = []
    missing: dict[str, int] = {}
    listed = frozenset[MessageKey]()
    template = folder / TEMPLATE
    if template.is_symlink() or template.exists():
        refused = _no_catalogue(template, f"{FOLDER}/{TEMPLATE}")
        problems += [refused] if refused is not None else []
        listed = _listed(template) if refused is None else listed
    for path in sorted(folder.glob("*.po")):
        name = printable_name(f"{FOLDER}/{path.name}")
        code = Path(name).stem
        refused = _no_catalogue(path, name) or _no_language(code, name)
        if refused is not None:
            problems.append(refused)
            continue
        reader = _Reader(name, code, path.read_bytes())
        problems += reader.problems
        if not reader.problems:
            known[code] = Language(code, reader.messages())
            missing[code] = len((listed or reader.wanted) - reader.translated)
    return Languages(MappingProxyType(known), tuple(problems), MappingProxyType(missing))


def _elsewhere(name: str) -> Problem:
    return Problem(name, 1, 1, "not-a-plain-file", LEADS_ELSEWHERE)


def _no_catalogue(path: Path, name: str) -> Problem | None:
    if path.is_symlink() or not path.is_file():
        return _elsewhere(name)
    if path.stat().st_size > MAX_BYTES:
        message = f"the catalogue has more than {MAX_BYTES:,} bytes"
        return Problem(name, 1, 1, "file-too-large", message)
    return None


def _no_language(code: str, name: str) -> Problem | None:
    if locale_of(code) is None or code == "en":
        message = f"'{code}' is no language that a catalogue can be in"
        hint = "name the file by the language's code, such as az.po, fa.po or pt-BR.po"
        return Problem(name, 1, 1, "unknown-language", message, hint)
    return None


def _listed(template: Path) -> frozenset[MessageKey]:
    """The messages there are; none if they cannot be read."""
    try:
        entries = list(read_entries(template.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, PoError):
        return frozenset()
    return frozenset((e.context, e.message.value) for e in entries if e.message.value)


_MOST_FORMS = 6
_PLURALS = re.compile(r"^Plural-Forms:(.*)$", re.MULTILINE)
_RULE = re.compile(r" *nplurals *= *(\d) *; *plural *= *([^;]+);? *")


@dataclass(frozen=True, slots=True)
class _Plural:
    """How many forms a word has with a number, and which of them a number takes."""

    count: int
    rule: Callable[[int], int]

    def choose(self, number: int) -> int:
        try:
            return max(self.rule(number), 0)
        except ArithmeticError:  # a rule may divide by what becomes zero
            return self.count - 1


def _usual(code: str) -> _Plural:
    """The plural of a language as Babel knows it."""
    # Babel's catalogues take long to import, and most projects have none.
    from babel.messages.plurals import get_plural

    found = get_plural(locale_of(code))
    return _Plural(found.num_plurals, c2py(found.plural_expr))


def _read_plural(words: str) -> _Plural | None:
    """The plural that the header of a catalogue describes; None if nobody can follow it."""
    match = _RULE.fullmatch(words)
    if not match or not 1 <= int(match[1]) <= _MOST_FORMS:
        return None
    try:
        plural = _Plural(int(match[1]), c2py(match[2]))
    except (ValueError, RecursionError):
        return None
    return plural if all(plural.choose(n) < plural.count for n in range(1000)) else None


class _Reader:
    """One catalogue: its entries, and what is wrong with them."""

    def __init__(self, name: str, code: str, data: bytes) -> None:
        self._name = name
        self._plural = _usual(code)
        self._lines: list[str] = []
        self._entries: list[Entry] = []
        self.problems = tuple(self._read(data))

    def _read(self, data: bytes) -> Iterator[Problem]:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield Problem(self._name, 1, 1, "not-utf8", "the catalogue is not UTF-8")
            return
        self._lines = text.split("\n")
        for hidden in islice(HIDDEN.finditer(text), MAX_HIDDEN):
            line, column = text.count("\n", 0, hidden.start()) + 1, hidden.start()
            column -= text.rfind("\n", 0, hidden.start())
            character = f"U+{ord(hidden.group()):04X}"
            yield self._problem(
                line, column, "hidden-character", f"an invisible character, {character}"
            )
        try:
            self._entries = list(read_entries(text))
        except PoError as error:
            yield self._problem(error.line, error.column, "catalogue-syntax", str(error))
            return
        for entry in self._entries:
            yield from self._look_at(entry)

    def _look_at(self, entry: Entry) -> Iterator[Problem]:
        forms = self._plural.count
        if not entry.message.value:
            yield from self._look_at_header(entry.forms[0])
            return
        wanted = places(entry.message.value)
        if entry.plural is not None:
            wanted |= places(entry.plural.value)
        for number, text in entry.forms.items():
            if number >= (forms if entry.plural is not None else 1):
                message = f"there is no form {number}: the language has {forms}"
                yield self._at(text, "catalogue-syntax", message)
            if not text.value or entry.fuzzy:
                continue
            found = places(text.value)
            # `one claim` need not say the number again.
            optional = {"num"} if entry.plural is not None else set()
            if found - wanted or wanted - found - optional:
                told = ", ".join(f"%({name})s" for name in sorted(wanted)) or "none"
                message = "the translation has other places than its message"
                yield self._at(text, "catalogue-places", message, f"its places are: {told}")
            if markup := _MARKUP.search(text.value):
                yield self._at(
                    text,
                    "catalogue-markup",
                    f"markup in a translation: '{markup.group()}'",
                    "translations are text; links and emphasis come with the places",
                )

    def _look_at_header(self, header: Text) -> Iterator[Problem]:
        if said := _PLURALS.search(header.value):
            plural = _read_plural(said[1])
            if plural is None:
                hint = "such as: Plural-Forms: nplurals=2; plural=(n != 1);"
                message = "the plural forms of the language cannot be read"
                yield self._at(header, "catalogue-syntax", message, hint)
            else:
                self._plural = plural

    def _at(self, text: Text, code: str, message: str, hint: str = "") -> Problem:
        return self._problem(text.line, text.column, code, message, hint)

    def _problem(self, line: int, column: int, code: str, message: str, hint: str = "") -> Problem:
        excerpt = self._lines[line - 1].rstrip("\r") if line <= len(self._lines) else ""
        return Problem(self._name, line, column, code, message, hint, excerpt)

    @property
    def wanted(self) -> frozenset[MessageKey]:
        """The messages that it holds, translated or not."""
        return frozenset((e.context, e.message.value) for e in self._entries if e.message.value)

    @property
    def translated(self) -> frozenset[MessageKey]:
        messages = self.messages()
        return frozenset((*messages.single, *messages.several))

    def messages(self) -> Messages:
        """Every message that is translated, in all its forms, by a person."""
        single: dict[MessageKey, str] = {}
        several: dict[MessageKey, tuple[str, ...]] = {}
        for entry in self._entries:
            key = (entry.context, entry.message.value)
            forms = [entry.forms[n].value for n in sorted(entry.forms)]
            if not entry.message.value or entry.fuzzy or not all(forms):
                continue
            if entry.plural is None:
                single[key] = forms[0]
            elif len(forms) == self._plural.count:
                several[key] = tuple(forms)
        return Messages(single, several, self._plural.choose)
