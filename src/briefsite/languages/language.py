"""A language of the interface: its messages, and how it writes dates and numbers.

English is what the messages are written in, and its dates and numbers are written by the records
themselves; another language has a catalogue, and its dates and numbers come from Babel. Digits are
Latin everywhere, as they are in figures and addresses.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from briefsite.model.dates import Edtf, Point

if TYPE_CHECKING:  # English has no need of it, and it takes long to import
    from babel import Locale

Value = str | int
MessageKey = tuple[str, str]
"""Context (empty if there is none) and message."""

APART, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
"""Around a message that stays English, in lines that run the other way, and in pages."""
LTR, RTL = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}"
"""What begins a value in such a message."""
_PLACE = re.compile(r"%\((\w+)\)s")
_DOTTED = frozenset({"az", "tr", "tt", "kk", "crh"})
"""Languages in which the capital of `i` keeps its dot."""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Marks a message that is translated where it is used."""
    return message


@lru_cache(maxsize=1 << 13)
def pieces(phrase: str) -> tuple[str, ...]:
    """A message as text, name of a place, text, and so on: `%(name)s` is a place."""
    return tuple(_PLACE.split(phrase))


def places(phrase: str) -> frozenset[str]:
    """The names of the places in a message."""
    return frozenset(pieces(phrase)[1::2])


def fill(phrase: str, values: Mapping[str, object]) -> str:
    """A message with its places filled; one without a value stays as it is."""
    try:
        return _template(phrase) % values
    except KeyError:
        return _template(phrase) % {**{name: f"%({name})s" for name in places(phrase)}, **values}


@lru_cache(maxsize=1 << 13)
def _template(phrase: str) -> str:
    """A message as Python fills it: a sign that begins no place stands for itself."""
    parts = [part.replace("%", "%%") for part in pieces(phrase)]
    parts[1::2] = [f"%({name})s" for name in parts[1::2]]
    return "".join(parts)


@dataclass(frozen=True)
class Messages:
    """The translations of a catalogue: messages, and plural forms chosen by `plural`."""

    single: Mapping[MessageKey, str] = field(default_factory=dict)
    several: Mapping[MessageKey, tuple[str, ...]] = field(default_factory=dict)
    plural: Callable[[int], int] = int


