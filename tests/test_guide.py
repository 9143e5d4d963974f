"""The author guide is run: what it tells to type is typed, and what it shows is what comes.

A block of `console` holds commands behind `$ ` and what they print; `…` stands for any lines. A
block of YAML under the name of a file, alone on its line, shows whole fields or whole records: each
takes the place of the one in the file, or goes to its end. With the id of a record behind the file,
it shows fields of that record. What is `refused (CODE)` gives that problem and no other, and with
the block after it all is well again.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefsite.check import check_tree, read_translations
from briefsite.cli import main
from briefsite.languages import read_languages
from briefsite.load import load_tree
from briefsite.report import Problem

ROOT = Path(__file__).parents[1]
AUTHORS = ROOT / "docs" / "authors"
LISTS = ("topics", "sources", "actors", "places", "agreements", "terms", "corrections")
_BLOCK = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`(?:, `(?P<record>[\w-]+)`)?"
    r"(?:, refused \(`(?P<code>[a-z-]+)`\))?:\n\n)?"
    r"^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


CORRECTIONS = """\
schema: 1
corrections:
  - id: year-of-the-report
    source: ministry-report
    locator: p. 2
    kind: checked
    severity: none
    says: It appeared in 2020.
    problem: The year was checked.
    evidence: The cover says so too.
    handling: Nothing was changed.
"""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: the file and the record it is for, and the problem it gives."""

    language: str
    body: str
    file: str | None
    record: str | None
    code: str | None


def blocks(name: str) -> list[Block]:
    text = (AUTHORS / name).read_text(encoding="utf-8")
    return [
        Block(*found.group("language", "body", "file", "record", "code"))
        for found in _BLOCK.finditer(text)
    ]


def put(text: str, shown: str) -> str:
    """A file with the fields, or the records, of a block put in the place of its own."""
    for part in parts(shown):
        head = part.split("\n", 1)[0]
        if head.startswith("  - id: "):  # a record, in whatever list it is
            pattern = rf"^{re.escape(head)}$\n(?:^(?!  - |\S).*\n)*"
        else:
            pattern = rf"^{re.escape(head.partition(':')[0])}:.*\n(?:^[ -].*\n|^\n(?=[ -]))*"
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            text = text[: found.start()] + part + text[found.end() :]
        else:
            text = text.rstrip("\n") + "\n" + part
    return text


def put_into(text: str, record: str, shown: str) -> str:
    """A file with fields put into one of its records."""
    found = re.search(rf"^  - id: {record}$\n(?:^(?!  - |\S).*\n)*", text, re.MULTILINE)
    assert found, f"there is no record {record}"
    fields = put(re.sub(r"^(?:  - |    )", "", found[0], flags=re.M), shown)
    indented = textwrap.indent(fields, "    ").replace("    ", "  - ", 1)
    return text[: found.start()] + indented + text[found.end() :]


def parts(shown: str) -> list[str]:
    start = "  - id: " if shown.startswith("  - ") else r"\S"
    return [
        part.rstrip("\n") + "\n" for part in re.split(rf"^(?={start})", shown, flags=re.M) if part
    ]


