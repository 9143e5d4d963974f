"""The real publication, built once and served below a path, as Pages serves it."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).parents[2]
BASE = "/somewhere/below/"

Scheme = Literal["light", "dark"]
WIDE, NARROW = (1280, 900), (360, 740)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@dataclass(frozen=True)
class Published:
    """The publication as it is served: the folder below the server's root, and its address."""

    root: Path
    address: str

    @property
    def folder(self) -> Path:
        return self.root / BASE.strip("/")


@contextmanager
def serve(
    project: Path, root: Path, program: Sequence[str] = ("-m", "briefsite")
) -> Iterator[Published]:
    """Build a project below a new root, for the address it is served at meanwhile."""
    handler = functools.partial(_Handler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}{BASE}"
        site = Published(root, address)
        subprocess.run(
            [sys.executable, *program, "build", "--site-dir", str(site.folder)],
            cwd=project,
            check=True,
            env={**os.environ, "SITE_URL": address},
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The real publication."""
    with serve(ROOT, tmp_path_factory.mktemp("served")) as site:
        yield site


def bring_into_view(part: Locator) -> None:
    """Scroll to a part of a page.

    Playwright's own way first waits until the part has stood still for two frames, which a busy
    machine that is drawing a page of maps may not show within half a minute.
    """
    part.evaluate("part => part.scrollIntoView({ block: 'center' })")


def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds wrong on a page: rule, place, and how to mend it.

    The lists of what is right are most of its work, and are left out. Two frames pass first: a
    change of the window's size is told to the page's scripts no earlier.
    """
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    response = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in response["violations"]
        for node in found["nodes"]
    ]


class Reader:
    """A person with a browser: opens pages, and remembers all that went wrong meanwhile."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.host = urlsplit(address).netloc
        self.wrong: list[str] = []
        context.on("request", self._request)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(f"script error: {error}"))
        self.page.on("console", self._console)
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)

    def _request(self, request: Any) -> None:
        # Only watched: to route requests would switch the browser's cache off.
        if urlsplit(request.url).netloc != self.host and not request.url.startswith("data:"):
            self.wrong.append(f"foreign request: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status}: {response.url}")

    def _failed(self, request: Any) -> None:
        # Going on before a frame has loaded is no failure.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.wrong.append(f"failed: {request.url} {request.failure}")

    def open(self, path: str) -> Page:
        """Open a page of the site and wait until it is quiet."""
        self.look_at(path).wait_for_load_state("networkidle")
        return self.page

    def look_at(self, path: str) -> Page:
        """Open a page of the site and wait until all that it names is there.

        That it then asks for nothing else takes half a second more to tell.
        """
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def read(browser: Browser, published: Published) -> Iterator[Callable[..., Reader]]:
    """Gives a reader with a window size, a colour scheme, and JavaScript or not."""
    contexts: list[BrowserContext] = []

    def make(
        size: tuple[int, int] = WIDE, scheme: Scheme = "light", *, scripts: bool = True
    ) -> Reader:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return Reader(context, published.address)

    yield make
    for context in contexts:
        context.close()
