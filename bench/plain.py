"""The same briefs as hand-written Markdown under plain Material: the floor of a measurement.

It holds the words of the briefs, and nothing that has to be worked out: no map, no page of an
actor or a source, no data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SETTINGS = """\
site_name: A workload
site_url: https://example.org/
theme:
  name: material
  font: false
  features:
    - navigation.instant
    - navigation.prune
    - navigation.top
    - search.highlight
    - toc.follow
plugins:
  - search
markdown_extensions:
  - tables
  - sane_lists
"""


def plain_page(brief: dict[str, Any], titles: dict[str, str]) -> str:
    """A brief as Markdown; `titles` are those of sources by id."""
    return "\n\n".join(_blocks(brief, titles)) + "\n"


def _blocks(brief: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    numbers = {claim["id"]: number for number, claim in enumerate(brief["claims"], start=1)}

    def linked(prose: str) -> str:
        cited = r"\[(@[^\]]+)\]"
        return re.sub(cited, lambda found: _links(found[1], numbers), prose)

    yield f"# {brief['title']}"
    yield linked(brief["summary"])
    yield f"Reviewed {brief['reviewed']}; information cut-off {brief['cutoff']}."
    yield "## Key judgements"
    for judgement in brief["judgements"]:
        confidence = judgement["confidence"]
        yield f"{judgement['text']} *{confidence['level']}*: {confidence['reason']}"
    for section in brief["sections"]:
        yield f"## {section['heading']}"
        yield linked(section["prose"])
    for question in brief["positions"]:
        yield f"## {question['question']}"
        rows = ["| Party | Position | Date |", "| --- | --- | --- |"]
        rows += [f"| {c['party']} | {c['position']} | {c['date']} |" for c in question["cells"]]
        yield "\n".join(rows)
    yield "## Timeline"
    yield "\n".join(f"- {event['date']}: {event['title']}" for event in brief["timeline"])
    yield "## Claims"
    yield "\n".join(_claim(claim, titles) for claim in brief["claims"])
    yield "## What is not known"
    yield "\n".join(f"- {text}" for text in brief["unknowns"])


def _links(found: str, numbers: dict[str, int]) -> str:
    keys = re.findall(r"@([\w-]+)", found)
    return "".join(f"[({numbers[key]})](#claims)" for key in keys)


def _claim(claim: dict[str, Any], titles: dict[str, str]) -> str:
    cited = "; ".join(f"{titles[c['source']]}, {c['locator']}" for c in claim["sources"])
    confidence = claim["confidence"]
    return f"1. {claim['text']} *{cited}.* {confidence['level']}: {confidence['reason']}"
