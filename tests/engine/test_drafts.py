"""Previews: everything is in them, nothing of them is listed, and they are never published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefsite.site.manifest import NAME as MANIFEST

CASE = Path(__file__).parents[1] / "golden" / "drafts-and-withdrawals" / "input"


def test_a_preview_is_built_and_not_listed(lay_out: Any, run: Any, tmp_path: Path) -> None:
    project = lay_out(tmp_path / "project", CASE)
    built = run(project, "briefsite", "build", "--drafts", "--site-dir", "preview")
    assert built.returncode == 0, built.stderr
    folder = project / "preview"
    assert "<strong>Draft.</strong>" in (folder / "briefs/unfinished/index.html").read_text()
    for page in folder.rglob("index.html"):
        head = page.read_text(encoding="utf-8").partition("</head>")[0]
        assert '<meta name="robots" content="noindex">' in head, page
    assert json.loads((folder / MANIFEST).read_text())["preview"] is True
    verified = run(project, "briefsite", "build", "--verify", "--drafts", "--site-dir", "preview")
    assert verified.returncode == 0, verified.stderr


def test_a_preview_is_not_deployed(whole: Path, run: Any) -> None:
    settings = whole / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("  - briefsite\n") == 1
    settings.write_text(text.replace("  - briefsite\n", "  - briefsite:\n      drafts: true\n"))
    deployed = run(whole, "mkdocs", "gh-deploy")
    assert deployed.returncode != 0
    assert "drafts are never published" in deployed.stderr + deployed.stdout
