"""The sitemap: every address, in full, escaped."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from briefsite.site import sitemaps
from briefsite.site.sitemap import MOST

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(addresses: list[str], base: str) -> bytes:
    (found,) = sitemaps(addresses, base).items()
    assert found[0] == "sitemap.xml"
    return found[1]


def addresses(xml: bytes) -> list[str | None]:
    return [element.text for element in ElementTree.fromstring(xml).iter(f"{NAMESPACE}loc")]


@pytest.mark.parametrize("base", ["https://example.org/below", "https://example.org/below/"])
def test_addresses_are_below_the_site(base: str) -> None:
    found = addresses(sitemap(["", "briefs/a/"], base))
    assert found == ["https://example.org/below/", "https://example.org/below/briefs/a/"]


def test_addresses_are_escaped() -> None:
    found = addresses(sitemap(["a&b/", "ə <x>/", "c:d/"], "https://example.org/"))
    assert found == [
        "https://example.org/a%26b/",
        "https://example.org/%C9%99%20%3Cx%3E/",
        "https://example.org/c%3Ad/",
    ]


def test_a_site_without_pages_is_still_well_formed() -> None:
    assert addresses(sitemap([], "https://example.org/")) == []


def test_more_addresses_than_a_file_may_hold_stand_in_several_and_an_index_names_them() -> None:
    wanted = [f"sources/{number}/" for number in range(MOST + 1)]
    base = "https://example.org/below/"
    assert list(sitemaps(wanted[:-1], base)) == ["sitemap.xml"]
    files = dict(sitemaps(wanted, base))
    index = files.pop("sitemap.xml")
    assert ElementTree.fromstring(index).tag == f"{NAMESPACE}sitemapindex"
    assert addresses(index) == [f"{base}{name}" for name in files]
    assert {ElementTree.fromstring(each).tag for each in files.values()} == {f"{NAMESPACE}urlset"}
    found = [addresses(each) for each in files.values()]
    assert [len(each) for each in found] == [MOST, 1]
    assert [*found[0], *found[1]] == [f"{base}{address}" for address in wanted]
