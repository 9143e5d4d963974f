"""The preview follows every edit, shows problems over the page, and recovers."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 45.0
SAMPLE = "briefs/sample/"
# What a preview adds to a page, and nothing else: its own address, and the script that reloads.
RELOAD = re.compile(r'<script src="/livereload/preview.js"[^>]*></script>')


def interruptible() -> None:
    """A run in the background ignores interrupts, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Preview:
    """A preview that runs, as a browser sees it."""

    def __init__(self, root: Path, command: list[str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{address}/"
        self.root = root
        self.log = root.parent / "preview.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, address],
                cwd=root,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=interruptible,
            )

    def get(self, page: str) -> tuple[int, str]:
        """Status and text of a page; status 0 while nothing answers."""
        try:
            with urllib.request.urlopen(self.url + page, timeout=10) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait(self, page: str, wanted: Callable[[int, str], bool]) -> str:
        """The text of a page as soon as it is as wanted."""
        deadline = time.monotonic() + PATIENCE
        while True:
            status, text = self.get(page)
            if wanted(status, text):
                return text
            printed = self.log.read_text(encoding="utf-8")
            assert self.process.poll() is None, f"the preview ended:\n{printed}"
            assert time.monotonic() < deadline, f"{page} gave {status}:\n{printed[-4000:]}"
            time.sleep(0.05)

    def builds(self) -> int:
        return self.log.read_text(encoding="utf-8").count("Building documentation")

    def rest(self) -> None:
        """Returns when no build has begun for a while."""
        deadline = time.monotonic() + PATIENCE
        before = -1
        while (now := self.builds()) != before:
            assert time.monotonic() < deadline, "the preview builds for ever"
            before = now
            time.sleep(1.5)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        finally:
            self.process.kill()
            self.process.wait()

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def start(whole: Path) -> Iterator[Callable[..., Preview]]:
    previews: list[Preview] = []

    def run(*command: str) -> Preview:
        previews.append(Preview(whole, list(command)))
        return previews[-1]

    yield run
    for preview in previews:
        preview.stop()


MKDOCS = ("mkdocs", "serve", "-a")
BRIEFSITE = ("briefsite", "serve", "--address")
PROPERDOCS = ("properdocs", "serve", "-f", "mkdocs.yml", "-a")


def good(status: int, text: str) -> bool:
    return status == 200 and "bs-problems" not in text


def shows(*words: str) -> Callable[[int, str], bool]:
    return lambda status, text: status == 200 and all(word in text for word in words)


@pytest.mark.parametrize("command", [MKDOCS, BRIEFSITE], ids=["mkdocs", "briefsite"])
def test_preview_follows_an_author(
    command: tuple[str, ...], start: Callable[..., Preview], whole: Path, plain_site: Path
) -> None:
    preview = start(*command)

    # It shows what a build gives, but for its own address and the script that reloads.
    served = preview.wait(SAMPLE, good)
    published = (plain_site / SAMPLE / "index.html").read_text(encoding="utf-8")
    assert RELOAD.sub("", served).replace(preview.url, "https://example.org/") == published

    # Edited, the page has the new text.
    preview.edit("briefs/sample.yaml", "title: Sample brief", "title: Edited brief")
    preview.wait(SAMPLE, shows("<h1>Edited brief</h1>"))

    # Saved as many editors do, beside the old file and then renamed over it.
    beside = whole.parent / "beside.yaml"
    path = whole / "briefs" / "sample.yaml"
    text = path.read_text(encoding="utf-8")
    beside.write_text(text.replace("title: Edited", "title: Renamed"), encoding="utf-8")
    beside.replace(path)
    preview.wait(SAMPLE, shows("<h1>Renamed brief</h1>"))
    preview.edit("briefs/sample.yaml", "title: Renamed", "title: Edited")
    preview.wait(SAMPLE, shows("<h1>Edited brief</h1>"))

    # A file more, a page more; a file less, a page less.
    added = whole / "briefs" / "second.yaml"
    text = (whole / "briefs" / "sample.yaml").read_text(encoding="utf-8")
    text = text.replace("Edited brief", "Second brief").replace("pipeline-un", "other-un")
    added.write_text(text.replace("pipeline-announced", "other-announced"), encoding="utf-8")
    preview.wait("briefs/second/", shows("<h1>Second brief</h1>"))
    added.unlink()
    preview.wait("briefs/second/", lambda status, _: status == 404)

    # Broken, every page shows where, over the last good one; also the page for no page.
    preview.edit("briefs/sample.yaml", "title: Edited", "tittle: Edited")
    where = "briefs/sample.yaml:2:1: error: "
    shown = preview.wait(SAMPLE, shows('class="bs-problems"', where, "[unknown-key]"))
    assert "<h1>Edited brief</h1>" in shown
    assert "<details open><summary>" in shown, "what lies over the page can be folded"
    assert "The page shown is the last good one." in shown
    assert "did you mean &#x27;title&#x27;?" in shown
    assert where in preview.wait("nowhere/", lambda status, _: status == 404)

    # Mended, they are gone.
    preview.edit("briefs/sample.yaml", "tittle: Edited", "title: Mended")
    assert "<h1>Mended brief</h1>" in preview.wait(SAMPLE, good)

    # Hand-written pages, macros and their mistakes are followed too.
    preview.edit("docs/method.md", "two things", "two different things")
    preview.wait("method/", shows("two different things"))
    preview.edit("macros/pages/timeline.html.j2", "<h1>", "<h1>{{ tiem }}")
    macro = (whole / "macros/pages/timeline.html.j2").read_text(encoding="utf-8")
    line = 1 + macro.partition("{{ tiem")[0].count("\n")
    place = f"macros/pages/timeline.html.j2:{line}: &#x27;tiem&#x27; is undefined"
    preview.wait("timeline/", shows('class="bs-problems"', place))
    preview.edit("macros/pages/timeline.html.j2", "{{ tiem }}", "Events: ")
    assert "<h1>Events: " in preview.wait("timeline/", good)

    # Then it rests: what a build reads does not start another.
    preview.rest()
    assert not (whole / "site").exists()
    assert not [path.name for path in whole.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "command", [MKDOCS, BRIEFSITE, PROPERDOCS], ids=["mkdocs", "briefsite", "properdocs"]
)
def test_preview_of_a_broken_tree_comes_up_and_recovers(
    command: tuple[str, ...], start: Callable[..., Preview], whole: Path
) -> None:
    brief = whole / "briefs" / "sample.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("topic: energy", "topic: enrgy"), encoding="utf-8")
    preview = start(*command)
    where = "briefs/sample.yaml:3:8: error: "
    preview.wait("", shows('class="bs-problems"', where, "[unknown-id]"))
    assert where in preview.wait(SAMPLE, lambda status, _: status == 404)
    brief.write_text(text, encoding="utf-8")
    assert "<h1>Sample brief</h1>" in preview.wait(SAMPLE, good)
    preview.wait("", good)


def test_preview_with_a_broken_macro_comes_up_and_recovers(
    start: Callable[..., Preview], whole: Path
) -> None:
    macro = whole / "macros" / "components" / "card.html.j2"
    text = macro.read_text(encoding="utf-8")
    macro.write_text(text.replace("{% endmacro", "{% endmarco").replace("{%- endmacro", "{%- x"))
    preview = start(*MKDOCS)
    preview.wait("", shows('class="bs-problems"', "macros/components/card.html.j2:"))
    macro.write_text(text, encoding="utf-8")
    preview.wait(SAMPLE, good)


def test_an_open_page_is_told_when_it_is_another(start: Callable[..., Preview]) -> None:
    preview = start(*BRIEFSITE)
    seen = re.search(r'data-epoch="(\d+)"', preview.wait(SAMPLE, good))
    assert seen is not None
    preview.wait("method/", good)

    def changed(page: str) -> str:
        return preview.get(f"livereload/changed/{seen[1]}/{page}")[1]

    assert [changed(SAMPLE), changed("method/")] == ["no", "no"]
    preview.edit("briefs/sample.yaml", "title: Sample brief", "title: Edited brief")
    assert preview.get(f"livereload/{seen[1]}/1")[1] > seen[1]
    assert [changed(SAMPLE), changed("method/")] == ["yes", "no"]
    # A problem lies over every page.
    preview.edit("briefs/sample.yaml", "title: Edited", "tittle: Edited")
    preview.wait("method/", shows("bs-problems"))
    assert changed("method/") == "yes"


def test_an_address_in_use_is_said(whole: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", "briefsite", "serve", "--address", address],
            cwd=whole,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr
