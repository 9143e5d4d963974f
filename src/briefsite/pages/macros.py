"""The macros of a project, compiled for one language."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefsite.languages import ENGLISH, Language, Value, locale_of
from briefsite.languages.language import pieces
from briefsite.model.translations import Untranslated
from briefsite.pages import wording
from briefsite.pages.codegen import Generator
from briefsite.pages.page import indented


def macro_environment(folder: Path, language: Language = ENGLISH) -> jinja2.Environment:
    """What compiles the macros of a folder for a language; it reads again those that changed."""
    environment = _Environment(language, folder)
    said = _Said(language)
    environment.globals.update(
        _=said.gettext,
        ngettext=said.ngettext,
        pgettext=said.pgettext,
        language=language,
        link=link,
        bold=partial(_within, "b"),
        strong=partial(_within, "strong"),
    )
    environment.filters.update(
        number=partial(wording.number, language=language),
        reference=partial(wording.reference, language=language),
        coordinates=partial(wording.coordinates, language=language),
        host=wording.host,
        indented=indented,
        minutes=partial(wording.minutes, language=language),
        opening=language.capital,
        first_sentence=wording.first_sentence,
        words=language.date,
        said=_marked,
        isolated=_isolated if language.direction == "rtl" else _as_it_is,
        word=said.word,
    )
    return environment


def link(address: str, words: str, **attributes: str) -> Markup:
    """A link for a place in a message; `cls` is its class."""
    given = "".join(
        f' {"class" if name == "cls" else name}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return Markup(f'<a{given} href="{escape(address)}">{escape(words)}</a>')  # noqa: S704


def _marked(text: str) -> str:
    """A text, marked with its language if it is not that of the page."""
    if not isinstance(text, Untranslated):
        return text
    spoken = locale_of(text.language)
    direction = spoken.text_direction if spoken else "ltr"
    return Markup(  # noqa: S704 - escaped
        f'<span lang="{escape(text.language)}" dir="{direction}">{escape(str(text))}</span>'
    )


def _as_it_is(text: str) -> str:
    return text


def _isolated(text: str) -> Markup:
    """A text that may run the other way than the lines around it."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704


def _within(tag: str, words: str) -> Markup:
    """An element for a place in a message."""
    return Markup(f"<{tag}>{escape(words)}</{tag}>")  # noqa: S704


class _Environment(jinja2.Environment):
    """Messages without places are translated when a macro is compiled: they cost nothing."""

    code_generator_class = Generator

    def __init__(self, language: Language, folder: Path) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._translated = _Translated(language)

    def compile(
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        if isinstance(source, str):
            source = self.parse(source, name, filename)
        compiled: str | CodeType = super().compile(  # type: ignore[call-overload]
            self._translated.visit(source), name, filename, raw, defer_init
        )
        return compiled


class _Translated(NodeTransformer):
    """Replaces `_("message")` by its translation."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name Jinja calls
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(message))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return nodes.Const(self._language.gettext(message), lineno=node.lineno)
        return node


class _Said:
    """The functions of gettext for macros: what fills a message may be markup, it never is."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._words: dict[tuple[str, str], str] = {}

    def gettext(self, message: str, **values: Value) -> Markup:
        return _filled(self._language.phrase(message), values)

    def ngettext(self, one: str, many: str, num: int, **values: Value) -> Markup:
        values.setdefault("num", self._language.count(num))
        return _filled(self._language.plural_phrase(one, many, num), values)

    def pgettext(self, context: str, message: str, **values: Value) -> Markup:
        return _filled(self._language.phrase(message, context), values)

    def word(self, value: str, context: str) -> str:
        """A word that stands in a record, as a reader of the language knows it."""
        key = (context, value)
        if key not in self._words:
            self._words[key] = self._language.pgettext(context, value.replace("-", " "))
        return self._words[key]


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


def _filled(phrase: str, values: dict[str, Value]) -> Markup:
    places = _Places((name, escape(value)) for name, value in values.items())
    return Markup(_form(phrase) % places)  # noqa: S704 - both are escaped
