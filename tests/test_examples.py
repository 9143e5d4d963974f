"""Every example of a mistake is run: alone, and all of them in one tree."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from briefsite.catalogue import CATALOGUE
from briefsite.check import check_tree
from briefsite.check.translations import read_translations
from briefsite.examples import FERRY, GROUPS, Example, Move
from briefsite.languages import read_languages
from briefsite.load import load_tree
from briefsite.report import Problem
from briefsite.site import Project, read_docs

ROOT = Path(__file__).parents[1]
GOOD = ROOT / "tests" / "projects" / "examples"
BASEMAP = ROOT / "maps" / "basemap"
ALL = {code: example for group in GROUPS.values() for code, example in group.items()}
EDITS = {code: example for code, example in ALL.items() if isinstance(example, Example)}
MOVES = {code: example for code, example in ALL.items() if isinstance(example, Move)}


def lay_out(root: Path) -> Path:
    """A copy of the good project, with the ground that its maps are drawn on."""
    shutil.copytree(GOOD, root)
    ground = root / "maps" / "basemap"
    try:
        shutil.copytree(BASEMAP, ground, copy_function=os.link)
    except (OSError, shutil.Error):  # another disk
        shutil.copytree(BASEMAP, ground, dirs_exist_ok=True)
    return root


def problems_of(root: Path) -> list[Problem]:
    project = Project(root)
    docs = read_docs(project.docs, project.components)
    languages = read_languages(root)
    translations = read_translations(root)
    others = (*languages.problems, *translations.problems, *docs.problems)
    return sorted({*check_tree(load_tree(root)).problems, *others})


def find(text: str, fragment: str) -> tuple[int, str]:
    """Where a fragment stands, and how it is written there.

    A fragment of several lines stands with the same indentation before each of them.
    """
    first, *others = fragment.split("\n")
    found = []
    at = text.find(first.lstrip())
    while at >= 0:
        column = at - (text.rfind("\n", 0, at) + 1)
        margin = " " * (column - len(first) + len(first.lstrip()))
        written = "\n".join([first.lstrip(), *(margin + line for line in others)])
        if text.startswith(written, at):
            found.append((at, written))
        at = text.find(first.lstrip(), at + 1)
    assert len(found) == 1, f"{fragment!r} stands {len(found)} times"
    return found[0]


def replace(text: str, example: Example) -> str:
    """The text with what is wrong in place of what is right."""
    at, right = find(text, example.right)
    first = example.right.split("\n")[0]
    margin = " " * (at - (text.rfind("\n", 0, at) + 1) - len(first) + len(first.lstrip()))
    wrong = f"\n{margin}".join(example.wrong.split("\n")).lstrip(" ")
    return text[:at] + wrong + text[at + len(right) :]


def place(text: str, example: Example) -> tuple[int, int]:
    """Line and column of the mistake, in a text that holds it."""
    at, wrong = find(text, example.wrong)
    before = text[: at + (wrong.index(example.at) if example.at else 0)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def write(root: Path, path: str, text: str) -> None:
    (root / path).write_bytes(text.encode("utf-8", "surrogateescape"))


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def move(root: Path, example: Move) -> None:
    target = root / example.wrong
    target.parent.mkdir(exist_ok=True)
    (root / example.right).rename(target)


def test_every_code_has_an_example_in_one_group() -> None:
    counted = Counter(code for group in GROUPS.values() for code in group)
    assert set(counted) == set(CATALOGUE)
    assert set(counted.values()) == {1}


def test_there_are_sixty_kinds_of_mistake_that_a_few_lines_show() -> None:
    assert len(EDITS) + len(MOVES) >= 60


def test_what_is_right_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(lay_out(tmp_path / "project")) == []


@pytest.mark.parametrize("code", EDITS)
def test_an_example_gives_its_code_at_its_place(code: str, tmp_path: Path) -> None:
    example = EDITS[code]
    root = lay_out(tmp_path / "project")
    text = replace(read(root, example.where), example)
    write(root, example.where, text)
    found = [(p.code, p.path, (p.line, p.column)) for p in problems_of(root)]
    assert found == [(code, example.where, place(text, example))]


@pytest.mark.parametrize("code", MOVES)
def test_a_name_gives_its_code(code: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    move(root, MOVES[code])
    assert [(p.code, p.path, p.line) for p in problems_of(root)] == [(code, MOVES[code].wrong, 1)]


# What is looked for only in a tree without errors.
AFTER_ERRORS = {"unused-record", "same-name"}


def test_a_tree_with_all_mistakes_gives_each_of_them_once(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    texts: dict[str, str] = {}
    seeded: dict[str, str] = {}
    for code, example in EDITS.items():
        if code not in AFTER_ERRORS:
            # Most of the mistakes in this file leave nothing of it that could be read.
            path = f"maps/ferry-{code}.yaml" if example.where == FERRY else example.where
            texts[path] = replace(texts.get(path) or read(root, example.where), example)
            seeded[code] = path
    expected = [(path, *place(texts[path], EDITS[code]), code) for code, path in seeded.items()]
    for path, text in texts.items():
        write(root, path, text)
    for code, moved in MOVES.items():
        move(root, moved)
        expected.append((moved.wrong, 1, 1, code))
    start = time.process_time()
    found = [(p.path, p.line, p.column, p.code) for p in problems_of(root)]
    taken = time.process_time() - start
    assert found == sorted(expected)
    assert len(found) >= 60
    assert taken < 2
