"""The macros of a project, compiled for one language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefsite.languages import ENGLISH, Language, Said, said_in, said_text
from briefsite.languages.language import APART, pieces
from briefsite.pages import wording
from briefsite.pages.codegen import Generator
from briefsite.pages.page import indented


def macro_environment(folder: Path, language: Language = ENGLISH) -> Macros:
    """What compiles the macros of a folder for a language, each once."""
    said, language = Said(language), language.in_pages
    environment = Macros(language, folder)
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
        country=language.country,
        said=said_text,
        said_in=said_in,
        isolated=_isolated if language.direction == "rtl" else _as_it_is,
        word=said.word,
    )
    return environment


def broken_macros(folder: Path) -> Iterator[jinja2.TemplateSyntaxError]:
    """What is wrong with each macro of a folder that cannot be compiled; none is run."""
    environment = macro_environment(folder)
    assert environment.loader is not None
    for name in environment.list_templates(extensions=("j2",)):
        source, _, _ = environment.loader.get_source(environment, name)
        try:
            environment.compile(source, name, raw=True)
        except jinja2.TemplateSyntaxError as error:
            yield error


def link(address: str, words: str, **attributes: str) -> Markup:
    """A link for a place in a message; `cls` is its class."""
    given = "".join(
        f' {"class" if name == "cls" else name}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return Markup(f'<a{given} href="{escape(address)}">{escape(words)}</a>')  # noqa: S704


def _as_it_is(text: str) -> str:
    return text


def _isolated(text: str) -> Markup:
    """A text that may run the other way than the lines around it."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704


def _within(tag: str, words: str) -> Markup:
    """An element for a place in a message."""
    return Markup(f"<{tag}>{escape(words)}</{tag}>")  # noqa: S704


class Macros(jinja2.Environment):
    """The macros of a folder: each is compiled once, until `forget_changed` is called.

    Messages without places are translated when a macro is compiled: they cost nothing.
    """

    code_generator_class = Generator

    def __init__(self, language: Language, folder: Path) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # to look at its file takes longer than to find a macro
        )
        self._translated = _Translated(language)

    def forget_changed(self) -> None:
        """Have macros compiled again whose files have changed."""
        assert self.cache is not None
        for key, template in [*self.cache.items()]:
            if not template.is_up_to_date:
                del self.cache[key]

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
    """Replaces `_("message")` by its translation; where it is printed, also one with places."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - the name Jinja calls
        node.nodes = [part for each in node.nodes for part in self._parts(each)]
        return self.generic_visit(node)

    def _parts(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        """The words of a message and what fills its places, to be printed one after the other.

        What is in another order than the macro gives it is left as it is: macros count.
        """
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(message))],
                kwargs=[_, *_] as values,
                dyn_args=None,
                dyn_kwargs=None,
            ):
                phrase = self._language.phrase(message)
                words = pieces(phrase)
                if not phrase.startswith(APART) and words[1::2] == tuple(v.key for v in values):
                    for word, value in zip_longest(words[::2], values):
                        if word:
                            yield nodes.Const(word, lineno=node.lineno)
                        if value is not None:
                            yield from self._parts(value.value)
                    return
        yield node

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
