"""The site under the headers that it is published with: nothing breaks them, and nothing breaks."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import BASE, Published, Reader, bring_into_view
from tests.browser.test_reader import KINDS
from tests.browser.test_search import ask

from briefsite.publish.headers import header_rules, print_headers
from briefsite.publish.policy import seal

pytestmark = pytest.mark.browser

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""

Rules = list[tuple[re.Pattern[str], list[tuple[str, str]]]]


def rules_of(text: str) -> Rules:
    """The rules of a `_headers` file, as a host reads them."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        else:
            rules.append((re.compile(re.escape(line).replace(r"\*", ".*")), []))
    return rules


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves files with the headers of every rule that fits."""

    rules: ClassVar[Rules] = []

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def end_headers(self) -> None:
        sent: dict[str, list[str]] = {}
        for pattern, lines in self.rules:
            if pattern.fullmatch(self.path.partition("?")[0]):
                for name, value in lines:
                    sent.setdefault(name, []).append(value)
        for name, values in sent.items():
            self.send_header(name, ", ".join(values))
        super().end_headers()


@contextmanager
def host(root: Path, rules: Rules) -> Iterator[str]:
    handler = functools.partial(type("Host", (_Host,), {"rules": rules}), directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def address(published: Published) -> Iterator[str]:
    rules = rules_of(print_headers(header_rules(published.folder, published.address)))
    with host(published.root, rules) as found:
        yield found + BASE


@pytest.fixture
def read(browser: Browser, address: str) -> Iterator[Callable[[], Reader]]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    yield lambda: Reader(context, address)
    context.close()


def test_no_kind_of_page_breaks_the_policy(read: Callable[[], Reader]) -> None:
    reader = read()
    for path in KINDS.values():
        page = reader.open(path)
        page.mouse.wheel(0, 20_000)
    assert reader.wrong == []


def test_maps_search_and_the_colours_work_under_it(read: Callable[[], Reader]) -> None:
    reader = read()
    page = reader.open(KINDS["brief"])
    frame = page.locator("iframe.bs-map__live").first
    bring_into_view(frame)
    expect(page.frame_locator("iframe.bs-map__live").first.locator("body")).to_contain_text(
        "Meghri"
    )
    ask(page, "pipeline")
    page.locator("#bs-search ol a").first.click()
    page.wait_for_load_state("networkidle")
    assert reader.wrong == []
    page.goto(reader.address + "maps/nakhchivan-syunik.svg")
    page.wait_for_load_state("networkidle")
    assert "violation" not in "".join(reader.wrong)  # a picture has no icon, which is asked for


def test_a_map_is_shown_by_anybody_and_a_brief_is_not(
    read: Callable[[], Reader], address: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(
        f'<iframe id="map" src="{address}maps/nakhchivan-syunik/"></iframe>'
        f'<iframe id="brief" src="{address}{KINDS["brief"]}"></iframe>',
        encoding="utf-8",
    )
    with host(tmp_path, []) as elsewhere:
        page = read().page
        page.goto(elsewhere)
        live = page.frame_locator("#map")
        expect(live.locator(".leaflet-container")).to_be_visible()
        expect(page.frame_locator("#brief").locator(".md-content")).to_have_count(0)


def test_without_headers_each_page_brings_its_policy(
    browser: Browser, published: Published, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(published.folder, tmp_path / BASE.strip("/")))
    seal(folder)
    with host(tmp_path, []) as found:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH)
        reader = Reader(context, found + BASE)
        for kind in ("home", "brief", "atlas", "missing"):
            reader.open(KINDS.get(kind, "404.html")).mouse.wheel(0, 20_000)
        page = reader.open(KINDS["brief"])
        bring_into_view(page.locator("iframe.bs-map__live").first)
        live = page.frame_locator("iframe.bs-map__live").first
        expect(live.locator(".leaflet-container")).to_be_visible()
        ask(page, "pipeline")
        assert reader.wrong == []
        page.evaluate("""document.body.insertAdjacentHTML("beforeend",
        "<img src=x onerror='window.ran = 1'>")""")
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert "script-src-attr" in "".join(reader.wrong)
        context.close()


def test_what_an_author_could_slip_in_would_not_run(
    read: Callable[[], Reader], published: Published
) -> None:
    reader = read()
    page = reader.open("method/")
    page.evaluate(
        """document.body.insertAdjacentHTML("beforeend",
        "<img src=x onerror='window.ran = 1'><iframe srcdoc='<script>top.ran = 1</script>'>")"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert "script-src-attr" in "".join(reader.wrong)
