"""Macros say what they would say if Jinja itself had compiled them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.runtime import Context
from markupsafe import Markup

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.pages import Templates
from briefsite.pages.codegen import PAGE, Generator, Modules

ROOT = Path(__file__).parents[2]


@dataclass
class Thing:
    name: str
    items: tuple[int, ...] = ()


class _Environment(jinja2.Environment):
    code_generator_class = Generator


COMPONENTS = {
    "box.html": "{% macro box(text, cls='a', n=none) %}<b class='{{ cls }}'>{{ text }}{{ n }}</b>"
    "{% endmacro %}",
    "here.html": "{% macro here(path) %}{{ url(path) }}{% endmacro %}",
    "rest.html": "{% macro rest(first) %}{{ first }}:{{ varargs | join(',') }}:"
    "{{ kwargs | sort | join }}{% endmacro %}",
    "frame.html": "{% macro frame(n) %}<{{ caller() }}{{ n }}>{% endmacro %}",
    "titled.html": "{% set shout = title | upper %}{% macro say() %}{{ shout }}{% endmacro %}",
    "named.html": "{% macro name() %}{{ title }}{% endmacro %}",
    "base.html": "{% block a %}base {{ title }}{% endblock %}|{% block b %}b{% endblock %}",
}
SAID = (
    "{{ thing.name }} {{ thing['name'] }} {{ thing.items }} {{ table.key }} {{ table['items'] }}",
    "{{ title }} {{ markup }} {{ 1 }} {{ none }} {{ 2.5 }} {{ title ~ markup ~ 3 }}{{ title ~ 1 }}",
    "{{ thing.name.upper().lower() }} {{ thing.name.split('x', maxsplit=1)[0] }}",
    "{% from 'box.html' import box %}{{ box('<i>') }}{{ box(markup, n=3) }}{{ box(1, 'c', 2) }}",
    "{% from 'box.html' import box as b with context %}{{ b(cls='k', text=b('&')) }}",
    "{% import 'box.html' as boxes %}{{ boxes.box(*['a', 'b'], **{'n': 1}) }}",
    "{% from 'here.html' import here with context %}{{ here('a') }}",
    "{% from 'rest.html' import rest %}{{ rest(1, 2, 3, k=4, l='&') }}",
    "{% from 'frame.html' import frame %}{% call frame(1) %}&{{ title }}{% endcall %}",
    "{% from 'titled.html' import say with context %}{{ say() }}",
    "{% from 'named.html' import name with context %}{{ name() }}",
    "{% extends 'base.html' %}{% block b %}{{ super() }}{{ self.a() }}{% endblock %}",
    "{% for n in thing.items if n > 1 %}{{ loop.index }}{{ loop.cycle(n, 'y') }}{% endfor %}",
    "{% set o = namespace(n=0) %}{% for n in [1, 2] %}{% set o.n = o.n + n %}{% endfor %}{{ o.n }}",
    "{{ thing.nothing is defined }} {{ nothing is defined }}",
    "{{ '&' if title }}|{{ markup if none }}|{{ 'a' if none else 'b' }}",
)
WRONG = (
    "{{ thing.nothing }}",
    "{{ nothing }}",
    "{{ nothing.name }}",
    "{{ nothing() }}",
    "{{ thing.nothing() }}",
    "{% from 'box.html' import circle %}{{ circle() }}",
    "{% from 'box.html' import box %}{{ box() }}",
    "{% from 'box.html' import box %}{{ box('a', colour='b') }}",
    "{% from 'box.html' import box %}{{ box('a', 'b', 1, 2) }}",
    "{% from 'nowhere.html' import box %}",
)


def environment_of(kind: type[jinja2.Environment], text: str) -> jinja2.Environment:
    loader = jinja2.DictLoader({**COMPONENTS, "page.html": text})
    return kind(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


def values(title: str = "A & B") -> dict[str, Any]:
    thing, table = Thing("<x> of", (1, 2, 3)), {"key": "'v'", "items": 3}
    return {"title": title, "thing": thing, "table": table, "markup": Markup("<br>")}


def said(text: str, *, fast: bool) -> str:
    """What a page says, and what the next one does."""
    shared = {"url": lambda path: f"../{path}?<"}
    environment = environment_of(_Environment if fast else jinja2.Environment, text)
    if fast:
        shared = Modules(environment, shared).context
    template = environment.get_template("page.html")
    return "\n".join(template.render({**shared, **values(title)}) for title in ("A & B", "C"))


@pytest.mark.parametrize("text", SAID)
def test_a_macro_says_what_jinja_would(text: str) -> None:
    assert said(text, fast=True) == said(text, fast=False)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_in_jinja_is_wrong_here(text: str) -> None:
    with pytest.raises((jinja2.TemplateError, TypeError)) as theirs:
        said(text, fast=False)
    with pytest.raises(theirs.type) as ours:
        said(text, fast=True)
    if theirs.type is not TypeError:
        assert str(ours.value) == str(theirs.value)


def test_only_what_is_the_same_on_all_pages_is_imported_once() -> None:
    environment = environment_of(_Environment, "")
    modules = Modules(environment, {"url": str})
    assert modules.get("box.html") is modules.get("box.html") is not None
    assert modules.get("here.html") is not None
    assert modules.get("titled.html") is None
    assert modules.get("named.html") is None


def test_a_macro_can_be_used_without_modules() -> None:
    environment = environment_of(_Environment, SAID[3])
    assert "<b class='a'>&lt;i&gt;None</b>" in environment.get_template("page.html").render(
        values()
    )
    assert environment.context_class is Context


def test_every_component_of_ours_is_imported_once_for_all_pages(
    lay_out: Any, tmp_path: Path
) -> None:
    """A name that is set in one case only is looked for in the page in all others."""
    checked = check_tree(load_tree(lay_out(tmp_path / "project")))
    assert checked.library
    templates = Templates(ROOT / "macros", checked.library, {})
    modules = templates.context("")[PAGE]
    names = [f"components/{name}.html.j2" for name in templates.names("components")]
    assert len(names) > 20
    assert [name for name in names if modules.get(name) is None] == []
