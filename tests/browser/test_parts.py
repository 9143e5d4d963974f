"""Lists that are too long for one page: parts lead to each other, and old anchors to theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import NARROW, ROOT, WIDE, Reader, serve, violations
from tests.conftest import LayOut

pytestmark = pytest.mark.browser

PROGRAM = """
import sys
from briefsite.model import parts
parts.SIZES = dict.fromkeys(parts.SIZES, 2)
from briefsite.cli import main
sys.exit(main())
"""


def test_parts_are_found_by_their_links_their_anchors_and_their_filters(
    browser: Browser, lay_out: LayOut, tmp_path: Path
) -> None:
    overlay = ROOT / "tests" / "golden" / "contested-and-overtaken" / "input"
    whole = lay_out(tmp_path / "whole", overlay)
    with serve(whole, tmp_path / "served", ("-c", PROGRAM)) as site:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        reader = Reader(context, site.address)
        page = reader.open("timeline/?topic=transit")
        shown = page.locator("#events > li:visible")
        while page.locator("a[rel=prev]").count():
            expect(page.locator(".bs-parts [aria-current]")).to_have_count(1)
            assert {li.get_attribute("data-topic") for li in shown.all()} <= {"transit"}
            before = page.url
            with page.expect_event("load"):
                page.locator("a[rel=prev]").click()
            assert page.url != before
            assert page.url.endswith("?topic=transit")
        assert "timeline/part/1/" in page.url
        assert violations(page) == []
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        assert violations(page) == []
        last = page.goto(f"{site.address}corrections/part/2/")
        assert last is not None
        anchor = page.locator("section.bs-correction").last.get_attribute("id")
        page.goto(f"{site.address}corrections/#{anchor}")
        page.wait_for_url(f"**/corrections/part/*/#{anchor}")
        expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
        assert reader.wrong == []
        context.close()
