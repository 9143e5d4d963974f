"""`briefsite new`: what it writes passes the check, but for the blanks it names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from briefsite.check import Checked, check_tree
from briefsite.cli import main
from briefsite.load import load_tree

Capture = pytest.CaptureFixture[str]
New = Callable[..., tuple[int, str, str]]
BASEMAPS = Path(__file__).parents[2] / "maps" / "basemap"
BRIEF, REGISTRY = "briefs/sample.yaml", "briefs/registry/registry.yaml"

# What an author writes into each blank, in the order of the file.
FILLED = {
    "brief": [
        "Another brief", "energy", "The ministry said in 2012 that it would build [@other-claim].",
        "2024-03-01", "2024-03-05", "2024-09-05", "other-judgement", "It is likely.", "likely",
        "high", "The ministry's own words.", "other-claim", "other-section", "A heading",
        "The ministry said in 2012 that it would build [@other-claim].", "other-claim",
        "The ministry said in 2012 that it would build.", "event", "energy-ministry",
        "ministry-report", "p. 3", "2012", "2012-02", "high", "The ministry's own words.",
        "2024-03-04",
    ],
    "map": [
        "Another map", "A dot in the east.", "2024", "44", "38", "51", "42", "towns", "Towns",
        "alphaville", "city",
    ],
    "source": [
        "report", "A report", "2020", "Speaks for the ministry.", "official", "B", "2",
        "It was right before.", "whole",
    ],
    "actor": ["company", "A company"],
    "place": ["A place", "town"],
    "agreement": [
        "An agreement", "treaty", "2012", "alphaland", "It says that it may be built.",
        "pipeline-announced",
    ],
    "term": ["a term", "What it means.", "pipeline-announced"],
    "claim": [
        "The ministry said in 2012 that it would build.", "event", "energy-ministry",
        "ministry-report", "p. 3", "2012", "2012-02", "high", "The ministry's own words.",
        "2024-03-04",
    ],
}  # fmt: skip
FILES = {"brief": "briefs/fresh.yaml", "map": "maps/fresh.yaml", "claim": BRIEF}


@pytest.fixture
def new(project: Path, capsys: Capture) -> New:
    """Runs `briefsite new` on the project; returns the exit code and what was printed."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--root", str(project), "new", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def checked(project: Path) -> Checked:
    return check_tree(load_tree(project))


def contents(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file()
    }


def extra(kind: str) -> Iterable[str]:
    return ("--brief", "sample") if kind == "claim" else ()


def test_every_kind_is_tried() -> None:
    from briefsite.write.fields import KINDS

    assert set(FILLED) == set(KINDS)


@pytest.mark.parametrize("kind", FILLED)
def test_what_is_new_has_the_blanks_it_names_and_no_other_problem(
    kind: str, project: Path, new: New
) -> None:
    code, printed, _ = new(kind, "fresh", *extra(kind))
    assert code == 0
    problems = checked(project).problems
    assert {problem.code for problem in problems} == {"blank"}
    named = re.findall(r"^  (\S+):(\d+):(\d+): ", printed, re.MULTILINE)
    assert named == [(p.path, str(p.line), str(p.column)) for p in problems]
    assert len(named) == len(FILLED[kind])
    assert printed.startswith(f"{FILES.get(kind, REGISTRY)}:")
    file = project / FILES.get(kind, REGISTRY)
    answers = iter(FILLED[kind])
    text = re.sub(r'"TODO: .*"|TODO: .*(?:\n  +(?![a-z_]+:|- ).*)*', lambda _: next(answers),
                  file.read_text(encoding="utf-8"))  # fmt: skip
    file.write_text(text, encoding="utf-8")
    assert next(answers, None) is None
    # What is new is named by nothing yet.
    assert {problem.code for problem in checked(project).problems} <= {"unused-record"}


@pytest.mark.parametrize("kind", FILLED)
def test_nothing_else_changes(kind: str, project: Path, new: New) -> None:
    before = contents(project)
    new(kind, "fresh", *extra(kind))
    after = contents(project)
    (changed,) = [name for name in after if after[name] != before.get(name)]
    assert changed == FILES.get(kind, REGISTRY)
    if changed in before:
        start, added = before[changed], after[changed]
        at = next((i for i in range(len(start)) if start[i] != added[i]), len(start))
        assert added.endswith(start[at:])