class Language:
    """A language that pages can be written in.

    `gettext`, `ngettext` and `pgettext` are those of gettext, with the places of a message filled
    from keywords; what has no translation stays English.
    """

    def __init__(self, code: str = "en", messages: Messages | None = None) -> None:
        self.code = code
        self.messages = messages or Messages()
        self.is_english = code.partition("-")[0] == "en"
        self.is_marked = False
        self._dates: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    @cached_property
    def in_pages(self) -> Language:
        """The same, with marks around what stays English (`briefsite.languages.markup`)."""
        if self.is_english or self.is_marked:
            return self
        marked = Language(self.code, self.messages)
        marked.is_marked = True
        return marked

    @cached_property
    def locale(self) -> Locale:
        """What Babel knows of it."""
        found = locale_of(self.code) or locale_of("en")
        assert found is not None
        return found

    @cached_property
    def direction(self) -> str:
        """Where its lines run: `ltr` or `rtl`."""
        return "ltr" if self.is_english else str(self.locale.text_direction)

    @property
    def name(self) -> str:
        """What it calls itself, such as `Azərbaycan`."""
        return self.capital(str(self.locale.get_display_name() or self.code))

    def phrase(self, message: str, context: str = "") -> str:
        """The translation of a message, its places unfilled."""
        return self.messages.single.get((context, message)) or self._english(message)

    def _english(self, message: str) -> str:
        """A message as it stands; in lines that run the other way, set apart from them."""
        is_apart = self.is_marked or self.direction == "rtl"
        return f"{APART}{message}{END}" if is_apart else message

    def apart(self, value: Value) -> Value:
        """A value within a message that stays English; digits are the same in both."""
        is_apart = self.is_marked or self.direction == "rtl"
        if not is_apart or isinstance(value, int) or not any(map(str.isalpha, value)):
            return value
        if value.startswith(APART):  # English too
            return value
        return (LTR if self.direction == "ltr" else RTL) + value + END

    def plural_phrase(self, one: str, many: str, number: int) -> str:
        """The form of a message for a number, its places unfilled."""
        forms = self.messages.several.get(("", one))
        if forms is None:
            return self._english(one if number == 1 else many)
        return forms[min(self.messages.plural(number), len(forms) - 1)]

    def plural_forms(self, one: str, many: str) -> dict[str, str]:
        """The forms of a message by the names that CLDR gives them, such as `few`, for scripts."""
        forms = self.messages.several.get(("", one))
        if forms is None:
            return {}
        found: dict[str, str] = {}
        for number in range(200):
            form = forms[min(self.messages.plural(number), len(forms) - 1)]
            found.setdefault(self.locale.plural_form(number), form)
        return found | {"other": found.get("other", forms[-1])}

    def isolated(self, text: str) -> str:
        """A text that may be of another language, its order kept where lines run the other way."""
        return f"{APART}{text}{END}" if text and self.direction == "rtl" else text

    def gettext(self, message: str, **values: Value) -> str:
        return self._filled(self.phrase(message), values)

    def _filled(self, phrase: str, values: Mapping[str, Value]) -> str:
        if values and phrase.startswith(APART):
            values = {name: self.apart(value) for name, value in values.items()}
        return fill(phrase, values)

    def ngettext(self, one: str, many: str, num: int, **values: Value) -> str:
        """The form for `num`, which fills the place of that name, thousands separated."""
        return self._filled(self.plural_phrase(one, many, num), {"num": self.count(num), **values})

    def pgettext(self, context: str, message: str, **values: Value) -> str:
        return self._filled(self.phrase(message, context), values)

    def count(self, number: int) -> str:
        """A whole number with thousands separated."""
        return self.numerals(f"{number:,}")

    def numerals(self, english: str) -> str:
        """A number as English writes it, such as `1,234.5`, as this language does."""
        if self.is_english:
            return english
        if english not in self._numbers:
            from babel.numbers import format_decimal

            value = Decimal(english.replace(",", "").replace("−", "-"))
            self._numbers[english] = format_decimal(
                value, locale=self.locale, decimal_quantization=False, numbering_system="latn"
            )
        return self._numbers[english]

    def capital(self, text: str) -> str:
        """Text as a sentence opens: its first letter large, the others as they were."""
        first = text[:1]
        if first == APART:
            return f"{first}{ENGLISH.capital(text[1:])}"
        if first == "i" and self.locale.language in _DOTTED:
            return f"İ{text[1:]}"
        return first.upper() + text[1:]

    def capitals(self, text: str) -> str:
        """Text in capitals."""
        dotted = not self.is_english and self.locale.language in _DOTTED
        return (text.replace("i", "İ") if dotted else text).upper()

    def country(self, codes: str) -> str:
        """A country by its ISO 3166-1 code, such as `AZ`; two of them by `AZ/IR`."""
        known = self.locale.territories
        return " / ".join(str(known.get(code, code)) for code in codes.split("/"))

    def date(self, date: Edtf) -> str:
        """A date in words, as precise as it is known."""
        if date.text not in self._dates:
            self._dates[date.text] = date.words() if self.is_english else self._date(date)
        return self._dates[date.text]

    def point(self, point: Point) -> str:
        """An end of a date in words."""
        return point.words() if self.is_english else self._point(point)

    def years(self, date: Edtf) -> str:
        """Its first year; of a decade or century its words."""
        point = date.start or date.end
        rough = point is not None and point.precision in ("decade", "century")
        return self.date(date) if rough else str(date.first.year)

    def _date(self, date: Edtf) -> str:
        start = self._point(date.start) if date.start else ""
        end = self._point(date.end) if date.end else ""
        if not date.is_interval:
            return start
        if not start:
            return self.gettext("until %(date)s", date=end)
        if not end:
            if date.text.endswith(".."):
                return self.gettext("since %(date)s", date=start)
            return self.gettext("from %(date)s", date=start)
        years = len(start) == len(end) == 4
        return f"{start}–{end}" if years else f"{start} – {end}"

    def _point(self, point: Point) -> str:
        bare = self._bare(point)
        match point.qualifier:
            case "~":
                return self.gettext("about %(date)s", date=bare)
            case "?":
                return self.gettext("possibly %(date)s", date=bare)
            case "%":
                return self.gettext("possibly about %(date)s", date=bare)
        return bare

    def _bare(self, point: Point) -> str:
        from babel.dates import format_date, format_skeleton

        match point.precision:
            case "day":
                return str(format_date(point.first, "long", self.locale))
            case "month":
                return str(format_skeleton("yMMMM", point.first, locale=self.locale))
            case "year":
                return str(point.first.year)
            case "decade":
                return self.gettext("%(year)ss", year=str(point.first.year))
            case "century":
                return self.gettext("century %(number)s", number=point.first.year // 100 + 1)

    def month(self, day: datetime.date) -> str:
        """A month and its year, short, as an axis has room for it."""
        if self.is_english:
            return f"{calendar.month_abbr[day.month]} {day.year}"
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMM", day, locale=self.locale))


@lru_cache(maxsize=64)
def locale_of(code: str) -> Locale | None:
    """What Babel knows of a language, by its code, such as `az` or `pt-BR`; None for nothing."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=64)
def bare_language(code: str) -> Language:
    """A language without a catalogue: its dates and numbers, and messages that stay English."""
    return Language(code)


ENGLISH = Language()
