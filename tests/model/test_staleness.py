"""What has aged: a small publication, and the list of it that was worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefsite.check import check_tree
from briefsite.cli import main
from briefsite.load import load_tree
from briefsite.model.dates import parse_date
from briefsite.model.library import Library
from briefsite.model.staleness import AgedKey, Reason, stale

SOURCE = """\
  - id: {id}
    type: report
    title: Report {id}
    publisher: An office
    stance: An office of Alphaland; it speaks for itself.
    perspective: official
    grade: {{reliability: B, credibility: 2, reason: It was right before.}}
    read: whole
"""
CLAIM = """\
  - id: {id}
    text: It was said in 2020 that it happened.
    kind: event
    said_by: alphaland
    sources: [{{source: {source}, locator: p. 1}}]
    date: 2020
    as_of: 2020
    confidence: {{level: high, reason: The report is the record of it.}}
    compared: 2024-03-04
"""
BRIEF = """\
schema: 1
title: Brief {id}
topic: energy
summary: A brief [~].
cutoff: 2024-03-01
reviewed: 2024-03-05
review_by: {review_by}
judgements:
{judgements}sections:
  - id: {id}-section
    heading: Section
    prose: It was said in 2020 that it happened [@{first}].
claims:
{claims}"""
WITHDRAWN = "withdrawn: {date: 2024-03-01, reason: It was wrong.}"
JUDGEMENT = """\
  - id: {id}
    text: It is likely.
    likelihood: likely
    confidence: {{level: high, reason: The report is the record of it.}}
    claims: [{claims}]
