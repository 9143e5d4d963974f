"""The one browser of a test run, and a loud word where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# Chromium's own errands (updates, safe browsing, network checks) would count as foreign requests.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # No name leads anywhere but to this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def chromium() -> str | None:
    """The system's Chromium, or the one named by BRIEFSITE_CHROMIUM."""
    named = os.environ.get("BRIEFSITE_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without one the test is skipped, and the run's last lines say so; CI fails."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: install the system's package")
        pytest.skip("Chromium was not found")
    expect.set_options(timeout=20_000)  # a busy machine is slow, and no less right
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    if chromium() is None:
        terminalreporter.section("NOT TESTED IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line("Chromium was not found. Install the system's package `chromium`,")
        terminalreporter.line("or set BRIEFSITE_CHROMIUM to its path, and run the tests again.")
