"""A brief as a screen reader tells it, from the browser's own accessibility tree.

`walk.md` holds it; UPDATE_EXPECTED=1 writes it anew: read it aloud before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import WIDE, Reader, serve

pytestmark = pytest.mark.browser

WALK = Path(__file__).with_name("walk.md")
HEAD = """# A brief by ear

What a screen reader has to tell of the sample brief (`tests/projects/minimal`), from the
accessibility tree of Chromium: landmarks, headings with their level, and all that can be operated
or stepped to, each with its name. Texts between them are left out. `test_walk.py` makes it.

"""
CARD = """
## The card of a claim

Focus on the number of a claim shows its card; what is read with the number is the claim.

"""
LANDMARKS = ("banner", "navigation", "main", "complementary", "contentinfo", "region", "search")
STOPS = {
    **{role: role for role in LANDMARKS},
    **{role: role for role in ("heading", "link", "button", "radio", "checkbox", "article")},
    **{role: role for role in ("table", "columnheader", "rowheader", "figure", "image", "dialog")},
    "DisclosureTriangle": "to unfold",
    "Iframe": "frame",
}


def tree(page: Page) -> list[dict[str, Any]]:
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return nodes


def walk(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each stop, in the order of reading, landmarks as headings of the list."""
    known = {node["nodeId"]: node for node in nodes}
    (root,) = [node for node in nodes if "parentId" not in node]

    def visit(node: dict[str, Any], depth: int) -> Iterator[str]:
        role = node.get("role", {}).get("value", "")
        stop = None if node.get("ignored") else STOPS.get(role)
        name = " ".join(node.get("name", {}).get("value", "").split())
        if stop and (name or role != "image"):  # a sign beside its own words needs none
            held = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
            level = f" {held['level']}" if role == "heading" else ""
            yield f"{'  ' * depth}- {stop}{level}{f': {name}' if name else ''}"
        inner = depth + (role in LANDMARKS and bool(stop))
        for key in node.get("childIds", ()):
            if key in known:
                yield from visit(known[key], inner)

    return visit(root, 0)


def test_a_brief_is_told_in_order_and_everything_has_a_name(
    browser: Browser, whole: Path, tmp_path: Path
) -> None:
    with serve(whole, tmp_path / "served") as site:
        context = browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce"
        )
        reader = Reader(context, site.address)
        page = reader.open("briefs/sample/")
        nodes = tree(page)
        lines = list(walk(nodes))
        nameless = ("link", "button", "frame", "to unfold", "dialog", "region")
        assert [line for line in lines if line.strip(" -") in nameless] == []
        levels = [int(line.split()[2].rstrip(":")) for line in lines if "- heading " in line]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        mark = page.locator(".bs-prose a.bs-ref").first
        page.keyboard.press("Tab")
        mark.focus()
        expect(page.locator(".bs-popcard")).to_be_visible()
        (told,) = [
            node
            for node in tree(page)
            if node.get("role", {}).get("value") == "link"
            and {"name": "focused", "value": {"type": "booleanOrUndefined", "value": True}}
            in node.get("properties", ())
        ]
        card = f"- link: {told['name']['value']}\n- with it: {told['description']['value']}\n"
        assert "ministry" in card
        page.keyboard.press("Escape")
        assert mark.get_attribute("aria-describedby") is None
        assert reader.wrong == []
        context.close()
    actual = HEAD + "\n".join(lines) + "\n" + CARD + card
    if os.environ.get("UPDATE_EXPECTED"):
        WALK.write_text(actual, encoding="utf-8")
    assert actual == WALK.read_text(encoding="utf-8")