"""


def source(identity: str, more: str = "") -> str:
    return SOURCE.format(id=identity) + more


def claim(identity: str, cited: str, more: str = "") -> str:
    return CLAIM.format(id=identity, source=cited) + more


def brief(identity: str, review_by: str, judgements: dict[str, str], claims: list[str]) -> str:
    return BRIEF.format(
        id=identity,
        review_by=review_by,
        judgements="".join(JUDGEMENT.format(id=key, claims=c) for key, c in judgements.items()),
        first=claims[0].split("\n")[0].removeprefix("  - id: "),
        claims="".join(claims),
    )


SOURCES = [
    source("fresh", "    review_by: 2035\n"),
    source("due", "    review_by: 2029-12-31\n"),
    source("due-today", "    review_by: 2030-01-01\n"),
    source("retracted", "    status: {state: withdrawn, since: 2021, reason: It was made up.}\n"),
    source("unused", "    review_by: 2020\n"),
]
NORTH = [
    claim("sound", "fresh"),
    claim("on-due", "due"),
    claim("on-retracted", "retracted"),
    claim("overtaken", "fresh", "    status: {state: overtaken, since: 2022-05,"
          " reason: The road was moved., claims: [sound]}\n"),
    claim("current", "due-today",
          "    status: {state: current, reason: It was looked at again.}\n"),
]  # fmt: skip
SOUTH = [
    claim("own-day", "fresh", "    review_by: 2028\n"),
    claim("replaced", "fresh", "    status: {state: superseded, reason: A newer count came.}\n"),
    claim("newer", "fresh", "    supersedes: [replaced]\n"),
    claim("answered", "fresh", "    contested:\n      - position: An office said otherwise.\n"
          "        sources: [{source: due, locator: p. 2}]\n"),
]  # fmt: skip
FILES = {
    "briefs/registry/sources.yaml": "schema: 1\nsources:\n" + "".join(SOURCES),
    "briefs/north.yaml": brief(
        "north",
        "2031",
        {"firm": "sound", "weak": "on-due, on-retracted", "late": "overtaken, sound"},
        NORTH,
    ),
    "briefs/south.yaml": brief("south", "2029-06", {"of-the-north": "newer, on-due"}, SOUTH),
    "briefs/east.yaml": brief(
        "east", "2031", {"of-the-east": "eastern"}, [claim("eastern", "fresh")]
    ),
    "briefs/west.yaml": brief(
        "west", "2031", {"of-the-west": "western"}, [claim("western", "fresh")]
    ).replace("topic: energy", f"topic: energy\nstatus: withdrawn\n{WITHDRAWN}"),
    "briefs/middle.yaml": brief(
        "middle", "2031", {"of-the-middle": "western"}, [claim("central", "fresh")]
    ),
}  # fmt: skip

# The minimal project has its own: a claim of 2024-08, a source of 2025-06-30, a brief of
# 2024-09-05.
BY_HAND = {
    # A day of review is over when the day is past: `due` is, `due-today` is not, 2035 is not.
    "source due": ["review due 2029-12-31"],
    "source ministry-report": ["review due 2025-06-30"],
    "source retracted": ["withdrawn 2021"],
    "source unused": ["review due 2020"],
    # A source's reason is that of each claim that cites it for itself.
    "claim on-due": ["rests on source due, review due 2029-12-31"],
    "claim on-retracted": ["rests on source retracted, withdrawn 2021"],
    "claim pipeline-announced": ["rests on source ministry-report, review due 2025-06-30"],
    "claim pipeline-unbuilt": [
        "review due 2024-08",
        "rests on source ministry-report, review due 2025-06-30",
    ],
    # `answered` cites `due` for the other side only: it does not rest on it. `current` stands, and
    # so does what events have overtaken: it says so itself, and is as true as it was.
    "claim own-day": ["review due 2028"],
    "claim replaced": ["superseded"],
    # A judgement has the reasons of its claims, in whatever brief they live.
    "judgement north#weak": [
        "rests on source due, review due 2029-12-31",
        "rests on source retracted, withdrawn 2021",
    ],
    "judgement sample#pipeline-unlikely": [
        "rests on source ministry-report, review due 2025-06-30",
        "rests on claim pipeline-unbuilt, review due 2024-08",
    ],
    "judgement south#of-the-north": ["rests on source due, review due 2029-12-31"],
    # A page has those of its judgements and claims, each once; and its own. `replaced` keeps its
    # place in the evidence of `south`, and nothing there rests on it.
    "brief north": [
        "rests on source due, review due 2029-12-31",
        "rests on source retracted, withdrawn 2021",
    ],
    "brief sample": [
        "review due 2024-09-05",
        "rests on source ministry-report, review due 2025-06-30",
        "rests on claim pipeline-unbuilt, review due 2024-08",
    ],
    "brief south": [
        "review due 2029-06",
        "rests on source due, review due 2029-12-31",
        "rests on claim own-day, review due 2028",
    ],
    # What a withdrawn brief claimed, and whatever rests on that.
    "brief west": ["withdrawn 2024-03-01"],
    "claim western": ["rests on brief west, withdrawn 2024-03-01"],
    "judgement middle#of-the-middle": ["rests on brief west, withdrawn 2024-03-01"],
    "brief middle": ["rests on brief west, withdrawn 2024-03-01"],
    # East rests on what is fresh.
}


@pytest.fixture
def aged(project: Path) -> Path:
    for name, text in FILES.items():
        (project / name).write_text(text, encoding="utf-8")
    return project


def library_of(root: Path) -> Library:
    checked = check_tree(load_tree(root))
    assert checked.library is not None, checked.problems
    return checked.library


def test_the_list_is_the_one_worked_out_by_hand(
    aged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(aged), "stale", "--as-of", "2030-01-01"]) == 1
    listed: dict[str, list[str]] = {}
    for line in capsys.readouterr().out.splitlines():
        _, what, why = line.split(": ", 2)
        listed.setdefault(what, []).append(why)
    assert {key: sorted(whys) for key, whys in listed.items()} == {
        key: sorted(whys) for key, whys in BY_HAND.items()
    }


def test_each_line_has_the_place_where_the_record_is_written(
    aged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--root", str(aged), "stale", "--as-of", "2030-01-01"])
    for line in capsys.readouterr().out.splitlines():
        place, what, _ = line.split(": ", 2)
        path, number = place.split(":")
        kind, identity = what.split(" ")
        text = (aged / path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
        if kind == "brief":
            assert (path, number) == (f"briefs/{identity}.yaml", "1")
        else:
            assert f"id: {identity.rpartition('#')[2]}" in text


def test_the_day_of_review_is_the_last_day_of_grace(aged: Path) -> None:
    library = library_of(aged)
    key: AgedKey = ("source", "due-today")
    assert key not in stale(library, parse_date("2030-01-01"))
    due = Reason("source", "due-today", "review due", parse_date("2030-01-01"))
    assert stale(library, parse_date("2030-01-02"))[key] == (due,)


@pytest.mark.parametrize(
    ("review_by", "day", "is_due"),
    [
        ("2029", "2029-12-31", False),
        ("2029", "2030-01-01", True),
        ("2029-12", "2029-12-31", False),
        ("2029-11", "2029-12", True),
        # A day that is known to the year only is due when the year's first day is past it.
        ("2029-12-31", "2030", True),
        ("2030-06-30", "2030", False),
    ],
)
def test_dates_are_as_precise_as_they_are_given(
    project: Path, review_by: str, day: str, is_due: bool
) -> None:
    file = project / "briefs" / "registry" / "registry.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("review_by: 2025-06-30", f"review_by: {review_by}"))
    found = stale(library_of(project), parse_date(day))
    assert (("source", "ministry-report") in found) is is_due


def test_without_a_day_it_is_the_publications_own(aged: Path) -> None:
    library = library_of(aged)
    assert library.as_of == parse_date("2024-03-05")
    assert set(stale(library)) == {
        ("source", "retracted"),
        ("source", "unused"),
        ("claim", "on-retracted"),
        ("claim", "replaced"),
        ("claim", "western"),
        ("judgement", "north#weak"),
        ("judgement", "middle#of-the-middle"),
        ("brief", "north"),
        ("brief", "west"),
        ("brief", "middle"),
    }


@pytest.mark.parametrize("where", ["claims: [newer, on-due]", "[@own-day]"])
def test_a_replaced_claim_marks_its_own_page_if_something_there_rests_on_it(
    aged: Path, where: str
) -> None:
    file = aged / "briefs" / "south.yaml"
    text = file.read_text(encoding="utf-8")
    assert where in text
    file.write_text(text.replace(where, f"{where[:-1]}{'; @' if '@' in where else ', '}replaced]"))
    reasons = stale(library_of(aged), parse_date("2030-01-01"))[("brief", "south")]
    assert Reason("claim", "replaced", "superseded") in reasons


def test_a_brief_that_names_a_stale_claim_of_another_is_stale(aged: Path) -> None:
    file = aged / "briefs" / "east.yaml"
    text = file.read_text(encoding="utf-8").replace("[@eastern]", "[@eastern; @replaced]")
    file.write_text(text, encoding="utf-8")
    reasons = stale(library_of(aged), parse_date("2030-01-01"))[("brief", "east")]
    assert reasons == (Reason("claim", "replaced", "superseded"),)


def test_a_page_that_shows_the_question_of_another_shows_what_is_stale_in_it(aged: Path) -> None:
    file = aged / "briefs" / "south.yaml"
    cell = "{{party: {}, basis: reported, position: It said so., date: 2020, claims: [replaced]}}"
    cells = "".join(f"      - {cell.format(p)}\n" for p in ("alphaland", "energy-ministry"))
    question = f"positions:\n  - id: whose\n    question: Whose is it?\n    cells:\n{cells}"
    file.write_text(file.read_text(encoding="utf-8") + question, encoding="utf-8")
    with (aged / "briefs" / "east.yaml").open("a", encoding="utf-8") as east:
        east.write("questions: [whose]\n")
    reasons = stale(library_of(aged), parse_date("2030-01-01"))[("brief", "east")]
    assert reasons == (Reason("claim", "replaced", "superseded"),)
