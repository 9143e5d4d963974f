"""Frames that are filled in are those that the theme's template gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files
from mkdocs.structure.nav import Link, Navigation, get_navigation

from briefsite.check import check_tree
from briefsite.engine.documents import Documents
from briefsite.engine.frames import TEMPLATE
from briefsite.load import load_tree
from briefsite.pages import Page
from briefsite.pages.page import Version
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/base/"
TITLES = ("Oil", "Ministry’s “report” & more", "It's <b>not</b>  so", "a\u00a0'b' &amp; c")


class Counted:
    """A template that counts how often it is rendered."""

    def __init__(self, template: Any) -> None:
        self.template = template
        self.times = 0

    def render(self, context: Mapping[str, Any]) -> str:
        self.times += 1
        return str(self.template.render(context))


class Environment:
    """One that has a single template, counted."""

    def __init__(self, template: Any) -> None:
        self.counted = Counted(template)

    def get_template(self, name: str) -> Counted:
        return self.counted


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    found: MkDocsConfig = load_config(config_file=str(ROOT / "mkdocs.yml"))
    return found


def test_every_page_of_this_publication_gets_the_frame_of_the_template(
    config: MkDocsConfig,
) -> None:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    pages = []
    for number, made in enumerate(assemble(Project(ROOT), library, site_url=BASE).pages):
        each = made
        if number % 5 == 0:  # as if it were translated
            codes = ("en", "English", "ltr"), ("fa", "فارسی", "rtl")
            versions = tuple(Version(*code, f"{code[0]}/{each.address}") for code in codes)
            each = replace(each, versions=versions)
        each.put("<h1>x</h1>" + '<h2 id="a">A &amp; b</h2>' * (number % 4) + str(number))
        pages.append(each)
    files = get_files(config)
    for page in pages:
        files.append(file := File(page.source, None, config.site_dir, use_directory_urls=True))
        file.inclusion = InclusionLevel.NOT_IN_NAV
    nav = get_navigation(files, config)
    template = config.theme.get_env().get_template(TEMPLATE)
    _, times = rendered({"site_url": BASE}, template, pages, nav, files.documentation_pages())
    assert times < len(pages) / 2


def rendered(
    settings: Mapping[str, str],
    template: Any,
    pages: Sequence[Page],
    nav: Navigation,
    files: Sequence[File] = (),
) -> tuple[list[str], int]:
    config: MkDocsConfig = load_config(config_file=str(ROOT / "mkdocs.yml"), **settings)
    env = Environment(template)
    documents = Documents(config, env, nav, [*files])  # type: ignore[arg-type]
    shown = [documents.make(page).decode() for page in pages]
    for page, document in zip(pages, shown, strict=True):
        assert document == template.render(documents.context(page)), page.address
    return shown, env.counted.times


def sample(number: int) -> Page:
    title = TITLES[number % len(TITLES)] + str(number)
    page = Page(f"briefs/b{number}.md", title, "", str, f"briefs/{title}.yaml")
    page.put(f'<h1>{escape(title)}</h1><h2 id="a">{escape(title)}</h2>')
    return page


def filled(text: str, pages: Sequence[Page], nav: Navigation) -> tuple[list[str], int]:
    return rendered({}, jinja2.Environment().from_string(text), pages, nav)


FORMS = "{{ page.title }} {{ page.title | e }} {{ page.title | striptags | e }} {{ page.content }}"


def test_a_value_is_filled_in_however_the_template_prints_it() -> None:
    pages = [sample(number) for number in range(8)]
    text = FORMS + "{{ page.meta.origin | urlencode }} {{ page.meta.origin }}"
    text += "{% for each in page.meta.contents %}{{ each.title | striptags }}{% endfor %}"
    shown, times = filled(text, pages, Navigation([], []))
    assert times == 4  # one with marks, and three pages to be sure
    assert len(set(shown)) == 8


@pytest.mark.parametrize(
    "text",
    [
        "{% if page.title == 'Oil4' %}!{% endif %}",  # by the value
        "{{ page.title | upper }}",  # in another form
        "{{ page.url }}",  # what no mark stands for
    ],
)
def test_a_template_that_looks_at_values_is_rendered_for_each_page(
    text: str,
) -> None:
    pages = [sample(number) for number in (4, 1, 2, 3)]
    assert filled(text + FORMS, pages, Navigation([], []))[1] >= len(pages)


def test_pages_that_the_navigation_leads_to_are_rendered_each() -> None:
    pages = [sample(number) for number in range(5)]
    nav = Navigation([Link("all", page.address) for page in pages], [])
    assert filled(FORMS, pages, nav)[1] == len(pages)
