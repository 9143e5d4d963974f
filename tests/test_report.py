"""How problems are printed: for a person, a forge and a tool; whatever they hold."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import jsonschema
import pytest

from briefsite.report import Format, Problem, did_you_mean, has_errors, ordered, render, summary

ROOT = Path(__file__).parents[1]
SARIF = ROOT / "tests/editor/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
PROBLEM = Problem(
    "briefs/ölüm.yaml", 12, 9, "bad-date", "no date", "write 2012", "    date: Ərdəbil"
)
HOSTILE = Problem(
    "a:b,c%\n::error::x",
    1,
    1,
    "unknown-key",
    "line\r\n::stop-commands::x\x1b[2J%0A\u202e\u2028",
    "hint\n::set-output name=x::y",
    "\x1b]0;x\x07\tkey: \u202evalue",
)


def test_text_has_the_place_the_line_a_caret_and_a_hint() -> None:
    assert render([PROBLEM]) == (
        "briefs/ölüm.yaml:12:9: error: no date [bad-date]\n"
        "   12 |     date: Ərdəbil\n"
        "      |         ^\n"
        "  hint: write 2012\n"
    )


def test_text_without_a_line_or_a_hint() -> None:
    assert render([Problem("briefs", 1, 1, "no-briefs", "there is no brief")]) == (
        "briefs:1:1: error: there is no brief [no-briefs]\n"
    )


@pytest.mark.parametrize("column", [1, 80, 81, 82, 500, 920, 999, 1000, 1001])
def test_the_caret_stays_under_its_character_in_a_long_line(column: int) -> None:
    line = "".join(chr(0x4E00 + number) for number in range(1000))
    shown = render([Problem("x", 1, column, "yaml-syntax", "m", excerpt=line)]).splitlines()
    assert len(shown[1]) < 200
    caret = shown[2].index("^")
    assert shown[1][caret : caret + 1] == line[column - 1 : column]
    assert shown[1].endswith("…") == (column <= 920)
    assert ("| …" in shown[1]) == (column > 81)


def test_text_moves_no_cursor_and_keeps_to_its_lines() -> None:
    lines = render([HOSTILE]).splitlines()
    assert len(lines) == 4
    assert all(line.isprintable() for line in lines)
    assert not any(line.startswith("::") for line in lines)


def test_github_takes_one_line_for_each_problem() -> None:
    assert render([PROBLEM, PROBLEM], "github") == 2 * (
        "::error file=briefs/ölüm.yaml,line=12,col=9,title=bad-date::no date (write 2012)\n"
    )


def test_github_cannot_be_given_other_commands() -> None:
    (line,) = render([HOSTILE], "github").splitlines()
    assert line.startswith("::error file=a%3Ab%2Cc%25\N{REPLACEMENT CHARACTER}%3A%3Aerror%3A%3Ax,")
    assert "%250A" in line
    assert "\x1b" not in line


def test_json_holds_everything() -> None:
    printed = json.loads(render([PROBLEM, HOSTILE], "json"))
    assert printed["version"] == 1
    assert printed["problems"][0] == {
        "path": "briefs/ölüm.yaml",
        "line": 12,
        "column": 9,
        "severity": "error",
        "code": "bad-date",
        "message": "no date",
        "hint": "write 2012",
    }
    assert printed["problems"][1]["message"] == HOSTILE.message


MANY = [PROBLEM, HOSTILE, Problem("a.yaml", 3, 1, "unused-record", "m")]


@pytest.mark.parametrize("problems", [[], MANY])
def test_json_fits_its_schema(problems: list[Problem]) -> None:
    schema = json.loads((ROOT / "schemas" / "problems.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    printed = json.loads(render(problems, "json"))
    validator.validate(printed)
    keys = schema["$defs"]["Problem"]["properties"]
    assert all(list(problem) == list(keys) for problem in printed["problems"])


@pytest.mark.parametrize("problems", [[], MANY])
def test_sarif_fits_the_schema_of_the_standard(problems: list[Problem]) -> None:
    if not SARIF.exists():
        if os.environ.get("CI"):
            pytest.fail("CI must have npm, with which `make test` installs SARIF's schema")
        pytest.skip("no schema of SARIF: `make test` installs it where npm is")
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    validator.validate(json.loads(render(problems, "sarif")))
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_sarif_has_rules_places_and_addresses() -> None:
    printed = json.loads(render([PROBLEM, HOSTILE], "sarif"))
    assert printed["version"] == "2.1.0"
    (run,) = printed["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-date", "unknown-key"]
    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("bad-date", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 12, "startColumn": 9}
    assert place["artifactLocation"]["uri"] == "briefs/%C3%B6l%C3%BCm.yaml"
    uri = second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3Ax"


@pytest.mark.parametrize(
    ("style", "empty"),
    [("text", ""), ("github", ""), ("json", {"version": 1, "problems": []})],
)
def test_no_problems(style: Format, empty: object) -> None:
    printed = render([], style)
    assert printed == empty or json.loads(printed) == empty


def test_problems_come_in_file_order_and_once() -> None:
    problems = [
        Problem("a.yaml", 1, 2, "bad-id", "m"),
        Problem("a.yaml", 2, 1, "bad-id", "m"),
        Problem("a.yaml", 10, 1, "bad-date", "m"),
        Problem("a.yaml", 10, 1, "bad-id", "m"),
        Problem("b.yaml", 1, 1, "bad-id", "m"),
    ]
    shuffled = problems * 3
    random.Random(0).shuffle(shuffled)
    assert ordered(shuffled) == problems


def test_the_same_problem_with_another_excerpt_is_the_same() -> None:
    one = Problem("a.yaml", 1, 1, "bad-id", "m", excerpt="x")
    assert len(ordered([one, Problem("a.yaml", 1, 1, "bad-id", "m", excerpt="y")])) == 1


def test_a_code_must_be_in_the_catalogue() -> None:
    with pytest.raises(ValueError, match="'no-such-code' is not in the catalogue"):
        Problem("a.yaml", 1, 1, "no-such-code", "m")


def test_the_summary_counts_problems_and_files() -> None:
    other = Problem("b.yaml", 1, 1, "bad-id", "m")
    assert summary([PROBLEM]) == "1 error in 1 file"
    assert summary([PROBLEM, other, other]) == "3 errors in 2 files"
    assert summary([]) == "0 errors in 0 files"
    assert has_errors([PROBLEM])
    assert not has_errors([])


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("titel", "did you mean 'title'?"),
        ("TITLE", "did you mean 'title'?"),
        ("url", "did you mean 'URL'?"),
        ("zzz", ""),
        ("", ""),
        ("x" * 1_000_000, ""),
    ],
)
def test_did_you_mean(word: str, hint: str) -> None:
    assert did_you_mean(word, ["title", "topic", "URL"]) == hint
    assert did_you_mean(word, []) == ""


@pytest.mark.parametrize("style", ["text", "github", "json", "sarif"])
def test_ten_thousand_problems_in_a_line_of_a_megabyte(style: Format) -> None:
    line = "é" * 1_000_000
    problems = [
        Problem("a.yaml", 1, column, "prose-markup", "m", excerpt=line)
        for column in range(1, 1_000_000, 100)
    ]
    start = time.process_time()
    assert len(render(problems, style)) < 10_000_000
    assert time.process_time() - start < 10


def test_a_message_that_quotes_what_has_no_end_keeps_its_beginning_and_its_end() -> None:
    problem = Problem("a.yaml", 1, 1, "bad-date", f"'{'9' * 90_000}' is no EDTF date")
    assert len(problem.message) == 300
    assert problem.message.startswith("'999")
    assert problem.message.endswith("9' is no EDTF date")
