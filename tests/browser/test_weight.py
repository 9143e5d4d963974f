"""Pages weigh little, stay where they are while they load, and look as Material makes them."""

from __future__ import annotations

import re

import pytest
from bench.views import KINDS, first_view, heaviest
from playwright.sync_api import Browser
from tests.browser.conftest import NARROW, WIDE, Published, Scheme

from briefsite import styles

# KB of 1,000 bytes under gzip, the live map apart; `bench/weights.md` has what is measured.
FRAME = 30
"""What a page has around its text: style, script, icon."""
PAGE = 120
MAP = 140
"""The live map, Leaflet and ground included."""
STYLES = """() => {
  const told = [];
  const seen = new Set();
  for (const element of document.querySelectorAll("body, body *")) {
    const pair = [element.parentElement, element];
    const kind = pair.map((each) => each.tagName + each.className).join();
    if (seen.has(kind)) continue;
    seen.add(kind);
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      const names = Array.from(style).filter((name) => !name.startsWith("--"));
      const values = names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
      told.push([`${element.tagName}.${element.className}${part || ""}`, values.join("; ")]);
    }
  }
  return told;
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_view_is_light_and_nothing_moves(
    browser: Browser, published: Published, kind: str
) -> None:
    page = heaviest(published.folder, KINDS[kind])
    assert page is not None
    view = first_view(browser, published.address, published.folder, page, slow=False)
    assert set(view.parts) <= {"document", "style", "script", "pictures"}
    if kind == "map":
        assert view.whole <= MAP * 1000
    else:
        assert view.parts["style"] + view.parts["script"] <= FRAME * 1000
        assert view.whole <= PAGE * 1000
    assert view.shift < 0.005


@pytest.mark.parametrize(("kind", "scheme"), [("brief", "light"), ("for authors", "dark")])
def test_nothing_looks_different_with_all_of_materials_style(
    browser: Browser, published: Published, kind: str, scheme: Scheme
) -> None:
    path = heaviest(published.folder, KINDS[kind])
    lean, whole = browser.new_context(color_scheme=scheme), browser.new_context(color_scheme=scheme)
    sheets = "\n".join(styles.sheets())
    whole.route(
        re.compile(r"/material\.css"),
        lambda route: route.fulfill(body=sheets, content_type="text/css"),
    )
    pages = []
    for context in (lean, whole):
        page = context.new_page()
        page.goto(f"{published.address}{path}")
        page.wait_for_load_state("networkidle")
        page.add_style_tag(content="* { transition: none !important; animation: none !important }")
        pages.append(page)
    for width, height in (WIDE, NARROW):
        for page in pages:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function("width => window.innerWidth === width", arg=width)
        # Material moves what scrolls beside the text when it comes to it: both settle, each in
        # its own time, and it is what they settle to that is compared.
        for _ in range(20):
            pages[0].wait_for_timeout(500)
            one, other = (page.evaluate(STYLES) for page in pages)
            if one == other:
                break
        assert len(one) > 100
        assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == []
    for context in (lean, whole):
        context.close()
