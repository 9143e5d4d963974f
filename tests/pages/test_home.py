"""What the home page tells of the library: the latest, what moved, topics, the region."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.pages import Templates, expand_inserts

ROOT = Path(__file__).parents[2]
CHANGES = """
changes:
  - date: 2024-03-05
    text: The review was read.
    judgements:
      - {judgement: pipeline-unlikely, from: likely, to: unlikely}
  - {date: 2024-02-01, text: First published.}
"""


class _Drawn:
    size = (960, 640)
    rows = views = ()


@pytest.fixture
def library(whole: Path) -> Library:
    """Eight briefs, of which the sample changed last; its judgement moved."""
    sample = whole / "briefs" / "sample.yaml"
    text = sample.read_text(encoding="utf-8")
    sample.write_text(text + CHANGES, encoding="utf-8")
    for number in range(2, 9):
        own = re.sub(r"\b(pipeline-(?!accord)\w+)", rf"\1-{number}", text)
        own = own.replace("Sample brief", f"Brief {number}")
        own += f"\nchanges:\n  - {{date: 2024-01-0{number}, text: First published.}}\n"
        own = re.sub(r"^maps:.*\n", "", own, flags=re.MULTILINE)
        (whole / "briefs" / f"brief-{number}.yaml").write_text(own, encoding="utf-8")
    checked = check_tree(load_tree(whole))
    assert checked.library, checked.problems
    return checked.library


def shown(library: Library, *names: str) -> str:
    maps: dict[str, Any] = dict.fromkeys(library.maps, _Drawn())
    text = "\n".join(f"<!-- briefsite: {name} -->" for name in names)
    return expand_inserts(text, "index.md", Templates(ROOT / "macros", library, maps)).markdown


def test_the_brief_that_changed_last_leads_and_the_next_follow(library: Library) -> None:
    front, more = shown(library, "front"), shown(library, "briefs")
    assert re.findall(r'bs-card__title"><a href="briefs/([\w-]+)/', front) == ["sample"]
    changed = re.findall(r'<a href="briefs/([\w-]+)/#changes">', front)
    assert changed == ["sample", "sample", "brief-8", "brief-7", "brief-6"]
    others = re.findall(r'bs-card__title"><a href="briefs/([\w-]+)/', more)
    assert others == [f"brief-{number}" for number in (8, 7, 6, 5, 4, 3, 2)]
    assert "All briefs, by topic" in more


def test_a_judgement_that_moved_is_told_with_the_way_to_it(library: Library) -> None:
    moved = shown(library, "moved")
    assert '<a href="briefs/sample/#pipeline-unlikely">The pipeline is unlikely' in moved
    assert "Moved down, from likely to <b>unlikely</b>." in moved


def test_nothing_is_said_of_moves_while_there_is_none(of_one_brief: str) -> None:
    assert "moved" not in of_one_brief.replace("briefsite: moved", "")


@pytest.fixture
def of_one_brief(whole: Path) -> str:
    library = check_tree(load_tree(whole)).library
    assert library is not None
    return shown(library, "front", "moved")


def test_a_topic_tells_what_it_is_about_and_leads_to_its_briefs(library: Library) -> None:
    topics = shown(library, "topics")
    assert '<a href="briefs/#energy">Energy</a>' in topics
    assert "Pipelines and fields. · 8 briefs" in topics


def test_the_region_is_one_picture_that_leads_to_the_atlas(library: Library) -> None:
    region = shown(library, "maps")
    assert region.count("<img") == 1
    assert '<a href="atlas/#map-sample-map"><img src="maps/sample-map.svg"' in region
    assert library.publication.map_disclaimer in region


def test_a_brief_without_a_change_log_stands_where_its_review_puts_it(
    whole: Path, library: Library
) -> None:
    path = whole / "briefs" / "brief-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("\nchanges:")[0], encoding="utf-8")
    checked = check_tree(load_tree(whole))
    assert checked.library, checked.problems
    assert checked.library.briefs["brief-2"].record.reviewed.first.isoformat() == "2024-03-05"
    assert [entry.id for entry in checked.library.newest[:3]] == ["brief-2", "sample", "brief-8"]
