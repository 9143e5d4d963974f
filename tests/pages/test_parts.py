"""Pages of a publication whose lists are too long for one page each."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model import parts
from briefsite.pages.page import ids
from briefsite.site import Project, Site, assemble

ROOT = Path(__file__).parents[2]
BASE = "https://site.example/"


@pytest.fixture(scope="module")
def site() -> Site:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "SIZES", {kind: size // 20 + 1 for kind, size in parts.SIZES.items()})
        site = assemble(Project(ROOT), library)
        for page in overviews(site).values():
            assert page
        return site


def overviews(site: Site) -> dict[str, str]:
    """Address → body of every page that is a part of a list, or a list."""
    lists = r"(briefs|positions|timeline|atlas|corrections|sources|actors|places|agreements)/"
    return {
        page.address: page.body
        for page in site.pages
        if re.fullmatch(rf"{lists}(part/\d+/)?|actors/iran/(part/\d+/)?", page.address)
    }


def test_every_link_of_a_part_leads_to_an_anchor_that_is_there(site: Site) -> None:
    known = overviews(site)
    assert len(known) > 40
    for address, body in known.items():
        assert [key for key, count in Counter(ids(body)).items() if count > 1] == []
        for link in re.findall(r'\shref="([^"]*)"', body):
            target, _, anchor = urljoin(BASE + address, link).partition("#")
            page = target.removeprefix(BASE)
            if page in known and anchor:
                assert anchor in ids(known[page]), f"{address}: {link}"


def test_parts_lead_to_each_other_and_say_which_they_are(site: Site) -> None:
    known = overviews(site)
    for address in ("atlas/", "positions/", "sources/", "corrections/", "timeline/", "briefs/"):
        whole = [each for each in known if re.fullmatch(rf"{address}(part/\d+/)?", each)]
        assert len(whole) > 1, address
        for each in whole:
            nav = known[each].partition('<nav class="bs-parts"')[2].partition("</nav>")[0]
            linked = re.findall(r'href="([^"]*)"( aria-current="page")?', nav)
            targets = [urljoin(BASE + each, link).removeprefix(BASE) for link, _ in linked]
            assert sorted(targets) == sorted(whole)
            assert [t for t, (_, here) in zip(targets, linked, strict=True) if here] == [each]


def test_what_names_a_record_is_all_there_the_newest_first(site: Site) -> None:
    known = overviews(site)
    pages = [body for address, body in known.items() if address.startswith("actors/iran/")]
    claims = [
        found for body in pages for found in re.findall(r"briefs/[a-z-]+/#([a-z0-9-]+)", body)
    ]
    assert len(pages) > 3
    assert len(claims) == len(set(claims)) > 200
    assert "<dt>Kind" in pages[0] or "bs-facts--record" in pages[0]
    assert all("bs-facts--record" not in body for body in pages[1:])


def test_a_script_knows_where_each_anchor_went(site: Site) -> None:
    known = overviews(site)
    for name in ("atlas/", "positions/", "corrections/", "briefs/", "sources/"):
        script = site.files[f"{name}parts.js"].decode()
        found = re.findall(r"\[([^\[\]]*)\]", script)
        nav = known[name].partition('<nav class="bs-parts"')[2].partition("</nav>")[0]
        links = [
            urljoin(BASE + name, link).removeprefix(BASE)
            for link in re.findall(r'href="([^"]*)"', nav)
        ]
        assert len(found) == len(links)
        for listed, address in zip(found, links, strict=True):
            assert set(re.findall(r'"([^"]*)"', listed)) <= set(ids(known[address]))
    assert "timeline/parts.js" not in site.files.known


def test_a_part_of_an_index_is_called_by_its_first_word_and_its_last(site: Site) -> None:
    known = overviews(site)
    first = known["sources/"]
    listed = re.findall(r'<li><a href="[^"]*">([^<\s]+)[^<]*</a> <span class="bs-muted">', first)
    label = re.search(r"<h1>Sources: (\S+) – (\S+)</h1>", first)
    assert label, first[:300]
    assert label.groups() == (listed[0][:12], listed[-1][:12])
