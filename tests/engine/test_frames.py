"""Frames that are filled in are those that the theme's template gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from briefsite.check import check_tree
from briefsite.engine.frames import TEMPLATE, Frames
from briefsite.load import load_tree
from briefsite.pages.page import Version
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]
TITLES = ("Oil", "Ministry’s “report” & more", "It's <b>not</b>  so", "a\u00a0'b' &amp; c")


class Counted:
    """A template that counts how often it is rendered."""

    def __init__(self, template: Any) -> None:
        self.template = template
        self.times = 0

    def render(self, context: Mapping[str, Any]) -> str:
        self.times += 1
        return str(self.template.render(context))


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    found: MkDocsConfig = load_config(config_file=str(ROOT / "mkdocs.yml"))
    return found


def made_page(config: MkDocsConfig, source: str, meta: dict[str, Any], content: str) -> Page:
    file = File(source, None, config.site_dir, use_directory_urls=True)
    file.inclusion = InclusionLevel.NOT_IN_NAV
    page = Page(None, file, config)
    page.markdown, page.meta, page.content = "", meta, content
    return page


def test_every_page_of_this_publication_gets_the_frame_of_the_template(
    config: MkDocsConfig,
) -> None:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    site = assemble(Project(ROOT), library, site_url="https://example.org/base/")
    pages = []
    for number, made in enumerate(site.pages):
        each = made
        if number % 5 == 0:  # as if it were translated
            codes = ("en", "English", "ltr"), ("fa", "فارسی", "rtl")
            versions = tuple(Version(*code, f"{code[0]}/{each.address}") for code in codes)
            each = replace(each, versions=versions)
        each.put("<h1>x</h1>" + '<h2 id="a">A &amp; b</h2>' * (number % 4) + str(number))
        pages.append(made_page(config, each.source, dict(each.front_matter()), each.body))
    files = get_files(config)
    for page in pages:
        files.append(page.file)
    nav = get_navigation(files, config)
    template = Counted(config.theme.get_env().get_template(TEMPLATE))
    frames = Frames(template, site.page_at, nav)  # type: ignore[arg-type]
    for page in pages:
        context = get_context(nav, files.documentation_pages(), config, page)
        assert frames.render(context) == template.template.render(context), page.url
    assert template.times < len(pages) / 2


def rendered(
    config: MkDocsConfig, text: str, pages: list[Page], nav: Navigation
) -> tuple[list[str], int]:
    template = Counted(Environment().from_string(text))
    frames = Frames(template, {page.file.src_uri for page in pages}, nav)  # type: ignore[arg-type]
    shown = [frames.render({"page": page, "base_url": "../.."}) for page in pages]
    assert shown == [template.template.render(page=page, base_url="../..") for page in pages]
    return shown, template.times


def sample(config: MkDocsConfig, number: int) -> Page:
    title = TITLES[number % len(TITLES)] + str(number)
    meta = {
        "title": title,
        "origin": f"briefs/{title}.yaml",
        "contents": [{"url": "#a", "title": title}],
    }
    return made_page(config, f"briefs/b{number}.md", meta, f"<h1>{title}</h1>")


FORMS = "{{ page.title }} {{ page.title | e }} {{ page.title | striptags | e }} {{ page.content }}"


def test_a_value_is_filled_in_however_the_template_prints_it(config: MkDocsConfig) -> None:
    pages = [sample(config, number) for number in range(8)]
    text = FORMS + "{{ page.meta.origin | urlencode }} {{ page.meta.origin }}"
    text += "{% for each in page.meta.contents %}{{ each.title | striptags }}{% endfor %}"
    shown, times = rendered(config, text, pages, Navigation([], []))
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
    text: str, config: MkDocsConfig
) -> None:
    pages = [sample(config, number) for number in (4, 1, 2, 3)]
    assert rendered(config, text + FORMS, pages, Navigation([], []))[1] >= len(pages)


def test_pages_that_the_navigation_knows_are_rendered_each(config: MkDocsConfig) -> None:
    pages = [sample(config, number) for number in range(5)]
    assert rendered(config, FORMS, pages, Navigation(pages, pages))[1] == len(pages)
