"""What a hand-written page says is text in all that a theme makes of it, its title too."""

from __future__ import annotations

import os
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.corpus import SEEN
from tests.hostile.inert import Shape, faults

from briefsite.docs import check_written

CONTROL = "plain words"


def spelled(payload: str) -> tuple[str, str, str]:
    """A heading, in each way that Markdown lets it say a text which looks like markup."""
    named = "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in payload)
    return f"`` {payload} ``", named, escape(named)


@pytest.fixture(scope="module")
def pages(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Name → elements of each page that the check lets pass, as it was built."""
    root = lay_out(tmp_path_factory.mktemp("written") / "project")
    welcome = []
    for kind, payload in {"plain": CONTROL, **SEEN}.items():
        for number, heading in enumerate(spelled(payload)):
            text = f"# {heading}\n\nWords.\n\n## {heading}\n\nWords.\n"
            if not check_written(text, "docs/x.md", ()):
                name = f"{kind}-{number}"
                (root / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
                welcome.append(name)
    done = subprocess.run(
        [sys.executable, "-m", "briefsite", "build"],
        cwd=root,
        env={**os.environ, "SITE_URL": "https://example.org/"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: shape(root / "site" / name / "index.html") for name in welcome}


def shape(path: Path) -> list[str]:
    assert list(faults("page.html", path.read_bytes())) == []
    elements = Shape(path.read_text(encoding="utf-8")).elements
    return [each for each in elements if each != "code"]


def test_no_heading_of_a_written_page_makes_markup(pages: dict[str, list[str]]) -> None:
    assert len(pages) > len(SEEN)
    for name, elements in pages.items():
        assert elements == pages["plain-0"], name
