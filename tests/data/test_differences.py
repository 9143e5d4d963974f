"""What `briefsite diff` prints: for a terminal, for a pull request, for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.changes import compare, read_edition
from briefsite.check import check_tree
from briefsite.data.differences import (
    DifferenceStyle,
    Revisions,
    escape_markdown,
    print_differences,
)
from briefsite.data.wordwise import wordwise
from briefsite.load import load_tree

Edit = Callable[[str, str, str], None]
SAMPLE = "briefs/sample.yaml"
REVISIONS = Revisions("main", "0" * 40, "working tree", None)
MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"


@pytest.fixture
def printed(project: Path) -> Callable[[DifferenceStyle], str]:
    """What is printed of the project, as it now differs from the minimal one."""

    def run(style: DifferenceStyle) -> str:
        editions = []
        for root in (MINIMAL, project):
            tree = load_tree(root)
            editions.append(read_edition(tree, check_tree(tree)))
        return print_differences(compare(*editions), REVISIONS, style)

    return run


Printed = Callable[[DifferenceStyle], str]


def change_much(edit: Edit) -> None:
    edit(SAMPLE, "is unlikely to be built", "is likely to be built")
    edit(SAMPLE, "likelihood: unlikely", "likelihood: likely")
    edit(SAMPLE, "no part of the pipeline had been built", "not one part of it had been built")
    edit(SAMPLE, "value: 1.2", "value: 1.5")
    edit(SAMPLE, "2012: 1.2 billion", "2012: 1.5 billion")
    edit("briefs/registry/registry.yaml", "credibility: 2", "credibility: 4")
    edit("maps/sample-map.yaml", "status: proposed", "status: under-construction")
    edit("briefs/registry/registry.yaml", "id: betatown", "id: beta-town")
    for _ in range(2):
        text = "place: betatown" if _ == 0 else "40.1], betatown]"
        edit("maps/sample-map.yaml", text, text.replace("betatown", "beta-town"))


def test_text_for_a_terminal(printed: Printed, edit: Edit) -> None:
    change_much(edit)
    assert printed("text") == (
        """\
briefs/sample  Sample brief
  judgement pipeline-unlikely moved up: unlikely → likely
      The pipeline is likely to be built before 2030.
  claim pipeline-announced has another figure: cost of the pipeline: \
about 1.2 billion USD (2012) → about 1.5 billion USD (2012)
  claim pipeline-unbuilt is reworded
      A review of 2020 found that [-no-]{+not one+} part of [-the pipeline-]{+it+} had been built.
  section background is reworded
      … no construction. Cost, as of 2012: [-1.2-]{+1.5+} billion USD.

maps/sample-map  Where the pipeline would run
  route main-line changed: status proposed → status under-construction

What briefs share
  source ministry-report is graded anew: B2 → B4
  place beta-town has another id: betatown → beta-town

warning: /places/betatown/ leads nowhere: the place is 'beta-town' now; \
add `formerly: [betatown]` to it (--write does)
"""
    )


def test_markdown_for_a_pull_request(printed: Printed, edit: Edit) -> None:
    change_much(edit)
    text = printed("markdown")
    assert text.startswith(
        "## What changed in substance\n\nFrom `main` to `working tree`: 7 changes.\n"
    )
    assert "\n### Sample brief `briefs/sample`\n" in text
    assert "- **Judgement `pipeline-unlikely` moved up**: unlikely → likely\n" in text
    assert "found that <del>no</del> <ins>not one</ins> part of" in text
    assert "> **Warning.** /places/betatown/ leads nowhere" in text


def test_json_for_a_program(printed: Printed, edit: Edit) -> None:
    change_much(edit)
    document = json.loads(printed("json"))
    assert document["version"] == 1
    assert document["base"] == {"name": "main", "commit": "0" * 40}
    assert document["head"] == {"name": "working tree", "commit": None}
    assert document["differences"][0] == {
        "kind": "judgement-up",
        "record": "judgement",
        "id": "pipeline-unlikely",
        "brief": "sample",
        "path": SAMPLE,
        "line": 10,
        "before": "unlikely",
        "after": "likely",
        "text": "The pipeline is likely to be built before 2030.",
    }
    assert document["lost"] == [
        {"address": "places/betatown/", "record": "place", "id": "betatown", "now": "beta-town"}
    ]
    assert document["left_out"] == []


def test_nothing_is_said_to_be_nothing(printed: Printed) -> None:
    assert printed("text") == "nothing changed in substance\n"
    assert "no changes." in printed("markdown")
    assert json.loads(printed("json"))["differences"] == []


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> @octocat #12 octo/repo#3 GH-4 "
    "![p](https://evil.example/p.png) [l](javascript:x) <https://a.example> https://b.example "
    "www.c.example mail@d.example `code` **b** ~~s~~ | cell | $x$ {{7*7}} &lt; "
    "da39a3ee5e6b4b0d3255bfef95601890afd80709"
)


def test_hostile_text_stays_text_in_a_pull_request(printed: Printed, edit: Edit) -> None:
    edit(SAMPLE, "title: Sample brief", f"title: '{HOSTILE[:230]}'")
    edit(SAMPLE, "      reason: The ministry's own announcement.", f"      reason: '{HOSTILE}'")
    edit(
        SAMPLE, "text: A review of 2020 found", f"text: >-\n      {HOSTILE} A review of 2020 found"
    )
    text = printed("markdown")
    assert_inert(text)
    assert "octocat" in text


def assert_inert(text: str) -> None:
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    html = pyromark.html(text, options=options)
    allowed = {"h2", "h3", "p", "ul", "li", "strong", "code", "blockquote", "del", "ins", "br"}
    tags = {re.sub(r"[</> ]", "", tag) for tag in re.findall(r"<[^>]*>", html)}
    assert tags <= allowed
    # What a forge links by itself, in the text that is left.
    left = unescape(re.sub(r"<[^>]*>", "", html))
    linked = r"[@#]\w|https?://\w|www\.\w|GH-\d|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b"
    assert re.findall(linked, left) == []


@given(st.text(st.sampled_from("<>&\"'`*_~[]()!|#@$:/\\ \n\t.-+=1aw\u202e\u00e9"), max_size=40))
def test_any_text_stays_text(text: str) -> None:
    html = pyromark.html(f"- **x**: {escape_markdown(text)}\n")
    assert set(re.findall(r"</?([a-z]+[0-9]?)", html)) <= {"ul", "li", "strong"}


def test_escaped_text_reads_as_it_was() -> None:
    html = pyromark.html("x " + escape_markdown("1. A & B (“C”) <i> 2.5 % – Ərdəbil’s *way* don't"))
    text = re.sub(r"<[^>]*>", "", html).replace("\u200b", "").strip()
    assert text == "x 1. A &amp; B (“C”) &lt;i&gt; 2.5 % – Ərdəbil’s *way* don't"


def test_a_terminal_is_not_steered(printed: Printed, edit: Edit) -> None:
    edit(SAMPLE, "title: Sample brief", 'title: "Sample \\u0085 brief"')
    assert "\x85" not in printed("text")


def test_long_stretches_that_stay_are_left_out() -> None:
    same = " ".join(f"w{number}" for number in range(40))
    pieces = wordwise(f"{same} old end", f"{same} new end")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "… w34 w35 w36 w37 w38 w39"),
        ("old", "old"),
        ("new", "new"),
        ("same", "end"),
    ]
