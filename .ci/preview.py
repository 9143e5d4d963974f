"""What a reviewer wants to see of a change: its substance, the site it gives, the pages it changes.

    .venv/bin/python .ci/preview.py BASE OUT

writes below OUT: `site/` (the files as they are, built), `screenshots/` (each page that is not as
it is at BASE, wide and narrow), and `summary.md` (the semantic diff, and the list of those pages).
BASE is a git revision; its site is built with its own code. What cannot be done is said in the
summary, and ends with exit code 1 after everything else is done.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS = {"wide": 1280, "narrow": 390}
LONGEST = 8000
"""Height of a picture at most, in pixels: the end of a longer page is left out."""
MOST_PAGES = 12
# A step's summary on the forge holds 1 MiB.
MOST_BYTES = 900_000
_FIRST = ("briefs/", "maps/", "positions/", "corrections/", "timeline/", "")
_NO_PAGES = ("404.html",)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="a git revision")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    root, out = Path.cwd(), options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    failures: list[str] = []
    difference = briefsite(root, "diff", options.base, "--format", "markdown")
    if difference.returncode:
        failures.append("What changed in substance could not be told.")
    site = build(root, out / "site")
    if site is None:
        failures.append("The site could not be built: see the problems that the check reports.")
    with checked_out(root, options.base) as before:
        old = build(before, before / "site") if before else None
        if old is None:
            failures.append("The site before the change could not be built: every page counts.")
        pages = changed_pages(old, site) if site else []
    shown = first(root, options.base, [p for p in pages if site and not moved(site, p)])
    if site:
        with chromium() as browser:
            photograph(browser, site, shown, out / "screenshots")
    summary = out / "summary.md"
    summary.write_text(words(difference.stdout, pages, shown, failures), encoding="utf-8")
    sys.stderr.write(f"{len(pages)} pages changed, {len(shown)} shown; see {summary}\n")
    return 1 if failures else 0


def briefsite(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the generator of a folder on that folder."""
    return subprocess.run(
        [sys.executable, "-m", "briefsite", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )


def build(root: Path, folder: Path) -> Path | None:
    """The built site of a folder, or None."""
    return folder if briefsite(root, "build", "--site-dir", str(folder)).returncode == 0 else None


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path | None]:
    """The files of a revision in a folder of their own; None if there is no such revision."""
    with tempfile.TemporaryDirectory() as folder:
        commit = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        archive = subprocess.run(
            ["git", "archive", commit], cwd=root, capture_output=True, check=False
        )
        if not commit or archive.returncode:
            yield None
            return
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        yield Path(folder)


def changed_pages(before: Path | None, after: Path) -> list[str]:
    """Addresses of the pages that are new or not as they were, the weightiest first."""
    old, new = (files_of(folder) for folder in (before, after))
    pages = [
        name.removesuffix("index.html")
        for name, digest in new.items()
        if name.endswith(".html") and name not in _NO_PAGES and old.get(name) != digest
    ]
    return sorted(pages, key=lambda page: (rank(page), page))


def files_of(site: Path | None) -> dict[str, str]:
    if site is None:
        return {}
    found: dict[str, str] = json.loads((site / "build-manifest.json").read_bytes())["files"]
    return found


def rank(page: str) -> int:
    return next(
        (n for n, start in enumerate(_FIRST) if page.startswith(start) and (start or not page)),
        len(_FIRST),
    )


def first(root: Path, base: str, pages: Sequence[str]) -> list[str]:
    """The pages to show: those of what changed in substance come before what only follows."""
    told = briefsite(root, "diff", base, "--format", "json")
    found = json.loads(told.stdout)["differences"] if told.returncode == 0 else []
    named = {f"briefs/{each['brief']}/" for each in found}
    named |= {f"{each['record']}s/{each['id'].partition('#')[0]}/" for each in found}
    return sorted(pages, key=lambda page: page not in named)[:MOST_PAGES]


def moved(site: Path, page: str) -> bool:
    """Whether a page only leads to another."""
    file = site / page if page.endswith(".html") else site / page / "index.html"
    return b'<meta http-equiv="refresh"' in file.read_bytes()


@contextmanager
def chromium() -> Iterator[Browser]:
    named = os.environ.get("BRIEFSITE_CHROMIUM")
    program = named or shutil.which("chromium") or shutil.which("chromium-browser")
    # No name leads anywhere but to this machine.
    quiet = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=quiet)
        yield browser
        browser.close()


def photograph(browser: Browser, site: Path, pages: Sequence[str], folder: Path) -> None:
    """Take a picture of each page, wide and narrow, as `ADDRESS-wide.png`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with served(site) as address:
        for name, width in WIDTHS.items():
            view = browser.new_page(viewport={"width": width, "height": 900})
            for page in pages:
                view.goto(f"{address}/{page}", wait_until="load")
                height = int(view.evaluate("document.documentElement.scrollHeight"))
                view.set_viewport_size({"width": width, "height": min(height, LONGEST)})
                view.wait_for_load_state("networkidle")
                view.screenshot(path=folder / f"{file_name(page)}-{name}.png")
                view.set_viewport_size({"width": width, "height": 900})
            view.close()


def file_name(page: str) -> str:
    return page.strip("/").replace("/", "-").removesuffix(".html") or "home"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def words(
    difference: str, pages: Sequence[str], shown: Sequence[str], failures: Sequence[str]
) -> str:
    """The summary: what could not be done, the semantic diff, the pages that changed."""
    lines = [f"> **{failure}**\n" for failure in failures]
    lines += ["## Pages that changed", ""]
    lines += [f"- `/{page}`{'' if page in shown else ' (no screenshot)'}" for page in pages[:200]]
    if len(pages) > 200:
        lines.append(f"- … and {len(pages) - 200} more")
    if not pages:
        lines.append("None.")
    tail = "\n".join(lines) + "\n"
    return f"{shortened(difference, MOST_BYTES - len(tail.encode()))}\n{tail}"


def shortened(text: str, most: int) -> str:
    """A text of whole lines, `most` bytes at most, that says where it was cut."""
    if len(text.encode()) <= most:
        return text
    kept, note = [], "\n> The rest is too long to be shown here: run `briefsite diff`.\n"
    room = most - len(note.encode())
    for line in text.splitlines(keepends=True):
        room -= len(line.encode())
        if room < 0:
            break
        kept.append(line)
    return "".join(kept) + note


if __name__ == "__main__":
    sys.exit(main())
