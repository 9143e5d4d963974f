"""What the list of sources says of works that no claim rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.site import Project, Site, assemble

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site() -> Site:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    return assemble(Project(ROOT), library)


@pytest.fixture(scope="module")
def lines(site: Site) -> Mapping[str, str]:
    """Source id → what stands beside it in the list."""
    bodies = (page.body for page in site.pages if re.match(r"sources/(part/|$)", page.address))
    line = r'<a href="(?:\.\./)*([\w-]+)/">[^<]*</a> <span class="bs-muted">([^<]*)</span>'
    return dict(found for body in bodies for found in re.findall(line, body))


def test_each_source_has_its_claims_or_where_else_it_is_cited(lines: Mapping[str, str]) -> None:
    ends = {source: about.rpartition(" · ")[2] for source, about in lines.items()}
    assert len(ends) > 600
    where = r"in a position|on a map|with an agreement|in a correction|with another source"
    wrong = {
        source: end
        for source, end in ends.items()
        if not re.fullmatch(rf"[1-9]\d* claims?|({where})(, ({where}))*", end)
    }
    assert wrong == {}
    assert ends["reuters-2023"] == "in a position"
    assert ends["reuters-moscow-1989"] == "with an agreement, in a correction"


def test_list_and_home_page_tell_how_many_sources_claims_rest_on(
    site: Site, lines: Mapping[str, str]
) -> None:
    grounds = sum("claim" in about.rpartition(" · ")[2] for about in lines.values())
    assert grounds < len(lines)
    (first,) = (page.body for page in site.pages if page.address == "sources/")
    assert f"Claims rest on {grounds} of {len(lines)} works." in first
    home = site.docs["index.md"].markdown
    assert re.search(rf"[1-9][\d,]* claims · from {grounds} sources", home)
