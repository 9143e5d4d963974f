"""Messages for pages: escaped, and marked where they are not translated.

What stands between FIRST STRONG ISOLATE and its end is English; a value within it, between the
isolates of the page's own direction, is not. No text of an author can hold these characters. When
a page is whole, `tell_languages` makes of them elements that say the language, where one can stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from briefsite.languages.language import (
    APART,
    END,
    LTR,
    RTL,
    Language,
    Value,
    locale_of,
    pieces,
)
from briefsite.model.translations import Untranslated

_TOKEN = re.compile(
    rf"""<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|[{APART}{LTR}{RTL}{END}]"""
)
_WITHOUT = dict.fromkeys(map(ord, (APART, LTR, RTL, END)))
# Elements that hold text alone, or none of HTML's.
_PLAIN = frozenset({"option", "script", "style", "svg", "textarea", "title"})


def said_text(text: str) -> str:
    """A text of a record, marked with its language if it is not that of the page."""
    if not isinstance(text, Untranslated):
        return text
    return Markup(f"<span{said_in(text)}>{escape(str(text))}</span>")  # noqa: S704 - escaped


def said_in(text: str | None) -> Markup:
    """Attributes of an element that has such a text in an attribute; none if it is translated."""
    if not isinstance(text, Untranslated):
        return Markup()
    spoken = locale_of(text.language)
    direction = spoken.text_direction if spoken else "ltr"
    return Markup(f' lang="{escape(text.language)}" dir="{direction}"')  # noqa: S704 - escaped


class Said:
    """The functions of gettext for templates: what fills a message may be markup, it never is."""

    def __init__(self, language: Language) -> None:
        self._language = language.in_pages
        self._words: dict[tuple[str, str], str] = {}

    def gettext(self, message: str, **values: Value) -> Markup:
        return self._filled(self._language.phrase(message), values)

    def ngettext(self, one: str, many: str, num: int, **values: Value) -> Markup:
        values.setdefault("num", self._language.count(num))
        return self._filled(self._language.plural_phrase(one, many, num), values)

    def pgettext(self, context: str, message: str, **values: Value) -> Markup:
        return self._filled(self._language.phrase(message, context), values)

    def word(self, value: str, context: str) -> str:
        """A word that stands in a record, as a reader of the language knows it."""
        key = (context, value)
        if key not in self._words:
            self._words[key] = self._language.pgettext(context, value.replace("-", " "))
        return self._words[key]

    def _filled(self, phrase: str, values: Mapping[str, Value]) -> Markup:
        if phrase.startswith(APART):
            values = {name: self._language.apart(value) for name, value in values.items()}
        places = _Places((name, escape(value)) for name, value in values.items())
        return Markup(_form(phrase) % places)  # noqa: S704 - both are escaped


@lru_cache(maxsize=1 << 13)
def _form(phrase: str) -> str:
    """A message, escaped, as Python's own formatting takes it: that is done thousands of times."""
    return "".join(
        f"%({part})s" if number % 2 else str(escape(part)).replace("%", "%%")
        for number, part in enumerate(pieces(phrase))
    )


class _Places(dict[str, str]):
    """What fills the places of a message; one without a value stays as it is written."""

    def __missing__(self, name: str) -> str:
        return str(escape(f"%({name})s"))


def tell_languages(markup: str, language: Language) -> str:
    """A page in which English that is not translated says so, for whoever reads it aloud.

    Attributes, pictures and what holds text alone cannot say it; where lines run the other way the
    marks stay in them, which keep its order.
    """
    if language.is_english or APART not in markup:
        return markup
    keeps = language.direction == "rtl"
    runs = (' dir="ltr"', ' dir="rtl"') if keeps else ("", "")
    english = f'<span lang="en"{runs[0]}>'
    own = f'<span lang="{escape(language.code)}"{runs[1]}>'
    plain = 0

    def told(match: re.Match[str]) -> str:
        nonlocal plain
        found = match[0]
        if name := match["name"]:
            if name.lower() in _PLAIN and not found.endswith("/>"):
                plain = max(0, plain + (-1 if match["end"] else 1))
            return found if keeps else found.translate(_WITHOUT)
        if plain:
            return found if keeps else ""
        return english if found == APART else "</span>" if found == END else own

    return _TOKEN.sub(told, markup)