@pytest.mark.parametrize("kind", ["brief", "map"])
def test_a_new_file_names_its_schema_and_what_else_it_may_hold(
    kind: str, project: Path, new: New
) -> None:
    new(kind, "fresh")
    text = (project / FILES[kind]).read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{kind}.schema.json"
    assert (Path(__file__).parents[2] / "schemas" / f"{kind}.schema.json").is_file()
    assert re.search(r"^#   (timeline|views): ", text, re.MULTILINE)
    assert ("\nstatus: draft\n" in text) == (kind == "brief")


@pytest.mark.parametrize(
    ("lie", "flags", "line"),
    [
        (["core", "region"], [], "# In maps/basemap lie: core, region.\nbasemap: core\n"),
        (["core", "region"], ["--basemap", "region"],
         "# In maps/basemap lie: core, region.\nbasemap: region\n"),
        (["region"], [], 'basemap: "TODO: The ground. In maps/basemap lie: region."\n'),
        ([], [], "\nbasemap: core\n"),
    ],
)  # fmt: skip
def test_a_new_map_says_which_basemap_it_stands_on(
    lie: list[str], flags: list[str], line: str, project: Path, new: New
) -> None:
    folder = project / "maps" / "basemap"
    shutil.rmtree(folder, ignore_errors=True)
    for name in lie:
        folder.mkdir(exist_ok=True)
        shutil.copy(BASEMAPS / f"{name}.topojson", folder)
    code, _, errors = new("map", "fresh", *flags)
    assert code == 0, errors
    text = (project / FILES["map"]).read_text(encoding="utf-8")
    assert line in text
    assert "#   basemap:" not in text


def test_flags_fill_what_they_name(project: Path, new: New) -> None:
    code, printed, _ = new(
        "claim", "fresh", "--brief", "sample", "--text", 'Said in 2012: "it is so" {{ x }} #1',
        "--kind", "event", "--said-by", "energy-ministry", "--source", "ministry-report",
        "--locator", "p. 1: top", "--date", "2012-02", "--as-of", "2012", "--level", "high",
        "--reason", "The ministry's own words.", "--compared", "2024-03-04",
        "--actors", "alphaland, energy-ministry",
    )  # fmt: skip
    assert code == 0
    assert "still to be written" not in printed
    library = checked(project).library
    assert library is not None
    claim = library.claims["fresh"]
    assert claim.text == 'Said in 2012: "it is so" {{ x }} #1'
    assert claim.sources[0].locator == "p. 1: top"
    assert claim.actors == ("alphaland", "energy-ministry")


@pytest.mark.parametrize(
    ("kind", "blanks"),
    [("allegation", ["kind", "text"]), ("figure", ["measures", "value", "unit", "year"])],
)
def test_a_claim_has_the_blanks_of_its_kind(
    kind: str, blanks: list[str], project: Path, new: New
) -> None:
    code, _, errors = new("claim", "fresh", "--brief", "sample", "--kind", kind)
    assert code == 0, errors
    named = [problem.message.split("'")[1] for problem in checked(project).problems]
    assert len(named) == len(FILLED["claim"]) - 1 + len(blanks)
    assert ",".join(blanks) in ",".join(named)


def test_a_list_of_texts_has_no_flag(new: New) -> None:
    for kind, flag in (("brief", "--authors"), ("actor", "--adjectives")):
        with pytest.raises(SystemExit):
            new(kind, "fresh", flag, "Ann Roe")


def test_a_doi_and_an_address_are_fields_and_nothing_is_fetched(project: Path, new: New) -> None:
    _, printed, _ = new("source", "fresh", "--doi", "https://doi.org/10.1000/182",
                        "--url", "https://e.org/a")  # fmt: skip
    assert "nothing was fetched" in printed
    text = (project / REGISTRY).read_text(encoding="utf-8")
    assert "    URL: https://e.org/a\n    DOI: 10.1000/182\n" in text
    assert {problem.code for problem in checked(project).problems} == {"blank"}


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--url", "https://example.org/report"),
        ("--url", "http://www.Example.org/report/"),
        ("--doi", "10.1000/ABC"),
        ("--doi", "https://doi.org/10.1000/abc"),
    ],
)
@pytest.mark.parametrize("left", ["", "    publisher: 'TODO: Publisher.'\n"])
def test_a_work_that_is_there_is_not_added_again(
    flag: str, value: str, left: str, project: Path, new: New
) -> None:
    file = project / REGISTRY
    address = "    URL: https://example.org/report\n"
    text = file.read_text(encoding="utf-8").replace("    publisher: Ministry of Energy\n", left, 1)
    file.write_text(text.replace(address, f"{address}    DOI: 10.1000/abc\n"), encoding="utf-8")
    before = contents(project)
    code, printed, errors = new("source", "fresh", flag, value)
    assert (code, printed) == (1, "")
    assert errors.startswith(f"nothing was written: {REGISTRY}:")
    assert f"source 'ministry-report' has this {flag[2:].upper()}" in errors
    assert contents(project) == before


