"""After a build: whatever is missing or changed is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.model.lazy import Lazy
from briefsite.pages import Page, Written
from briefsite.pages.page import ids
from briefsite.site import Site, verify

BODY = '<h2 id="one">One</h2>\n<p id=\'two\' class="x">id="three" and &lt;p id="one"&gt;</p>'


@pytest.fixture
def site() -> Site:
    page = Page("briefs/a.md", "A", "About a", lambda: BODY, "briefs/a.yaml", ("one", "two"))
    return Site(
        (page,),
        {"index.md": Written("# Home"), "about/more.md": Written("")},
        Lazy({"data/a.json": lambda: b"{}\n"}),
    )


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A whole build of the site."""
    for address in site.addresses:
        (tmp_path / address).mkdir(parents=True, exist_ok=True)
        (tmp_path / address / "index.html").write_text(f"<html><body>{BODY}</body></html>")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.json").write_bytes(b"{}\n")
    return tmp_path


def test_a_whole_build_has_nothing_missing(site: Site, folder: Path) -> None:
    assert verify(folder, site) == []


def test_a_page_that_is_gone_is_named_once(site: Site, folder: Path) -> None:
    (folder / "briefs/a/index.html").unlink()
    assert verify(folder, site) == ["page briefs/a/ was not written"]


@pytest.mark.parametrize(
    ("address", "name"), [("", "/"), ("about/more/", "about/more/")], ids=["home", "nested"]
)
def test_a_written_page_that_is_gone_is_named(
    address: str, name: str, site: Site, folder: Path
) -> None:
    (folder / address / "index.html").unlink()
    assert verify(folder, site) == [f"page {name} was not written"]


def test_an_anchor_that_is_gone_is_named(site: Site, folder: Path) -> None:
    page = folder / "briefs/a/index.html"
    page.write_text(page.read_text().replace('id="one"', 'id="other"', 1))
    assert verify(folder, site) == ["anchor briefs/a/#one is there 0 times"]


def test_an_anchor_that_is_there_twice_is_named(site: Site, folder: Path) -> None:
    page = folder / "briefs/a/index.html"
    page.write_text(page.read_text() + "<i id=two></i>")
    assert verify(folder, site) == ["anchor briefs/a/#two is there 2 times"]


def test_a_file_that_is_gone_or_changed_is_named(site: Site, folder: Path) -> None:
    path = folder / "data/a.json"
    path.write_bytes(b"{ }\n")
    assert verify(folder, site) == ["file data/a.json was changed on its way"]
    path.unlink()
    assert verify(folder, site) == ["file data/a.json was not written"]


def test_an_empty_folder_lacks_everything(site: Site, tmp_path: Path) -> None:
    assert len(verify(tmp_path, site)) == 4


def test_ids_are_those_of_elements() -> None:
    assert ids(BODY) == ["one", "two"]
    assert ids('<p data-id="no">x</p><P id="yes" ><p\nid=a>') == ["yes", "a"]
    assert ids("") == []
