"""Drafts, scheduled and withdrawn briefs: what is public on which day."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.search import library_items
from briefsite.site import Project, Site, assemble

CASE = Path(__file__).parents[1] / "golden" / "drafts-and-withdrawals" / "input"
DRAFT, SCHEDULED = b"Zymurgia", b"Quokkaland"
BRIEF = "briefs/sample.yaml"
Days = Callable[..., str | None]


@pytest.fixture(scope="module")
def root(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(lay_out(tmp_path_factory.mktemp("publishing") / "project", CASE))


def library(root: Path, as_of: str | None = None, *, drafts: bool = False) -> Library:
    day = parse_date(as_of) if as_of else None
    checked = check_tree(load_tree(root), as_of=day, drafts=drafts)
    assert checked.library is not None, checked.problems
    return checked.library


def everything(site: Site) -> bytes:
    """Every byte of a site, and every address in it."""
    pages = "".join(f"{p.source}{p.address}{p.markdown()}" for p in site.pages)
    docs = "".join(written.markdown for written in site.docs.values())
    files = b"".join(name.encode() + content for name, content in site.files.items())
    return pages.encode() + docs.encode() + files + " ".join(site.addresses).encode()


def test_nothing_of_a_draft_or_of_what_waits_is_in_the_site(root: Path) -> None:
    found = everything(assemble(Project(root), library(root), site_url="https://example.org/"))
    ids = (b"unfinished-", b"waiting-", b"briefs/unfinished", b"briefs/waiting")
    for word in (DRAFT, SCHEDULED, *ids):
        assert word not in found, word
    assert b"Oldland" in found


def test_what_is_scheduled_is_there_from_its_day_on(root: Path) -> None:
    before = library(root, "2029-12-31")
    assert "waiting" not in before.briefs
    assert "waiting-source" not in before.sources
    on_the_day = library(root, "2030-01-01")
    assert "waiting" in on_the_day.briefs
    assert "waiting-map" in on_the_day.maps
    for records, key in (
        (on_the_day.sources, "waiting-other"),
        (on_the_day.actors, "waiting-state"),
        (on_the_day.places, "waiting-place"),
        (on_the_day.agreements, "waiting-pact"),
        (on_the_day.terms, "waiting-term"),
        (on_the_day.topics, "waiting-topic"),
    ):
        assert key in records
    found = everything(assemble(Project(root), on_the_day))
    assert SCHEDULED in found
    assert DRAFT not in found


def test_a_draft_is_not_published_on_any_day(root: Path) -> None:
    assert "unfinished" not in library(root, "2999-01-01").briefs


def test_a_preview_shows_all_and_says_so(root: Path) -> None:
    shown = library(root, drafts=True)
    assert shown.as_of == library(root).as_of
    site = assemble(Project(root), shown, unlisted=True)
    pages = {page.address: page for page in site.pages}
    assert "<strong>Draft.</strong>" in pages["briefs/unfinished/"].body
    assert '<strong>Scheduled for <time class="bs-date" datetime="2030-01-01">' in (
        pages["briefs/waiting/"].body
    )
    assert "bs-notice" not in pages["briefs/sample/"].body
    cards = re.findall(r"<article.*?</article>", pages["briefs/"].body, re.DOTALL)
    assert sum("<strong>Draft</strong>: not published" in card for card in cards) == 1
    assert sum("<strong>Scheduled</strong> for" in card for card in cards) == 1
    assert all(page.front_matter()["robots"] == "noindex" for page in site.pages)
    html = [content for name, content in site.files.items() if name.endswith(".html")]
    assert html
    assert all(b'<meta name="robots" content="noindex">' in content for content in html)


def test_the_published_site_is_listed(root: Path) -> None:
    assert b"noindex" not in everything(assemble(Project(root), library(root)))


def test_a_withdrawn_brief_keeps_its_addresses_and_is_no_current_one(root: Path) -> None:
    found = library(root)
    site = assemble(Project(root), found)
    pages = {page.address: page.body for page in site.pages}
    gone = pages["briefs/taken-back/"]
    assert "The office of Oldland took its report back." in gone
    assert 'id="taken-back-claim" value="1" data-kind="event" data-state="withdrawn"' in gone
    index = pages["briefs/"]
    assert "taken-back/" not in index[: index.index('id="withdrawn"')]
    assert "took its report back" in index[index.index('id="withdrawn"') :]
    for page in ("timeline/", "positions/"):
        assert "Oldland" not in pages[page]
    assert "taken-back" not in site.docs["index.md"].markdown.replace("taken-back-map", "")
    assert "withdrawn" in pages["briefs/leaning/"]


def test_search_tells_what_was_withdrawn_and_what_is_a_draft(root: Path) -> None:
    items = list(library_items(library(root, drafts=True)))
    about = {item.address: item.about for item in items}
    assert about["briefs/taken-back/"] == "Brief (withdrawn)"
    assert about["briefs/taken-back/#taken-back-claim"] == "Oldland in brief (withdrawn)"
    assert about["briefs/unfinished/"] == "Brief (draft)"
    assert about["briefs/waiting/"] == "Brief (scheduled)"
    assert about["briefs/sample/"] == "Brief"


def test_a_record_that_a_public_brief_names_too_is_public(root: Path) -> None:
    found = library(root)
    assert {"alphaland", "energy-ministry"} <= set(found.actors)


# The day that the site speaks from


@pytest.fixture
def days(project: Path) -> Days:
    """The day of a tree, by what its briefs say beside the sample's review of 2024-03-05."""

    def day(*briefs: str, sample: str = "") -> str | None:
        text = (project / BRIEF).read_text(encoding="utf-8")
        (project / BRIEF).write_text(text.replace("topic: energy", f"topic: energy\n{sample}", 1))
        for number, head in enumerate(briefs):
            reviewed, _, rest = head.partition(" ")
            other = text.replace("pipeline-", f"n{number}-").replace(f"n{number}-accord", "x")
            other = other.replace("    agreements: [x]\n", "").replace("2024-03-05", reviewed)
            other = other.replace("review_by: 2024-09-05", "review_by: 2050")
            other = other.replace("topic: energy", f"topic: energy\n{rest}", 1)
            (project / f"briefs/n{number}.yaml").write_text(other, encoding="utf-8")
        library = check_tree(load_tree(project)).library
        return None if library is None else f"{library.as_of} {' '.join(library.briefs)}"

    return day


