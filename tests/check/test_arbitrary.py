"""Whatever the files hold: problems with a place, or a library; never a traceback."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefsite.check import Checked, audit, check_tree
from briefsite.load import Kind, Tree, load_document, load_tree
from briefsite.model.prose import parse_prose
from briefsite.report import has_errors, render

MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"
KINDS: dict[str, Kind] = {
    "briefs/sample.yaml": "brief",
    "briefs/registry/registry.yaml": "registry",
    "maps/sample-map.yaml": "map",
}
PATHS = sorted(KINDS)

briefly = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

# fmt: off
ODD: list[Any] = [
    None, True, 0, -1, 1e308, 10**30, "", " ", "x", "Ə", "a b", "2012", "energy", "draft",
    "TODO", "TODO: x", ["TODO"], {"id": "TODO"},
    "pipeline-announced", "[@pipeline-announced]", "[@", "<b>", "x" * 5000, "2020/2019",
    [], {}, [[]], [None], [{}], {"id": "x"}, [{"id": "energy"}], [1, 2], [1e308, "x"], ["x"],
]
YAML_PIECES = [
    "\t", "\r", "\n", "&a ", "*a", "!!x ", "---\n", ": ", "- ", "? ", "'", '"', "|\n", ">", "[",
    "{", "}", "]", "#", "%", "@", "`", "\ufeff", "\u202e", "\x00", "[@", "<b>", "é",
]
PROSE_PIECES = [
    "[@a]", "[@a; @b]", "[@", "]", "*", "**", "> ", "- ", "1. ", "\n", "\n\n", "    ", "<b>",
    "</b>", "<!--", "&amp;", "\\", "`", "![", "](x)", "[x]: y", ". ", "A", "é", "  \n", "---\n",
    "# ", "[", "(", "_", "https://x.y", "<https://x.y>", "\t",
]
# fmt: on


@cache
def good() -> dict[str, Any]:
    return {
        document.path: json.loads(json.dumps(document.root.plain()))
        for _, document in load_tree(MINIMAL)
        if document.root is not None
    }


@cache
def texts() -> dict[str, str]:
    return {path: (MINIMAL / path).read_text(encoding="utf-8") for path in PATHS}


def assert_checked(files: dict[str, bytes]) -> Checked:
    tree = Tree(MINIMAL)
    for path, data in files.items():
        tree.documents[KINDS[path]].append(load_document(path, data))
    checked = check_tree(tree)
    assert has_errors(checked.problems) == (checked.library is None)
    assert len(set(checked.problems)) == len(checked.problems)
    for problem in checked.problems:
        if problem.path not in files:
            assert problem.code in ("no-briefs", "no-publication")
            continue
        lines = files[problem.path].splitlines()
        assert 1 <= problem.line <= len(lines) + 1
        assert 1 <= problem.column <= max(map(len, lines), default=0) + 1
        assert len(problem.message) < 500
    assert check_tree(tree).problems == checked.problems
    for style in ("text", "github", "json", "sarif"):
        render(checked.problems, style).encode()
    found = audit(checked.readings)
    assert all(0 <= each.sourced <= each.statements for each in found.coverage)
    assert all(missing.path in files for missing in found.unsourced)
    return checked


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        if isinstance(below, dict | list):
            yield from places(below, (*path, key))
        else:
            yield (*path, key)


def at(files: dict[str, Any], path: tuple[str | int, ...]) -> tuple[Any, Any]:
    parent: Any = files
    for step in path[:-1]:
        parent = parent[step]
    return parent, path[-1]


def deleted(files: dict[str, Any], path: tuple[str | int, ...], _: Any) -> None:
    parent, key = at(files, path)
    del parent[key]


def replaced(files: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    parent, key = at(files, path)
    parent[key] = value


def doubled(files: dict[str, Any], path: tuple[str | int, ...], _: Any) -> None:
    parent, key = at(files, path)
    if isinstance(parent, list):
        parent.append(copy.deepcopy(parent[key]))
    else:
        parent[f"{key}x"] = copy.deepcopy(parent[key])


def renamed(files: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    parent, key = at(files, path)
    if isinstance(parent, dict):
        parent[str(value)[:20]] = parent.pop(key)


def moved(files: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    parent, key = at(files, path)
    parent[key] = [parent[key]] if isinstance(value, list) else {"id": parent[key]}


CHANGES: list[Callable[[dict[str, Any], tuple[str | int, ...], Any], None]] = [
    deleted,
    replaced,
    doubled,
    renamed,
    moved,
]


@briefly
@given(st.data())
def test_any_change_of_the_data(data: st.DataObject) -> None:
    files = copy.deepcopy(good())
    for _ in range(data.draw(st.integers(1, 4))):
        deep = [path for path in places(files) if len(path) > 1]
        if not deep:
            break
        change = data.draw(st.sampled_from(CHANGES))
        change(files, data.draw(st.sampled_from(deep)), data.draw(st.sampled_from(ODD)))
    # JSON is YAML too; every second case in indented lines, so that places differ.
    indent = data.draw(st.sampled_from([None, 2]))
    dumped = {
        path: json.dumps(file, ensure_ascii=False, indent=indent).encode()
        for path, file in files.items()
    }
    assert_checked(dumped)


@briefly
@given(
    path=st.sampled_from(PATHS),
    start=st.floats(0, 1),
    length=st.integers(0, 60),
    inserted=st.one_of(st.text(max_size=12), st.sampled_from(YAML_PIECES)),
)
def test_any_change_of_the_text(path: str, start: float, length: int, inserted: str) -> None:
    text = texts()[path]
    cut = int(start * len(text))
    changed = text[:cut] + inserted + text[cut + length :]
    files = {**texts(), path: changed}
    assert_checked({p: t.encode("utf-8", "replace") for p, t in files.items()})


@briefly
@given(path=st.sampled_from(PATHS), end=st.floats(0, 1))
def test_any_truncation(path: str, end: float) -> None:
    data = texts()[path].encode()
    files = {p: t.encode() for p, t in texts().items()}
    assert_checked({**files, path: data[: int(end * len(data))]})


@briefly
@given(st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=200)))
def test_any_bytes(files: dict[str, bytes]) -> None:
    assert_checked(files)


@briefly
@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(PROSE_PIECES)), max_size=12).map(
        "".join
    )
)
def test_any_prose(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    prose = parse_prose(text)
    for issue in prose.issues:
        assert 0 <= issue.offset <= len(text)
    for claim, offset in prose.references():
        assert text.startswith((claim, "["), offset)
    for sentence in prose.sentences:
        assert 0 <= sentence.offset <= len(text)
        for run in sentence.runs:
            if run.kind == "text" and not prose.issues and "&" not in text:
                start = text[run.offset : run.offset + len(run.text)]
                assert start.split() == run.text.split()


# What the gate reads: every text of ours, in records that have them all.
# fmt: off
GATE_PIECES = [
    "“", "”", "„", "«", "»", '"', "'", "‘", "’", "`", "*", "**", "> ", "- ", "\n", "\n\n", ". ",
    "! ", "… ", ".", "[@pipeline-announced]", "[@pipeline-announced; @pipeline-unbuilt]",
    "[@nobody]",
    "[~]", "[@", "[", "]", "(", ")", "Old Line", "Iron Road", "regime", "r-e-g-i-m-e", "rеgime",
    "r e g i m e", "iron way", "likely", "highly likely", "unlikely", "high confidence", "probably",
    "said", "accused", "denied", "wants to", "in order to", "Alphaland", "the ministry's",
    "in 2012",
    "2012-13", "2012", "May 2012", "1.2 billion USD", "1,200", "1.", "-4", "12 km", "IV", "five",
    "twenty-one", "40–45 %", "third", "é", "e\u0301", "\u0335", "ﬁ", "１", "ⅳ", "ſ", "İ", "ß", "Ǆ",
    "\u00a0", "\u2028", "\ufffc", "🙂", "Ж", "&amp;", "\\", "<b>", "n/a", "not known", "whether",
]
# fmt: on
ANY_TEXT = st.lists(
    st.one_of(st.sampled_from(GATE_PIECES), st.sampled_from([" ", " ", ", "]), st.text(max_size=6)),
    max_size=24,
).map("".join)
MORE: dict[str, dict[str, Any]] = {
    "briefs/sample.yaml": {
        "language": "en",
        "positions": [
            {
                "id": "who-pays",
                "question": "Who pays?",
                "cells": [
                    {"party": party, "basis": "reported", "position": "It said that it would.",
                     "date": 2012, "claims": ["pipeline-announced"]}
                    for party in ("alphaland", "energy-ministry")
                ],
            }
        ],
        "unknowns": ["Who pays."],
        "changes": [{"date": 2024, "text": "A claim was added."}],
    },
    "briefs/registry/registry.yaml": {
        "loaded_words": [
            {"words": ["regime", "regimes"], "instead": "government", "reason": "It takes a side."},
            {"words": ["iron way"], "term": True, "reason": "A term of one party."},
        ],
        "contested_names": [
            {"names": ["Old Line", "Iron Road"], "reason": "Each side has its own name."}
        ],
        "corrections": [
            {
                "id": "report-cost", "source": "ministry-report", "locator": "p. 3",
                "kind": "number", "severity": "low", "says": "A year costs more.",
                "problem": "It does not.", "evidence": "Its own figures.", "handling": "Left out.",
                "sums": [
                    {
                        "label": "A sum", "formula": "cost / 2", "unit": "USD",
                        "quantities": [
                            {"name": "cost", "claim": "pipeline-announced", "figure": 1}
                        ],
                    }
                ],
            }
        ],
    },
    "maps/sample-map.yaml": {},
}  # fmt: skip


@cache
def full() -> dict[str, Any]:
    return {path: {**file, **MORE[path]} for path, file in good().items()}


def assert_inside(checked: Checked, files: dict[str, bytes]) -> None:
    """Each problem points at a character of its file, or at the end of a line of it."""
    for problem in checked.problems:
        text = files[problem.path].decode().replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem


def test_the_full_project_is_a_good_one() -> None:
    files = {path: json.dumps(file).encode() for path, file in full().items()}
    assert assert_checked(files).problems == ()


@briefly
@given(st.data())
def test_any_text_in_any_field(data: st.DataObject) -> None:
    files = copy.deepcopy(full())
    leaves = [
        path
        for path in places(files)
        if len(path) > 1 and isinstance(at(files, path)[0][path[-1]], str)
    ]
    for _ in range(data.draw(st.integers(1, 3))):
        replaced(files, data.draw(st.sampled_from(leaves)), data.draw(ANY_TEXT))
    dumped = {
        path: json.dumps(file, ensure_ascii=data.draw(st.booleans()), indent=2).encode(
            "utf-8", "replace"
        )
        for path, file in files.items()
    }
    assert_inside(assert_checked(dumped), dumped)


@briefly
@given(ANY_TEXT, st.sampled_from(["|", "|-", ">", ">-", "|+"]), st.sampled_from(["\n", "\r\n"]))
def test_any_prose_in_any_style(text: str, style: str, ending: str) -> None:
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    brief = texts()["briefs/sample.yaml"]
    start, end = brief.index("summary:"), brief.index("cutoff:")
    changed = f"{brief[:start]}summary: {style}\n{lines}{brief[end:]}".replace("\n", ending)
    files = {
        path: (changed if path == "briefs/sample.yaml" else file).encode("utf-8", "replace")
        for path, file in texts().items()
    }
    assert_inside(assert_checked(files), files)


@briefly
@given(st.binary(min_size=1, max_size=30).filter(lambda name: not {0, 47} & set(name)))
def test_any_file_name(name: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        briefs = Path(folder, "briefs")
        briefs.mkdir()
        try:
            with open(bytes(briefs) + b"/" + name + b".yaml", "wb") as file:  # noqa: PTH123
                file.write(b"schema: 1\n")
        except OSError:
            return
        problems = check_tree(load_tree(Path(folder))).problems
        for line in render(problems).splitlines():
            assert line.isprintable()
        for style in ("github", "json", "sarif"):
            render(problems, style).encode()
