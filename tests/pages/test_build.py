"""Every page of a library."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.pages.page import ids
from briefsite.site import Project, Site, assemble

CASES = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="session")
def site(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Site:
    overlays = [CASES / name / "input" for name in ("hostile-text", "contested-and-overtaken")]
    root = lay_out(tmp_path_factory.mktemp("pages") / "project", *overlays)
    library = check_tree(load_tree(root)).library
    assert library is not None
    return assemble(Project(root), library)


def test_every_link_within_the_site_leads_somewhere(site: Site) -> None:
    anchors = {page.address: set(ids(page.body)) for page in site.pages}
    base = "https://site.example/"
    for page in site.pages:
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', page.body):
            target = urljoin(base + page.address, link)
            if not target.startswith(base):
                continue
            parts = urlsplit(target)
            address = parts.path.removeprefix("/")
            known = address in site.addresses or address in site.files
            assert known or f"{address}index.html" in site.files, f"{page.address}: {link}"
            if parts.fragment and address in anchors:
                assert parts.fragment in anchors[address], f"{page.address}: {link}"


def test_ids_are_unique_on_every_page(site: Site) -> None:
    for page in site.pages:
        assert [key for key, count in Counter(ids(page.body)).items() if count > 1] == []


def test_anchors_are_there(site: Site) -> None:
    for page in site.pages:
        assert set(page.anchors) <= set(ids(page.body))
        assert {heading.id for heading in page.contents} <= set(ids(page.body))


def test_bodies_are_one_block_of_markup(site: Site) -> None:
    for page in site.pages:
        assert page.body.startswith("<")
        assert "\n\n" not in page.body
        assert page.body.count("<h1") == 1, page.address


def test_every_page_names_the_file_it_comes_from(site: Site) -> None:
    for page in site.pages:
        assert re.fullmatch(r"(?:briefs|macros/pages)/[\w/-]+\.(?:yaml|html\.j2)", page.origin)


def test_a_withdrawn_brief_says_so_wherever_it_is_shown(site: Site) -> None:
    pages = {page.address: page.body for page in site.pages}
    assert "has been withdrawn" in pages["briefs/gone/"]
    for text in (pages["briefs/"], site.docs["index.md"].markdown):
        cards = re.findall(r"<article.*?</article>", text, re.DOTALL)
        (card,) = [card for card in cards if "briefs/gone/" in card or 'href="gone/"' in card]
        assert "Withdrawn." in card
        assert "almost certain" not in card.lower()