def test_neither_drafts_nor_what_waits_move_the_day(days: Days) -> None:
    found = days("2030-01-01 status: draft", "2031-01-01 publish_on: 2030-06-01")
    assert found == "2024-03-05 sample"


def test_a_brief_whose_day_has_come_moves_it(days: Days) -> None:
    found = days("2024-04-01 publish_on: 2024-03-05", "2024-05-01 publish_on: 2024-04-02")
    assert found == "2024-04-01 n0 sample"


def test_one_that_moves_it_may_bring_the_next(days: Days) -> None:
    found = days("2024-05-01 publish_on: 2024-04-01", "2024-04-01 publish_on: 2024-03-05")
    assert found == "2024-05-01 n0 n1 sample"


def test_a_withdrawal_moves_it(days: Days) -> None:
    reason = "withdrawn: {date: 2024-08-01, reason: It was wrong.}"
    assert days(f"2024-01-01 status: withdrawn\n{reason}".replace("2024-01-01", "2024-03-04")) == (
        "2024-08-01 n0 sample"
    )


def test_where_all_waits_there_is_nothing_to_publish(days: Days, project: Path) -> None:
    assert days(sample="publish_on: 2024-03-05") is None
    preview = check_tree(load_tree(project), drafts=True).library
    assert preview is not None
    assert str(preview.as_of) == "2024-03-05"
    passed = check_tree(load_tree(project), as_of=parse_date("2024-03-05")).library
    assert passed is not None
