"""The copy to take along: opened from disk, by people without a server."""

from __future__ import annotations

import datetime
import html
import io
import posixpath
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import bring_into_view
from tests.publish.conftest import SITE_URL, Published

from briefsite.publish.offline import offline_copy

DAY = datetime.date(2026, 3, 1)


class Links(HTMLParser):
    """Every address that a page names in its body and head, but for those about it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def links(page: str) -> list[str]:
    reader = Links()
    reader.feed(page)
    return reader.found


def copy(pages: dict[str, str], site_url: str = "https://x.example/y/") -> Any:
    """Gives a function that makes a copy of a site of these files."""

    def made(folder: Path) -> dict[str, str]:
        for name, text in pages.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        archive = offline_copy(folder, title="t", site_url=site_url, day=DAY)
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return {name: opened.read(name).decode() for name in opened.namelist()}

    return made


@pytest.fixture(scope="module")
def disk(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy as someone unpacked it."""
    folder = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(published.site / "offline.zip") as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    assert top.name == "caucasus-briefings"
    return top


@pytest.mark.parametrize(
    ("given", "becomes"),
    [
        ("../b/", "../b/index.html"),
        ("../b", "../b/index.html"),
        ("../b/#here", "../b/index.html#here"),
        ("../b/?q=1&amp;r=2#x", "../b/index.html?q=1&amp;r=2#x"),
        ("..", "../index.html"),
        ("../", "../index.html"),
        (".", "index.html"),
        ("./", "index.html"),
        ("#here", "#here"),
        ("../c.svg", "../c.svg"),
        ("../offline.zip", "https://x.example/y/offline.zip"),
        ("../gone/", "https://x.example/y/gone/"),
        ("https://other.example/a/", "https://other.example/a/"),
        ("//other.example/a/", "//other.example/a/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("", ""),
    ],
)
def test_every_link_names_a_file(given: str, becomes: str, tmp_path: Path) -> None:
    pages = {
        "a/index.html": f'<html lang="en"><a class="x" href="{given}">t</a>',
        "b/index.html": "<html>",
        "index.html": "<html>",
        "c.svg": "<svg/>",
    }
    found = copy(pages)(tmp_path)
    assert found["t/a/index.html"] == (
        f'<html data-offline lang="en"><a class="x" href="{becomes}">t</a>'
    )


def test_a_page_that_has_moved_leads_to_a_file(tmp_path: Path) -> None:
    moved = '<meta http-equiv="refresh" content="0; url=../b/">'
    found = copy({"a/index.html": moved, "b/index.html": "<html>"})(tmp_path)
    assert found["t/a/index.html"] == moved.replace("../b/", "../b/index.html")


def test_what_only_a_server_needs_is_not_taken(tmp_path: Path) -> None:
    names = ["index.html", "404.html", "sitemap.xml", "card.png"]
    assert list(copy(dict.fromkeys(names, "<html>"))(tmp_path)) == ["t/index.html"]


def test_no_link_of_the_real_copy_leads_nowhere(disk: Path) -> None:
    wrong = []
    for path in sorted(disk.rglob("*.html")):
        for link in links(path.read_text()):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = posixpath.normpath(path.parent / unquote(parts.path))
            if not Path(target).is_file():
                wrong.append((path.relative_to(disk).as_posix(), link))
    assert wrong == []
    assert html.unescape(f"{SITE_URL}offline.zip") in links((disk / "index.html").read_text())


def test_the_zip_is_the_same_every_time(published: Published, published_again: Published) -> None:
    ours, theirs = published.site / "offline.zip", published_again.site / "offline.zip"
    assert ours.read_bytes() == theirs.read_bytes()
    with zipfile.ZipFile(ours) as archive:
        names = [entry.filename for entry in archive.infolist()]
        assert names == sorted(names)
        assert {entry.date_time[3:] for entry in archive.infolist()} == {(0, 0, 0)}


@pytest.fixture
def reader(browser: Browser) -> Any:
    """A browser window, and all that went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
    )
    page.on(
        "requestfailed",
        lambda r: wrong.append(r.url) if "ERR_ABORTED" not in str(r.failure) else None,
    )
    yield page, wrong
    context.close()


@pytest.mark.browser
def test_it_can_be_read_from_disk(disk: Path, reader: tuple[Page, list[str]]) -> None:
    page, wrong = reader
    page.goto((disk / "index.html").as_uri())
    assert not page.locator("a[href$='offline.zip']").is_visible()
    page.locator("article a[href*='briefs/sample/']").first.click()
    page.wait_for_url("**/briefs/sample/index.html")
    live = page.locator("iframe.bs-map__live").first
    bring_into_view(live)
    live_map = page.frame_locator("iframe.bs-map__live").first
    live_map.locator(".leaflet-container path").first.wait_for()
    page.locator(".bs-ref").first.click()
    assert "#" in page.url
    page.locator("details:has(> .bs-inline-list) > summary").click()
    page.locator(".bs-inline-list a[href*='actors/']").first.click()
    page.wait_for_url("**/actors/*/index.html")
    page.locator("[data-search-open]").click()
    page.locator("#bs-search input[name=query]").fill("pipeline")
    page.locator("#bs-search ol a").first.click()
    page.wait_for_url("**/index.html*")
    assert page.locator("h1").is_visible()
    assert wrong == []
