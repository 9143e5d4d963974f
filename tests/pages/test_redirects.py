"""Old addresses lead to the new ones: pages by a redirect, what is within a page by an anchor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.pages.page import ids
from briefsite.site import AssemblyError, Project, Site, assemble

FORMER = (
    ("briefs/sample.yaml", "schema: 1\n", "schema: 1\nformerly: [pipeline, old-pipeline]\n"),
    ("briefs/sample.yaml", "  - id: pipeline-announced\n", "pipeline-2012"),
    ("briefs/sample.yaml", "  - id: pipeline-unlikely\n", "no-pipeline"),
    ("briefs/sample.yaml", "  - id: background\n", "history"),
    ("briefs/registry/registry.yaml", "  - id: ministry-report\n", "the-report"),
    ("briefs/registry/registry.yaml", "  - id: energy-ministry\n", "ministry"),
    ("briefs/registry/registry.yaml", "  - id: betatown\n", "beta"),
    ("briefs/registry/registry.yaml", "  - id: pipeline-accord\n", "accord"),
    ("briefs/registry/registry.yaml", "  - id: works\n", "building"),
    ("maps/sample-map.yaml", "schema: 1\n", "schema: 1\nformerly: [old-map]\n"),
)


@pytest.fixture
def site(whole: Path) -> Site:
    """The minimal project after everything in it was given another id."""
    for path, old, new in FORMER:
        file = whole / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        told = new if new.startswith("schema") else f"{old}    formerly: [{new}]\n"
        file.write_text(text.replace(old, told), encoding="utf-8")
    checked = check_tree(load_tree(whole))
    assert checked.library is not None, checked.problems
    return assemble(Project(whole), checked.library)


def test_every_former_page_leads_to_the_new_one(site: Site) -> None:
    found = {
        name: re.findall(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">', data)
        for name, data in site.files.items()
        if b"http-equiv" in data and name.endswith("index.html") and b"refresh" in data
    }
    assert found == {
        "briefs/pipeline/index.html": [b"../sample/"],
        "briefs/old-pipeline/index.html": [b"../sample/"],
        "maps/old-map/index.html": [b"../sample-map/"],
        "sources/the-report/index.html": [b"../ministry-report/"],
        "actors/ministry/index.html": [b"../energy-ministry/"],
        "places/beta/index.html": [b"../betatown/"],
        "agreements/accord/index.html": [b"../pipeline-accord/"],
        "glossary/building/index.html": [b"../works/"],
    }


def test_a_redirect_works_without_scripts_and_holds_none(site: Site) -> None:
    page = site.files["briefs/pipeline/index.html"].decode()
    assert '<link rel="canonical" href="../sample/">' in page
    assert '<a href="../sample/">Sample brief</a>' in page
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == [""]
    assert '<script src="../../assets/redirect.js">' in page
    assert "assets/redirect.js" in site.files


def test_a_former_id_within_a_page_is_an_anchor_there(site: Site) -> None:
    page = next(page for page in site.pages if page.address == "briefs/sample/")
    found = ids(page.body)
    for former in ("pipeline-2012", "no-pipeline", "history"):
        assert former in page.anchors
        assert found.count(former) == 1


def test_a_moved_page_is_in_no_index(site: Site) -> None:
    assert not [address for address in site.addresses if "old" in address or "beta/" in address]


def test_a_site_where_nothing_moved_has_no_redirects(whole: Path) -> None:
    library = check_tree(load_tree(whole)).library
    assert library is not None
    assert "assets/redirect.js" not in assemble(Project(whole), library).files


def test_a_former_address_that_a_written_page_has_is_a_collision(whole: Path) -> None:
    (whole / "docs" / "briefs").mkdir()
    (whole / "docs" / "briefs" / "pipeline.md").write_text("# A page\n", encoding="utf-8")
    with (whole / "briefs" / "sample.yaml").open("a", encoding="utf-8") as sample:
        sample.write("\nformerly: [pipeline]\n")
    library = check_tree(load_tree(whole)).library
    assert library is not None
    with pytest.raises(AssemblyError) as failed:
        assemble(Project(whole), library)
    assert [problem.code for problem in failed.value.problems] == ["address-collision"]
