"""The sitemap: every address, in full, escaped."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from briefsite.site import sitemap

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(xml: bytes) -> list[str | None]:
    return [element.text for element in ElementTree.fromstring(xml).iter(LOC)]


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
