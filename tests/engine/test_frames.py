"""Frames that are filled in are those that the theme's template gives."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from types import SimpleNamespace
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
from briefsite.site import Project, assemble, framed
from briefsite.site.framed import KnownFrames

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/base/"
KINDS = ("briefs/b", "actors/a", "sources/s")
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
        if number % 7 == 0:  # as if it stood below another
            each = replace(each, source=each.source.replace(".md", "/fa.md"))
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
    before: KnownFrames | None = None,
) -> tuple[list[str], int]:
    documents, counted = documents_of(settings, template, nav, files, before)
    shown = [documents.make(page).decode() for page in pages]
    for page, document in zip(pages, shown, strict=True):
        assert document == template.render(documents.context(page)), page.address
    return shown, counted.times


def documents_of(
    settings: Mapping[str, str],
    template: Any,
    nav: Navigation,
    files: Sequence[File] = (),
    before: KnownFrames | None = None,
) -> tuple[Documents, Counted]:
    config: MkDocsConfig = load_config(config_file=str(ROOT / "mkdocs.yml"), **settings)
    env = Environment(template)
    return Documents(config, env, nav, [*files], before), env.counted  # type: ignore[arg-type]


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


def test_pages_below_records_have_the_frame_of_others_as_deep(config: MkDocsConfig) -> None:
    text = FORMS + "{% for item in nav %}{{ item.url | url }}{% endfor %}"
    template = config.theme.get_env().from_string(text)
    nav = Navigation([Link(name, f"{name}/") for name in ("briefs", "actors", "actors/a5")], [])
    pages = [replace(sample(n), source=f"{kind}{n}/part/2.md") for kind in KINDS for n in range(8)]
    for page in pages:
        page.put(f"<h1>{page.source}</h1>")
    assert rendered({}, template, pages, nav)[1] == 13  # one lies where navigation leads


def test_pages_that_the_navigation_leads_to_are_rendered_each() -> None:
    pages = [sample(number) for number in range(5)]
    nav = Navigation([Link("all", page.address) for page in pages], [])
    assert filled(FORMS, pages, nav)[1] == len(pages)


class Builds:
    """Builds of one publication, each of which knows what the one before has noted."""

    def __init__(self, text: str, nav: Navigation | None = None) -> None:
        self._template = jinja2.Environment().from_string(text)
        self._nav = nav or Navigation([], [])
        noted: dict[str, bytes] = {}
        self.notes = SimpleNamespace(note=noted.__setitem__, recall=noted.get)

    def known(self, sign: str = "theme") -> KnownFrames | None:
        return framed.recall(self, sign)  # type: ignore[arg-type]

    def build(self, *shares: Sequence[Page]) -> int:
        """Make pages, each share in a process of its own; gives how often the template was
        rendered."""
        before = self.known()
        made = [documents_of({}, self._template, self._nav, (), before) for _ in shares]
        first = made[0][0]
        for pages, (documents, _) in zip(shares, made, strict=True):
            for page in pages:
                wanted = self._template.render(documents.context(page))
                assert documents.make(page).decode() == wanted
            if documents is not first:
                first.telling.put(documents.telling.make())
        framed.note(self, "theme", first.frames.known)  # type: ignore[arg-type]
        return sum(counted.times for _, counted in made)


def samples(*numbers: int) -> list[Page]:
    return [sample(number) for number in numbers]


def test_what_was_learnt_is_known_to_the_next_build() -> None:
    builds = Builds(FORMS + "{{ page.meta.origin | urlencode }}")
    assert builds.build(samples(1, 2, 3)) == 4
    assert builds.build(samples(4, 5, 6, 7)) == 0
    assert builds.known("another theme") is None


def test_a_document_is_made_without_an_engine() -> None:
    below = Link("a brief that navigation names", "briefs/b9/")
    builds = Builds(FORMS, Navigation([below], []))
    builds.build(samples(1, 2, 3))
    known = builds.known()
    assert known is not None
    other, named, unlike = sample(4), sample(9), replace(sample(5), robots="noindex")
    assert sample(4).body.encode() in (known.render(other) or b"")
    assert known.render(named) is None
    assert known.render(unlike) is None


def test_what_processes_have_learnt_is_put_together() -> None:
    builds = Builds(FORMS)
    assert builds.build(samples(1, 2), samples(3, 4)) == 6  # each has tried one
    assert builds.build(samples(5)) == 0


def test_what_one_process_has_found_to_differ_is_filled_in_by_none() -> None:
    builds = Builds("{% if page.title == 'Oil4' %}!{% endif %}" + FORMS)
    assert builds.build(samples(1, 2, 3), samples(5, 4)) == 7
    assert builds.build(samples(6)) == 1


def test_a_page_without_siblings_is_tried_from_build_to_build() -> None:
    builds = Builds(FORMS)
    assert [builds.build(samples(1)) for _ in range(4)] == [1, 2, 1, 0]
    assert builds.build(samples(2)) == 1  # what was tried with one page alone may be of its address
    assert builds.build(samples(3)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_what_is_of_one_page_is_never_given_to_another(seed: int) -> None:
    """In whatever order pages are made, by whichever process, in however many builds."""
    chance = random.Random(seed)
    builds = Builds("{{ page.url }}" + FORMS)
    for _ in range(8):
        numbers = chance.sample(range(5), chance.randint(1, 4))
        parted = chance.randint(0, len(numbers))
        builds.build(samples(*numbers[:parted]), samples(*numbers[parted:]))