def test_another_part_of_a_page_is_another_work(new: New) -> None:
    for number, part in enumerate(("#annex", "?page=2", "/annex")):
        code, _, errors = new("source", f"a{number}", "--url", f"https://example.org/report{part}")
        assert code == 0, errors


def test_what_a_citation_says_otherwise_is_told(project: Path, new: New, tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@book{k, title={T}, author={Doe, Jane and others}, year=2001, month=13}")
    code, printed, errors = new("source", "fresh", "--bibtex", str(file))
    assert code == 0, errors
    assert "\nthe file names no further authors, only that there are others\n" in printed
    assert "\nissued is 2001, not '2001-13': there is no month 13\n" in printed
    text = (project / REGISTRY).read_text(encoding="utf-8")
    assert "author:\n      - family: Doe\n        given: Jane\n    issued: 2001\n" in text


def test_a_source_without_a_date_says_so_by_having_none(project: Path, new: New) -> None:
    _, printed, _ = new("source", "fresh", "--url", "https://e.org/a")
    told = (
        "When it appeared. A date such as 2012-02-05. If the work bears no date, delete this line."
    )
    assert f" 'issued' {told}\n" in printed
    file = project / REGISTRY
    text = file.read_text(encoding="utf-8")
    assert f'    issued: "TODO: {told}"\n' in text
    answers = iter(FILLED["source"][:2] + FILLED["source"][3:])
    text = re.sub(r'    issued: "TODO: .*\n', "", text)
    file.write_text(re.sub(r'"TODO: .*"', lambda _: next(answers), text), encoding="utf-8")
    assert {problem.code for problem in checked(project).problems} <= {"unused-record"}


def test_a_date_that_is_given_leaves_no_blank(new: New) -> None:
    _, printed, _ = new("source", "fresh", "--issued", "2020")
    assert "'issued'" not in printed


HOSTILE = 'Null: "x" #1 {{ 7*7 }} <script>alert(1)</script> \u202e\x07 - @a'


@pytest.mark.parametrize("title", [HOSTILE, "- @a: {b}", "# no", "2012", "null", "'", "| x", "%"])
@pytest.mark.parametrize("style", ["bibtex", "ris", "csl"])
def test_hostile_citations_arrive_as_text(
    title: str, style: str, project: Path, new: New, tmp_path: Path
) -> None:
    import json

    files = {
        "bibtex": "@misc{k, title={%s}, author={{%s}}}",
        "ris": "TY  - GEN\nTI  - %s\nAU  - %s\nER  - \n",
        "csl": '{"type": "document", "title": %s, "author": [{"literal": %s}]}',
    }
    latex = re.sub(r"([#{}%])", r"\\\1", title)
    written = {"bibtex": latex, "ris": title, "csl": json.dumps(title)}[style]
    file = tmp_path / "citation"
    file.write_text(files[style].replace("%s", written), encoding="utf-8")
    code, _, errors = new("source", "fresh", f"--{style}", str(file), "--stance", "Speaks for me.",
                          "--perspective", "p", "--reliability", "B", "--credibility", "2",
                          "--reason", "It was right before.", "--read", "whole",
                          "--issued", "2020")  # fmt: skip
    assert code == 0, errors
    library = checked(project).library
    assert library is not None
    clean = " ".join(title.replace("\u202e", "").replace("\x07", "").split())
    assert library.sources["fresh"].title == clean
    assert library.sources["fresh"].author[0].literal == clean


def test_one_of_several_entries_is_chosen(project: Path, new: New, tmp_path: Path) -> None:
    file = tmp_path / "all.bib"
    file.write_text("@book{one, title={First}}\n@book{two, title={Second}}\n")
    code, _, errors = new("source", "fresh", "--bibtex", str(file))
    assert (code, "one, two" in errors) == (2, True)
    code, _, errors = new("source", "fresh", "--bibtex", str(file), "--entry", "three")
    assert (code, "one, two" in errors) == (2, True)
    assert new("source", "fresh", "--bibtex", str(file), "--entry", "two")[0] == 0
    assert "title: Second\n" in (project / REGISTRY).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["source", "ministry-report"], 1, f"{REGISTRY}:21: source 'ministry-report'"),
        (["actor", "alphaland"], 1, f"{REGISTRY}:"),
        (["brief", "sample"], 1, f"{BRIEF}:1: brief 'sample'"),
        (["map", "sample-map"], 1, "maps/sample-map.yaml:1: "),
        (["claim", "pipeline-unbuilt", "--brief", "sample"], 1, f"{BRIEF}:"),
        (["claim", "pipeline-unlikely", "--brief", "sample"], 1, "already the claim"),
        (["claim", "evidence", "--brief", "sample"], 1, "the page uses itself"),
        (["brief", "library"], 1, "the site uses itself"),
        (["claim", "fresh", "--brief", "smaple"], 1, "did you mean 'sample'?"),
        (["claim", "fresh"], 2, "--brief SLUG"),
        (["claim", "fresh", "--brief", "sample", "--said-by", "alphalnd"], 1, "'alphaland'?"),
        (["claim", "fresh", "--brief", "sample", "--kind", "evnt"], 2, "--kind: 'evnt' is none of"),
        (["source", "Not An Id"], 2, "'not-an-id'"),
        (["source", "fresh", "--credibility", "x"], 2, "'x' is no number"),
        (["source", "fresh", "--credibility", "7"], 2, "--credibility: "),
        (["source", "fresh", "--issued", "last week"], 2, "--issued: 'last week' is no EDTF date"),
        (["source", "fresh", "--url", "javascript:x"], 2, "--url: "),
        (["source", "fresh", "--doi", "x"], 2, "--doi: 'x' is no DOI"),
        (["source", "fresh", "--title", "a\u202eb"], 2, "cannot be seen"),
        (["source", "fresh", "--bibtex", "nowhere.bib"], 2, "nowhere.bib: no such file"),
        (["source", "fresh", "--entry", "x"], 2, "--entry goes with"),
        (["source", "fresh", "--file", "briefs/sample.yaml"], 2, "in briefs/registry/"),
        (["map", "fresh", "--west", "50", "--east", "44", "--south", "1", "--north", "2"], 1,
         "'east' must be more"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(
    arguments: list[str], code: int, words: str, project: Path, new: New
) -> None:
    before = contents(project)
    found, printed, errors = new(*arguments)
    assert (found, printed) == (code, "")
    assert words in errors
    assert contents(project) == before


@pytest.mark.parametrize(
    ("style", "data", "line"),
    [
        ("bibtex", b"\n@book{k, title={T\n", 2),
        ("ris", b"TY  - BOOK\n", 1),
        ("csl", b"[\n{]", 2),
        ("csl", b"[]", 1),
        ("ris", b"TY  - BOOK\nTI  - \xff\n", 2),
    ],
)
def test_a_broken_citation_file_gives_its_line(
    style: str, data: bytes, line: int, project: Path, new: New, tmp_path: Path
) -> None:
    file, before = tmp_path / "citation", contents(project)
    file.write_bytes(data)
    code, _, errors = new("source", "fresh", f"--{style}", str(file))
    assert code == 1
    assert errors.startswith(f"{file}:{line}: error: ")
    assert errors.count("\n") == 1
    assert contents(project) == before


def test_a_file_that_cannot_be_read_is_not_written_to(project: Path, new: New) -> None:
    (project / REGISTRY).write_text("schema: 1\nactors: [\n", encoding="utf-8")
    before = contents(project)
    code, _, errors = new("actor", "fresh", "--file", str(project / REGISTRY))
    assert code == 1
    assert "cannot be read" in errors
    assert contents(project) == before


def test_other_mistakes_of_the_tree_are_no_hindrance(project: Path, new: New) -> None:
    file = project / BRIEF
    file.write_text(file.read_text().replace("topic: energy", "topic: enrgy"), encoding="utf-8")
    assert new("claim", "fresh", "--brief", "sample")[0] == 0
    assert new("actor", "fresh")[0] == 0


def test_a_list_that_no_file_has_gets_a_file(project: Path, new: New) -> None:
    file = project / REGISTRY
    text = file.read_text(encoding="utf-8")
    kept, _, places = text.partition("places:\n")
    agreements = places[places.index("agreements:") :].replace("places: [alphaville]", "places: []")
    file.write_text(kept + agreements, encoding="utf-8")
    code, printed, _ = new("place", "fresh")
    assert code == 0
    assert printed.startswith("briefs/registry/places.yaml:5: ")
    written = (project / "briefs/registry/places.yaml").read_text(encoding="utf-8")
    assert written.startswith(
        "# yaml-language-server: $schema=../../schemas/registry.schema.json\n"
    )


# On a terminal


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Sits at a terminal and answers; returns the list of what was asked, to be filled."""

    def sit(*answers: str | type[BaseException]) -> list[str]:
        asked: list[str] = []
        waiting = iter(answers)

        def ask(prompt: str = "") -> str:
            asked.append(prompt)
            given = next(waiting, "")
            if isinstance(given, str):
                return given
            raise given

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", ask)
        return asked

    return sit


def test_a_terminal_is_asked_for_what_is_missing(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    asked = answer("compny", "company")
    code, printed, _ = new("actor", "fresh", "--name", "A company")
    assert code == 0
    assert [prompt.split(":")[0] for prompt in asked] == ["kind", "kind"]
    assert "'compny' is none of" in printed
    library = checked(project).library
    assert library is not None
    assert library.actors["fresh"].kind == "company"


def test_an_empty_answer_leaves_a_blank(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    asked = answer("sample", "It was said in 2012.")
    assert (
        new(
            "claim",
            "fresh",
        )[0]
        == 0
    )
    assert asked[0].startswith("brief ")
    assert len(asked) == 1 + len(FILLED["claim"])
    assert len(checked(project).problems) == len(FILLED["claim"]) - 1


def test_a_new_brief_is_not_asked_for_what_names_claims(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    asked = answer("Another brief", "energy", "2024-03-01", "2024-03-05", "2024-09-05")
    code, printed, errors = new("brief", "fresh")
    assert code == 0, errors
    assert [prompt.split(":")[0] for prompt in asked] == [
        "title", "topic", "cutoff", "reviewed", "review-by",
    ]  # fmt: skip
    assert " 'summary' The answer in three sentences at most" in printed
    assert {problem.code for problem in checked(project).problems} == {"blank"}


def test_only_what_is_refused_is_asked_again(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    first = ("Another brief", "enrgy", "2024-03-01", "2024-03-05", "2023-09-05")
    asked = answer(*first, "energi", "energy", "2024-09-05")
    code, printed, errors = new("brief", "fresh")
    assert code == 0, errors
    assert [prompt.split(":")[0] for prompt in asked[5:]] == ["topic", "topic", "review-by"]
    assert "did you mean 'energy'?" in printed
    text = (project / FILES["brief"]).read_text(encoding="utf-8")
    assert "\ntitle: Another brief\ntopic: energy\n" in text
    assert "\ncutoff: 2024-03-01\nreviewed: 2024-03-05\nreview_by: 2024-09-05\n" in text


def test_nobody_is_asked_when_what_is_given_is_refused(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    asked = answer()
    for arguments in (
        ("brief", "fresh", "--topic", "enrgy"),
        ("claim", "fresh", "--brief", "smaple"),
        ("source", "ministry-report"),
        ("source", "fresh", "--url", "https://example.org/report"),
    ):
        assert new(*arguments)[0] == 1
    assert asked == []


def test_who_leaves_has_written_nothing(
    project: Path, new: New, answer: Callable[..., list[str]]
) -> None:
    before = contents(project)
    answer("company", EOFError)
    assert new("actor", "fresh")[0] == 1
    answer("company", KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        new("actor", "fresh")
    assert contents(project) == before


def test_nobody_is_asked_when_it_is_piped(
    project: Path, new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(prompt: str = "") -> str:
        raise AssertionError(prompt)

    monkeypatch.setattr("builtins.input", ask)
    assert new("actor", "fresh")[0] == 0
