"""The site follows its sources, and is the last good one while they have mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from briefsite.cli import main
from briefsite.engine.given import Resources, settings_of
from briefsite.engine.latest import LatestSite

DRAFTS = Path(__file__).parents[1] / "golden" / "drafts-and-withdrawals" / "input"


def renew(latest: LatestSite, root: Path) -> None:
    latest.renew(settings_of(load_config(config_file=str(root / "mkdocs.yml"))), Resources())


def test_mistakes_keep_the_last_good_one(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latest, brief = LatestSite(follows=True), whole / "briefs" / "sample.yaml"
    good = brief.read_text(encoding="utf-8")
    brief.write_text(good.replace("topic: energy", "topic: enrgy"), encoding="utf-8")
    renew(latest, whole)
    assert not latest.is_there
    brief.write_text(good, encoding="utf-8")
    renew(latest, whole)
    assert (latest.is_there, latest.headline, latest.report) == (True, "", "")
    site = latest.site
    brief.write_text(good.replace("topic: energy", "topic: enrgy"), encoding="utf-8")
    capsys.readouterr()
    renew(latest, whole)
    assert latest.site is site
    assert latest.headline.startswith("1 error")
    assert "there is no topic 'enrgy'" in latest.report
    assert capsys.readouterr().err == latest.report


def test_a_preview_shows_drafts(lay_out: Any, tmp_path: Path) -> None:
    latest = LatestSite(follows=True)
    renew(latest, lay_out(tmp_path / "project", DRAFTS))
    assert not latest.site.unlisted
    assert "briefs/unfinished.md" in latest.site.page_at


def test_a_preview_keeps_the_ids_that_editors_offer_fresh(whole: Path) -> None:
    assert main(["--root", str(whole), "schema"]) == 0
    assert main(["--root", str(whole), "schema", "--ids"]) == 0
    registry = whole / "briefs" / "registry" / "more.yaml"
    registry.write_text("schema: 1\nactors:\n  - {id: betaland, kind: state, name: Betaland}\n")
    ids = whole / "schemas" / "ids.schema.json"
    assert main(["--root", str(whole), "build"]) == 0
    assert "betaland" not in ids.read_text(encoding="utf-8")
    renew(LatestSite(follows=True), whole)
    assert "betaland" in ids.read_text(encoding="utf-8")
