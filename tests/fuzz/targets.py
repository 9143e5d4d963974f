"""What a fuzzer feeds: bytes in; any exception is an error of ours, and so is a broken promise.

Hypothesis runs each for seconds with every test run, `make fuzz` for as long as one likes, led by
the code that an input reaches.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.check.test_arbitrary import CHANGES, GATE_PIECES, ODD, at, places
from tests.hostile.corpus import PAYLOADS, ROOT, TESTS, check, good
from tests.hostile.inert import Shape, faults

from briefsite.cli import main
from briefsite.load import load_document
from briefsite.model.prose import parse_prose
from briefsite.pages import check_written
from briefsite.pages.prose import render_prose
from briefsite.report import Problem, render
from briefsite.site import Assembler, AssemblyError, Project

VALUES: Sequence[Any] = (*ODD, *PAYLOADS.values(), *(p for p in GATE_PIECES if p.strip()))
MARKUP = frozenset({"p", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "span", "sup"})


class Bytes:
    """Choices made by bytes; when there are none left, the first of each."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __bool__(self) -> bool:
        return bool(self.data)

    def below(self, limit: int) -> int:
        width = 1 if limit <= 256 else 2
        taken, self.data = self.data[:width], self.data[width:]
        return int.from_bytes(taken, "big") % limit

    def one_of(self, choices: Sequence[Any]) -> Any:
        return choices[self.below(len(choices))]

    def text(self) -> str:
        length = self.below(64)
        taken, self.data = self.data[:length], self.data[length:]
        return taken.decode("utf-8", "replace")


def assert_told(problems: Sequence[Problem], files: Mapping[str, bytes]) -> None:
    """Each problem has its place in a file, and is printed on lines of their own in any format."""
    for problem in problems:
        if problem.path in files:
            text = files[problem.path].decode("utf-8", "replace")
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= problem.line <= len(lines) + 1, problem
            assert problem.column >= 1, problem
        assert len(problem.message) <= 300
    assert all(line.isprintable() for line in render(problems).splitlines())
    for style in ("github", "json", "sarif"):
        render(problems, style).encode()


def loader(data: bytes) -> None:
    """Any file gives nodes, or problems."""
    document = load_document("briefs/x.yaml", data)
    assert (document.root is None) <= bool(document.problems)
    assert_told(document.problems, {"briefs/x.yaml": data})
    if document.root is not None:
        document.root.plain()
        for node in document.root.walk():
            assert 0 <= node.start <= node.end <= len(document.text)
            if isinstance(node.value, str):
                for offset in (0, len(node.value) // 2, len(node.value)):
                    document.locate_inside(node, offset)


def _cite(claims: Sequence[str]) -> str:
    return f"<sup>{len(claims)}</sup>"


def prose(data: bytes) -> None:
    """Any prose gives sentences and markup of ours, or problems; any page its problems."""
    text = data.decode("utf-8", "replace")
    parsed = parse_prose(text)
    for issue in parsed.issues:
        assert 0 <= issue.offset <= len(text)
    shape = Shape(render_prose(parsed, cite=_cite, link=lambda way: f"../{way}"))
    for element in shape.elements:
        tag, *attributes = element.split()
        assert tag in MARKUP, element
        assert set(attributes) <= {"href", "rel"}, element
    for link in shape.links:
        assert link.startswith(("http://", "https://", "mailto:", "#", "../")), link
    assert_told(check_written(text, "docs/x.md", ["hero"]), {"docs/x.md": data})


def edited(choices: Bytes, within: Callable[[str], bool]) -> dict[str, Any]:
    """The good tree with a few of its values changed, left out, doubled or renamed."""
    files = good()
    for _ in range(6):
        deep = [p for p in places(files) if len(p) > 1 and within(str(p[0]))]
        if not choices or not deep:
            break
        change, path = choices.one_of(CHANGES), choices.one_of(deep)
        value = copy.deepcopy(choices.one_of(VALUES)) if choices.below(4) else choices.text()
        with contextlib.suppress(TypeError, AttributeError):  # some changes fit some values alone
            at(files, path)
            change(files, path, value)
    return files


@cache
def assembler() -> Assembler:
    root = Path(tempfile.mkdtemp(prefix="briefsite-fuzz-"))
    (root / "maps").mkdir()
    (root / "docs").mkdir()
    (root / "macros").symlink_to(ROOT / "macros")
    (root / "maps" / "basemap").symlink_to(ROOT / "maps" / "basemap")
    return Assembler(Project(root))


def _site(files: dict[str, Any], wanted: Callable[[str], bool]) -> None:
    try:
        checked, documents = check(files)
    except UnicodeEncodeError:
        return  # half a letter, which no file can hold
    data = {path: document.text.encode() for path, document in documents.items()}
    assert_told(checked.problems, data)
    if checked.library is None:
        assert checked.problems
        return
    try:
        site = assembler().assemble(checked.library)
    except AssemblyError as error:
        assert_told(error.problems, data)
        return
    for page in site.pages if wanted("pages") else ():
        assert not Shape(page.body).comments
    for name in site.files.known:
        if wanted(name):
            assert list(faults(name, site.files[name])) == []


def library(data: bytes) -> None:
    """Any change of the records gives problems, or pages and data that are no more than text."""
    _site(
        edited(Bytes(data), lambda path: True), lambda name: not name.startswith(("maps", "assets"))
    )


def maps(data: bytes) -> None:
    """Any change of a map gives problems, or a map that can be drawn."""
    _site(
        edited(Bytes(data), lambda path: path.startswith("maps/")),
        lambda name: name.startswith("maps/hostile"),
    )


ARGUMENTS = (
    "check", "audit", "stale", "new", "migrate", "schema", "diff", "stage", "build", "--verify",
    "brief", "claim", "source", "actor", "place", "topic", "map", "correction", "agreement", "x",
    "sample", "energy", "--as-of", "2024", "2012-02/..", "yesterday", "--format", "json", "sarif",
    "github", "text", "--ids", "--brief", "--file", "registry.yaml", "../../x.yaml", "--bibtex",
    "--ris", "--csl", "cited", "--entry", "--title", "--write", "HEAD", "--root", ".", "--drafts",
    "--quiet", "--verbose", "briefs/sample.yaml", "maps", "/etc/passwd", "", "-", "--", "--help",
)  # fmt: skip
FOLDER = TESTS / "projects" / "minimal"


@contextlib.contextmanager
def _project() -> Iterator[Path]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="briefsite-fuzz-") as folder:
        root = Path(shutil.copytree(FOLDER, Path(folder) / "project"))
        os.chdir(root)
        try:
            yield root
        finally:
            os.chdir(before)


def cli(data: bytes) -> None:
    """Any command ends with 0, 1 or 2, and writes nothing outside the project."""
    choices = Bytes(data)
    arguments = [
        str(choices.one_of((choices.one_of(ARGUMENTS), choices.one_of(ARGUMENTS), choices.text())))
        for _ in range(1 + choices.below(6))
    ]
    # These take half a minute, ask questions, or show the help of this process.
    if {"build", "stage"} & {*arguments} or any("\0" in argument for argument in arguments):
        arguments[0] = "check"
    with _project() as root:
        (root / "cited").write_bytes(choices.data)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code: object = main(arguments)
            except SystemExit as end:
                code = end.code
        assert code in (0, 1, 2, None), (arguments, code)
        assert "Traceback" not in err.getvalue()
        assert [path.name for path in root.parent.iterdir()] == ["project"], arguments


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "loader": loader, "prose": prose, "library": library, "maps": maps, "cli": cli,
}  # fmt: skip