class Desk:
    """A clone of the example publication, in which a page of the guide is followed."""

    def __init__(self, root: Path, printed: Callable[[], str]) -> None:
        self.root = root
        self.printed = printed

    def follow(self, name: str) -> None:
        is_wrong = False
        for block in blocks(name):
            if block.language == "console":
                for command, shown in commands(block.body):
                    self.type(command, shown)
            elif block.language == "bibtex":
                assert block.file
                (self.root / block.file).write_text(block.body, encoding="utf-8")
            elif block.language == "yaml":
                self.write(block)
                if block.code or is_wrong:
                    expected = {(block.file, block.code)} if block.code else set()
                    assert {(p.path, p.code) for p in self.problems()} == expected, block.body
                is_wrong = block.code is not None

    def type(self, command: str, shown: str) -> None:
        words = shlex.split(command)
        if words[0] == "make":
            code = 0
            for recipe in self.recipe(words[1:]):
                if recipe[1:2] != ["serve"]:  # which would not end
                    code = code or main(recipe[1:])
            assert words[1] in ("check", "audit") or code == 0, self.printed()
            told = self.printed()
        elif words[0] in ("briefsite", ".venv/bin/briefsite"):
            assert main(words[1:]) == 0 or words[1] == "stale", self.printed()
            told = self.printed()
        elif words[:2] == ["git", "clone"] or words[0] == "cd":
            told = ""  # done by the layout
        else:
            run = subprocess.run(
                words, cwd=self.root, check=False, capture_output=True, text=True, env=self.env()
            )
            assert run.returncode == 0, run.stderr
            told = run.stdout
        for run_of_lines in shown.split("…\n"):
            assert run_of_lines in told, f"$ {command}\n{told}"

    def recipe(self, targets: list[str]) -> Iterator[list[str]]:
        """The commands of the program that `make` would run, without what installs it."""
        stamp = ROOT / ".venv" / ".site"
        made = subprocess.run(
            ["make", "--dry-run", "--always-make", f"--assume-old={stamp}", "BIN=", *targets],
            cwd=ROOT, check=True, capture_output=True, text=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("MAKE")},
        )  # fmt: skip
        for line in made.stdout.splitlines():
            if line.startswith("/briefsite "):
                yield shlex.split(line)

    def env(self) -> dict[str, str]:
        identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER")
                    for what in ("NAME", "EMAIL")}  # fmt: skip
        return os.environ | identity | {"GIT_CONFIG_GLOBAL": "/dev/null"}

    def write(self, block: Block) -> None:
        assert block.file, f"no file is named above:\n{block.body}"
        path = self.root / block.file
        text = path.read_text(encoding="utf-8")
        with_it = (
            put_into(text, block.record, block.body) if block.record else put(text, block.body)
        )
        path.write_text(with_it, encoding="utf-8")

    def problems(self) -> list[Problem]:
        translations = read_translations(self.root)
        return [*check_tree(load_tree(self.root)).problems, *translations.problems]


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console, and what it is shown to print."""
    for piece in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, shown = piece.partition("\n")
        yield command, shown


@pytest.fixture
def desk(
    lay_out: Callable[[Path], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """The minimal project, its registry in a file for each kind, as a clone that can be pushed."""
    root = lay_out(tmp_path / "briefsite")
    registry = root / "briefs" / "registry" / "registry.yaml"
    fields = parts(registry.read_text(encoding="utf-8"))
    for field in fields:
        name = field.partition(":")[0]
        if name in LISTS:
            (registry.parent / f"{name}.yaml").write_text(f"schema: 1\n{field}", encoding="utf-8")
    rest = "".join(field for field in fields if field.partition(":")[0] not in LISTS)
    registry.write_text(rest, encoding="utf-8")
    (registry.parent / "corrections.yaml").write_text(CORRECTIONS, encoding="utf-8")
    shutil.copytree(ROOT / "schemas", root / "schemas")
    env = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    for command in (["init", "--bare", "--quiet", "../origin.git"], ["init", "--quiet"],
                    ["remote", "add", "origin", "../origin.git"]):  # fmt: skip
        subprocess.run(["git", *command], cwd=root, check=True, env=env)

    def printed() -> str:
        told = capsys.readouterr()
        return told.err + told.out

    monkeypatch.chdir(root)
    return Desk(root, printed)


def test_the_first_brief_passes_the_check_and_is_shown(desk: Desk) -> None:
    desk.follow("first-brief.md")
    assert desk.problems() == []
    library = check_tree(load_tree(desk.root)).library
    assert library is not None
    brief = library.briefs["island-cable"].record
    assert (brief.status, len(brief.claims), brief.maps) == ("published", 3, ("island-cable",))
    assert [cell.party for cell in brief.positions[0].cells] == ["northisle", "southisle"]
    assert "island-cable" in subprocess.run(
        ["git", "--git-dir", "../origin.git", "branch"],
        cwd=desk.root, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def test_a_reviewer_sees_what_the_guide_promises(desk: Desk) -> None:
    desk.follow("first-brief.md")
    desk.follow("review.md")
    site = desk.root / "site.preview"
    page = (site / "briefs" / "island-cable" / "index.html").read_text(encoding="utf-8")
    assert 'id="cable-length"' in page
    assert "Who should pay for the cable?" in page
    assert (site / "maps" / "island-cable.svg").is_file()


def test_what_is_said_of_the_desk_leaves_only_blanks(desk: Desk) -> None:
    desk.follow("desk.md")
    assert {problem.code for problem in desk.problems()} == {"blank"}


def test_each_pair_about_sourcing_is_refused_and_passes(desk: Desk) -> None:
    desk.follow("first-brief.md")
    desk.follow("sourcing.md")
    assert desk.problems() == []
    shown = blocks("sourcing.md")
    assert sum(block.code is not None for block in shown) >= 15
    pairs = itertools.pairwise(shown)
    assert all(after.code is None for block, after in pairs if block.code)


def test_a_brief_and_the_interface_are_translated(desk: Desk) -> None:
    desk.follow("first-brief.md")
    desk.follow("translating.md")
    assert desk.problems() == []
    (entry,) = read_translations(desk.root).entries
    assert (entry.brief, entry.language) == ("island-cable", "az")
    assert entry.record.judgements[0].text is not None
    assert "az" in read_languages(desk.root).known
